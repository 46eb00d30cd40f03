"""Where rising functions pass zero, many at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

# A root is found when its bracket is this narrow or the function this near to zero: about ten steps.
_NARROW, _NEAR, _STEPS = 1e-14, 1e-12, 90


def rising_root(rises: Callable[[FloatArray], FloatArray], low: FloatArray, high: FloatArray) -> FloatArray:
    """Return where each of many rising functions passes zero.

    False position in the Illinois form (Dowell and Jarratt 1971), every fourth step a halving, so
    that a jump or a kink costs time but not the answer.

    Parameters
    ----------
    rises : callable
        Takes one place for each function and returns as many values.
    low, high : ndarray
        Brackets of the roots.

    Examples
    --------
    >>> rising_root(lambda x: x**3 - np.array([8.0, 27.0]), np.zeros(2), np.full(2, 9.0)).round(9).tolist()
    [2.0, 3.0]
    """
    below, above = rises(low), rises(high)
    was_left = np.zeros(low.shape)
    for step in range(_STEPS):
        share = np.divide(-below, above - below, out=np.full(low.shape, 0.5), where=above > below)
        share = np.where((share > 0) & (share < 1) & (step % 4 < 3), share, 0.5)
        at = low + share * (high - low)
        value = rises(at)
        left, found = value < 0, np.abs(value) < _NEAR
        # An end that stays twice running counts half, or the other would creep.
        side = np.where(left, 1.0, -1.0)
        stale = np.where(side == was_left, 0.5, 1.0)
        below, above = np.where(left, value, stale * below), np.where(left, stale * above, value)
        low, high = np.where(left | found, at, low), np.where(left & ~found, high, at)
        was_left = side
        if np.all(found | (high - low <= _NARROW * (1 + np.abs(high)))):
            break
    return high
