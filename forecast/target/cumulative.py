"""Targets for a sum over years: a flow, part of it already observed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.errors import TargetError
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.language.message import Message
from forecast.target.checks import start_problem
from forecast.target.kind import Kind
from forecast.target.limits import Limits
from forecast.target.paths import Paths
from forecast.target.saying import Saying

# Halving the bracket of a growth factor this often leaves the last bits of a float.
_HALVINGS = 60


@dataclass(frozen=True)
class Cumulative(Kind):
    """The sum of a yearly flow from a first year to the target year.

    Parameters
    ----------
    value : float
        The total, in the indicator's unit.
    direction : int
        +1 for at least, -1 for at most.
    since : int
        The first year of the sum.
    """

    value: float
    direction: int
    since: int

    @property
    def name(self) -> str:
        """``cumulative``."""
        return "cumulative"

    def so_far(self, history: History) -> float:
        """Sum of the observed years, in the indicator's unit.

        Raises
        ------
        TargetError
            If a year of the observed part has no value: a sum with a hole in it is not the sum.
        """
        counted = range(self.since, history.last_year + 1)
        missing = [year for year in counted if history.value_in(year) is None]
        if missing:
            raise _hole(history.name, self.since, missing)
        return float(history.values[history.years >= self.since].sum())

    def open_years(self, history: History, year: int) -> int:
        """How many years of the sum are still to come."""
        return year - max(history.last_year, self.since - 1)

    def limits(self, history: History, year: int) -> Limits | None:
        """What the target year has to add, where it is the only one open."""
        rest = self.value - self.so_far(history)
        if self.open_years(history, year) > 1:
            return None
        return Limits.beyond(rest, self.direction, of=self.value)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare each path's sum."""
        return Limits.beyond(self.value, self.direction).hold(self.figures(paths))

    def figures(self, paths: Paths) -> FloatArray:
        """Each path's sum."""
        self.so_far(paths.history)
        summed = paths.since(self.since)
        years = range(self.since, int(paths.years[-1]) + 1)
        missing = sorted(set(years) - set(summed.years.tolist()))
        if missing:
            raise _hole(paths.history.name, self.since, missing)
        return np.asarray(summed.values.sum(axis=1))

    def met_now(self, history: History, year: int) -> bool:  # noqa: ARG002
        """Whether what is observed adds up to a total to be reached."""
        return self.direction > 0 and self.so_far(history) >= self.value

    @property
    def can_be_reached(self) -> bool:
        """Whether it is a total to be reached, not one not to be exceeded."""
        return self.direction > 0

    @property
    def has_probability_in_year(self) -> bool:
        """False: a sum is not met in one year."""
        return False

    def limits_to_reach(self, history: History, year: int) -> None:  # noqa: ARG002
        """None: no one year's value decides."""
        self.so_far(history)

    def met_by_year(self, paths: Paths, year: int, farthest: int) -> tuple[IntArray, BoolArray]:  # noqa: ARG002
        """Years of the sum, and whether it has come to the total by each of them."""
        flows = paths.since(self.since)
        reached = Limits.beyond(self.value, 1).hold(np.cumsum(flows.values, axis=1))
        return flows.years, np.maximum.accumulate(reached, axis=1)

    def said_besides(self, year: int) -> dict[str, object]:
        """First and last year of the sum."""
        return {"first": str(self.since), "last": str(year)}

    def promised(self, say: Saying, year: int, value: str) -> str:
        """The same question about another value."""
        return self._composed(say, year, value)

    @property
    def says_its_years(self) -> bool:
        """True: from the first year to the last."""
        return True

    @property
    def more_than_its_year(self) -> bool:
        """True."""
        return True

    def required(self, history: History, year: int) -> tuple[float, float | None]:
        """Constant yearly change from the last value on that just brings the total.

        Returns
        -------
        tuple of (float, float or None)
            In the indicator's unit a year; and as a compound rate, None unless the last value and
            what is left of the total are both above zero.
        """
        ahead = np.arange(max(self.since - history.last_year, 1), year - history.last_year + 1)
        last, rest = history.last_value, self.value - self.so_far(history)
        linear = float((rest - last * len(ahead)) / ahead.sum())
        if last <= 0 or rest <= 0:
            return linear, None
        low, high = 0.0, 2.0
        while (last * high**ahead).sum() < rest:
            high *= 2.0
        for _ in range(_HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if (last * middle**ahead).sum() < rest else (low, middle)
        return linear, high - 1.0

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """What is wrong with the first year."""
        return start_problem(self.since, year)


def _hole(name: str, since: int, missing: list[int]) -> TargetError:
    return TargetError(Message("sum_with_gaps", name=name, since=since, years=", ".join(map(str, missing))))
