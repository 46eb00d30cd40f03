"""What pytest leaves aside when it looks for doctests: modules of extras that are not installed."""

from importlib.util import find_spec

collect_ignore = ["docs", "site"]
if find_spec("sktime") is None:
    collect_ignore += ["forecast/sktime.py", "forecast/interop/sktime_forecaster.py"]
