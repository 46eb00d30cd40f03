"""One question, every rule that can answer."""

from __future__ import annotations

import numpy as np
import pytest

from forecast.errors import TargetError
from forecast.rules import RuleInput, applicable

RENEWABLES = [15.2, 15.0, 16.1, 16.9, 17.8, 19.5]


def by_name(question: RuleInput) -> dict[tuple[str, str], object]:
    return {(v.rule, v.convention): v for v in applicable(question)}


def test_a_level_is_put_to_every_system():
    q = RuleInput(range(2015, 2021), RENEWABLES, 1, target=30, target_year=2030, base_year=2015, limit=100)
    found = by_name(q)
    assert {rule for rule, _ in found} == {
        "aarr",
        "china",
        "statcan",
        "unsd_2022",
        "unsd_2023",
        "unsd_2026",
        "destatis",
        "escap",
    }
    assert found["destatis", "projected_shortfall"].verdict == "sun_cloud"
    assert found["china", "completion"].verdict == "behind_schedule"


def test_without_a_base_year_there_is_no_schedule_and_the_un_starts_in_2015():
    found = by_name(RuleInput(range(2013, 2019), RENEWABLES, 1, target=30, target_year=2030))
    assert not any(rule == "china" for rule, _ in found)
    assert found["aarr", "observed_linear"].value == pytest.approx((19.5 - 16.1) / 3)


def test_a_base_year_that_was_not_observed_withholds_what_needs_it():
    found = by_name(
        RuleInput([2016, 2018, 2020], [1.0, 2.0, 3.0], 1, target=5, target_year=2025, base_year=2015)
    )
    assert found["china", "completion"].withheld == "missing_value"
    assert found["unsd_2026", "projected_gap_share"].withheld is None  # its base: the first later year


def test_a_base_the_plan_states_stands_in_for_one_not_observed():
    q = RuleInput([2018, 2020], [2.0, 3.0], 1, target=5, target_year=2025, base_year=2015, base=1.0)
    assert by_name(q)["china", "completion"].value == 0.5


def test_the_target_year_is_an_outcome_and_later_years_do_not_count():
    q = RuleInput(range(2018, 2023), [60, 62, 64, 70, 55], 1, target=70, target_year=2021, base_year=2018)
    outcome, done = applicable(q)
    assert (outcome.rule, outcome.verdict, outcome.value) == ("outcome", "met", 70.0)
    assert done.value == 1.0


def test_a_target_year_that_passed_unobserved_has_no_outcome():
    (outcome,) = applicable(RuleInput([2020, 2022], [1.0, 2.0], 1, target=3, target_year=2021))
    assert (outcome.verdict, outcome.withheld) == (None, "missing_value")


def test_a_direction_is_put_to_the_classes_of_growth():
    found = by_name(RuleInput(range(2015, 2021), [100, 99, 98, 96, 95, 94], -1))
    assert found["destatis", "slope_and_last_change"].verdict == "sun"
    assert found["eurostat", "growth"].verdict == "significant_progress"
    assert found["aarr", "regression"].value > 0
    assert not any(convention.startswith("required") for _, convention in found)


def test_an_upper_limit_eases_a_rise_and_not_a_fall():
    up, down = [80.0, 80.3, 80.6], [80.0, 79.7, 79.4]
    classes = [
        by_name(RuleInput([2018, 2019, 2020], v, d, limit=limit))["statcan", "growth"].verdict
        for v, d, limit in ((up, 1, None), (up, 1, 100), (down, -1, None), (down, -1, 100))
    ]
    assert classes == ["limited_progress", "moderate_progress", "limited_progress", "limited_progress"]


def test_a_growth_rate_series_has_differences_only():
    q = RuleInput(
        range(2015, 2021), [6.9, 6.7, 6.8, 6.6, 6.1, 2.3], 1, target=6, target_year=2025, growth_rate=True
    )
    found = by_name(q)
    assert found["aarr", "observed_compound"].withheld == "growth_rate_series"
    assert found["aarr", "observed_linear"].value == pytest.approx(-0.92)
    assert found["statcan", "growth_ratio"].value is None


def test_a_value_to_keep_is_put_to_destatis():
    (verdict,) = applicable(
        RuleInput(range(2015, 2021), [90, 91, 92, 92, 92, 93], 1, target=90, maintain=True)
    )
    assert verdict.verdict == "sun"


def test_points_are_copied_ordered_and_read_only():
    years, values = np.array([2021.0, 2020.0, 2022.0]), np.array([2.0, 1.0, np.nan])
    q = RuleInput(years, values, 1)
    values[0] = 99.0
    assert (q.years.tolist(), q.values.tolist()) == ([2020.0, 2021.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="read-only"):
        q.values[0] = 5.0


def test_a_question_that_is_none_says_so():
    with pytest.raises(TargetError, match=r"direction is 1 .* or -1; got 0"):
        RuleInput([2020], [1.0], 0)
    with pytest.raises(TargetError, match="needs its target_year"):
        RuleInput([2020], [1.0], 1, target=2.0)
    with pytest.raises(TargetError, match="at least one observed"):
        RuleInput([2020], [float("nan")], 1)
