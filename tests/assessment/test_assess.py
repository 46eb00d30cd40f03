from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.assessment.assess import stream

YEARS = range(2016, 2024)
COVERAGE = fc.History.of("coverage", YEARS, [60, 62, 63, 66, 67, 70, 71, 74], unit="%", bounds=(0, 100))


def at_least(value: float, year: int = 2027) -> fc.Target:
    return fc.Target.at_least("coverage", value, year=year, unit="%")


def test_the_arithmetic_can_be_checked_by_hand() -> None:
    a = fc.assess(COVERAGE, at_least(80), base=fc.Base(2020, 67.0))
    assert a.required is not None
    assert a.observed is not None
    assert a.required.per_year == pytest.approx((80 - 74) / 4)
    assert a.observed.per_year == pytest.approx((74 - 67) / 3)
    assert a.completion == pytest.approx((74 - 67) / (80 - 67))
    assert a.schedule == pytest.approx(3 / 7)
    assert a.effort_ratio == pytest.approx(1.5 / (7 / 3))


def test_the_answers_agree_with_the_single_questions() -> None:
    a = fc.assess(COVERAGE, at_least(80))
    assert a.fitted is not None
    assert a.outlook is not None
    assert a.probability == pytest.approx(fc.probability(a.fitted, at_least(80)), abs=1e-12)
    assert a.reachable == pytest.approx(fc.reachable(a.fitted, at_least(80), p=0.8), abs=1e-9)
    assert_allclose(a.outlook.quantile(0.5), a.fitted.predict(2027).median())


def test_a_target_that_is_met_is_a_question_of_keeping_it() -> None:
    a = fc.assess(COVERAGE, at_least(70))
    assert a.status == "maintain"
    assert a.probability is not None
    assert a.setback == pytest.approx(1 - a.probability)


def test_meeting_a_target_exactly_is_meeting_it() -> None:
    assert fc.assess(COVERAGE, at_least(74)).status == "maintain"
    at_most = fc.Target.at_most("coverage", 74, year=2027, unit="%")
    assert fc.assess(COVERAGE, at_most).status == "maintain"


@pytest.mark.parametrize(("value", "status"), [(70, "met"), (74, "met"), (74.1, "missed")])
def test_an_observed_target_year_is_an_outcome(value: float, status: str) -> None:
    a = fc.assess(COVERAGE, at_least(value, 2023))
    assert (a.status, a.probability, a.rating) == (status, None, status)


def test_as_of_hides_what_came_later() -> None:
    early = fc.assess(COVERAGE, at_least(80), as_of=2020)
    planted = replace(COVERAGE, values=np.where(COVERAGE.years > 2020, 1.0, COVERAGE.values))
    assert early.probability == fc.assess(planted, at_least(80), as_of=2020).probability
    assert early.history is not None
    assert early.history.last_year == 2020


def test_one_observation_is_a_failure_with_a_way_out_not_an_exception() -> None:
    a = fc.assess(fc.History.of("coverage", [2023], [74.0], unit="%"), at_least(80))
    assert a.status == "unanswered"
    assert a.required is not None
    assert a.required.per_year == pytest.approx(1.5)


def test_completion_is_withheld_where_the_gap_is_next_to_nothing() -> None:
    assert fc.assess(COVERAGE, at_least(67.5), base=fc.Base(2020, 67.0)).completion is None


def test_an_assessment_says_which_official_methods_contradict_it() -> None:
    a = fc.assess(COVERAGE, at_least(80), base=fc.Base(2020, 67.0))
    assert {*a.agreement.met, *a.agreement.missed} <= {v.rule for v in a.rules}
    assert set(a.agreement.against(0.999)) == set(a.agreement.missed)


def test_completion_is_withheld_where_the_base_met_the_target() -> None:
    assert fc.assess(COVERAGE, at_least(60), base=fc.Base(2020, 67.0)).completion is None


def test_effort_is_withheld_where_the_pace_goes_the_other_way() -> None:
    falling = fc.History.of("coverage", YEARS, [74, 71, 70, 67, 66, 63, 62, 60], unit="%", bounds=(0, 100))
    a = fc.assess(falling, at_least(80))
    assert a.effort_ratio is None
    assert a.rating == "moving_away"


def test_a_fall_can_be_the_aim() -> None:
    a = fc.assess(COVERAGE, fc.Target.declining("coverage", year=2027, base_year=2020))
    assert a.required is None
    assert a.probability is not None
    assert a.probability < 0.1


def test_streams_belong_to_their_series() -> None:
    other = replace(COVERAGE, area="elsewhere")
    first, again, apart = (stream(7, h).random() for h in (COVERAGE, COVERAGE, other))
    assert first == again != apart


def test_another_unit_is_refused() -> None:
    with pytest.raises(fc.TargetError, match="the target is in 'km', the history in '%'"):
        fc.assess(COVERAGE, fc.Target.at_least("coverage", 80, year=2027, unit="km"))


def test_official_methods_have_no_word_for_classes_on_a_scale() -> None:
    scale = ["I", "II", "III", "IV", "V"]
    water = fc.History.of("water", YEARS, [3, 3, 3, 2, 2, 2, 2, 2])
    target = fc.Target.ordinal("water", "II", year=2027, scale=scale)
    assert fc.assess(water, target).rules == ()


def test_classes_are_forecast_by_a_chain_over_them() -> None:
    water = fc.History.of("water", YEARS, [3, 3, 3, 2, 2, 2, 2, 2])
    target = fc.Target.ordinal("water", "II", year=2027, scale=["I", "II", "III", "IV", "V"])
    a = fc.assess(water, target)
    assert a.status == "maintain"
    assert a.probability == pytest.approx(fc.probability(fc.Ordinal(5).fit(water), target), abs=0.02)


def test_a_level_to_be_held_is_a_maintain_question() -> None:
    a = fc.assess(COVERAGE, fc.Target.maintain("coverage", 70, year=2027, unit="%"))
    assert a.status == "maintain"
    assert a.setback == pytest.approx(1 - a.probability)


def test_a_sum_requires_a_growth_although_no_one_value_meets_it() -> None:
    flow = fc.History.of("flow", YEARS, [60, 62, 63, 66, 67, 70, 71, 74])
    a = fc.assess(flow, fc.Target.cumulative("flow", 600, since=2021, year=2027))
    assert a.required == fc.required_growth(flow, a.target)
    assert a.completion is None


def test_the_rule_of_rounding_is_visible_where_it_holds() -> None:
    notes = fc.assess(COVERAGE, at_least(100)).notes
    assert [n.values for n in notes if n.key == "met_by_rounding"] == [{"edge": 99.5}]
    assert not [n for n in fc.assess(COVERAGE, at_least(80)).notes if n.key == "met_by_rounding"]
