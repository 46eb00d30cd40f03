"""Targets for the level in one year: at least, at most, between, equal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.target.kind import Limits, Paths, outside


@dataclass(frozen=True)
class Threshold:
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
        """Return ``at_least`` or ``at_most``."""
        return "at_least" if self.direction > 0 else "at_most"

    def limits(self, history: History, year: int) -> Limits:  # noqa: ARG002
        """Return the values that meet it: a half-line, half a published digit wider where rounding counts."""
        return Limits.beyond(self.rounded_threshold(history), self.direction)

    def rounded_threshold(self, history: History) -> float:
        """Return the last value that counts: half a published digit off *value* where rounding counts."""
        return self.value - self.direction * self.rounding_tolerance(history)

    def rounding_tolerance(self, history: History) -> float:
        """Return half a unit of the last published digit where rounding counts, else 0."""
        at_bound = self.value == history.bounds[1 if self.direction > 0 else 0]
        places = history.decimals if self.decimals is None and at_bound else self.decimals
        return 0.0 if places is None else 0.5 * 10.0**-places

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year's value."""
        return self.limits(paths.history, int(paths.years[-1])).hold(paths.values[:, -1])

    def figures(self, paths: Paths) -> FloatArray:
        """Return the last year's values."""
        return paths.values[:, -1]

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Return the value."""
        return self.value

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """Return what is wrong for an indicator within *bounds*."""
        return outside(self.value, bounds)


@dataclass(frozen=True)
class Between:
    """Within two values, both included."""

    lower: float
    upper: float

    @property
    def name(self) -> str:
        """Return ``between``."""
        return "between"

    @property
    def direction(self) -> int:
        """Return 0: two sides."""
        return 0

    @property
    def value(self) -> float | None:
        """Return None: there are two."""
        return None

    def limits(self, history: History, year: int) -> Limits:  # noqa: ARG002
        """Return the interval."""
        return Limits(self.lower, self.upper)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year's value."""
        return Limits(self.lower, self.upper).hold(paths.values[:, -1])

    def figures(self, paths: Paths) -> None:  # noqa: ARG002
        """Return None: there are two sides."""
        return

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Return the nearer end, or the last value where it already lies between."""
        return float(np.clip(history.last_value, self.lower, self.upper))

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """Return what is wrong for an indicator within *bounds*."""
        if self.lower > self.upper:
            return f"its lower value {self.lower:g} is above its upper value {self.upper:g}"
        return outside(self.lower, bounds) or outside(self.upper, bounds)


@dataclass(frozen=True)
class Equal:
    """A value, give or take a tolerance."""

    value: float
    tolerance: float

    @property
    def name(self) -> str:
        """Return ``equal``."""
        return "equal"

    @property
    def direction(self) -> int:
        """Return 0: two sides."""
        return 0

    def limits(self, history: History, year: int) -> Limits:  # noqa: ARG002
        """Return the interval around the value."""
        return Limits(self.value - self.tolerance, self.value + self.tolerance)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year's value."""
        return Limits(self.value - self.tolerance, self.value + self.tolerance).hold(paths.values[:, -1])

    def figures(self, paths: Paths) -> None:  # noqa: ARG002
        """Return None: there are two sides."""
        return

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Return the value."""
        return self.value

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """Return what is wrong for an indicator within *bounds*."""
        if not self.tolerance > 0:
            return (
                f"an equal target needs a tolerance above 0, in the indicator's unit; got {self.tolerance:g}"
            )
        return outside(self.value, bounds)
