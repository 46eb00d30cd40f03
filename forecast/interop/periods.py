"""Histories as pandas series over yearly periods, in both directions."""

from __future__ import annotations

import pandas as pd

from forecast.history.history import History


def to_periods(history: History, *, whole: bool = False) -> pd.Series[float]:
    """Observations over a yearly ``PeriodIndex``.

    Parameters
    ----------
    history : History
    whole : bool
        Whether missing years stand as NaN; otherwise they are left out.

    Examples
    --------
    >>> history = History.of("x", [2020, 2022], [1.0, 3.0])
    >>> to_periods(history).index.year.tolist(), to_periods(history, whole=True).tolist()
    ([2020, 2022], [1.0, nan, 3.0])
    """
    index = pd.PeriodIndex([str(year) for year in history.years], freq="Y", name="year")
    series = pd.Series(history.values.copy(), index=index, name=history.indicator)
    if not whole:
        return series
    return series.reindex(pd.period_range(index[0], index[-1], freq="Y", name="year"))
