"""Targets made from the numbers of a plan: one constructor for each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Self

from forecast.errors import TargetError
from forecast.history.catalogue import position
from forecast.history.ratio import relative_name
from forecast.history.units import same_unit
from forecast.language.message import Message
from forecast.target.about import About, printed_tolerance
from forecast.target.areas import Areas
from forecast.target.change import AverageGrowth, Change
from forecast.target.checks import finite, sign
from forecast.target.cumulative import Cumulative
from forecast.target.direction import Direction
from forecast.target.in_step import InStep
from forecast.target.kind import Kind
from forecast.target.level import Between, Equal, Threshold
from forecast.target.ordinal import ClassOrBetter
from forecast.target.relative import Relative
from forecast.target.sustained import Maintain, Milestones


class TargetConstructors:
    """The constructors of :class:`~forecast.target.target.Target`."""

    if TYPE_CHECKING:

        def __init__(
            self, indicator: str, year: int, kind: Kind, unit: str = "", growth_rate: bool = False
        ) -> None: ...

    @classmethod
    def at_least(
        cls, indicator: str, value: float, *, year: int, unit: str = "", decimals: int | None = None
    ) -> Self:
        """Target met by *value* or more; equality counts.

        With *decimals*, values that round to *value* at so many decimals meet it too; a target at the
        indicator's own bound (100 %) always has this rule, see ``rounded_threshold``.
        """
        return cls(indicator, year, Threshold(finite(indicator, value), 1, decimals), unit)

    @classmethod
    def at_most(
        cls, indicator: str, value: float, *, year: int, unit: str = "", decimals: int | None = None
    ) -> Self:
        """Target met by *value* or less; equality counts. See :meth:`at_least`."""
        return cls(indicator, year, Threshold(finite(indicator, value), -1, decimals), unit)

    @classmethod
    def between(cls, indicator: str, lower: float, upper: float, *, year: int, unit: str = "") -> Self:
        """Target met by any value from *lower* to *upper*, both included."""
        return cls(indicator, year, Between(finite(indicator, lower), finite(indicator, upper)), unit)

    @classmethod
    def equal(cls, indicator: str, value: float, *, year: int, tolerance: float, unit: str = "") -> Self:
        """Target met by *value*, give or take *tolerance* (in the same unit)."""
        return cls(indicator, year, Equal(finite(indicator, value), finite(indicator, tolerance)), unit)

    @classmethod
    def about(
        cls, indicator: str, value: float, *, year: int, tolerance: float | None = None, unit: str = ""
    ) -> Self:
        """Target met by about *value* (左右): within *tolerance* of it, the ends included.

        Without a *tolerance* what rounds to the number counts: half a unit of its last printed digit.

        Examples
        --------
        >>> from forecast.target.target import Target
        >>> Target.about("gdp_growth", 5, year=2026, unit="%").kind.tolerance
        0.5
        """
        number = finite(indicator, value)
        width = printed_tolerance(value) if tolerance is None else finite(indicator, tolerance)
        return cls(indicator, year, About(number, width), unit)

    @classmethod
    def declining(
        cls, indicator: str, *, year: int, rule: str = "net", base_year: int | None = None, unit: str = ""
    ) -> Self:
        """Target met by a fall since *base_year* (default: the last observation).

        *rule* is ``net`` (lower in the end), ``every_year`` or ``on_average`` (the line through the years).
        """
        return cls(indicator, year, Direction(-1, rule, base_year), unit)

    @classmethod
    def rising(
        cls, indicator: str, *, year: int, rule: str = "net", base_year: int | None = None, unit: str = ""
    ) -> Self:
        """Target met by a rise since *base_year*; see :meth:`declining`."""
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
    ) -> Self:
        """Target met by a change of *by* or more against *base_year*.

        Without a unit *by* is a proportion of the base value: -0.18 for 18 % less. With the indicator's
        unit, or ``points`` for percentage points, it is a difference. A fall (negative *by*) asks for
        that fall or a larger one; *direction* ``at_least`` or ``at_most`` says otherwise: at most
        0.05 more, at least -0.10.

        Examples
        --------
        >>> from forecast.history.history import History
        >>> from forecast.target.target import Target
        >>> history = History.of("emissions", [2020, 2022], [50.0, 46.0], unit="Mt")
        >>> target = Target.change("emissions", -0.18, year=2025, base_year=2020)
        >>> round(target.threshold(history), 9), target.direction
        (41.0, -1)
        """
        amount = finite(indicator, by)
        if same_unit(unit) == "%":
            raise TargetError(Message("change_two_ways", indicator=indicator, unit=unit))
        way = sign(indicator, direction or ("at_most" if amount < 0 else "at_least"))
        return cls(indicator, year, Change(amount, way, base_year, relative=not unit), unit)

    @classmethod
    def average_growth(
        cls, indicator: str, rate: float, *, year: int, base_year: int, direction: str | None = None
    ) -> Self:
        """Target met by a compound yearly *rate* (0.06 for 6 %) or more since *base_year*.

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
    ) -> Self:
        """Target for the sum of a yearly flow from *since* to *year*, both included.

        Examples
        --------
        >>> from forecast.history.history import History
        >>> from forecast.target.target import Target
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
    ) -> Self:
        """Target met by at least (or ``at_most``) *value* in every year up to *year*.

        Observed years from *since* on have to hold too (default: only the years after the last observation).
        """
        return cls(
            indicator, year, Maintain(finite(indicator, value), sign(indicator, direction), since), unit
        )

    @classmethod
    def milestones(
        cls, indicator: str, steps: Mapping[int, float], *, direction: str = "at_least", unit: str = ""
    ) -> Self:
        """Target met where each year of *steps* has at least (or ``at_most``) its value.

        Years already observed count as they turned out; the last year is the target's own.

        Examples
        --------
        >>> from forecast.target.target import Target
        >>> target = Target.milestones("urbanization_rate", {2024: 65, 2026: 70}, unit="%")
        >>> target.year, target.value
        (2026, 70.0)
        """
        if not steps:
            raise TargetError(Message("milestones_none", indicator=indicator))
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
    ) -> Self:
        """Target met by the class *value*, or a better one, on an ordered *scale*, best first.

        *value* is a word of the scale or its position, 1 for the best; the history holds positions.
        *rule* is ``every_year`` (each year after the last observation up to *year*) or ``in_year``.
        """
        classes = tuple(str(word) for word in scale)
        at = position(value, classes)
        if at is None:
            raise TargetError(
                Message("class_unknown", indicator=indicator, value=value, known=", ".join(classes) or "none")
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
    ) -> Self:
        """Target for the ratio to *other* (or the ``difference`` from it).

        Ask it of the derived history, ``relative_history(history, other_history)``: its indicator has the
        same name as the target's. *other* in another area is written ``"urbanization_rate (China)"``.
        """
        each = Threshold(finite(indicator, value), sign(indicator, direction))
        return cls(relative_name(indicator, other, form), year, Relative(each, indicator, other, form))

    @classmethod
    def in_step_with(
        cls,
        indicator: str,
        other: str,
        *,
        year: int,
        base_year: int | None = None,
        direction: str = "at_least",
    ) -> Self:
        """Target met by a growth not below (or, ``at_most``, not above) that of *other*.

        Both grow from *base_year* (default: the last observation). As with :meth:`relative_to` the
        question is asked of the derived history, ``relative_history(history, other_history)``.

        Examples
        --------
        >>> from forecast.target.target import Target
        >>> Target.in_step_with("income", "gdp", year=2026, base_year=2021).indicator
        'income / gdp'
        """
        kind = InStep(indicator, other, sign(indicator, direction), base_year)
        return cls(relative_name(indicator, other), year, kind)

    @classmethod
    def all_areas(
        cls, indicator: str, value: float, *, year: int, direction: str = "at_least", unit: str = ""
    ) -> Self:
        """Target met when every area has at least (or ``at_most``) *value*."""
        each = Threshold(finite(indicator, value), sign(indicator, direction))
        return cls(indicator, year, Areas(each), unit)

    @classmethod
    def at_least_k_areas(
        cls, indicator: str, value: float, *, k: int, year: int, direction: str = "at_least", unit: str = ""
    ) -> Self:
        """Target met when *k* areas or more have at least (or ``at_most``) *value*."""
        each = Threshold(finite(indicator, value), sign(indicator, direction))
        return cls(indicator, year, Areas(each, k), unit)
