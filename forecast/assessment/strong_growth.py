"""Targets that need strong growth to last: it seldom does.

Of public series that grew 5 to 25 % a year over fifteen values with little noise, one in eight kept
the pace over the next five years, and half of them less than six tenths of it
(``benchmarks/strong_growth.py``). The forecasts know: growth slows in them. A reader who sees a
straight past may not, so such answers carry a note.
"""

from __future__ import annotations

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.history import History
from forecast.language.note import Note
from forecast.target.target import Target

# Values looked at, yearly growth that is strong, and the part of it that its scatter stays within.
VALUES, STRONG, CALM = 15, (0.05, 0.25), 0.5
# A target that needs this part of the past pace needs it to last: half of such series had less.
LASTING = 0.6


def strong_pace(values: FloatArray) -> FloatArray:
    """Yearly growth of series that grew strongly and evenly to the end, NaN for all others.

    Parameters
    ----------
    values : ndarray, shape (series, years)
        NaN in a gap, the last observation in the last column.

    Examples
    --------
    >>> strong_pace(1.1 ** np.arange(15.0)[None]).round(3).tolist()
    [0.1]
    """
    found = np.full(len(values), np.nan)
    last = values[:, -VALUES:]
    if last.shape[1] < VALUES:
        return found
    rows = np.flatnonzero((last > 0).all(axis=1))
    change = np.diff(np.log(last[rows]), axis=1)
    pace, mean = np.expm1(change.mean(axis=1)), change.mean(axis=1)
    strong = (pace >= STRONG[0]) & (pace <= STRONG[1]) & (change.std(axis=1) <= CALM * mean)
    found[rows[strong]] = pace[strong]
    return found


def needs_it_to_last(pace: FloatArray, required: FloatArray, direction: IntArray) -> BoolArray:
    """Which targets are met only if growth as strong as in the past goes on; NaN where there is none."""
    return np.asarray((direction > 0) & (required >= LASTING * pace))


def growth_note(target: Target, history: History) -> tuple[Note, ...]:
    """Note on a target that needs strong growth to last.

    Examples
    --------
    >>> output = History.of("output", range(2005, 2021), 100 * 1.1 ** np.arange(16))
    >>> [note.key for note in growth_note(Target.at_least("output", 700, year=2025), output)]
    ['growth_seldom_lasts']
    """
    goal, years = target.threshold(history), target.year - history.last_year
    if goal is None or goal <= 0 or years < 1 or history.last_value <= 0 or len(history) < VALUES:
        return ()
    grid = np.full((1, VALUES), np.nan)
    recent = history.years > history.last_year - VALUES
    grid[0, VALUES - 1 - (history.last_year - history.years[recent])] = history.values[recent]
    pace, required = strong_pace(grid), np.array([(goal / history.last_value) ** (1 / years) - 1])
    if not needs_it_to_last(pace, required, np.array([target.direction]))[0]:
        return ()
    values = {"pace": float(pace[0]), "required": float(required[0]), "n": VALUES}
    return (Note("growth_seldom_lasts", values),)
