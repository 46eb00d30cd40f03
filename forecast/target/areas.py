"""Targets over many areas: all of them, or at least so many, beyond a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Never

from forecast.errors import TargetError
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.language.message import Message
from forecast.target.checks import outside
from forecast.target.kind import Kind
from forecast.target.level import Threshold
from forecast.target.limits import Limits
from forecast.target.paths import Paths


@dataclass(frozen=True)
class Areas(Kind):
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
        """``all_areas`` or ``at_least_k_areas``."""
        return "all_areas" if self.k is None else "at_least_k_areas"

    @property
    def direction(self) -> int:
        """+1 where every area is to have at least the value, -1 for at most."""
        return self.each.direction

    @property
    def value(self) -> float:
        """Value that each area is to reach."""
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
        """Value that each area is to reach."""
        return self.each.threshold(history, year)

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """What is wrong for an indicator within *bounds*."""
        if self.k is not None and self.k < 1:
            return Message("k_of_areas", k=self.k)
        return outside(self.value, bounds)

    @property
    def level(self) -> Threshold:
        """What each area has to do."""
        return self.each

    @property
    def for_one_area(self) -> Threshold:
        """What one area has to do."""
        return self.each

    @property
    def over_areas(self) -> bool:
        """True."""
        return True

    @property
    def of_one_year(self) -> bool:
        """True: the years before do not matter."""
        return True

    def limits_by_year(self, history: History, year: int) -> dict[int, Limits]:
        """What each area is to reach, in the target year."""
        return self.each.limits_by_year(history, year)

    def counted_in(self, decimals: int) -> Areas:
        """The same, met by values that round to it at so many decimals."""
        return replace(self, each=self.each.counted_in(decimals))

    def needed(self, areas: int) -> int:
        """How many of so many areas have to meet it."""
        return areas if self.k is None else self.k

    def with_value(self, value: float) -> Areas:
        """The same question about another value."""
        return replace(self, each=replace(self.each, value=value))

    def said_besides(self, year: int) -> dict[str, object]:  # noqa: ARG002
        """How many areas."""
        return {"k": self.k or 0}

    def _refusal(self, name: str) -> TargetError:
        return TargetError(Message("over_areas", name=name, kind=self.name))
