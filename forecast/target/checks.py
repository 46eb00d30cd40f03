"""What can be wrong with the numbers and years of a target, in sentences."""

from __future__ import annotations

import math
from typing import SupportsFloat

from forecast.errors import TargetError
from forecast.history.catalogue import LARGEST, Bounds
from forecast.history.history import FIRST_YEAR, LAST_YEAR


def base_problem(base_year: int | None, year: int) -> str | None:
    """Sentence where the base year is not a year before the target year, else None."""
    if base_year is None or (is_year(base_year) and base_year < year):
        return None
    return f"its base year {base_year!r} is not a year before its year {year}"


def start_problem(since: int | None, year: int) -> str | None:
    """Sentence where the first year that counts is not a year up to the target year, else None."""
    if since is None or (is_year(since) and since <= year):
        return None
    return f"its first year {since!r} is not a year up to its year {year}"


def is_year(year: object) -> bool:
    """Whether *year* is a whole number that can be one; text and booleans are not."""
    if isinstance(year, bool | str) or not isinstance(year, SupportsFloat):
        return False
    return float(year).is_integer() and FIRST_YEAR <= float(year) <= LAST_YEAR


def outside(value: float, bounds: Bounds) -> str | None:
    """Sentence where *value* lies outside *bounds*, else None."""
    lower, upper = bounds
    if lower is not None and value < lower:
        return f"its value {value:g} is below the indicator's lower bound {lower:g}"
    if upper is not None and value > upper:
        return f"its value {value:g} is above the indicator's upper bound {upper:g}"
    return None


def sign(indicator: str, direction: str) -> int:
    """+1 for ``at_least``, -1 for ``at_most``."""
    if direction not in ("at_least", "at_most"):
        raise TargetError(f"{indicator}: direction is at_least or at_most; got {direction!r}.")
    return 1 if direction == "at_least" else -1


def finite(indicator: str, value: float) -> float:
    """Target's number as a float, or say that it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(value, str | bool) or not math.isfinite(number):
        raise TargetError(f"{indicator}: a target's value must be a finite number; got {value!r}.")
    if abs(number) > LARGEST:
        raise TargetError(
            f"{indicator}: {value!r} is not of a size that targets have. Correct it, or its unit."
        )
    return number
