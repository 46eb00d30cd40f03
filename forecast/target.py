"""A target: an indicator, a year, and what it means to meet it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from forecast.errors import TargetError
from forecast.history import FIRST_YEAR, LAST_YEAR, FloatArray, History
from forecast.kinds.areas import Areas
from forecast.kinds.base import BoolArray, Kind, Limits, Paths
from forecast.kinds.course import Course
from forecast.kinds.level import Between, Equal, Threshold
from forecast.kinds.ordinal import ClassOrBetter, position

# One unit in several spellings: the same thing, so no error.
_SAME_UNIT = {
    "percent": "%",
    "％": "%",
    "per cent": "%",
    "pct": "%",
    "km2": "km²",
    "m2": "m²",
    "平方公里": "km²",
    "天": "days",
}


@dataclass(frozen=True)
class Target:
    """What an indicator is to be, and when. Build one with the method that names its kind.

    Parameters
    ----------
    indicator : str
        The indicator's name.
    year : int
        The year in which it is to be met.
    kind : Kind
        What it means to be met.
    unit : str
        The unit of its numbers; must be the history's where both have one.

    Examples
    --------
    >>> target = Target.at_least("urbanization_rate", 80, year=2026, unit="%")
    >>> target.kind.name, target.value, target.direction
    ('at_least', 80.0, 1)
    """

    indicator: str
    year: int
    kind: Kind
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.indicator:
            raise TargetError("a target needs the name of its indicator; got ''.")
        if (
            isinstance(self.year, bool)
            or self.year != int(self.year)
            or not FIRST_YEAR <= self.year <= LAST_YEAR
        ):
            raise TargetError(
                f"{self.indicator}: {self.year!r} is not a year. Give a whole year such as 2030."
            )
        object.__setattr__(self, "year", int(self.year))
        problem = self.kind.check((None, None))
        if problem:
            raise TargetError(f"{self.indicator}: {problem}.")

    @classmethod
    def at_least(
        cls, indicator: str, value: float, *, year: int, unit: str = "", decimals: int | None = None
    ) -> Target:
        """Return a target met by *value* or more; equality counts.

        With *decimals*, values that round to *value* at so many decimals meet it too.
        """
        return cls(indicator, year, Threshold(_finite(indicator, value), 1, decimals), unit)

    @classmethod
    def at_most(
        cls, indicator: str, value: float, *, year: int, unit: str = "", decimals: int | None = None
    ) -> Target:
        """Return a target met by *value* or less; equality counts."""
        return cls(indicator, year, Threshold(_finite(indicator, value), -1, decimals), unit)

    @classmethod
    def between(cls, indicator: str, lower: float, upper: float, *, year: int, unit: str = "") -> Target:
        """Return a target met by any value from *lower* to *upper*, both included."""
        return cls(indicator, year, Between(_finite(indicator, lower), _finite(indicator, upper)), unit)

    @classmethod
    def equal(cls, indicator: str, value: float, *, year: int, tolerance: float, unit: str = "") -> Target:
        """Return a target met by *value*, give or take *tolerance* (in the same unit)."""
        return cls(indicator, year, Equal(_finite(indicator, value), _finite(indicator, tolerance)), unit)

    @classmethod
    def declining(
        cls, indicator: str, *, year: int, rule: str = "net", base_year: int | None = None, unit: str = ""
    ) -> Target:
        """Return a target met by a fall since *base_year* (default: the last observation).

        *rule* is ``net`` (lower in the end), ``every_year`` or ``on_average`` (the line through the years).
        """
        return cls(indicator, year, Course(-1, rule, base_year), unit)

    @classmethod
    def rising(
        cls, indicator: str, *, year: int, rule: str = "net", base_year: int | None = None, unit: str = ""
    ) -> Target:
        """Return a target met by a rise since *base_year*; see :meth:`declining`."""
        return cls(indicator, year, Course(1, rule, base_year), unit)

    @classmethod
    def ordinal(
        cls,
        indicator: str,
        value: str | int,
        *,
        year: int,
        scale: Sequence[str],
        rule: str = "every_year",
        unit: str = "",
    ) -> Target:
        """Return a target met by the class *value*, or a better one, on an ordered *scale*, best first.

        *value* is a word of the scale or its position, 1 for the best; the history holds positions.
        *rule* is ``every_year`` (each year after the last observation up to *year*) or ``in_year``.
        """
        classes = tuple(str(word) for word in scale)
        at = position(value, classes)
        if at is None:
            raise TargetError(
                f"{indicator}: {value!r} is not a class of its scale. Use one of: {', '.join(classes)}."
            )
        return cls(indicator, year, ClassOrBetter(at, classes, rule), unit)

    @classmethod
    def all_areas(
        cls, indicator: str, value: float, *, year: int, direction: str = "at_least", unit: str = ""
    ) -> Target:
        """Return a target met when every area has at least (or ``at_most``) *value*."""
        return cls(indicator, year, Areas(Threshold(_finite(indicator, value), _sign(direction))), unit)

    @classmethod
    def at_least_k_areas(
        cls, indicator: str, value: float, *, k: int, year: int, direction: str = "at_least", unit: str = ""
    ) -> Target:
        """Return a target met when *k* areas or more have at least (or ``at_most``) *value*."""
        return cls(indicator, year, Areas(Threshold(_finite(indicator, value), _sign(direction)), k), unit)

    def for_one_area(self) -> Target:
        """Return what a target over many areas asks of each; any other target is returned as it is."""
        return replace(self, kind=self.kind.each) if isinstance(self.kind, Areas) else self

    @property
    def direction(self) -> int:
        """Return +1 where higher is better, -1 where lower is, 0 where the target has two sides."""
        return self.kind.direction

    @property
    def value(self) -> float | None:
        """Return the number the plan prints, or None."""
        return self.kind.value

    def limits(self, history: History) -> Limits | None:
        """Return which values in the target year meet it, or None where the way there matters too."""
        return self.kind.limits(history, self.year)

    def goal(self, history: History) -> float | None:
        """Return the value in the target year that just meets it, or None where no one value does."""
        return self.kind.goal(history, self.year)

    def met_by(self, history: History, paths: FloatArray) -> BoolArray:
        """Say for each path whether it meets the target.

        Parameters
        ----------
        history : History
            What was observed; its last year is the year before the first of the paths.
        paths : ndarray, shape (n, target year - last observed year)
            In the indicator's unit.
        """
        limits = self.limits(history)
        if limits is not None:
            return limits.hold(paths[:, -1])
        return self.kind.met_by(Paths.after(history, paths))

    def met_in(self, history: History) -> bool | None:
        """Say whether the history itself meets it in the target year; None if that year was not observed."""
        outcome = history.value_in(self.year)
        if outcome is None:
            return None
        # The question as it stood before the answer: a base "at the last observation" is an earlier year.
        before = history.until(self.year - 1) if history.first_year < self.year else history.until(self.year)
        limits = self.limits(before)
        if limits is not None:
            return bool(limits.hold(outcome))
        seen = history.until(self.year)
        return bool(self.kind.met_by(replace(Paths.after(seen, np.empty((1, 0))), history=before))[0])

    def check(self, history: History) -> None:
        """Raise a TargetError unless the target can be asked of *history*.

        Raises
        ------
        TargetError
            For another indicator, another unit, or a value outside the indicator's bounds.
        """
        if self.indicator != history.indicator:
            raise TargetError(
                f"the target is for {self.indicator!r}, the history of {history.indicator!r}. "
                f"Give the target's own history, or name a proxy with replace(target, indicator=...)."
            )
        if self.unit and history.unit and same_unit(self.unit) != same_unit(history.unit):
            raise TargetError(
                f"{history.name}: the target is in {self.unit!r}, the history in {history.unit!r}. "
                f"Convert one of them."
            )
        problem = self.kind.check(history.bounds)
        if problem:
            raise TargetError(f"{history.name}: {problem}. Correct the target, its unit, or the bounds.")

    def _repr_html_(self) -> str:
        """Return one line for a notebook."""
        number = "" if self.value is None else f" {self.value:g}"
        rest = escape(f"{self.kind.name}{number} {self.unit} ({self.year})")
        return f"<p><b>{escape(self.indicator)}</b> {rest}</p>"


def same_unit(unit: str) -> str:
    """Return one spelling for each unit that has several."""
    return _SAME_UNIT.get(unit.strip(), unit.strip())


def _sign(direction: str) -> int:
    """Return +1 for ``at_least``, -1 for ``at_most``."""
    if direction not in ("at_least", "at_most"):
        raise TargetError(f"direction is at_least or at_most; got {direction!r}.")
    return 1 if direction == "at_least" else -1


def _finite(indicator: str, value: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(value, str | bool) or not math.isfinite(number):
        raise TargetError(f"{indicator}: a target's value must be a finite number; got {value!r}.")
    return number
