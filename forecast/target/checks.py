"""What can be wrong with the numbers and years of a target, in sentences."""

from __future__ import annotations

import math
from typing import SupportsFloat

from forecast.errors import TargetError
from forecast.history.catalogue import LARGEST, Bounds
from forecast.history.history import FIRST_YEAR, LAST_YEAR
from forecast.language.message import Message


def base_problem(base_year: int | None, year: int) -> str | None:
    """Sentence where the base year is not a year before the target year, else None."""
    if base_year is None or (is_year(base_year) and base_year < year):
        return None
    return Message("base_not_before", base_year=base_year, year=year)


def start_problem(since: int | None, year: int) -> str | None:
    """Sentence where the first year that counts is not a year up to the target year, else None."""
    if since is None or (is_year(since) and since <= year):
        return None
    return Message("start_not_before", since=since, year=year)


def is_year(year: object) -> bool:
    """Whether *year* is a whole number that can be one; text and booleans are not."""
    if isinstance(year, bool | str) or not isinstance(year, SupportsFloat):
        return False
    return float(year).is_integer() and FIRST_YEAR <= float(year) <= LAST_YEAR


def outside(value: float, bounds: Bounds, *, what: str = "its_value") -> Message | None:
    """Sentence where *value* lies outside *bounds*, else None; *what* is the key of what to call it."""
    lower, upper = bounds
    if lower is not None and value < lower:
        return Message("below_lower_bound", what=Message(what), value=value, lower=lower)
    if upper is not None and value > upper:
        return Message("above_upper_bound", what=Message(what), value=value, upper=upper)
    return None


def sign(indicator: str, direction: str) -> int:
    """+1 for ``at_least``, -1 for ``at_most``."""
    if direction not in ("at_least", "at_most"):
        raise TargetError(Message("direction_unknown", indicator=indicator, direction=direction))
    return 1 if direction == "at_least" else -1


def finite(indicator: str, value: float) -> float:
    """Target's number as a float, or say that it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(value, str | bool) or not math.isfinite(number):
        raise TargetError(Message("target_no_number", indicator=indicator, value=value))
    if abs(number) > LARGEST:
        raise TargetError(Message("target_no_size", indicator=indicator, value=value))
    return number
