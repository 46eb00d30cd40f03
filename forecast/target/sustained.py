"""Targets for several years: maintained in each of them, milestones on the way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.errors import TargetError
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.language.message import Message
from forecast.target.checks import is_year, outside, start_problem
from forecast.target.kind import Kind
from forecast.target.level import Threshold
from forecast.target.limits import Limits
from forecast.target.paths import Paths
from forecast.target.saying import Saying


@dataclass(frozen=True)
class Maintain(Kind):
    """At or beyond a value in every year up to the target year.

    Parameters
    ----------
    value : float
        In the indicator's unit.
    direction : int
        +1 for at least, -1 for at most.
    since : int, optional
        The first year that counts; observed years from then on have to hold too, and years without
        an observation are passed over. Default: the year after the last observation.
    decimals : int, optional
        As in :class:`~forecast.target.level.Threshold`.
    """

    value: float
    direction: int
    since: int | None = None
    decimals: int | None = None

    @property
    def name(self) -> str:
        """``maintain``."""
        return "maintain"

    @property
    def level(self) -> Threshold:
        """What each year has to do."""
        return Threshold(self.value, self.direction, self.decimals)

    @property
    def every_year(self) -> bool:
        """True."""
        return True

    @property
    def keeps(self) -> bool:
        """True."""
        return True

    def counted_in(self, decimals: int) -> Maintain:
        """The same, met by values that round to it at so many decimals."""
        return replace(self, decimals=decimals) if self.decimals is None else self

    def limits(self, history: History, year: int) -> Limits | None:
        """Values that meet it, where only the target year is open and the others held."""
        limits = self.level.limits(history, year)
        if self._start(history) >= year:
            return limits
        held = bool(limits.hold(history.values[history.years >= self._start(history)]).all())
        return limits if held and year == history.last_year + 1 else None

    def met_by(self, paths: Paths) -> BoolArray:
        """Follow each path over the years that count."""
        limits = self.level.limits(paths.history, int(paths.years[-1]))
        return np.asarray(limits.hold(paths.since(self._start(paths.history)).values).all(axis=1))

    def figures(self, paths: Paths) -> FloatArray:
        """Worst value of the years that count."""
        values = paths.since(self._start(paths.history)).values
        return np.asarray(values.min(axis=1) if self.direction > 0 else values.max(axis=1))

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Value."""
        return self.value

    def check(self, bounds: Bounds, year: int) -> str | None:
        """What is wrong with the value or the first year."""
        return start_problem(self.since, year) or outside(self.value, bounds)

    def promised(self, say: Saying, year: int, value: str) -> str:
        """The same question about another value."""
        return self._composed(say, year, value)

    @property
    def more_than_its_year(self) -> bool:
        """True."""
        return True

    def _start(self, history: History) -> int:
        return history.last_year + 1 if self.since is None else self.since


@dataclass(frozen=True)
class Milestones(Kind):
    """A value in each of several years; those already observed are outcomes.

    Parameters
    ----------
    steps : tuple of (int, float)
        Year and value, in the indicator's unit; the last year is the target's own.
    direction : int
        +1 for at least, -1 for at most.
    """

    steps: tuple[tuple[int, float], ...]
    direction: int

    @property
    def name(self) -> str:
        """``milestones``."""
        return "milestones"

    @property
    def value(self) -> float:
        """Last milestone's value."""
        return self.steps[-1][1]

    @property
    def step_values(self) -> dict[int, float]:
        """Each milestone's value."""
        return dict(self.steps)

    def outcomes(self, history: History) -> dict[int, bool]:
        """Whether each milestone already observed was met."""
        found = {}
        for year, value in self.steps:
            got = history.value_in(year)
            if got is not None:
                found[year] = bool(self._at(value).limits(history, year).hold(got))
        return found

    def limits(self, history: History, year: int) -> Limits | None:
        """Values that meet it, where only the last milestone is open and the others were met."""
        self._check_observed(history)
        open_years = [y for y, _ in self.steps if y > history.last_year]
        met = all(self.outcomes(history).values())
        return self._at(self.value).limits(history, year) if met and open_years == [year] else None

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare each milestone."""
        self._check_observed(paths.history)
        met = [
            self._at(value).limits(paths.history, year).hold(paths.base(year)) for year, value in self.steps
        ]
        return np.asarray(np.logical_and.reduce(met))

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Last milestone's value."""
        return self.value

    @property
    def has_probability_in_year(self) -> bool:
        """False: each milestone has its own year."""
        return False

    def met_now(self, history: History, year: int) -> bool:  # noqa: ARG002
        """False: standing still is not enough for what is still to come."""
        return False

    def limits_to_reach(self, history: History, year: int) -> Limits:
        """Values that meet the last milestone."""
        return self._at(self.value).limits(history, year)

    def limits_by_year(self, history: History, year: int) -> dict[int, Limits]:  # noqa: ARG002
        """Each milestone in its year."""
        up = self.direction > 0
        return {step: Limits(lower=x) if up else Limits(upper=x) for step, x in self.steps}

    @property
    def says_its_years(self) -> bool:
        """True: each value has its year."""
        return True

    def describe(self, say: Saying, year: int) -> str:  # noqa: ARG002
        """Each value with its year."""
        said = [{"value": say.written(value), "year": str(step)} for step, value in self.steps]
        steps = say.language.listing([say.text("milestone", step) for step in said])
        return say.text("at_least" if self.direction > 0 else "at_most", {"value": steps})

    def check(self, bounds: Bounds, year: int) -> str | None:
        """What is wrong with the years or the values."""
        years = [step for step, _ in self.steps]
        if not all(is_year(step) for step in years):
            return Message("milestones_by_year", years=years)
        if years != sorted(set(years)) or years[-1] != year:
            return Message("milestones_in_order", year=year, years=years)
        return next((problem for _, value in self.steps if (problem := outside(value, bounds))), None)

    def _at(self, value: float) -> Threshold:
        return Threshold(value, self.direction)

    def _check_observed(self, history: History) -> None:
        missing = [y for y, _ in self.steps if y <= history.last_year and history.value_in(y) is None]
        if missing:
            raise TargetError(
                Message("milestone_not_observed", name=history.name, years=", ".join(map(str, missing)))
            )
