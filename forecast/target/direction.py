"""Targets for the course taken: declining, rising."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.target.kind import Limits, Paths, base_problem

RULES = ("net", "every_year", "on_average")


@dataclass(frozen=True)
class Direction:
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
        """Return ``rising`` or ``declining``."""
        return "rising" if self.direction > 0 else "declining"

    @property
    def value(self) -> float | None:
        """Return None: no number is set."""
        return None

    def limits(self, history: History, year: int) -> Limits | None:  # noqa: ARG002
        """Return the half-line beyond the base value, for a net target with an observed base."""
        base = history.last_value if self.base_year is None else history.value_in(self.base_year)
        if self.rule != "net" or base is None:
            return None
        # Standing still is not falling: the base value itself does not count.
        beyond = float(np.nextafter(base, self.direction * np.inf))
        return Limits(lower=beyond) if self.direction > 0 else Limits(upper=beyond)

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

    def moves(self, paths: Paths) -> BoolArray:
        """Say for each year of each path whether it lies beyond the one before, from the base year on.

        Years that nobody observed are passed over; they and the base year itself do not.
        """
        start = paths.history.last_year if self.base_year is None else self.base_year
        counted = np.flatnonzero((paths.years >= start) & ~np.isnan(paths.values[0]))
        found = np.zeros(paths.values.shape, dtype=bool)
        found[:, counted[1:]] = self.direction * np.diff(paths.values[:, counted], axis=1) > 0
        return found

    def figures(self, paths: Paths) -> FloatArray | None:
        """Return the last year's values for a net target."""
        return paths.values[:, -1] if self.rule == "net" else None

    def threshold(self, history: History, year: int) -> None:  # noqa: ARG002
        """Return None: any fall, or rise, will do."""
        return

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """Return what is wrong with the rule or the base year."""
        if self.rule not in RULES:
            return f"unknown rule {self.rule!r}; use one of: {', '.join(RULES)}"
        return base_problem(self.base_year, year)
