"""What a target asks for, in words and in short, one way of saying for every kind."""

from __future__ import annotations

from forecast.history.units import POINTS, same_unit
from forecast.language.language import Language
from forecast.target.areas import Areas
from forecast.target.change import AverageGrowth, Change
from forecast.target.cumulative import Cumulative
from forecast.target.direction import Direction
from forecast.target.kind import Kind
from forecast.target.level import Between, Equal
from forecast.target.ordinal import ClassOrBetter
from forecast.target.sustained import Milestones
from forecast.target.target import Target


def goal(language: Language, target: Target, unit: str, *, in_words: bool = True) -> str:
    """Return what a target asks for: in words "at least 80 %", else "≥ 80".

    Parameters
    ----------
    language : Language
    target : Target
    unit : str
        The target's, as the language writes it.
    in_words : bool

    Examples
    --------
    >>> fall = Target.change("emissions", -0.18, year=2025, base_year=2020)
    >>> goal(Language("en"), fall, "Mt")
    'a fall of 18 % or more from 2020'
    """
    form, kind = "goal" if in_words else "goal_short", target.kind
    if isinstance(kind, Direction):
        return language.text(f"{form}.{kind.name}_{kind.rule}", {"base": kind.base_year or ""})
    if isinstance(kind, ClassOrBetter):
        return language.text(f"{form}.ordinal", {"class": kind.word})
    if isinstance(kind, Change | AverageGrowth):
        return _change(language, target, kind, form)
    factor, plain = language.plain_unit(unit)

    def written(x: float) -> str:
        return language.value(x * factor, plain if in_words else "")

    if isinstance(kind, Between):
        values: dict[str, object] = {"lower": written(kind.lower), "upper": written(kind.upper)}
        return language.text(f"{form}.between", values)
    if isinstance(kind, Equal):
        values = {"value": written(kind.value), "tolerance": written(kind.tolerance)}
        return language.text(f"{form}.equal", values)
    side = "at_least" if kind.direction > 0 else "at_most"
    if isinstance(kind, Milestones):
        said = [{"value": written(value), "year": str(year)} for year, value in kind.steps]
        steps = language.listing([language.text(f"{form}.milestone", step) for step in said])
        return language.text(f"{form}.{side}", {"value": steps})
    each = language.text(f"{form}.{side}", {"value": "" if kind.value is None else written(kind.value)})
    return each if kind.name == side else language.text(f"{form}.{kind.name}", _around(kind, each, target))


def _around(kind: Kind, each: str, target: Target) -> dict[str, object]:
    """Return what the sentence around "at least 80 %" fills in."""
    values: dict[str, object] = {"each": each}
    if isinstance(kind, Areas):
        values["k"] = kind.k or 0
    if isinstance(kind, Cumulative):
        values |= {"first": str(kind.since), "last": str(target.year)}
    return values


def _change(language: Language, target: Target, kind: Change | AverageGrowth, form: str) -> str:
    """Return a fall or a rise with its size, as the least or as the most that is asked."""
    number, unit = target.as_stated
    size = abs(number or 0.0)
    points = same_unit(unit) == POINTS
    value = (
        language.text("number.points", {"x": language.number(size)}) if points else language.value(size, unit)
    )
    way = "fall" if kind.value < 0 or (kind.value == 0 and kind.direction < 0) else "rise"
    least = kind.direction == (-1 if way == "fall" else 1)
    key = f"{form}.{kind.name}_{way}" + ("" if least else "_limit")
    return language.text(key, {"value": value, "base": str(kind.base_year)})
