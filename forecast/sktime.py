"""The default model as an sktime forecaster: ``from forecast.sktime import StructuralMixtureForecaster``.

Needs the extra ``[sktime]``, in an environment of its own while sktime asks for pandas below 3.
"""

from __future__ import annotations

try:
    from forecast.interop.sktime_forecaster import StructuralMixtureForecaster
except ModuleNotFoundError as reason:
    if reason.name and reason.name.partition(".")[0] == "sktime":
        raise ModuleNotFoundError(
            "forecast.sktime: sktime is not installed. Run: pip install 'target-feasibility[sktime]'",
            name=reason.name,
        ) from reason
    raise

__all__ = ["StructuralMixtureForecaster"]
