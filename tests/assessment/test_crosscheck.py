from __future__ import annotations

import numpy as np

import forecast as fc

RISING = fc.History.of("x", range(2004, 2020), 10 + np.arange(16) + np.tile([0.5, -0.5], 8), area="A")
TARGET = fc.Target.at_least("x", 32.0, year=2024)


def test_it_adds_answers_and_leaves_the_probability() -> None:
    plain = fc.assess(RISING, TARGET)
    checked = fc.cross_check(plain)
    assert plain.disagreement is None
    assert checked.disagreement is not None
    assert checked.probability == plain.probability
    assert checked.disagreement.answers[0].probability == plain.probability


def test_checking_twice_charges_once() -> None:
    once = fc.cross_check(fc.assess(RISING, TARGET))
    assert fc.cross_check(once).evidence == once.evidence


def test_an_outcome_and_an_answer_without_a_model_stay_as_they_are() -> None:
    outcome = fc.assess(RISING, fc.Target.at_least("x", 20.0, year=2019))
    assert fc.cross_check(outcome) is outcome


def test_a_plan_is_checked_line_by_line() -> None:
    plan = fc.Plan((fc.Item("1", TARGET, area="A"), fc.Item("2", TARGET, area="nowhere")))
    seen: list[tuple[int, int]] = []
    study = fc.assess_plan(plan, fc.Histories([RISING]))
    checked = fc.cross_check_plan(study, progress=lambda done, total: seen.append((done, total)))
    assert checked.assessments[0].disagreement is not None
    assert checked.assessments[1].disagreement is None
    assert seen == [(1, 2), (2, 2)]


def test_what_has_no_probability_is_not_asked_of_other_models() -> None:
    plan = fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml"))
    forest = fc.Plan((plan["15"],))
    study = fc.cross_check_plan(
        fc.assess_plan(forest, fc.read_histories(fc.data_path("historical")).without_parents())
    )
    assert study.assessments[0].probability is None
    assert study.assessments[0].disagreement is None
