"""Targets for the course taken: declining, rising."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.language.message import Message
from forecast.target.checks import base_problem
from forecast.target.kind import Kind
from forecast.target.limits import Limits, half_lines
from forecast.target.paths import Paths
from forecast.target.saying import Saying
from forecast.target.solution import KindRows, Solution

RULES = ("net", "every_year", "on_average")


@dataclass(frozen=True)
class Direction(Kind):
    """Falling, or rising, from a base year on.

    Parameters
    ----------
    direction : int
        +1 for rising, -1 for declining.
    rule : str
        ``net``: the target year lies beyond the base year. ``every_year``: each year lies beyond
        the one before. ``on_average``: the least-squares line through the years does.
    base_year : int, optional
        Default: the year of the last observation.
    """

    direction: int
    rule: str = "net"
    base_year: int | None = None

    @property
    def name(self) -> str:
        """``rising`` or ``declining``."""
        return "rising" if self.direction > 0 else "declining"

    @property
    def value(self) -> float | None:
        """None: no number is set."""
        return None

    def limits(self, history: History, year: int) -> Limits | None:  # noqa: ARG002
        """Half-line beyond the base value, for a net target with an observed base."""
        base = history.last_value if self.base_year is None else history.value_in(self.base_year)
        if self.rule != "net" or base is None:
            return None
        edge = float(_past(base, self.direction))
        return Limits(lower=edge) if self.direction > 0 else Limits(upper=edge)

    def met_by(self, paths: Paths) -> BoolArray:
        """Follow each path from the base year to the last."""
        start = paths.history.last_year if self.base_year is None else self.base_year
        paths.base(start)
        way = paths.since(start)
        course = self.direction * way.values
        if self.rule == "every_year":
            return np.asarray((np.diff(course, axis=1) > 0).all(axis=1))
        if self.rule == "on_average":
            return np.asarray(course @ (way.years - way.years.mean()) > 0)
        return np.asarray(course[:, -1] > course[:, 0])

    def holds(self, paths: Paths) -> BoolArray:
        """Say for each year of each path whether it lies beyond the one before, from the base year on.

        Years that nobody observed are passed over; they and the base year itself do not.
        """
        start = paths.history.last_year if self.base_year is None else self.base_year
        counted = np.flatnonzero((paths.years >= start) & ~np.isnan(paths.values[0]))
        found = np.zeros(paths.values.shape, dtype=bool)
        found[:, counted[1:]] = self.direction * np.diff(paths.values[:, counted], axis=1) > 0
        return found

    def figures(self, paths: Paths) -> FloatArray | None:
        """Last year's values for a net target."""
        return paths.values[:, -1] if self.rule == "net" else None

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """What is wrong with the rule or the base year."""
        if self.rule not in RULES:
            return Message("rule_unknown", rule=self.rule, known=", ".join(RULES))
        return base_problem(self.base_year, year)

    @property
    def every_year(self) -> bool:
        """Whether each year is to lie beyond the one before."""
        return self.rule == "every_year"

    @property
    def of_one_year(self) -> bool:
        """Whether only the target year is compared with the base year."""
        return self.rule == "net"

    @property
    def is_strict(self) -> bool:
        """True: standing still is not falling."""
        return True

    def met_now(self, history: History, year: int) -> bool:  # noqa: ARG002
        """False: a direction is never kept by standing still."""
        return False

    def from_base(self, base_year: int) -> Direction:
        """The same direction from a plan's base year on, unless it has its own."""
        return replace(self, base_year=base_year) if self.base_year is None else self

    def describe(self, say: Saying, year: int) -> str:  # noqa: ARG002
        """Which way, and since when."""
        return say.text(f"{self.name}_{self.rule}", {"base": self.base_year or ""})

    @property
    def batched(self) -> bool:
        """Whether only the target year is compared with the base year."""
        return self.rule == "net"

    @classmethod
    def solve(cls, rows: KindRows) -> Solution:
        """Half-lines past the base value, by default the last."""
        last = np.isnan(rows.base_year)
        base = np.where(last, rows.last, rows.observed_base)
        half = half_lines(_past(base, rows.direction), rows.direction)
        found = Solution.within(np.full(len(base), np.nan), *half)
        return replace(found, answerable=np.isfinite(base), looks_back=last, strict=~found.strict)


def _past(base: FloatArray | float, direction: IntArray | int) -> FloatArray:
    """First value past *base*: standing still is not falling, so the base value itself does not count."""
    return np.nextafter(base, np.where(np.asarray(direction) > 0, np.inf, -np.inf))
