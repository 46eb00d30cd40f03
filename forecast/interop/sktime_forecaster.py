"""The default model behind the interface of sktime's forecasters."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pandas as pd
from sktime.forecasting.base import BaseForecaster

from forecast.history.history import History
from forecast.models import DEFAULT

# Steps are counted as years from here, whatever a period is: the model knows only their order and distance.
_FIRST = 2000


class StructuralMixtureForecaster(BaseForecaster):  # type: ignore[misc]
    """Default model of this library as an sktime forecaster: medians and quantiles in closed form.

    The model was trained on yearly series. It takes an index of any frequency and counts its steps, but
    knows no season: for months and quarters use another forecaster.

    Parameters
    ----------
    lower, upper : float, optional
        What the series cannot fall below or rise above; default: as its figures imply (never negative
        so far stays so).
    indicator, unit : str
        Name and unit of the series; a share by its name, in %, keeps within 0 and 100.

    Examples
    --------
    >>> import pandas as pd
    >>> from forecast.sktime import StructuralMixtureForecaster
    >>> y = pd.Series([3.0, 4, 4, 5, 6, 6, 7, 8], index=pd.period_range("2015", periods=8, freq="Y"))
    >>> forecaster = StructuralMixtureForecaster().fit(y, fh=[1, 2])
    >>> forecaster.predict().index.year.tolist()
    [2023, 2024]
    """

    _tags: ClassVar[dict[str, object]] = {
        "authors": ["the forecast developers"],
        "maintainers": ["the forecast developers"],
        "y_inner_mtype": "pd.Series",
        "X_inner_mtype": "pd.DataFrame",
        "capability:exogenous": False,
        "capability:multivariate": False,
        "capability:missing_values": True,
        "capability:pred_int": True,
        "capability:pred_int:insample": False,
        "capability:insample": False,
        "requires-fh-in-fit": False,
        "enforce_index_type": None,
    }

    def __init__(
        self,
        lower: float | None = None,
        upper: float | None = None,
        indicator: str = "",
        unit: str = "",
    ) -> None:
        self.lower = lower
        self.upper = upper
        self.indicator = indicator
        self.unit = unit
        super().__init__()

    def _fit(self, y: pd.Series[float], X: object = None, fh: object = None) -> StructuralMixtureForecaster:  # noqa: ARG002, N803
        """Fit to one series; observations that are missing are steps without an update."""
        known = y.dropna()
        self._places = _places(y.index)
        at = self._places[y.notna().to_numpy()]
        self._name = y.name
        history = History.of(
            self.indicator or str(y.name or "y"),
            (_FIRST + at - self._places[0]).tolist(),
            known.to_numpy(dtype=float),
            unit=self.unit,
            bounds=(self.lower, self.upper),
        )
        self._fitted = DEFAULT.fit(history)
        self._end = int(_FIRST + self._places[-1] - self._places[0])
        return self

    def _predict(self, fh: Any, X: object = None) -> pd.Series[float]:  # noqa: ARG002, N803
        """Medians."""
        index = fh.to_absolute_index(self.cutoff)
        return pd.Series(self._quantiles(fh, [0.5])[:, 0], index=index, name=self._name)

    def _predict_quantiles(self, fh: Any, X: object, alpha: list[float]) -> pd.DataFrame:  # noqa: ARG002, N803
        """Quantiles, a column for each probability."""
        name = self._get_varnames()[0]
        columns = pd.MultiIndex.from_product([[name], alpha])
        index = fh.to_absolute_index(self.cutoff)
        return pd.DataFrame(self._quantiles(fh, alpha), index=index, columns=columns)

    def _quantiles(self, fh: Any, alpha: list[float]) -> np.ndarray[Any, np.dtype[np.float64]]:
        steps = np.asarray(fh.to_relative(self.cutoff), dtype=int)
        outlooks = [self._fitted.predict(self._end + int(step)) for step in steps]
        return np.array([[outlook.quantile(p) for p in alpha] for outlook in outlooks])

    @classmethod
    def get_test_params(cls, parameter_set: str = "default") -> list[dict[str, object]]:  # noqa: ARG003
        """Parameters that sktime's own checks try."""
        return [{}, {"lower": -1e6, "upper": 1e6}]


def _places(index: pd.Index[Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Which step of its frequency each entry of an index is."""
    if isinstance(index, pd.DatetimeIndex):
        frequency = index.freqstr or pd.infer_freq(index)
        if frequency is None:
            return np.asarray(index.year, dtype=np.int64)  # dates of years, some of them missing
        return np.arange(len(index), dtype=np.int64)
    if isinstance(index, pd.PeriodIndex):
        return np.asarray(index.asi8, dtype=np.int64)
    return np.asarray(index, dtype=np.int64)
