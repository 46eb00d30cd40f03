"""Units of measurement: when two spellings are the same unit, and what percentage points fit."""

from __future__ import annotations

POINTS = "points"

# One unit in several spellings: the same thing, so no error.
_SAME = {
    "percent": "%",
    "％": "%",
    "per cent": "%",
    "pct": "%",
    "km2": "km²",
    "m2": "m²",
    "平方公里": "km²",
    "平方千米": "km²",
    "平方米": "m²",
    "天": "days",
    "percentage points": POINTS,
    "pp": POINTS,
    "百分点": POINTS,
    "个百分点": POINTS,
}


def same_unit(unit: str) -> str:
    """Return one spelling for each unit that has several.

    Examples
    --------
    >>> same_unit("percent"), same_unit("个百分点"), same_unit("Mt")
    ('%', 'points', 'Mt')
    """
    return _SAME.get(unit.strip(), unit.strip())


def fits(unit: str, history_unit: str, *, difference: bool = False) -> bool:
    """Say whether a number in *unit* can be compared with a history in *history_unit*.

    An empty unit fits any. For a *difference*, points fit shares, rates and indices.

    Examples
    --------
    >>> fits("pct", "%"), fits("points", "%"), fits("points", "%", difference=True)
    (True, False, True)
    """
    ours, theirs = same_unit(unit), same_unit(history_unit)
    if not ours or not theirs or ours == theirs:
        return True
    return difference and ours == POINTS and (theirs in ("%", "‰") or theirs.endswith("= 100"))
