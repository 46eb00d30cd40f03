"""Slips of unit between a target and its history."""

from __future__ import annotations

import pytest

import forecast as fc
from forecast.assessment.unit_checks import unit_checks

YEARS = range(2018, 2024)
PERCENT = [60.0, 61.0, 62.0, 64.0, 65.0, 66.0]
PROPORTION = [v / 100 for v in PERCENT]


@pytest.mark.parametrize(
    ("values", "unit", "goal", "key"),
    [
        (PERCENT, "%", 80, None),
        (PERCENT, "%", 0.8, "share_beside_percent"),
        (PROPORTION, "%", 80, "share_beside_percent"),
        (PROPORTION, "%", 0.8, None),
        (PROPORTION, "", 80, None),  # an amount may grow a hundredfold
        ([0.2, 0.3, 0.3, 0.4, 0.5, 0.6], "%", 5, None),  # a rare thing that is to become less rare
        (PERCENT, "亿元", 80_000, "far_from_figures"),
        (PERCENT, "亿元", 0.05, "far_from_figures"),
        (PERCENT, "亿元", 0, None),
        ([-v for v in PERCENT], "亿元", -80_000, "far_from_figures"),
    ],
)
def test_slips(values: list[float], unit: str, goal: float, key: str | None) -> None:
    history = fc.History.of("x", YEARS, values, unit=unit)
    target = fc.Target.at_least("x", goal, year=2026)
    assert [note.key for note in unit_checks(target, history)] == ([] if key is None else [key])
    assert [note.key for note in fc.assess(history, target).notes if note.key == key] == (
        [key] if key else []
    )


def test_an_outcome_is_doubted_too() -> None:
    history = fc.History.of("x", YEARS, PERCENT, unit="%")
    found = fc.assess(history, fc.Target.at_least("x", 0.6, year=2022, unit="%"))
    assert (found.status, found.notes[0].key) == ("met", "share_beside_percent")
