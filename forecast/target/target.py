"""A target: an indicator, a year, and what it means to meet it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.errors import TargetError
from forecast.history.history import History
from forecast.history.units import fits
from forecast.language.clean_text import clean_text
from forecast.language.message import Message
from forecast.target.checks import is_year
from forecast.target.constructors import TargetConstructors
from forecast.target.kind import Kind
from forecast.target.limits import Limits
from forecast.target.paths import Paths

HOW_TO_ASK = "Make one with Target.at_least(indicator, value, year=...), or another of its kinds."


@dataclass(frozen=True)
class Target(TargetConstructors):
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
    growth_rate : bool
        The indicator is itself a growth rate, so growth of it is only ever a difference.

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
    growth_rate: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "indicator", clean_text(self.indicator))
        object.__setattr__(self, "unit", clean_text(self.unit))
        if not self.indicator:
            raise TargetError(Message("target_without_name"))
        if not is_year(self.year):
            raise TargetError(Message("target_year", indicator=self.indicator, year=self.year))
        object.__setattr__(self, "year", int(self.year))
        problem = self.kind.check((None, None), self.year) or self._growth_rate_problem()
        if problem:
            raise TargetError(Message("target_problem", indicator=self.indicator, problem=problem))

    def for_one_area(self) -> Target:
        """What a target over many areas asks of each; any other target is returned as it is."""
        return replace(self, kind=self.kind.for_one_area) if self.kind.over_areas else self

    @property
    def direction(self) -> int:
        """+1 where higher is better, -1 where lower is, 0 where the target has two sides."""
        return self.kind.direction

    @property
    def value(self) -> float | None:
        """Number the plan prints, or None."""
        return self.kind.value

    @property
    def as_stated(self) -> tuple[float | None, str]:
        """Number and the unit as a plan prints them: -18 and %, where ``value`` is -0.18."""
        return self.kind.as_stated(self.unit)

    def of_level(self, history: History, value: float) -> float | None:
        """What *value* in the target year is in the target's own terms: a change, a yearly rate."""
        return self.kind.of_level(history, value, self.year)

    def limits(self, history: History) -> Limits | None:
        """Which values in the target year meet it, or None where the way there matters too."""
        return self.kind.limits(history, self.year)

    def threshold(self, history: History) -> float | None:
        """Value in the target year that just meets it, or None where no one value does."""
        return self.kind.threshold(history, self.year)

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
        return self.kind.met_by(Paths.after(history, paths)) if limits is None else limits.hold(paths[:, -1])

    def met_in(self, history: History) -> bool | None:
        """Whether the history itself meets it in the target year; None if that year was not observed."""
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

    def rounded_threshold(self, history: History) -> float | None:
        """Last value that counts where rounding decides, else None.

        "100 %" is met by what is published as 100.0 %, so by 99.95 and more; 351 days with
        ``decimals=0`` by a forecast of 350.5 and more.

        Examples
        --------
        >>> history = History.of("treated", [2022, 2023], [98.6, 99.1], unit="%", bounds=(0, 100))
        >>> Target.at_least("treated", 100, year=2026, unit="%").rounded_threshold(history)
        99.95
        >>> Target.at_least("treated", 99, year=2026, unit="%").rounded_threshold(history) is None
        True
        """
        level = self.kind.level
        return (
            level.rounded_threshold(history)
            if level is not None and level.rounding_tolerance(history)
            else None
        )

    def met_now(self, history: History) -> bool:
        """Whether the last observation is what the target asks of a year, so that it is to be kept."""
        return self.kind.met_now(history, self.year)

    def counted_in(self, decimals: int) -> Target:
        """Target with values that round to its own, at so many decimals, counting as well.

        For what is counted in whole numbers: 351 days are met by a forecast of 350.5 and more.
        """
        return replace(self, kind=self.kind.counted_in(decimals))

    def check(self, history: History) -> None:
        """Raise a TargetError unless the target can be asked of *history*.

        Raises
        ------
        TargetError
            For another indicator, another unit, or a value outside the indicator's bounds.
        """
        if self.indicator != history.indicator:
            raise TargetError(Message("target_of_other", indicator=self.indicator, other=history.indicator))
        if not fits(self.unit, history.unit, difference=self.kind.is_difference):
            raise TargetError(Message("units_differ", name=history.name, unit=self.unit, other=history.unit))
        problem = self.kind.check(history.bounds, self.year)
        if problem:
            raise TargetError(Message("target_misfit", name=history.name, problem=problem))

    def _growth_rate_problem(self) -> str | None:
        """What is wrong with a kind that asks for a ratio of a growth rate, else None."""
        if not (self.growth_rate and self.kind.is_ratio):
            return None
        return Message("growth_of_growth")

    def _repr_html_(self) -> str:
        """One line for a notebook."""
        value, unit = self.as_stated
        number = "" if value is None else f" {value:g}"
        rest = escape(f"{self.kind.name}{number} {unit} ({self.year})")
        return f"<p><b>{escape(self.indicator)}</b> {rest}</p>"
