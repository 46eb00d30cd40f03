"""Declining and rising: net, every year, on average."""

from __future__ import annotations

import numpy as np
import pytest

import forecast as fc

HISTORY = fc.History.of("x", [2018, 2019, 2020, 2022], [9.0, 10.0, 10.0, 8.0])


@pytest.mark.parametrize(
    ("rule", "base_year", "course", "met"),
    [
        ("net", None, [9.0, 7.9], True),
        ("net", None, [7.0, 8.0], False),  # standing still is not falling
        ("net", 2019, [12.0, 9.9], True),
        ("every_year", None, [7.9, 7.8], True),
        ("every_year", None, [7.9, 7.9], False),
        ("every_year", None, [8.1, 7.0], False),
        ("every_year", 2020, [7.0, 6.0], True),  # 2021 was not observed: 10 -> 8 counts as one step
        ("every_year", 2019, [7.0, 6.0], False),  # 10 -> 10
        ("on_average", None, [8.5, 7.0], True),
        ("on_average", None, [6.0, 8.5], False),
        ("net", 2023, [9.0, 8.5], True),  # a base year that lies ahead
    ],
)
def test_declining(rule: str, base_year: int | None, course: list[float], met: bool) -> None:
    falls = fc.Target.declining("x", year=2024, rule=rule, base_year=base_year)
    assert falls.met_by(HISTORY, np.array([course])).tolist() == [met]
    rises = fc.Target.rising("x", year=2024, rule=rule, base_year=base_year)
    mirrored = fc.History.of("x", HISTORY.years, -HISTORY.values)
    assert rises.met_by(mirrored, -np.array([course])).tolist() == [met]


def test_an_outcome_counts_from_before_the_answer() -> None:
    seen = fc.History.of("x", [2021, 2022, 2023], [8.0, 7.0, 7.5])
    assert fc.Target.declining("x", year=2023).met_in(seen) is False
    assert fc.Target.declining("x", year=2023, base_year=2021).met_in(seen) is True
    assert fc.Target.declining("x", year=2023, base_year=2021, rule="every_year").met_in(seen) is False


def test_a_base_year_that_nobody_observed_names_those_observed() -> None:
    target = fc.Target.declining("x", year=2024, base_year=2021, rule="every_year")
    with pytest.raises(fc.TargetError, match=r"x: the base year 2021 has no value.*2018, 2019, 2020, 2022"):
        target.met_by(HISTORY, np.array([[7.0, 6.0]]))


def test_a_base_year_after_the_year_is_refused() -> None:
    with pytest.raises(fc.TargetError, match=r"x: its base year 2025 is not a year before its year 2024"):
        fc.Target.declining("x", year=2024, base_year=2025)


def test_an_unknown_rule_lists_the_known() -> None:
    with pytest.raises(
        fc.TargetError, match=r"unknown rule 'yearly'; use one of: net, every_year, on_average"
    ):
        fc.Target.rising("x", year=2024, rule="yearly")
