"""What every kind of target can say: which values, or which paths, meet it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol, SupportsFloat

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.errors import TargetError
from forecast.history.catalogue import LARGEST, Bounds
from forecast.history.history import FIRST_YEAR, LAST_YEAR, History

# A sum or a ratio of published figures that equals the target's number on paper may miss it by the
# last bits of a float; meeting a target exactly is meeting it.
LAST_BITS = 1e-9


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

    @classmethod
    def beyond(cls, edge: float, direction: int, *, of: float | None = None) -> Limits:
        """Return the half-line from *edge* on, in the target's direction; *edge* itself counts.

        Where *edge* is what remains of a larger number, that is *of*: it sets what the last bits are.
        """
        reached = edge - direction * LAST_BITS * abs(edge if of is None else of)
        return cls(lower=reached) if direction > 0 else cls(upper=reached)

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

    def base(self, year: int) -> FloatArray:
        """Return the values of a base year, shape (n,).

        Raises
        ------
        TargetError
            If nobody observed it, and it does not lie ahead either.
        """
        at = int(year - self.years[0])
        if not 0 <= at < len(self.years) or np.isnan(self.values[0, at]):
            raise no_base(self.history, year)
        return np.asarray(self.values[:, at])

    def until(self, year: int) -> Paths:
        """Return the same paths up to *year*."""
        kept = self.years <= year
        return Paths(self.years[kept], self.values[:, kept], self.history)

    def since(self, year: int) -> Paths:
        """Return the same paths from *year* on, without the years that nobody observed."""
        kept = (self.years >= year) & ~np.isnan(self.values[0])
        return Paths(self.years[kept], self.values[:, kept], self.history)


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

    def figures(self, paths: Paths) -> FloatArray | None:
        """Return the number of each path that decides, in the indicator's unit; None where none does."""
        ...

    def threshold(self, history: History, year: int) -> float | None:
        """Return the value in *year* that just meets it, or None where no one value does."""
        ...

    def check(self, bounds: Bounds, year: int) -> str | None:
        """Return what is wrong with it in *year* for an indicator within *bounds*, or None."""
        ...


def reached(values: FloatArray, edges: FloatArray, direction: int) -> BoolArray:
    """Say for each value whether it lies at or beyond its own edge."""
    return np.asarray(direction * (values - edges) >= -LAST_BITS * np.abs(edges))


def no_base(history: History, year: int) -> TargetError:
    """Return the error for a base year without a value."""
    seen = ", ".join(str(y) for y in history.years)
    return TargetError(
        f"{history.name}: the base year {year} has no value. Choose one of: {seen}; or add the value."
    )


def base_problem(base_year: int | None, year: int) -> str | None:
    """Return a sentence where the base year is not a year before the target year, else None."""
    if base_year is None or (is_year(base_year) and base_year < year):
        return None
    return f"its base year {base_year!r} is not a year before its year {year}"


def start_problem(since: int | None, year: int) -> str | None:
    """Return a sentence where the first year that counts is not a year up to the target year, else None."""
    if since is None or (is_year(since) and since <= year):
        return None
    return f"its first year {since!r} is not a year up to its year {year}"


def is_year(year: object) -> bool:
    """Say whether *year* is a whole number that can be one; text and booleans are not."""
    if isinstance(year, bool | str) or not isinstance(year, SupportsFloat):
        return False
    return float(year).is_integer() and FIRST_YEAR <= float(year) <= LAST_YEAR


def outside(value: float, bounds: Bounds) -> str | None:
    """Return a sentence where *value* lies outside *bounds*, else None."""
    lower, upper = bounds
    if lower is not None and value < lower:
        return f"its value {value:g} is below the indicator's lower bound {lower:g}"
    if upper is not None and value > upper:
        return f"its value {value:g} is above the indicator's upper bound {upper:g}"
    return None


def sign(indicator: str, direction: str) -> int:
    """Return +1 for ``at_least``, -1 for ``at_most``."""
    if direction not in ("at_least", "at_most"):
        raise TargetError(f"{indicator}: direction is at_least or at_most; got {direction!r}.")
    return 1 if direction == "at_least" else -1


def finite(indicator: str, value: float) -> float:
    """Return a target's number as a float, or say that it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(value, str | bool) or not math.isfinite(number):
        raise TargetError(f"{indicator}: a target's value must be a finite number; got {value!r}.")
    if abs(number) > LARGEST:
        raise TargetError(
            f"{indicator}: {value!r} is not of a size that targets have. Correct it, or its unit."
        )
    return number
