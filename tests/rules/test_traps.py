"""The errors trackers make, one test each."""

from __future__ import annotations

import math

import numpy as np
import pytest

from forecast.errors import TargetError
from forecast.rules import aarr, china, china_rates, destatis, escap, statcan, unsd
from forecast.rules.base import Track, meets

# Canadian Indicator Framework 14-2-1 and 3-13-1: past the target in the base year, then away from it.
LOST = [Track(2015, 68.55, 2023, 46.73, 1, 55, 2026), Track(2016, 7.8, 2025, 13.5, -1, 10, 2028)]


@pytest.mark.parametrize("direction", [1, -1])
def test_equality_is_met(direction):
    assert meets(10, 10, direction)
    assert destatis.maintain(range(6), [10.0] * 6, 10, direction=direction).verdict == "sun"
    assert (
        statcan.progress(Track(2015, 10 - direction, 2020, 10, direction, 10, 2030)).verdict
        == "target_achieved"
    )


@pytest.mark.parametrize("track", LOST)
def test_a_base_past_the_target_has_no_gap_ratio_and_is_no_success(track):
    naive = (track.value - track.base) / (track.target - track.base)
    assert naive > 0.95  # what a tracker without this test calls on track
    for verdict in (china.completion(track), escap.current_status(track)):
        assert (verdict.value, verdict.withheld) == (None, "base_past_target")
    assert unsd.progress_2022(track).verdict == "deterioration"
    assert unsd.progress_2023(track).verdict == "stagnation_or_regression"
    assert unsd.progress_2026(track).verdict == "regression"
    assert statcan.progress(track).verdict == "deterioration"
    for rule in (unsd.progress_2022, unsd.progress_2023, unsd.progress_2026):
        assert rule(track).value is None


def test_a_gap_near_zero_has_no_ratio_unless_it_is_asked_for():
    track = Track(2015, 8.1, 2024, 6.8, -1, 8, 2025)  # Canadian Indicator Framework 3-4-1
    assert china.completion(track).withheld == "gap_near_zero"
    assert escap.current_status(track).withheld == "gap_near_zero"
    assert math.isclose(china.completion(track, smallest_gap=0).value, 13)
    assert statcan.progress(track).verdict == "target_achieved"


def test_no_gap_at_all_has_no_ratio_even_if_asked_for():
    track = Track(2020, 8.0, 2024, 8.5, -1, 8.0, 2025)
    assert china.completion(track, smallest_gap=0).withheld == "gap_near_zero"
    got = statcan.progress(track)
    assert (got.value, got.verdict, got.withheld) == (None, "deterioration", "gap_near_zero")


@pytest.mark.parametrize(("start", "end"), [(0, 5), (5, 0), (-1, 5), (5, -1)])
def test_zero_and_negative_values_have_no_compound_rate_but_a_linear_one(start, end):
    for convention in ("compound", "continuous"):
        assert aarr.growth(start, end, 5, convention=convention).withheld == "nonpositive_value"
    assert aarr.growth(start, end, 5, convention="linear").value == (end - start) / 5
    assert statcan.progress(Track(2015, start, 2020, end, 1)).withheld == "nonpositive_value"
    assert unsd.progress_2026(Track(2015, start, 2020, end, 1)).withheld == "nonpositive_value"


def test_a_zero_target_is_not_replaced():
    # Canadian Indicator Framework 6-1-1: the office puts 0.1 for 0, and 72 % of the gap closed is "limited".
    zero, replaced = (Track(2015, 103, 2023, 29, -1, goal, 2030) for goal in (0, 0.1))
    assert statcan.progress(zero).withheld == "nonpositive_value"
    assert statcan.progress(replaced).verdict == "limited_progress"
    assert math.isclose(china.completion(zero).value, 74 / 103)


def test_growth_of_a_growth_rate_is_only_a_difference():
    track = Track(2015, 6.9, 2023, 5.2, 1, 6.0, 2025, growth_rate=True)
    withheld = {v.convention: v.withheld for v in aarr.rates(track)}
    assert withheld["observed_compound"] == withheld["required_continuous"] == "growth_rate_series"
    assert withheld["observed_linear"] is None
    for rule in (statcan.progress, unsd.progress_2022, unsd.progress_2023, unsd.progress_2026):
        assert rule(track).withheld in ("growth_rate_series", "base_past_target")


def test_high_ratio_of_growth_rates_low_projection():
    # Canadian Indicator Framework 12-1-1: share of electric cars 0.37 -> 9.53 %, 60 % by 2030.
    track = Track(2015, 0.37, 2025, 9.53, 1, 60, 2030)
    assert statcan.progress(track).verdict == "substantial_progress"
    assert math.isclose(unsd.progress_2023(track).projected, 48.365812613143696)
    line = 9.53 + 5 * aarr.growth(0.37, 9.53, 10, convention="linear").value
    assert math.isclose(line, 14.11)


def test_what_cannot_be_a_change_or_a_schedule_says_so():
    with pytest.raises(TargetError, match="change above -1 and years above 0; got -1, 5"):
        china_rates.annual_change(-1, 5)
    with pytest.raises(TargetError, match="so far must be above -1; got -1"):
        china_rates.remaining_change(-1, -0.2)
    with pytest.raises(TargetError, match=r"rates above -1 and not 0; got -0\.1, 0"):
        china_rates.equivalent_years(-0.1, 0)
    with pytest.raises(TargetError, match="must be after the base year 2025; got 2025"):
        china.schedule(2022, 2025, 2025)
    with pytest.raises(TargetError, match=r"unknown convention 'compund'. Did you mean 'compound'"):
        aarr.growth(1, 2, 3, convention="compund")
    with pytest.raises(TargetError, match="two lists of one length"):
        aarr.aarr([1, 2], np.ones(3))
    assert china_rates.log_progress(-1.0, -0.2).withheld == "nonpositive_value"
    assert china_rates.log_progress(-0.1, 0.0).withheld == "gap_near_zero"
    assert china.cumulative([1.0], 0).withheld == "gap_near_zero"
