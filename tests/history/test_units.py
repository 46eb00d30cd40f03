"""Units in several spellings, and what percentage points fit."""

from __future__ import annotations

import pytest

from forecast.history.units import fits, same_unit


@pytest.mark.parametrize("spelling", ["%", "percent", "％", " pct ", "per cent"])
def test_percent_has_one_spelling(spelling: str) -> None:
    assert same_unit(spelling) == "%"


@pytest.mark.parametrize("unit", ["万元", "kg", "", "Percent of GDP"])
def test_a_unit_of_its_own_stays_as_it_is(unit: str) -> None:
    assert same_unit(unit) == unit


@pytest.mark.parametrize(
    ("unit", "history_unit", "level", "difference"),
    [
        ("", "kg", True, True),
        ("kg", "", True, True),
        ("kg", "t", False, False),
        ("percent", "%", True, True),
        ("个百分点", "%", False, True),
        ("points", "‰", False, True),
        ("points", "2015 = 100", False, True),
        ("points", "kg", False, False),
        ("%", "points", False, False),
    ],
)
def test_what_can_be_compared(unit: str, history_unit: str, level: bool, difference: bool) -> None:
    assert fits(unit, history_unit) is level
    assert fits(unit, history_unit, difference=True) is difference
