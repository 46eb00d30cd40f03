"""A target: an indicator, a year, and what it means to meet it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.errors import TargetError
from forecast.history.catalogue import position
from forecast.history.history import History
from forecast.history.ratio import relative_name
from forecast.history.units import fits, same_unit
from forecast.target.areas import Areas
from forecast.target.change import AverageGrowth, Change
from forecast.target.cumulative import Cumulative
from forecast.target.direction import Direction
from forecast.target.kind import Kind, Limits, Paths, finite, is_year, sign
from forecast.target.kinds import as_stated, counted_in, level_of, met_now, ratio_problem
from forecast.target.level import Between, Equal, Threshold
from forecast.target.ordinal import ClassOrBetter
from forecast.target.relative import Relative
from forecast.target.sustained import Maintain, Milestones

HOW_TO_ASK = "Make one with Target.at_least(indicator, value, year=...), or another of its kinds."


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
        if not self.indicator:
            raise TargetError("a target needs the name of its indicator; got ''.")
        if not is_year(self.year):
            raise TargetError(
                f"{self.indicator}: {self.year!r} is not a year. Give a whole year such as 2030."
            )
        object.__setattr__(self, "year", int(self.year))
        problem = self.kind.check((None, None), self.year) or ratio_problem(self.kind, self.growth_rate)
        if problem:
            raise TargetError(f"{self.indicator}: {problem}.")

    @classmethod
    def at_least(
        cls, indicator: str, value: float, *, year: int, unit: str = "", decimals: int | None = None
    ) -> Target:
        """Return a target met by *value* or more; equality counts.

        With *decimals*, values that round to *value* at so many decimals meet it too; a target at the
        indicator's own bound (100 %) always has this rule, see :meth:`edge`.
        """
        return cls(indicator, year, Threshold(finite(indicator, value), 1, decimals), unit)

    @classmethod
    def at_most(
        cls, indicator: str, value: float, *, year: int, unit: str = "", decimals: int | None = None
    ) -> Target:
        """Return a target met by *value* or less; equality counts. See :meth:`at_least`."""
        return cls(indicator, year, Threshold(finite(indicator, value), -1, decimals), unit)

    @classmethod
    def between(cls, indicator: str, lower: float, upper: float, *, year: int, unit: str = "") -> Target:
        """Return a target met by any value from *lower* to *upper*, both included."""
        return cls(indicator, year, Between(finite(indicator, lower), finite(indicator, upper)), unit)

    @classmethod
    def equal(cls, indicator: str, value: float, *, year: int, tolerance: float, unit: str = "") -> Target:
        """Return a target met by *value*, give or take *tolerance* (in the same unit)."""
        return cls(indicator, year, Equal(finite(indicator, value), finite(indicator, tolerance)), unit)

    @classmethod
    def declining(
        cls, indicator: str, *, year: int, rule: str = "net", base_year: int | None = None, unit: str = ""
    ) -> Target:
        """Return a target met by a fall since *base_year* (default: the last observation).

        *rule* is ``net`` (lower in the end), ``every_year`` or ``on_average`` (the line through the years).
        """
        return cls(indicator, year, Direction(-1, rule, base_year), unit)

    @classmethod
    def rising(
        cls, indicator: str, *, year: int, rule: str = "net", base_year: int | None = None, unit: str = ""
    ) -> Target:
        """Return a target met by a rise since *base_year*; see :meth:`declining`."""
        return cls(indicator, year, Direction(1, rule, base_year), unit)

    @classmethod
    def change(
        cls,
        indicator: str,
        by: float,
        *,
        year: int,
        base_year: int,
        unit: str = "",
        direction: str | None = None,
    ) -> Target:
        """Return a target met by a change of *by* or more against *base_year*.

        Without a unit *by* is a proportion of the base value: -0.18 for 18 % less. With the indicator's
        unit, or ``points`` for percentage points, it is a difference. A fall (negative *by*) asks for
        that fall or a larger one; *direction* ``at_least`` or ``at_most`` says otherwise: at most
        0.05 more, at least -0.10.

        Examples
        --------
        >>> history = History.of("emissions", [2020, 2022], [50.0, 46.0], unit="Mt")
        >>> target = Target.change("emissions", -0.18, year=2025, base_year=2020)
        >>> round(target.threshold(history), 9), target.direction
        (41.0, -1)
        """
        amount = finite(indicator, by)
        if same_unit(unit) == "%":
            raise TargetError(
                f"{indicator}: a change in {unit!r} can be read in two ways. Write 18 % less as -0.18, "
                f"without a unit, and percentage points with unit='points'."
            )
        way = sign(indicator, direction or ("at_most" if amount < 0 else "at_least"))
        return cls(indicator, year, Change(amount, way, base_year, relative=not unit), unit)

    @classmethod
    def average_growth(
        cls, indicator: str, rate: float, *, year: int, base_year: int, direction: str | None = None
    ) -> Target:
        """Return a target met by a compound yearly *rate* (0.06 for 6 %) or more since *base_year*.

        A negative rate asks for that fall or a faster one, unless *direction* says otherwise. A base of
        zero or below has no rate: the question is refused, use :meth:`change` with a unit.
        """
        amount = finite(indicator, rate)
        way = sign(indicator, direction or ("at_most" if amount < 0 else "at_least"))
        return cls(indicator, year, AverageGrowth(amount, way, base_year))

    @classmethod
    def cumulative(
        cls,
        indicator: str,
        total: float,
        *,
        since: int,
        year: int,
        direction: str = "at_least",
        unit: str = "",
    ) -> Target:
        """Return a target for the sum of a yearly flow from *since* to *year*, both included.

        Examples
        --------
        >>> history = History.of("investment", [2021, 2022, 2023], [39.6, 41.3, 14.5], unit="billion")
        >>> target = Target.cumulative("investment", 110, since=2021, year=2025, unit="billion")
        >>> round(target.kind.so_far(history), 1), round(target.kind.so_far(history) / target.value, 3)
        (95.4, 0.867)
        """
        kind = Cumulative(finite(indicator, total), sign(indicator, direction), since)
        return cls(indicator, year, kind, unit)

    @classmethod
    def maintain(
        cls,
        indicator: str,
        value: float,
        *,
        year: int,
        direction: str = "at_least",
        since: int | None = None,
        unit: str = "",
    ) -> Target:
        """Return a target met by at least (or ``at_most``) *value* in every year up to *year*.

        Observed years from *since* on have to hold too (default: only the years after the last observation).
        """
        return cls(
            indicator, year, Maintain(finite(indicator, value), sign(indicator, direction), since), unit
        )

    @classmethod
    def milestones(
        cls, indicator: str, steps: Mapping[int, float], *, direction: str = "at_least", unit: str = ""
    ) -> Target:
        """Return a target met where each year of *steps* has at least (or ``at_most``) its value.

        Years already observed count as they turned out; the last year is the target's own.

        Examples
        --------
        >>> target = Target.milestones("urbanization_rate", {2024: 65, 2026: 70}, unit="%")
        >>> target.year, target.value
        (2026, 70.0)
        """
        if not steps:
            raise TargetError(f"{indicator}: milestones need a year with its value; got none.")
        ordered = tuple((year, finite(indicator, steps[year])) for year in sorted(steps))
        return cls(indicator, ordered[-1][0], Milestones(ordered, sign(indicator, direction)), unit)

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
                f"{indicator}: {value!r} is not a class of its scale. "
                f"Use one of: {', '.join(classes) or 'none'}."
            )
        return cls(indicator, year, ClassOrBetter(at, classes, rule), unit)

    @classmethod
    def relative_to(
        cls,
        indicator: str,
        other: str,
        value: float,
        *,
        year: int,
        direction: str = "at_least",
        form: str = "ratio",
    ) -> Target:
        """Return a target for the ratio to *other* (or the ``difference`` from it).

        Ask it of the derived history, ``relative_history(history, other_history)``: its indicator has the
        same name as the target's. *other* in another area is written ``"urbanization_rate (China)"``.
        """
        each = Threshold(finite(indicator, value), sign(indicator, direction))
        return cls(relative_name(indicator, other, form), year, Relative(each, indicator, other, form))

    @classmethod
    def all_areas(
        cls, indicator: str, value: float, *, year: int, direction: str = "at_least", unit: str = ""
    ) -> Target:
        """Return a target met when every area has at least (or ``at_most``) *value*."""
        each = Threshold(finite(indicator, value), sign(indicator, direction))
        return cls(indicator, year, Areas(each), unit)

    @classmethod
    def at_least_k_areas(
        cls, indicator: str, value: float, *, k: int, year: int, direction: str = "at_least", unit: str = ""
    ) -> Target:
        """Return a target met when *k* areas or more have at least (or ``at_most``) *value*."""
        each = Threshold(finite(indicator, value), sign(indicator, direction))
        return cls(indicator, year, Areas(each, k), unit)

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

    @property
    def as_stated(self) -> tuple[float | None, str]:
        """Return the number and the unit as a plan prints them: -18 and %, where ``value`` is -0.18."""
        return as_stated(self.kind, self.unit)

    def of_level(self, history: History, value: float) -> float | None:
        """Return what *value* in the target year is in the target's own terms: a change, a yearly rate."""
        if isinstance(self.kind, Change | AverageGrowth):
            return self.kind.of_level(history, value, self.year)
        return value

    def limits(self, history: History) -> Limits | None:
        """Return which values in the target year meet it, or None where the way there matters too."""
        return self.kind.limits(history, self.year)

    def threshold(self, history: History) -> float | None:
        """Return the value in the target year that just meets it, or None where no one value does."""
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

    def rounded_threshold(self, history: History) -> float | None:
        """Return the last value that counts where rounding decides, else None.

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
        level = level_of(self.kind)
        return (
            level.rounded_threshold(history)
            if level is not None and level.rounding_tolerance(history)
            else None
        )

    def met_now(self, history: History) -> bool:
        """Say whether the last observation is what the target asks of a year, so that it is to be kept."""
        return met_now(self.kind, history, self.year)

    def counted_in(self, decimals: int) -> Target:
        """Return the target with values that round to its own, at so many decimals, counting as well.

        For what is counted in whole numbers: 351 days are met by a forecast of 350.5 and more.
        """
        return replace(self, kind=counted_in(self.kind, decimals))

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
        if not fits(self.unit, history.unit, difference=isinstance(self.kind, Change)):
            raise TargetError(
                f"{history.name}: the target is in {self.unit!r}, the history in {history.unit!r}. "
                f"Convert one of them."
            )
        problem = self.kind.check(history.bounds, self.year)
        if problem:
            raise TargetError(f"{history.name}: {problem}. Correct the target, its unit, or the bounds.")

    def _repr_html_(self) -> str:
        """Return one line for a notebook."""
        value, unit = self.as_stated
        number = "" if value is None else f" {value:g}"
        rest = escape(f"{self.kind.name}{number} {unit} ({self.year})")
        return f"<p><b>{escape(self.indicator)}</b> {rest}</p>"
