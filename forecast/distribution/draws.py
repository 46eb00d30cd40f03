"""What an indicator may be in one year, as draws that are equally likely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import overload

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.distribution import Questions, Rng, proportions, shaped_like
from forecast.errors import ForecastError


@dataclass(frozen=True, eq=False, repr=False)
class Draws(Questions):
    """Sample values of one year; every draw is equally likely.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Draws in the indicator's unit, in any order.

    Examples
    --------
    >>> d = Draws(np.array([1.0, 2.0, 2.0, 4.0]))
    >>> d.at_least(2.0), d.at_most(2.0)
    (0.75, 0.75)
    """

    values: FloatArray

    def __post_init__(self) -> None:
        """Sort, copy and freeze the draws."""
        ordered = np.sort(np.asarray(self.values, dtype=float).ravel())
        if not len(ordered) or not np.isfinite(ordered).all():
            raise ForecastError(f"Draws: needs at least one draw, all finite; got {ordered!r}.")
        ordered.setflags(write=False)
        object.__setattr__(self, "values", ordered)

    @overload
    def at_least(self, x: float) -> float: ...
    @overload
    def at_least(self, x: FloatArray) -> FloatArray: ...
    def at_least(self, x: float | FloatArray) -> float | FloatArray:
        """Share of draws >= x."""
        return shaped_like(x, 1.0 - np.searchsorted(self.values, x, side="left") / len(self.values))

    @overload
    def at_most(self, x: float) -> float: ...
    @overload
    def at_most(self, x: FloatArray) -> FloatArray: ...
    def at_most(self, x: float | FloatArray) -> float | FloatArray:
        """Share of draws <= x."""
        return shaped_like(x, np.searchsorted(self.values, x, side="right") / len(self.values))

    @overload
    def quantile(self, p: float) -> float: ...
    @overload
    def quantile(self, p: FloatArray) -> FloatArray: ...
    def quantile(self, p: float | FloatArray) -> float | FloatArray:
        """Smallest draw with at least the share *p* at or below it."""
        return shaped_like(p, np.quantile(self.values, proportions(p), method="inverted_cdf"))

    def sample(self, n: int, rng: Rng = None) -> FloatArray:
        """*n* draws with replacement."""
        return np.asarray(np.random.default_rng(rng).choice(self.values, size=n))
