"""A fit's outlook as a table: one row a year, median, intervals and quantiles in its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from forecast.errors import ModelError
from forecast.models.base import Fitted

LEVELS = (0.5, 0.8, 0.95)


def outlook_table(
    fitted: Fitted,
    years: int | Iterable[int],
    *,
    levels: Sequence[float] = LEVELS,
    quantiles: Sequence[float] = (),
) -> pd.DataFrame:
    """Outlook of a fit for several years as a table.

    Parameters
    ----------
    fitted : Fitted
    years : int or iterable of int
        Years after the last observation; one number stands for every year up to it.
    levels : sequence of float
        Probabilities of central intervals, proportions.
    quantiles : sequence of float
        Probabilities of further quantiles, proportions.

    Returns
    -------
    DataFrame
        Index ``year``; in the indicator's unit ``median``, ``low_80`` and ``high_80`` for an interval of
        0.8, and ``q90`` for the quantile 0.9.

    Raises
    ------
    ModelError
        For a level or quantile that is no proportion between 0 and 1, or without a year.

    Examples
    --------
    >>> from forecast.history.history import History
    >>> from forecast.models.drift import Drift
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> table = outlook_table(Drift().fit(h), [2025, 2027], levels=[0.8], quantiles=[0.9])
    >>> table.round(1).loc[2027].to_dict()
    {'median': 82.0, 'low_80': 78.4, 'high_80': 85.6, 'q90': 85.6}
    """
    last = fitted.history.last_year
    ahead = (
        list(range(last + 1, years + 1)) if isinstance(years, int | np.integer) else [int(y) for y in years]
    )
    wrong = [p for p in (*levels, *quantiles) if not 0 < p < 1]
    if wrong or not ahead:
        lack = (
            f"{wrong[0]!r} is no proportion between 0 and 1"
            if wrong
            else f"no year after {last} is asked for"
        )
        raise ModelError(f"{fitted.history.name}: outlook_table: {lack}. Write 80 % as 0.8, and years ahead.")
    columns = {"median": 0.5}
    for level in levels:
        columns |= {f"low_{_percent(level)}": (1 - level) / 2, f"high_{_percent(level)}": (1 + level) / 2}
    columns |= {f"q{_percent(p)}": p for p in quantiles}
    at = np.array(list(columns.values()))
    rows = [np.asarray(fitted.predict(year).quantile(at)) for year in ahead]
    return pd.DataFrame(rows, index=pd.Index(ahead, name="year"), columns=list(columns))


def _percent(p: float) -> str:
    """Proportion in percent, as short as it can be written: "80", "97.5"."""
    return f"{100 * p:.10g}"
