"""The outside view beside an answer, or in its place."""

from __future__ import annotations

import numpy as np
import pytest

import forecast as fc
from forecast.assessment.reference import ReferenceClass


def at_least(value: float, year: int = 2025) -> fc.Target:
    return fc.Target.at_least("x", value, year=year)


class TestInAssess:
    def test_one_own_point_is_enough_and_is_labelled(self) -> None:
        own = fc.History.of("forest_cover", [2021], [55.0], unit="%", bounds=(0, 100))
        a = fc.assess(own, fc.Target.at_least("forest_cover", 56.0, year=2026, unit="%"))
        assert a.reference is not None
        assert a.probability == a.reference.probability
        assert (a.status, a.fitted, a.failure) == ("open", None, None)
        assert [note.key for note in a.notes if note.key == "from_reference"] == ["from_reference"]

    def test_with_more_points_the_model_answers_and_a_gap_is_a_note(self) -> None:
        steep = fc.History.of(
            "forest_cover", range(2012, 2022), np.arange(40.0, 60, 2), unit="%", bounds=(0, 100)
        )
        a = fc.assess(steep, fc.Target.at_least("forest_cover", 65.0, year=2026, unit="%"))
        assert a.fitted is not None
        assert a.reference is not None
        assert a.probability is not None
        assert a.probability > 0.5 > a.reference.share
        assert "outside_view_lower" in [note.key for note in a.notes]

    def test_shorter_windows_than_the_years_ahead_are_a_note(self) -> None:
        own = fc.History.of("primary_industry_value_added", [2021], [9.248], unit="亿元", bounds=(0, None))
        near, far = (
            fc.assess(own, fc.Target.at_least(own.indicator, 20, year=year, unit="亿元"))
            for year in (2026, 2028)
        )
        assert "reference_horizon" not in [note.key for note in near.notes]
        assert {n.key: n.values for n in far.notes}["reference_horizon"] == {"years": 7, "used": 5}

    def test_another_reference_replaces_the_first(self) -> None:
        own = fc.History.of("forest_cover", [2021], [55.0], unit="%", bounds=(0, 100))
        a = fc.assess(own, fc.Target.at_least("forest_cover", 56.0, year=2026, unit="%"))
        panel = [
            fc.History.of("forest_cover", [2016, 2021], [50.0, 52.0], area=str(i), bounds=(0, 100))
            for i in range(30)
        ]
        b = fc.with_reference(a, ReferenceClass.from_panel(panel, population="thirty"))
        assert b.probability == pytest.approx(30.5 / 31)
        assert [note.values["population"] for note in b.notes if note.key == "from_reference"] == ["thirty"]
        assert fc.with_reference(a, None) is a

    def test_a_plan_compares_with_its_own_areas_where_they_are_many(self) -> None:
        panel = [
            fc.History.of("x", range(2010, 2021), 100 * (1 + i / 1000) ** np.arange(11), area=str(i))
            for i in range(40)
        ]
        plan = fc.Plan((fc.Item("1", at_least(150.0), area="0"),))
        reference = fc.assess_plan(plan, fc.Histories(panel)).assessments[0].reference
        assert reference is not None
        assert reference.population == "other areas"

    def test_a_base_that_only_the_plan_gives_has_the_outside_view(self) -> None:
        target = fc.Target.at_least("forest_cover", 56.0, year=2026, unit="%")
        plan = fc.Plan((fc.Item("1", target, area="A", base_year=2021, base_value=55.0),))
        a = fc.assess_plan(plan, fc.Histories()).assessments[0]
        assert a.reference is not None
        assert a.probability is not None
        assert a.failure is None
