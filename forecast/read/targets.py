"""The only place where the columns of a plan become a target."""

from __future__ import annotations

from collections.abc import Callable

from forecast.errors import ForecastError, did_you_mean
from forecast.read.table import Row
from forecast.target import Target


def target_of(row: Row, head: Row) -> Target:
    """Return the target of one row; the plan's head gives what the row leaves out.

    Raises
    ------
    ValueError
        With a sentence.
    """
    indicator, kind = row.text("indicator"), row.text("kind")
    if not indicator:
        raise ValueError("indicator is empty.")
    if kind not in _BUILDERS:
        raise ValueError(f"kind is {kind!r}. {did_you_mean(kind, _BUILDERS)}")
    year = row.year_in("year") or head.year_in("year")
    if year is None:
        raise ValueError("year is empty.")
    try:
        return _BUILDERS[kind](row, indicator, year)
    except ForecastError as problem:
        raise ValueError(str(problem)) from None


def _needed(row: Row, column: str) -> float:
    number = row.number_in(column)
    if number is None:
        raise ValueError(f"{column} is empty, and a {row.text('kind')} target needs it.")
    return number


def _whole(row: Row, column: str) -> int | None:
    number = row.number_in(column)
    if number is not None and not number.is_integer():
        raise ValueError(f"{column} is {row.text(column)!r}, which is not a whole number.")
    return None if number is None else int(number)


def _classes(row: Row) -> list[str]:
    """Return the classes of a scale: a list in TOML, text with semicolons in a table."""
    cell = row.cells.get("scale")
    words = cell if isinstance(cell, list) else row.text("scale").replace("；", ";").split(";")
    return [str(word).strip() for word in words if str(word).strip()]


def _at_least(row: Row, name: str, year: int) -> Target:
    value, places = _needed(row, "value"), _whole(row, "decimals")
    return Target.at_least(name, value, year=year, unit=row.text("unit"), decimals=places)


def _at_most(row: Row, name: str, year: int) -> Target:
    value, places = _needed(row, "value"), _whole(row, "decimals")
    return Target.at_most(name, value, year=year, unit=row.text("unit"), decimals=places)


def _between(row: Row, name: str, year: int) -> Target:
    lower, upper = _needed(row, "lower"), _needed(row, "upper")
    return Target.between(name, lower, upper, year=year, unit=row.text("unit"))


def _equal(row: Row, name: str, year: int) -> Target:
    value, tolerance = _needed(row, "value"), _needed(row, "tolerance")
    return Target.equal(name, value, year=year, tolerance=tolerance, unit=row.text("unit"))


def _declining(row: Row, name: str, year: int) -> Target:
    rule, base = row.text("rule") or "net", row.year_in("base_year")
    return Target.declining(name, year=year, rule=rule, base_year=base, unit=row.text("unit"))


def _rising(row: Row, name: str, year: int) -> Target:
    rule, base = row.text("rule") or "net", row.year_in("base_year")
    return Target.rising(name, year=year, rule=rule, base_year=base, unit=row.text("unit"))


def _ordinal(row: Row, name: str, year: int) -> Target:
    word, rule = row.text("value"), row.text("rule") or "every_year"
    return Target.ordinal(name, word, year=year, scale=_classes(row), rule=rule, unit=row.text("unit"))


def _all_areas(row: Row, name: str, year: int) -> Target:
    value, direction = _needed(row, "value"), row.text("direction") or "at_least"
    return Target.all_areas(name, value, year=year, direction=direction, unit=row.text("unit"))


def _at_least_k_areas(row: Row, name: str, year: int) -> Target:
    value, direction, k = _needed(row, "value"), row.text("direction") or "at_least", _whole(row, "k")
    if k is None:
        raise ValueError("k is empty, and an at_least_k_areas target needs it: how many areas.")
    return Target.at_least_k_areas(name, value, k=k, year=year, direction=direction, unit=row.text("unit"))


_BUILDERS: dict[str, Callable[[Row, str, int], Target]] = {
    "at_least": _at_least,
    "at_most": _at_most,
    "between": _between,
    "equal": _equal,
    "declining": _declining,
    "rising": _rising,
    "ordinal": _ordinal,
    "all_areas": _all_areas,
    "at_least_k_areas": _at_least_k_areas,
}
