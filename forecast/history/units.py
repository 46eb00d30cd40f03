"""Units of measurement: when two spellings are the same unit, and what percentage points fit."""

from __future__ import annotations

import re

POINTS = "points"

# One unit in several spellings: the same thing, so no error.
_SAME = {
    "percent": "%",
    "％": "%",
    "per cent": "%",
    "pct": "%",
    "per cent of total": "%",
    "pc": "%",
    "percentage": "%",
    "prozent": "%",
    "pour cent": "%",
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
    """One spelling for each unit that has several.

    Examples
    --------
    >>> same_unit("percent"), same_unit("个百分点"), same_unit("Mt")
    ('%', 'points', 'Mt')
    """
    return _SAME.get(unit.strip().casefold(), unit.strip())


def fits(unit: str, history_unit: str, *, difference: bool = False) -> bool:
    """Whether a number in *unit* can be compared with a history in *history_unit*.

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


_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BRACKETS = re.compile(r"^([^()（）〔〕\[\]]+?)\s*[(（]([^()（）]{1,12})[)）]$")
_UNIT_WORD = re.compile(
    r"^(?:%|％|‰|个?百分点|[\u4e00-\u9fffA-Za-z²³/%·]*(?:元|人|吨|公顷|亩|千米|公里|米|户|个|件|家|所|张|床|天|年|小时|度|瓦|焦|升|克|辆|台|套|项|次|名|位|亿|万|倍|标准煤|指数))$"
)


def name_and_unit(name: str) -> tuple[str, str]:
    """Chinese name without the unit in its brackets, and the unit.

    Examples
    --------
    >>> name_and_unit("地区生产总值(亿元)"), name_and_unit("Access (% of population)")
    (('地区生产总值', '亿元'), ('Access (% of population)', ''))
    """
    found = _BRACKETS.match(name)
    if found and _CHINESE.search(name) and _UNIT_WORD.match(found.group(2)):
        return found.group(1), found.group(2)
    return name, ""
