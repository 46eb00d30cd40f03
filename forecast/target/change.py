"""Targets against a base year: a change by so much, an average growth of so much a year."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.errors import TargetError
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.history.units import POINTS, same_unit
from forecast.language.message import Message
from forecast.target.checks import base_problem, outside
from forecast.target.kind import Kind
from forecast.target.limits import Limits, reached
from forecast.target.paths import Paths, no_base
from forecast.target.saying import Saying
from forecast.target.solution import KindRows, Solution


@dataclass(frozen=True)
class Change(Kind):
    """A change against a base year, relative or in the indicator's unit.

    Parameters
    ----------
    value : float
        A proportion of the base value (-0.18), or a difference in the indicator's unit.
    direction : int
        +1 where at least this change is asked, -1 where at most.
    base_year : int
    relative : bool
        Whether *value* is a proportion.
    base_value : float, optional
        The plan's own figure, used where the history has none for the base year.
    """

    value: float
    direction: int
    base_year: int
    relative: bool = True
    base_value: float | None = None

    @property
    def name(self) -> str:
        """``change``."""
        return "change"

    def limits(self, history: History, year: int) -> Limits | None:
        """Half-line beyond the changed base value; None where the base year lies ahead."""
        goal = self.threshold(history, year)
        return None if goal is None else Limits.beyond(goal, self.direction)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year with the base year."""
        base = _base_of(paths, self.base_year, self.base_value)
        # Compared as levels, so that a base of zero on some path needs no ratio.
        edges = _changed(base, self.value, self.relative)
        return reached(paths.values[:, -1], edges, self.direction)

    def figures(self, paths: Paths) -> FloatArray:
        """Last year's values."""
        return paths.values[:, -1]

    def of_level(self, history: History, value: float, year: int) -> float | None:  # noqa: ARG002
        """Change that *value* in the target year is; None where the base year lies ahead."""
        base = observed_base(history, self.base_year, self.base_value)
        if base is None or (self.relative and base <= 0):
            return None
        return value / base - 1 if self.relative else value - base

    def threshold(self, history: History, year: int) -> float | None:  # noqa: ARG002
        """Changed base value; None where the base year lies ahead."""
        base = observed_base(history, self.base_year, self.base_value)
        if base is None:
            return None
        if self.relative and base <= 0:
            raise TargetError(
                Message("change_of_no_base", name=history.name, base=base, base_year=self.base_year)
            )
        return float(_changed(base, self.value, self.relative))

    def check(self, bounds: Bounds, year: int) -> str | None:
        """What is wrong with the change or the base year."""
        if self.relative and self.value < -1:
            return Message("fall_beyond_whole", value=self.value)
        if not self.relative and None not in bounds and abs(self.value) > _width(bounds):
            return Message("change_beyond_bounds", value=self.value)
        return base_problem(self.base_year, year)

    @property
    def is_difference(self) -> bool:
        """True: percentage points suit a percentage."""
        return True

    @property
    def is_ratio(self) -> bool:
        """Whether the change is a proportion of the base value."""
        return self.relative

    @property
    def batched(self) -> bool:
        """True: one formula serves many."""
        return True

    def with_base_value(self, stated: float) -> Change:
        """The same kind with the plan's own base value, for a history that has none."""
        return replace(self, base_value=stated)

    def describe(self, say: Saying, year: int) -> str:  # noqa: ARG002
        """A fall or a rise with its size, from the base year."""
        return _said(self, say)

    @classmethod
    def solve(cls, rows: KindRows) -> Solution:
        """Changed base values; a base that is not known, or has no ratio, is left to the single answer."""
        base = rows.base
        answerable = np.isfinite(base) & ~(rows.relative & ~(base > 0))
        return Solution.beyond(_changed(base, rows.value, rows.relative), rows.direction, answerable)


