"""The rules of the grade, one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import forecast as fc
from forecast.assessment import evidence
from forecast.assessment.evidence import grade, of_models


def history(n: int = 20, last: int = 2020) -> fc.History:
    return fc.History.of("x", range(last - n + 1, last + 1), np.arange(float(n)) + 1)


def charges(h: fc.History, year: int = 2021, **options: object) -> dict[str, int]:
    return {c.note.key: c.weight for c in grade(h, year, **options).charges}  # type: ignore[arg-type]


def test_a_long_fresh_history_of_its_own_has_nothing_against_it() -> None:
    assert grade(history(), 2025, as_of=2021) == fc.Evidence(())
    assert grade(history(), 2025, as_of=2021).grade == "A"


@pytest.mark.parametrize(("n", "weight"), [(10, None), (9, 1), (6, 1), (5, 2), (3, 2), (2, 4), (1, 4)])
def test_few_points(n: int, weight: int | None) -> None:
    assert charges(history(n)).get("few_points") == weight


@pytest.mark.parametrize(("kept", "weight"), [(20, None), (14, None), (13, 1), (7, 1), (6, 2)])
def test_gaps(kept: int, weight: int | None) -> None:
    # Of 21 years, the first, the last, and so many between.
    years = [2000, *range(2001, 2001 + kept - 2), 2020]
    assert charges(fc.History.of("x", years, np.arange(float(kept)))).get("gaps") == weight


@pytest.mark.parametrize(("as_of", "weight"), [(None, None), (2022, None), (2023, 1), (2025, 1), (2026, 2)])
def test_old(as_of: int | None, weight: int | None) -> None:
    assert charges(history(), 2030, as_of=as_of).get("old") == weight


@pytest.mark.parametrize(
    ("year", "weight"), [(2030, None), (2031, 1), (2040, 1), (2041, 2), (2060, 2), (2061, 4)]
)
def test_far_ahead(year: int, weight: int | None) -> None:
    assert charges(history(20), year).get("far_ahead") == weight


def test_a_proxy_by_plan_or_by_status() -> None:
    assert charges(history(), proxy=True) == {"proxy": 3}
    assert charges(replace(history(), status=("proxy",) * 20)) == {"proxy": 3}


def test_breaks_count_inside_the_history_and_twice_where_there_are_more() -> None:
    assert charges(replace(history(), breaks=(2010,))) == {"breaks": 1}
    assert charges(replace(history(), breaks=(2010, 2015))) == {"breaks": 1, "often_revised": 1}
    assert charges(replace(history(), breaks=(2001,))) == {}  # the first year starts the level


def test_only_the_last_figure_is_expected_to_be_revised() -> None:
    assert charges(replace(history(), status=("final",) * 19 + ("provisional",))) == {"provisional": 1}
    assert charges(replace(history(), status=("provisional",) + ("final",) * 19)) == {}


def answers(low: float, high: float, skill: float | None = 0.5) -> fc.Disagreement:
    return fc.Disagreement(
        (fc.ModelForecast("default", low, skill, 20), fc.ModelForecast("Drift", high, skill, 20))
    )


@pytest.mark.parametrize(("high", "weight"), [(0.34, None), (0.36, 1), (0.59, 1), (0.61, 2)])
def test_models_differ(high: float, weight: int | None) -> None:
    found = {c.note.key: c.weight for c in of_models(answers(0.1, high))}
    assert found.get("models_differ") == weight


def test_models_differ_names_them() -> None:
    values = of_models(answers(0.1, 0.9))[0].note.values
    assert values == {"low": 0.1, "high": 0.9, "lowest": "default", "highest": "Drift"}


@pytest.mark.parametrize(("skill", "charged"), [(-0.01, True), (0.0, False), (None, False)])
def test_no_skill(skill: float | None, charged: bool) -> None:
    found = [c.note.key for c in of_models(answers(0.5, 0.5, skill))]
    assert found == (["no_skill"] if charged else [])


@pytest.mark.parametrize(("total", "letter"), [(0, "A"), (1, "A"), (2, "B"), (3, "B"), (5, "C"), (6, "D")])
def test_charges_add_up_to_a_letter(total: int, letter: str) -> None:
    assert fc.Evidence((fc.Downgrade(1, fc.Note("breaks")),) * total).grade == letter


def test_reasons_come_heaviest_first() -> None:
    h = replace(history(9), status=("final",) * 8 + ("provisional",))
    assert [n.key for n in grade(h, 2021, proxy=True).reasons] == ["proxy", "few_points", "provisional"]


def test_every_rule_is_in_the_table() -> None:
    table = evidence.__doc__ or ""
    keys = (
        *("no_history", "few_points", "gaps", "old", "far_ahead", "proxy", "breaks"),
        *("often_revised", "provisional", "outside_view", "mostly_lent", "no_own_figure", "parents_change"),
        *("models_differ", "no_skill"),
    )
    assert [line.split("``")[1] for line in table.splitlines() if line.startswith("``")] == list(keys)


def test_the_grade_never_moves_the_probability() -> None:
    rising = fc.History.of("x", range(2000, 2020), 10 + np.arange(20) + np.tile([0.5, -0.5], 10))
    target = fc.Target.at_least("x", 36.0, year=2024)
    doubtful = replace(rising, status=("proxy",) * 20)
    a, b = fc.assess(rising, target), fc.assess(doubtful, target)
    assert a.evidence.grade < b.evidence.grade
    assert a.probability == b.probability
