"""What every kind of target can say: which values, or which paths, meet it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from forecast.catalogue import Bounds
from forecast.errors import TargetError
from forecast.history import FloatArray, History, IntArray

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """The values in the target year that meet a target, both ends included.

    Parameters
    ----------
    lower, upper : float
        In the indicator's unit; minus or plus infinity for an open side.
    """

    lower: float = -np.inf
    upper: float = np.inf

    def hold(self, values: FloatArray | float) -> BoolArray:
        """Say for each value whether it lies within the limits."""
        v = np.asarray(values, dtype=float)
        return np.asarray((v >= self.lower) & (v <= self.upper))


@dataclass(frozen=True, eq=False)
class Paths:
    """What was observed, and many ways it may go on.

    Parameters
    ----------
    years : ndarray, shape (t,)
        Consecutive years, from the first observation to the target year.
    values : ndarray, shape (n, t)
        Observed values, the same in every row, then sampled ones; NaN in a gap.
    history : History
        What was observed when the question was asked.
    """

    years: IntArray
    values: FloatArray
    history: History

    @classmethod
    def after(cls, history: History, draws: FloatArray) -> Paths:
        """Put sampled years, shape (n, years after the last observation), behind what was observed."""
        grid = history.on_grid()
        values = np.hstack([np.broadcast_to(grid, (len(draws), len(grid))), draws])
        return cls(history.first_year + np.arange(values.shape[1]), values, history)

    def ahead(self) -> FloatArray:
        """Return the values after the last observation, shape (n, years ahead)."""
        return self.values[:, self.years > self.history.last_year]

    def since(self, year: int) -> Paths:
        """Return the same paths from *year* on, without the years that nobody observed.

        Raises
        ------
        TargetError
            If *year* itself has no value.
        """
        start = int(year - self.years[0])
        if not 0 <= start < len(self.years) or np.isnan(self.values[0, start]):
            seen = ", ".join(str(y) for y in self.history.years)
            raise TargetError(
                f"{self.history.name}: the base year {year} has no value. Choose one of: {seen}."
            )
        known = ~np.isnan(self.values[0, start:])
        return Paths(self.years[start:][known], self.values[:, start:][:, known], self.history)


class Kind(Protocol):
    """One way of being met."""

    @property
    def name(self) -> str:
        """The word used in plan files."""
        ...

    @property
    def direction(self) -> int:
        """+1 where higher is better, -1 where lower is, 0 where the target has two sides."""
        ...

    @property
    def value(self) -> float | None:
        """The number the plan prints, or None for a target without one."""
        ...

    def limits(self, history: History, year: int) -> Limits | None:
        """Return which values in *year* meet it, or None where the way there matters too."""
        ...

    def met_by(self, paths: Paths) -> BoolArray:
        """Say for each path whether it meets the target in the last of its years; shape (n,)."""
        ...

    def goal(self, history: History, year: int) -> float | None:
        """Return the value in *year* that just meets it, or None where no one value does."""
        ...

    def check(self, bounds: Bounds) -> str | None:
        """Return what is wrong with it for an indicator within *bounds*, or None."""
        ...


def outside(value: float, bounds: Bounds) -> str | None:
    """Return a sentence where *value* lies outside *bounds*, else None."""
    lower, upper = bounds
    if lower is not None and value < lower:
        return f"its value {value:g} is below the indicator's lower bound {lower:g}"
    if upper is not None and value > upper:
        return f"its value {value:g} is above the indicator's upper bound {upper:g}"
    return None
