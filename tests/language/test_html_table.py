from __future__ import annotations

import pytest

import forecast as fc
from forecast.language.html_table import table


def test_a_table_escapes_every_text() -> None:
    assert "<b>" not in table("<b>", ["<b>"], [["<b>"]])


@pytest.fixture
def history() -> fc.History:
    values = [60, 62, 63, 66, 67, 70, 71, 74, 75, 77]
    return fc.History.of("coverage", range(2014, 2024), values, unit="%", bounds=(0, 100))


def test_an_assessment_shows_its_answers(history: fc.History) -> None:
    target = fc.Target.at_least("coverage", 80, year=2026, unit="%")
    shown = fc.assess(history, target, model=fc.Drift())._repr_html_()
    assert "coverage: at_least 80 % (2026)" in shown
    assert "<td>probability</td><td>" in shown
    assert "1.889 a year" in shown


def test_a_study_shows_every_target_and_runs_nothing(history: fc.History) -> None:
    label = "<script>alert(1)</script>"
    items = (
        fc.Item("1", fc.Target.at_least("coverage", 80, year=2026, unit="%"), {"en": label}),
        fc.Item("2", fc.Target.at_least("missing", 1, year=2026), {"en": "No figures"}),
    )
    study = fc.assess_plan(fc.Plan(items, {"en": "Two"}), fc.Histories([history]), model=fc.Drift())
    shown = study._repr_html_()
    assert shown.count("<tr>") == 3
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "not assessed" in shown


def test_a_backtest_shows_its_scores(history: fc.History) -> None:
    shown = fc.backtest(fc.Drift(), fc.Histories([history]), horizon=2)._repr_html_()
    assert "scaled_crps" in shown
    assert "<th>Drift</th>" in shown
