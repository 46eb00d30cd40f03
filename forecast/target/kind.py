"""What every kind of target can say: which values, or which paths, meet it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.errors import TargetError
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.language.message import Message
from forecast.target.limits import Limits
from forecast.target.paths import Paths
from forecast.target.saying import Saying
from forecast.target.solution import KindRows, Solution


class Kind(ABC):
    """One way of being met: a new kind is a new file with a subclass, and its words in the text files.

    What a kind must say for itself is abstract; the rest has the answer of most kinds as a default.
    """

    @property
    @abstractmethod
    def name(self) -> str:
        """The word used in plan files."""

    if TYPE_CHECKING:  # most kinds hold them as fields, which cannot fill in abstract properties

        @property
        def direction(self) -> int:
            """+1 where higher is better, -1 where lower is, 0 where the target has two sides."""

        @property
        def value(self) -> float | None:
            """Number the plan prints, or None for a target without one."""

    @abstractmethod
    def limits(self, history: History, year: int) -> Limits | None:
        """Values in *year* that meet it, or None where the way there matters too."""

    @abstractmethod
    def met_by(self, paths: Paths) -> BoolArray:
        """Whether each path meets the target in the last of its years; shape (n,)."""

    @abstractmethod
    def check(self, bounds: Bounds, year: int) -> str | None:
        """What is wrong with it in *year* for an indicator within *bounds*, or None."""

    def threshold(self, history: History, year: int) -> float | None:  # noqa: ARG002
        """Value in *year* that just meets it, or None where no one value does."""
        return None

    def figures(self, paths: Paths) -> FloatArray | None:  # noqa: ARG002
        """Number of each path that decides, in the indicator's unit; None where none does."""
        return None

    # What it asks of single years

    @property
    def level(self) -> LevelKind | None:
        """Level that the year, or each year or area, is to reach; None where there is none."""
        return None

    @property
    def every_year(self) -> bool:
        """Whether it asks something of every year, not of one."""
        return False

    @property
    def of_one_year(self) -> bool:
        """Whether it asks for the value in its own year, whatever the years before were."""
        return False

    def holds(self, paths: Paths) -> BoolArray:
        """Whether each year of each path does what is asked of every year; shape (n, t)."""
        assert self.level is not None, "a kind that asks every year asks for a level or for a move"
        return self.level.limits(paths.history, int(paths.years[-1])).hold(paths.values)

    def met_now(self, history: History, year: int) -> bool:
        """Whether the last observation is what the kind asks of a year, so that it is to be kept."""
        limits = self.limits(history, year) if self.level is None else self.level.limits(history, year)
        return limits is not None and bool(limits.hold(history.last_value))

    def limits_by_year(self, history: History, year: int) -> dict[int, Limits]:
        """Values asked for, by year: what can be drawn beside a history."""
        limits = self.limits(history, year) if self.level is None else self.level.limits(history, year)
        return {} if limits is None else {year: limits}

    # When it is met first

    @property
    def can_be_reached(self) -> bool:
        """Whether a year can be the first to meet it; a total not to be exceeded has none."""
        return True

    @property
    def level_free(self) -> bool:
        """Whether only the change counts, whatever level it starts from."""
        return False

    @property
    def has_probability_in_year(self) -> bool:
        """Whether "met in that very year" has a meaning for each year on the way."""
        return not self.every_year

    def limits_to_reach(self, history: History, year: int) -> Limits | None:
        """Values the first of which meets it, or None where no one value decides."""
        return None if self.every_year else self.limits(history, year)

    def met_by_year(self, paths: Paths, year: int, farthest: int) -> tuple[IntArray, BoolArray]:  # noqa: ARG002
        """Years from the last observation to *farthest*, and whether each path has met it in each of them."""
        last = paths.history.last_year
        base = getattr(self, "base_year", None) or last
        years = paths.years[(paths.years >= last) & (paths.years <= farthest)]
        nobody = np.zeros(len(paths.values), dtype=bool)
        met = [nobody if y <= base else self.met_by(paths.until(y)) for y in years.tolist()]
        return years, np.logical_or.accumulate(np.column_stack(met), axis=1)

    # What its number is

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes whose positions the history holds, best first; none for an indicator of amounts."""
        return ()

    @property
    def is_level(self) -> bool:
        """Whether another number in place of its own is the same question: a slider can ask it."""
        return False

    @property
    def is_difference(self) -> bool:
        """Whether its number is a difference of values, so that percentage points suit a percentage."""
        return False

    @property
    def is_ratio(self) -> bool:
        """Whether its number is a proportion, which plans print in percent."""
        return False

    @property
    def is_strict(self) -> bool:
        """Whether the edge itself does not count."""
        return False

    @property
    def keeps(self) -> bool:
        """Whether it asks to keep what is there already."""
        return False

    def as_stated(self, unit: str) -> tuple[float | None, str]:
        """Number and unit as a plan prints them: a rate and a relative change in percent."""
        if not self.is_ratio or self.value is None:
            return self.value, unit
        # -0.18 x 100 is not quite -18.
        return round(100 * self.value, 9), "%"

    def of_level(self, history: History, value: float, year: int) -> float | None:  # noqa: ARG002
        """What *value* in the target year is in the kind's own terms: a change, a yearly rate."""
        return value

    def required(self, history: History, year: int) -> tuple[float, float | None] | None:  # noqa: ARG002
        """Required growth, a year and compound, where a threshold does not give it; else None."""
        return None

    def counted_in(self, decimals: int) -> Kind:  # noqa: ARG002
        """The kind with values that round to its own counting, unless it says how already."""
        return self

    def describe(self, say: Saying, year: int) -> str:
        """What it asks for, in words or in short, as *say* writes it: "at least 80 %"."""
        return self._composed(say, year, "" if self.value is None else say.written(self.value))

    def promised(self, say: Saying, year: int, value: str) -> str:  # noqa: ARG002
        """What is promised with another *value*, as written: of the target year alone, for most kinds."""
        return say.text("at_least" if self.direction > 0 else "at_most", {"value": value})

    def _composed(self, say: Saying, year: int, value: str) -> str:
        """The level with what the kind asks besides: "at least 80 % in every year"."""
        side = "at_least" if self.direction > 0 else "at_most"
        each = say.text(side, {"value": value})
        return each if self.name == side else say.text(self.name, {"each": each, **self.said_besides(year)})

    @property
    def says_its_years(self) -> bool:
        """Whether its description names its years itself, as that of a sum does."""
        return False

    @property
    def more_than_its_year(self) -> bool:
        """Whether what is promised is promised of several years: of every year, or of their sum."""
        return False

    def said_besides(self, year: int) -> dict[str, object]:  # noqa: ARG002
        """What its sentence says besides the level: a number of areas, the years of a sum."""
        return {}

    # Which series it is asked of

    @property
    def for_one_area(self) -> Kind:
        """What it asks of one area."""
        return self

    @property
    def over_areas(self) -> bool:
        """Whether it is asked of many areas together."""
        return False

    def needed(self, areas: int) -> int:
        """How many of so many areas have to meet it."""
        return areas

    def with_value(self, value: float) -> Kind:
        """The same question about another value."""
        raise TargetError(Message("no_value_to_replace", kind=self.name, value=value))

    def with_base_value(self, stated: float) -> Kind:  # noqa: ARG002
        """The same kind with a plan's own base value, where it counts from a base."""
        return self

    @property
    def step_values(self) -> dict[int, float]:
        """Values asked for in years of their own, by year; none but where it has milestones."""
        return {}

    def called(self, names: Callable[[str], str]) -> Kind:  # noqa: ARG002
        """The same with the indicators it names called as a reader calls them, to be told."""
        return self

    def indicators(self, own: str) -> tuple[str, ...]:
        """Indicators whose series it rests on: its *own*, or the two that it compares."""
        return (own,)

    @property
    def compares(self) -> bool:
        """Whether it compares two series."""
        return False

    def from_base(self, base_year: int) -> Kind:  # noqa: ARG002
        """The kind counted from a plan's base year, unless it says otherwise."""
        return self

    @property
    def counts_from(self) -> int | None:
        """Year that it is counted from by its own words, as a change against 2020 is; None for most."""
        year: int | None = getattr(self, "base_year", None)
        return year

    @property
    def stated_base(self) -> float | None:
        """Value that it states for that year, for histories that have none; None where it states none."""
        value: float | None = getattr(self, "base_value", None)
        return value

    # Many at once

    @property
    def batched(self) -> bool:
        """Whether arrays can answer it; if not, rows are answered one by one."""
        return False

    @classmethod
    def solve(cls, rows: KindRows) -> Solution:
        """Thresholds and limits of many rows of this kind at once, by the formulas of the single one."""
        raise NotImplementedError(f"{cls.__name__} is answered row by row")


class LevelKind(Kind):
    """A level in one year, which other kinds ask of each year or of each area."""

    if TYPE_CHECKING:

        @property
        def value(self) -> float:
            """Number the plan prints."""

    @abstractmethod
    def limits(self, history: History, year: int) -> Limits:
        """Values in *year* that meet it."""

    @abstractmethod
    def rounded_threshold(self, history: History) -> float:
        """Last value that counts."""

    @abstractmethod
    def rounding_tolerance(self, history: History) -> float:
        """Half a unit of the last published digit where rounding counts, else 0."""
