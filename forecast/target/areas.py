"""Targets over many areas: all of them, or at least so many, beyond a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Never

from forecast.errors import TargetError
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.target.kind import Paths, outside
from forecast.target.level import Threshold


@dataclass(frozen=True)
class Areas:
    """Every area, or at least *k* of them, at or beyond a value in the target year.

    One area's history cannot answer: its own probability is not that of all, and the product of
    several is right only where they are independent. So every question about one history is refused
    with the name of the call that takes them all.

    Parameters
    ----------
    each : Threshold
        What one area has to do.
    k : int, optional
        How many areas have to; None for all.
    """

    each: Threshold
    k: int | None = None

    @property
    def name(self) -> str:
        """Return ``all_areas`` or ``at_least_k_areas``."""
        return "all_areas" if self.k is None else "at_least_k_areas"

    @property
    def direction(self) -> int:
        """Return +1 where every area is to have at least the value, -1 for at most."""
        return self.each.direction

    @property
    def value(self) -> float:
        """Return the value that each area is to reach."""
        return self.each.value

    def limits(self, history: History, year: int) -> Never:  # noqa: ARG002
        """Refuse: one area cannot answer."""
        raise self._refusal(history.name)

    def met_by(self, paths: Paths) -> Never:
        """Refuse: one area cannot answer."""
        raise self._refusal(paths.history.name)

    def figures(self, paths: Paths) -> Never:
        """Refuse: one area cannot answer."""
        raise self._refusal(paths.history.name)

    def threshold(self, history: History, year: int) -> float:
        """Return the value that each area is to reach."""
        return self.each.threshold(history, year)

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """Return what is wrong for an indicator within *bounds*."""
        if self.k is not None and self.k < 1:
            return f"k is the number of areas that are to meet it, at least 1; got {self.k}"
        return outside(self.value, bounds)

    def _refusal(self, name: str) -> TargetError:
        return TargetError(
            f"{name}: an {self.name} target asks about every area; got the history of one. "
            f"Call joint_probability([fitted, ...], target), or target.for_one_area() for this area alone."
        )
