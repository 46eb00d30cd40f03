"""Counts: which series live on whole numbers, as declared or as their figures say.

The rule, for a series without a declaration:

* it has three figures or more, all of them whole numbers from 0 to 1,000, and not all the same;
* it cannot be negative and is open above, as declared or implied (see ``implied_bounds``);
* it is no percentage, index or ratio by its unit and name.

Such a series is a count: villages, deaths, clinics. Above 1,000 half a unit is lost in the width of
any outlook, so larger numbers are left as they are. Of a value that never moved the chance that it
stays says nearly all there is, so it is not rounded, declared or not.

A catalogue decides otherwise: ``decimals`` of 0 makes whole figures up to 1,000 a count whatever their
bounds and unit, ``decimals`` of 1 or more does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from forecast.arrays import BoolArray, FloatArray, SmallArray
from forecast.history.history import History
from forecast.history.implied_bounds import AMOUNT, RATIOS, implied_bounds, nature_of, plain_name

# More whole figures than two are no accident of rounding; larger ones lose nothing by being read as amounts.
FEWEST, LARGEST_COUNT = 3, 1000.0


def is_count(history: History) -> bool:
    """Whether a history lives on whole numbers.

    Examples
    --------
    >>> is_count(History.of("clinics", [2021, 2022, 2023], [12, 12, 13]))
    True
    >>> is_count(History.of("clinics", [2021, 2022, 2023], [12, 12, 13], whole=False))
    False
    """
    last = history.last_value
    # Most series end on a fraction or a large number: nothing more is asked of them.
    if history.whole is False or last != math.floor(last) or abs(last) > LARGEST_COUNT:
        return False
    sides = [np.nan if side is None else side for side in implied_bounds(history)]
    bounds = np.where(np.isnan(sides), [-np.inf, np.inf], sides)[None]
    declared = np.array([-1 if history.whole is None else history.whole], dtype=np.int8)
    return bool(counts_of(history.values[None], bounds, [history.indicator], [history.unit], declared)[0])


def counts_of(
    values: FloatArray,
    bounds: FloatArray,
    indicators: Sequence[str],
    units: Sequence[str],
    declared: SmallArray,
) -> BoolArray:
    """Which of many series live on whole numbers, as :func:`is_count` does.

    Parameters
    ----------
    values : ndarray, shape (series, years)
        NaN where nothing was observed; the last observation of each in the last column.
    bounds : ndarray, shape (series, 2)
        As declared or implied, infinite where open.
    indicators, units : sequence of str
    declared : ndarray of int, shape (series,)
        1 for whole numbers, 0 for none, -1 where nothing is declared.
    """
    found = np.zeros(len(values), dtype=bool)
    last = values[:, -1]
    # Most series end on a fraction or a large number, and are done here.
    rows = np.flatnonzero((last == np.floor(last)) & (np.abs(last) <= LARGEST_COUNT) & (declared != 0))
    some = values[rows]
    seen = np.isfinite(some)
    whole = (~seen | ((some == np.floor(some)) & (np.abs(some) <= LARGEST_COUNT))).all(axis=1)
    low, high = bounds[rows].T
    whole &= (seen & (some != some[:, -1:])).any(axis=1)
    whole &= (np.isinf(low) | (low == np.floor(low))) & (np.isinf(high) | (high == np.floor(high)))
    as_counts = (low == 0) & np.isposinf(high) & (seen.sum(axis=1) >= FEWEST)
    as_counts &= np.array(
        [_may_be_a_count(str(indicators[s]), str(units[s])) for s in rows.tolist()], dtype=bool
    )
    found[rows] = whole & ((declared[rows] == 1) | as_counts)
    return found


def counted(history: History) -> str | None:
    """Note on a series that is taken for a count without a declaration, or None.

    Examples
    --------
    >>> counted(History.of("clinics", [2021, 2022, 2023], [12, 12, 13]))
    'count_assumed'
    """
    return "count_assumed" if history.whole is None and is_count(history) else None


@lru_cache(maxsize=4096)
def _may_be_a_count(indicator: str, unit: str) -> bool:
    return nature_of(indicator, unit) == AMOUNT and not re.search(RATIOS, plain_name(indicator))