@dataclass(frozen=True)
class AverageGrowth(Kind):
    """A compound yearly rate from a base year to the target year.

    Parameters
    ----------
    value : float
        A proportion a year: 0.06 for 6 %.
    direction : int
        +1 where at least this rate is asked, -1 where at most.
    base_year : int
    base_value : float, optional
        The plan's own figure, used where the history has none for the base year.
    """

    value: float
    direction: int
    base_year: int
    base_value: float | None = None

    @property
    def name(self) -> str:
        """``average_growth``."""
        return "average_growth"

    def limits(self, history: History, year: int) -> Limits | None:
        """Half-line beyond the grown base value; None where the base year lies ahead."""
        goal = self.threshold(history, year)
        return None if goal is None else Limits.beyond(goal, self.direction)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year with the grown base value."""
        base = _base_of(paths, self.base_year, self.base_value)
        grown = _grown(base, self.value, int(paths.years[-1]) - self.base_year)
        return np.asarray(reached(paths.values[:, -1], grown, self.direction) & (base > 0))

    def figures(self, paths: Paths) -> FloatArray:
        """Last year's values."""
        return paths.values[:, -1]

    def of_level(self, history: History, value: float, year: int) -> float | None:
        """Rate to *value* in the target year, -1 to zero or below; None for a base ahead."""
        base = observed_base(history, self.base_year, self.base_value)
        if base is None or base <= 0:
            return None
        return float(max(value / base, 0.0) ** (1 / (year - self.base_year)) - 1)

    def threshold(self, history: History, year: int) -> float | None:
        """Grown base value; None where the base year lies ahead."""
        base = observed_base(history, self.base_year, self.base_value)
        if base is None:
            return None
        if base <= 0:
            raise TargetError(
                Message("rate_of_no_base", name=history.name, base=base, base_year=self.base_year)
            )
        return float(_grown(base, self.value, year - self.base_year))

    def check(self, bounds: Bounds, year: int) -> str | None:
        """What is wrong with the rate or the base year."""
        if not -1 < self.value <= 1:
            return Message("rate_too_large", value=self.value)
        if self.base_value is not None and (
            problem := outside(self.base_value, bounds, what="its_base_value")
        ):
            return problem
        return base_problem(self.base_year, year)

    @property
    def is_ratio(self) -> bool:
        """True: a rate is printed in percent."""
        return True

    @property
    def batched(self) -> bool:
        """True: one formula serves many."""
        return True

    def with_base_value(self, stated: float) -> AverageGrowth:
        """The same kind with the plan's own base value, for a history that has none."""
        return replace(self, base_value=stated)

    def describe(self, say: Saying, year: int) -> str:  # noqa: ARG002
        """A fall or a rise with its size, from the base year."""
        return _said(self, say)

    def met_by_year(self, paths: Paths, year: int, farthest: int) -> tuple[IntArray, BoolArray]:
        """As for the change that the growth comes to by the target year."""
        grown = float(_grown(1.0, self.value, year - self.base_year)) - 1
        change = Change(grown, self.direction, self.base_year, base_value=self.base_value)
        return change.met_by_year(paths, year, farthest)

    @classmethod
    def solve(cls, rows: KindRows) -> Solution:
        """Grown base values; a base that is not known, or not above zero, is left to the single answer."""
        base = rows.base
        grown = _grown(base, rows.value, rows.year - rows.base_year)
        return Solution.beyond(grown, rows.direction, base > 0)


def _changed(base: FloatArray | float, by: FloatArray | float, relative: BoolArray | bool) -> FloatArray:
    """Base value after a change: base (1 + by) where *by* is a proportion, else base + by."""
    return np.where(relative, base * (1 + by), base + by)


def _grown(base: FloatArray | float, rate: FloatArray | float, years: FloatArray | int) -> FloatArray:
    """Base value after compound growth: base (1 + rate)^years."""
    try:
        return np.asarray(base * (1 + rate) ** years)
    except OverflowError:  # of two plain numbers; arrays give infinity themselves
        return np.asarray(np.inf)


def _said(kind: Change | AverageGrowth, say: Saying) -> str:
    """A fall or a rise with its size, as the least or as the most that is asked."""
    number, unit = kind.as_stated(say.stated_unit)
    size = abs(number or 0.0)
    points = same_unit(unit) == POINTS
    words = say.language
    value = words.text("number.points", {"x": words.number(size)}) if points else words.value(size, unit)
    way = "fall" if kind.value < 0 or (kind.value == 0 and kind.direction < 0) else "rise"
    least = kind.direction == (-1 if way == "fall" else 1)
    key = f"{kind.name}_{way}" + ("" if least else "_limit")
    return say.text(key, {"value": value, "base": str(kind.base_year)})


def observed_base(history: History, year: int, stated: float | None) -> float | None:
    """Base value, None where its year lies ahead; refuse a year that nobody observed."""
    observed = history.value_in(year)
    base = stated if observed is None else observed
    if base is None and year <= history.last_year:
        raise no_base(history, year)
    return base


def _base_of(paths: Paths, year: int, stated: float | None) -> FloatArray:
    """Each path's base value."""
    known = observed_base(paths.history, year, stated)
    return paths.base(year) if known is None else np.full(len(paths.values), known)


def _width(bounds: Bounds) -> float:
    lower, upper = bounds
    return np.inf if lower is None or upper is None else upper - lower
