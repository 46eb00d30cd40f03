"""The items of a plan one by one: bases, proxies, faults that stay with their own item."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import forecast as fc


def test_a_fault_in_one_target_does_not_stop_the_others() -> None:
    history = fc.History.of("x", range(2010, 2020), range(10), unit="t", area="A")
    wrong = fc.Item("1", fc.Target.at_least("x", 5, year=2025, unit="km"), area="A")
    right = fc.Item("2", fc.Target.at_least("x", 12, year=2025, unit="t"), area="A")
    study = fc.assess_plan(fc.Plan((wrong, right)), fc.Histories([history]))
    assert [a.status for a in study.assessments] == ["unanswered", "open"]
    assert "the target is in 'km'" in study.failures[0].problem


def test_two_series_that_cannot_be_compared_cost_the_others_nothing(tmp_path: Path) -> None:
    """The newest year of a plan was looked for in their ratio, which fell and took the plan with it."""
    early = fc.History.of("a", range(1990, 2000), range(1, 11))
    late = fc.History.of("b", range(2005, 2015), range(1, 11))
    asked = (fc.Target.relative_to("a", "b", 1, year=2026), fc.Target.at_least("b", 12, year=2026))
    plan = fc.Plan(tuple(fc.Item(str(i), target) for i, target in enumerate(asked)))
    study = fc.assess_plan(plan, fc.Histories([early, late]))
    assert study.as_of == 2014
    assert "the two have no year in common" in (study.assessments[0].failure or "")
    assert study.assessments[1].probability is not None
    for ending in ("md", "json"):
        fc.write_report(study, tmp_path / f"study.{ending}")


def test_a_base_in_the_plan_is_enough_for_the_required_growth() -> None:
    item = fc.Item("1", fc.Target.at_least("x", 20.0, year=2026), area="A", base_year=2021, base_value=10.0)
    found = fc.assess_plan(fc.Plan((item,)), fc.Histories()).assessments[0]
    assert found.required is not None
    assert found.required.per_year == pytest.approx(2.0)
    assert found.probability is None


def test_a_change_from_a_base_in_the_plan_requires_the_growth_to_its_level() -> None:
    fall = fc.Target.change("x", -0.2, year=2025, base_year=2020)
    (line,) = fc.assess_plan(
        fc.Plan((fc.Item("1", fall, area="A", base_year=2020, base_value=50.0),)), fc.Histories()
    ).lines
    assert line.assessment.required == fc.Growth.over(50.0, 40.0, start=2020, end=2025)


def test_what_is_counted_in_whole_numbers_counts_from_the_half_below() -> None:
    catalogue = fc.Catalogue({"days": fc.Indicator("days", unit="days", decimals=0)})
    history = fc.History.of("days", range(2012, 2022), range(330, 350, 2), unit="days", area="A")
    whole, bare = fc.Histories([history], catalogue), fc.Histories([history])
    plan = fc.Plan((fc.Item("1", fc.Target.at_least("days", 360, year=2025), area="A"),))
    halves = fc.Plan((fc.Item("1", fc.Target.at_least("days", 359.5, year=2025), area="A"),))
    (counted,), (lower,) = fc.assess_plan(plan, whole).lines, fc.assess_plan(halves, bare).lines
    assert counted.assessment.probability == pytest.approx(lower.assessment.probability)


def test_a_plan_without_targets_is_refused() -> None:
    with pytest.raises(fc.TargetError, match=r"the plan has no target. Give it one Item for each"):
        fc.assess_plan(fc.Plan(()), fc.Histories())


def test_growth_without_end_over_centuries_is_answered_alone_and_in_a_plan() -> None:
    sound = fc.History.of("sound", range(2010, 2024), [50.0 + i + i % 3 for i in range(14)])
    steep = fc.History.of("steep", range(2010, 2024), [5.0**i for i in range(14)], bounds=(0, None))
    far = fc.Target.at_least("steep", 1e50, year=2900)
    plan = fc.Plan((fc.Item("1", far), fc.Item("2", fc.Target.at_least("sound", 70, year=2026))))
    with np.errstate(all="ignore"):
        alone = fc.assess(steep, far)
        study = fc.assess_plan(plan, fc.Histories([sound, steep]))
    steeply, well = study.assessments
    assert alone.probability is not None
    assert 0 <= alone.probability <= 1
    assert steeply.probability == alone.probability
    assert well.probability == fc.assess(sound, plan.items[1].target, as_of=2023).probability
    assert len(study.to_frame()) == 2


def test_a_fault_of_any_kind_is_caught_and_named() -> None:
    class Broken(fc.Drift):
        def fit(self, history):
            if history.indicator == "bad":
                raise ZeroDivisionError("division by zero")
            return super().fit(history)

    histories = [
        fc.History.of(name, range(2010, 2020), [50.0 + i for i in range(10)]) for name in ("bad", "good")
    ]
    plan = fc.Plan(tuple(fc.Item(n, fc.Target.at_least(n, 70, year=2026)) for n in ("bad", "good")))
    study = fc.assess_plan(plan, fc.Histories(histories), model=Broken())
    assert [a.probability is None for a in study.assessments] == [True, False]
    assert "ZeroDivisionError: division by zero" in study.to_frame()["problem"][0]


def test_later_figures_of_a_parent_that_lends_are_known() -> None:
    areas = {"District": fc.Area("District", part_of="City"), "City": fc.Area("City")}
    catalogue = fc.Catalogue(areas=areas)
    own = fc.History.of("output", [2010, 2015, 2020], [5.0, 6.5, 8.1], area="District", bounds=(0, None))
    city = fc.History.of("output", range(2010, 2025), np.arange(50.0, 65.0), area="City", bounds=(0, None))
    plan = fc.Plan((fc.Item("1", fc.Target.at_least("output", 9, year=2026), area="District"),))
    study = fc.assess_plan(plan, fc.Histories((own, city), catalogue))
    assert study.as_of == 2024
    assert fc.assess_plan(plan, fc.Histories((own, city), catalogue).without_parents()).as_of == 2020
