"""Targets in step with another series: a growth not below its growth over the same years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from forecast.arrays import BoolArray, FloatArray
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.target.change import observed_base
from forecast.target.checks import base_problem
from forecast.target.kind import Kind
from forecast.target.limits import Limits, reached
from forecast.target.paths import Paths
from forecast.target.saying import Saying


@dataclass(frozen=True)
class InStep(Kind):
    """Growth of one series not below that of another, from a base year to the target year.

    Growth x_T / x_b >= y_T / y_b is the same as a ratio that has not fallen, x_T / y_T >= x_b / y_b, so
    the question is asked of the history of the ratio, see :func:`forecast.relative_history`: what moves
    both series together is in it.

    Parameters
    ----------
    of, to : str
        The two indicators; *to* may name an area: ``"gdp (China)"``.
    direction : int
        +1 where the growth is not to be below the other's, -1 where not above.
    base_year : int, optional
        Default: the year of the last observation that both have.
    """

    of: str
    to: str
    direction: int = 1
    base_year: int | None = None

    @property
    def name(self) -> str:
        """``in_step_with``."""
        return "in_step_with"

    @property
    def value(self) -> None:
        """None: the other series sets the pace."""
        return

    def limits(self, history: History, year: int) -> Limits | None:
        """Ratios from that of the base year on; None where the base year lies ahead."""
        base = self.threshold(history, year)
        return None if base is None else Limits.beyond(base, self.direction)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year's ratio with that of the base year."""
        return reached(paths.values[:, -1], paths.base(self._base_year(paths.history)), self.direction)

    def figures(self, paths: Paths) -> FloatArray:
        """Last year's ratios."""
        return paths.values[:, -1]

    def threshold(self, history: History, year: int) -> float | None:  # noqa: ARG002
        """Ratio of the base year; None where that year lies ahead."""
        return observed_base(history, self._base_year(history), None)

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """What is wrong with the base year."""
        return base_problem(self.base_year, year)

    @property
    def of_one_year(self) -> bool:
        """True: the years between do not matter."""
        return True

    def from_base(self, base_year: int) -> InStep:
        """The same from a plan's base year on, unless it has its own."""
        return replace(self, base_year=base_year) if self.base_year is None else self

    def called(self, names: Callable[[str], str]) -> InStep:
        """The same with what it keeps up with called as a reader calls it."""
        return replace(self, to=names(self.to))

    def indicators(self, own: str) -> tuple[str, ...]:  # noqa: ARG002
        """The two that it compares."""
        return (self.of, self.to)

    @property
    def compares(self) -> bool:
        """True."""
        return True

    def describe(self, say: Saying, year: int) -> str:  # noqa: ARG002
        """Which growth is to be kept up with, and since when."""
        since = "" if self.base_year is not None else "_now"
        key = f"in_step_with{since}{'' if self.direction > 0 else '_limit'}"
        return say.text(key, {"other": self.to, "base": str(self.base_year or "")})

    def _base_year(self, history: History) -> int:
        return history.last_year if self.base_year is None else self.base_year
