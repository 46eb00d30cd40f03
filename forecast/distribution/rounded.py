"""An outlook on whole numbers: what a count will be, from what a number will be.

``P(X = k) = P(k - 1/2 < Y <= k + 1/2)`` with Y the outlook before rounding. So "at least 12" is met by
12 and asks for ``P(Y > 11.5)``, and every quantile is a whole number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import overload

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.atom import WithAtom
from forecast.distribution.distribution import Questions, Rng, StudentTMixture, shaped_like

# Steps at which the distribution function is looked at one by one; a wider outlook is nearly smooth.
_MOST_STEPS = 256


@dataclass(frozen=True, eq=False, repr=False)
class Rounded(Questions):
    """An outlook rounded to the nearest whole number; its bounds and its atom are whole.

    Parameters
    ----------
    exact : StudentTMixture or WithAtom
        The outlook before rounding, in the indicator's unit.

    Examples
    --------
    >>> outlook = Rounded(StudentTMixture.single(12.0, 2.0, 5.0))
    >>> outlook.quantile(0.5), round(outlook.at_least(12.0), 3), round(outlook.at_most(12.0), 3)
    (12.0, 0.594, 0.594)
    >>> outlook.at_least(11.2) == outlook.at_least(12.0)
    True
    """

    exact: StudentTMixture | WithAtom

    @overload
    def at_least(self, x: float) -> float: ...
    @overload
    def at_least(self, x: FloatArray) -> FloatArray: ...
    def at_least(self, x: float | FloatArray) -> float | FloatArray:
        """P(X >= x), a proportion; scalar or array like *x*."""
        return shaped_like(
            x, np.asarray(self.exact.at_least(least_that_rounds_to(np.asarray(x, dtype=float))))
        )

    @overload
    def at_most(self, x: float) -> float: ...
    @overload
    def at_most(self, x: FloatArray) -> FloatArray: ...
    def at_most(self, x: float | FloatArray) -> float | FloatArray:
        """P(X <= x), a proportion; scalar or array like *x*."""
        return shaped_like(x, np.asarray(self.exact.at_most(most_that_rounds_to(np.asarray(x, dtype=float)))))

    @overload
    def quantile(self, p: float) -> float: ...
    @overload
    def quantile(self, p: FloatArray) -> FloatArray: ...
    def quantile(self, p: float | FloatArray) -> float | FloatArray:
        """Smallest whole number with P(X <= number) >= p; scalar or array like *p*.

        Raises
        ------
        ForecastError
            If *p* is not between 0 and 1.
        """
        return shaped_like(p, to_whole(np.asarray(self.exact.quantile(np.asarray(p, dtype=float)))))

    def sample(self, n: int, rng: Rng = None) -> FloatArray:
        """*n* independent draws, whole numbers."""
        return to_whole(self.exact.sample(n, rng))

    def landmarks(self) -> FloatArray:
        """Ascending: every whole number between the thousandths, or some of them where they are many."""
        marks = np.unique(to_whole(self.exact.landmarks()))
        low, high = float(marks[0]), float(marks[-1])
        return np.arange(low, high + 1.0) if high - low < _MOST_STEPS else marks


def to_whole(values: FloatArray) -> FloatArray:
    """Values rounded to whole numbers, halves down: a quantile of k + 1/2 is the last that still is k."""
    # Adding zero makes a negative zero a plain one.
    return np.asarray(np.ceil(values - 0.5) + 0.0)


def least_that_rounds_to(x: FloatArray) -> FloatArray:
    """Least value before rounding that is at least *x* after it."""
    return np.asarray(np.ceil(x) - 0.5)


def most_that_rounds_to(x: FloatArray) -> FloatArray:
    """Largest value before rounding that is at most *x* after it."""
    return np.asarray(np.floor(x) + 0.5)


def left_to_atom(stays: FloatArray, on_it: FloatArray, near: FloatArray) -> FloatArray:
    """What is left to the atom of a count, so that the last value keeps the probability it had.

    That probability was learned of equal figures, however they came about; once an outlook is rounded,
    part of what moves comes back to the same figure.

    Parameters
    ----------
    stays : ndarray
        Probability of the atom beside an outlook that is not rounded.
    on_it, near : ndarray
        Probability in the part that moves of exactly the last value (a bound), and of what rounds to it.
    """
    total = stays + (1 - stays) * on_it
    beyond = np.maximum(total - near, 0.0) / np.maximum(1 - near, np.finfo(float).tiny)
    return np.where(stays > 0, np.minimum(beyond, stays), 0.0)
