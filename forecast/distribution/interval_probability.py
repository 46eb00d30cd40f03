"""P(lower <= X <= upper): of one distribution, or of each of many."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from forecast.arrays import FloatArray, IntArray


class Rows(Protocol):
    """Distributions of many rows, of which some can be taken out and asked one value each."""

    def at(self, rows: IntArray) -> RowDistributions:
        """Chosen rows."""
        ...


class RowDistributions(Protocol):
    """One distribution, or as many as there are values."""

    def at_least(self, x: FloatArray) -> FloatArray:
        """P(X >= x), entry by entry."""
        ...

    def at_most(self, x: FloatArray) -> FloatArray:
        """P(X <= x), entry by entry."""
        ...


def within_each(outlooks: Rows, place: IntArray, lower: FloatArray, upper: FloatArray) -> FloatArray:
    """P(lower <= X <= upper) of many rows, both ends included.

    Parameters
    ----------
    outlooks : Rows
    place : ndarray of int, shape (rows,)
        Which of the distributions each row asks.
    lower, upper : ndarray, shape (rows,)
        Infinite where a side is open.
    """
    chances = np.empty(len(place))
    below = np.isneginf(lower)
    above = np.isposinf(upper) & ~below
    two = ~above & ~below
    if below.any():
        chances[below] = outlooks.at(place[below]).at_most(upper[below])
    if above.any():
        chances[above] = outlooks.at(place[above]).at_least(lower[above])
    if two.any():
        some, low, high = outlooks.at(place[two]), lower[two], upper[two]
        # From the side with less probability, so that a far interval keeps its digits.
        from_below = some.at_least(low) - some.at_least(np.nextafter(high, np.inf))
        from_above = some.at_most(high) - some.at_most(np.nextafter(low, -np.inf))
        least = np.minimum(from_below, from_above)
        chances[two] = np.where(least > 0, least, np.maximum(from_below, from_above))
    return chances
