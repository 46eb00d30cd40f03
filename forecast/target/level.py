"""Targets for the level in one year: at least, at most, between, equal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import overload

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.language.message import Message
from forecast.target.checks import outside
from forecast.target.kind import Kind, LevelKind
from forecast.target.limits import Limits, beyond, half_lines
from forecast.target.paths import Paths
from forecast.target.saying import Saying
from forecast.target.solution import KindRows, Solution


@dataclass(frozen=True)
class Threshold(LevelKind):
    """At least, or at most, a value.

    Parameters
    ----------
    value : float
        In the indicator's unit.
    direction : int
        +1 for at least, -1 for at most.
    decimals : int, optional
        Where given, values that round to *value* at so many decimals meet it. A target at the
        indicator's own bound (100 %) always has this rule, at the precision of the history:
        99.96 % is published as 100.0 %.
    """

    value: float
    direction: int
    decimals: int | None = None

    @property
    def name(self) -> str:
        """``at_least`` or ``at_most``."""
        return "at_least" if self.direction > 0 else "at_most"

    def limits(self, history: History, year: int) -> Limits:  # noqa: ARG002
        """Values that meet it: a half-line, half a published digit wider where rounding counts."""
        return Limits.beyond(self.rounded_threshold(history), self.direction)

    def rounded_threshold(self, history: History) -> float:
        """Last value that counts: half a published digit off *value* where rounding counts."""
        return self.value - self.direction * self.rounding_tolerance(history)

    def rounding_tolerance(self, history: History) -> float:
        """Half a unit of the last published digit where rounding counts, else 0."""
        at_bound = self.value == history.bounds[1 if self.direction > 0 else 0]
        places = history.decimals if self.decimals is None and at_bound else self.decimals
        return 0.0 if places is None else half_a_digit(places)

    @property
    def level(self) -> Threshold:
        """Itself."""
        return self

    @property
    def of_one_year(self) -> bool:
        """True: the years before do not matter."""
        return True

    @property
    def is_level(self) -> bool:
        """True: any other number makes the same question."""
        return True

    def counted_in(self, decimals: int) -> Threshold:
        """The same threshold, met by values that round to it at so many decimals."""
        return replace(self, decimals=decimals) if self.decimals is None else self

    @property
    def batched(self) -> bool:
        """True: one formula serves many."""
        return True

    @classmethod
    def solve(cls, rows: KindRows) -> Solution:
        """Thresholds and limits of many rows, those at a bound widened by half a published digit."""
        bound = np.where(rows.direction > 0, rows.bounds[:, 1], rows.bounds[:, 0])
        at_bound = np.isnan(rows.decimals) & (rows.value == bound)
        places = rows.decimals.copy()
        if at_bound.any():
            places[at_bound] = rows.published(np.flatnonzero(at_bound))
        tolerance = np.where(np.isnan(places), 0.0, half_a_digit(np.nan_to_num(places)))
        edge = beyond(rows.value - rows.direction * tolerance, rows.direction)
        found, rounded = Solution.within(rows.value, *half_lines(edge, rows.direction)), tolerance > 0
        # The precision is that of the years before the answer.
        return replace(found, rounded=rounded, looks_back=rounded & np.isnan(rows.decimals))

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year's value."""
        return self.limits(paths.history, int(paths.years[-1])).hold(paths.values[:, -1])

    def figures(self, paths: Paths) -> FloatArray:
        """Last year's values."""
        return paths.values[:, -1]

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Value."""
        return self.value

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """What is wrong for an indicator within *bounds*."""
        return outside(self.value, bounds)


@dataclass(frozen=True)
class Between(Kind):
    """Within two values, both included."""

    lower: float
    upper: float

    @property
    def name(self) -> str:
        """``between``."""
        return "between"

    @property
    def direction(self) -> int:
        """0: two sides."""
        return 0

    @property
    def value(self) -> float | None:
        """None: there are two."""
        return None

    def limits(self, history: History, year: int) -> Limits:  # noqa: ARG002
        """Interval."""
        return Limits(self.lower, self.upper)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year's value."""
        return Limits(self.lower, self.upper).hold(paths.values[:, -1])

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Nearer end, or the last value where it already lies between."""
        return float(np.clip(history.last_value, self.lower, self.upper))

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """What is wrong for an indicator within *bounds*."""
        if self.lower > self.upper:
            return Message("ends_crossed", lower=self.lower, upper=self.upper)
        return outside(self.lower, bounds) or outside(self.upper, bounds)

    @property
    def of_one_year(self) -> bool:
        """True: the years before do not matter."""
        return True

    @property
    def batched(self) -> bool:
        """True: one formula serves many."""
        return True

    @classmethod
    def solve(cls, rows: KindRows) -> Solution:
        """The interval, and its end nearer to the last value."""
        return Solution.within(np.clip(rows.last, rows.lower, rows.upper), rows.lower, rows.upper)

    def describe(self, say: Saying, year: int) -> str:  # noqa: ARG002
        """Both ends."""
        return say.text("between", {"lower": say.written(self.lower), "upper": say.written(self.upper)})


@dataclass(frozen=True)
class Equal(Kind):
    """A value, give or take a tolerance."""

    value: float
    tolerance: float

    @property
    def name(self) -> str:
        """``equal``."""
        return "equal"

    @property
    def direction(self) -> int:
        """0: two sides."""
        return 0

    def limits(self, history: History, year: int) -> Limits:  # noqa: ARG002
        """Interval around the value."""
        return Limits(self.value - self.tolerance, self.value + self.tolerance)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year's value."""
        return Limits(self.value - self.tolerance, self.value + self.tolerance).hold(paths.values[:, -1])

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Value."""
        return self.value

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """What is wrong for an indicator within *bounds*."""
        if not self.tolerance > 0:
            return Message("tolerance_needed", tolerance=self.tolerance)
        return outside(self.value, bounds)

    @property
    def of_one_year(self) -> bool:
        """True: the years before do not matter."""
        return True

    @property
    def batched(self) -> bool:
        """True: one formula serves many."""
        return True

    @classmethod
    def solve(cls, rows: KindRows) -> Solution:
        """The interval around the value."""
        return Solution.within(rows.value, rows.lower, rows.upper)

    def describe(self, say: Saying, year: int) -> str:  # noqa: ARG002
        """The value, give or take the tolerance."""
        values = {"value": say.written(self.value), "tolerance": say.written(self.tolerance)}
        return say.text("equal", values)


@overload
def half_a_digit(places: int) -> float: ...
@overload
def half_a_digit(places: FloatArray) -> FloatArray: ...
def half_a_digit(places: int | FloatArray) -> float | FloatArray:
    """Half a unit of the last of so many decimals."""
    return 0.5 * 10.0**-places
