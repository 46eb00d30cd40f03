"""An outlook that may stay exactly where it is: probability of its own at the last value.

Shares held at 100 %, counts that have been twelve for years: such a value is kept exactly or it
moves, and no density says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import overload

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.distribution.distribution import (
    Questions,
    Rng,
    StudentTMixture,
    proportions,
    shaped_like,
)
from forecast.errors import ForecastError


@dataclass(frozen=True, eq=False)
class WithAtom(Questions):
    """The value with probability *stays*, else what *moving* says.

    Parameters
    ----------
    moving : StudentTMixture
        The outlook if the value moves.
    value : float
        The value kept, in the indicator's unit, within the bounds of *moving*.
    stays : float
        Probability of keeping it, a proportion above 0 and below 1.

    Examples
    --------
    >>> outlook = WithAtom(StudentTMixture.single(12.0, 2.0, 5.0), 12.0, 0.9)
    >>> round(outlook.at_least(12.0), 2), round(outlook.at_most(12.0), 2), outlook.quantile(0.2)
    (0.95, 0.95, 12.0)
    """

    moving: StudentTMixture
    value: float
    stays: float

    def __post_init__(self) -> None:
        """Refuse what is no proportion."""
        if not 0 < self.stays < 1:
            raise ForecastError(
                f"WithAtom: stays is a proportion between 0 and 1, both excluded; got {self.stays!r}."
            )

    @overload
    def at_least(self, x: float) -> float: ...
    @overload
    def at_least(self, x: FloatArray) -> FloatArray: ...
    def at_least(self, x: float | FloatArray) -> float | FloatArray:
        """P(X >= x), a proportion; the value kept counts where it is *x* or more."""
        at = np.asarray(x, dtype=float)
        kept = self.stays * (self.value >= at)
        return shaped_like(x, kept + (1 - self.stays) * np.asarray(self.moving.at_least(at)))

    @overload
    def at_most(self, x: float) -> float: ...
    @overload
    def at_most(self, x: FloatArray) -> FloatArray: ...
    def at_most(self, x: float | FloatArray) -> float | FloatArray:
        """P(X <= x), a proportion; the value kept counts where it is *x* or less."""
        at = np.asarray(x, dtype=float)
        kept = self.stays * (self.value <= at)
        return shaped_like(x, kept + (1 - self.stays) * np.asarray(self.moving.at_most(at)))

    @overload
    def quantile(self, p: float) -> float: ...
    @overload
    def quantile(self, p: FloatArray) -> FloatArray: ...
    def quantile(self, p: float | FloatArray) -> float | FloatArray:
        """Smallest value with P(X <= value) >= p; scalar or array like *p*.

        Raises
        ------
        ForecastError
            If *p* is not between 0 and 1.
        """
        below = 1.0 - self.moving.at_least(self.value)
        levels, kept = moving_levels(proportions(p), self.stays, below, self.moving.at_most(self.value))
        return shaped_like(p, np.where(kept, self.value, self.moving.quantile(levels)))

    def sample(self, n: int, rng: Rng = None) -> FloatArray:
        """*n* independent draws, in the indicator's unit."""
        generator = np.random.default_rng(rng)
        moved = self.moving.sample(n, generator)
        return np.where(generator.random(n) < self.stays, self.value, moved)

    def landmarks(self) -> FloatArray:
        """Ascending values near quantiles of the part that moves, and the value kept."""
        return np.sort(np.append(self.moving.landmarks(), self.value))


def moving_levels(
    p: FloatArray, stays: float | FloatArray, below: float | FloatArray, at_most: float | FloatArray
) -> tuple[FloatArray, BoolArray]:
    """Where in the moving part the levels *p* of the whole lie, and which of them lie on the atom.

    Parameters
    ----------
    p : ndarray
    stays, below, at_most : float or ndarray
        Probability of the atom; of the moving part, below it and not above it. They broadcast.

    Returns
    -------
    levels : ndarray
        Between 0 and 1; one half where the quantile is the atom.
    kept : ndarray of bool
    """
    left = (1 - stays) * below
    kept = (p > left) & (p <= (1 - stays) * at_most + stays)
    levels = np.where(p <= left, p, p - stays) / (1 - stays)
    return np.clip(np.where(kept, 0.5, levels), 1e-300, 1 - 1e-16), kept
