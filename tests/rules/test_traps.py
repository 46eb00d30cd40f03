"""The errors trackers make, one test each."""

from __future__ import annotations

import math

import numpy as np
import pytest

from forecast.errors import TargetError
from forecast.rules import aarr, china, china_rates, destatis, escap, statcan, unsd
from forecast.rules.base import Track, Verdict, meets

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


def test_nothing_meets_a_missing_value():
    assert not meets(None, 10, 1)
    assert not meets(math.nan, 10, -1)


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


@pytest.mark.parametrize("values", [[10, 0, 5], [10, -1, 5], [55], [100, math.inf, 80], []])
def test_aarr_is_withheld_and_never_an_error(values):
    for rule in (aarr.aarr, aarr.endpoint):
        assert rule(range(len(values)), values).value is None


def test_aarr_leaves_out_what_was_not_observed():
    assert aarr.endpoint([2000, 2005, 2010], [100, math.nan, 80]) == aarr.endpoint([2000, 2010], [100, 80])


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


def test_within_a_point_of_a_hundred_per_cent_is_met_in_2023_only_for_shares():
    track = Track(2015, 98.95, 2023, 99.0, 1, 100, 2030)
    assert unsd.progress_2023(track, percent=True).verdict == "on_track"
    assert unsd.progress_2023(track).verdict is None  # the gap is too small for a ratio
    assert (
        unsd.progress_2023(Track(2015, 90, 2023, 91, 1, 100, 2030), percent=True).verdict == "fair_progress"
    )


def test_a_target_met_early_and_falling_is_not_a_plain_sun():
    values = [84.0, 83.0, 82.5, 82.0, 81.5, 81.0]
    assert destatis.level(range(2015, 2021), values, 80, target_year=2030, direction=1).verdict == "sun_cloud"


def test_five_per_cent_missed_is_no_longer_sun():
    # y = 0, T = 20, the line ends at 19: 5 % of the gap is missed, and sun asks for less than 5 %.
    got = destatis.level(range(6), [-5, -4, -3, -2, -1, 0], 20, target_year=24, direction=1)
    assert (got.value, got.verdict) == (0.05, "sun_cloud")
    # The line ends at 16: 20 % is the last of "at most 20 %".
    assert (
        destatis.level(range(6), [-5, -4, -3, -2, -1, 0], 20, target_year=21, direction=1).verdict
        == "sun_cloud"
    )
    assert (
        destatis.level(range(6), [-5, -4, -3, -2, -1, 0], 20, target_year=20, direction=1).verdict == "cloud"
    )


def test_no_change_is_adverse_for_a_level_and_not_for_a_value_to_keep():
    flat = [5.0] * 6
    assert destatis.level(range(6), flat, 9, target_year=10, direction=1).verdict == "thunderstorm"
    assert destatis.maintain(range(6), flat, 9, direction=1).verdict == "cloud"
    assert destatis.directional(range(6), flat, direction=1).verdict == "thunderstorm"


def test_three_points_are_no_verdict_and_a_gap_inside_is_no_matter():
    assert destatis.slope([2018, 2019, 2020], [1, 2, 3]) is None
    assert destatis.slope([2015, 2016, 2018, 2020], [1, 2, 3, 6]) == 1.0
    assert destatis.slope([2016, 2017, 2018, 2019, 2020], [1, 2, 3, 4, 7]) == 1.5


def test_weakest_bound_next_year_worst_target():
    assert destatis.interval(80, 95, direction=1) == 80
    assert destatis.next_target({2020: 18, 2030: 30}, 2020) == (2020, 18)
    assert destatis.next_target({2020: 18, 2030: 30}, 2031) == (2030, 30)
    verdicts = [Verdict("destatis", None, k, "x") for k in ("sun", None, "thunderstorm", "cloud")]
    assert destatis.worst(verdicts).verdict == "thunderstorm"
    with pytest.raises(TargetError, match="needs a target a year; got none"):
        destatis.next_target({}, 2020)


def test_completion_on_the_line_is_ahead_and_a_margin_makes_it_on():
    done = Verdict("china", 0.6, None, "completion")
    assert china.against_schedule(done, 0.2 + 0.4).verdict == "ahead_of_schedule"
    assert china.against_schedule(done, 0.6, margin=0.05).verdict == "on_schedule"
    assert china.against_schedule(done, 0.7).verdict == "behind_schedule"
    assert china.provincial(done, 0.2 + 0.4, met=False).verdict == "required_progress"
    assert china.national(done, 0.62, met=False, margin=0.05).verdict == "broadly_as_expected"
    assert china.national(done, 0.5, met=True).verdict == "achieved_early"


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


def test_achieved_only_if_every_series_is():
    done = Verdict("statcan", 1.0, "target_achieved", "growth_ratio", score=5.0)
    near = Verdict("statcan", 0.94, "moderate_progress", "growth_ratio", score=2.4)
    none = Verdict("statcan", None, None, "growth", "missing_value")
    assert statcan.aggregate([done, done, none]).verdict == "target_achieved"
    assert statcan.aggregate([done, near]).verdict == "substantial_progress"
    assert statcan.aggregate([none]).verdict is None


def test_a_negative_base_turns_the_sign_of_growth():
    # A deficit halved: the compound growth of -10 -> -5 is negative, and the progress positive.
    got = statcan.progress(Track(2015, -10, 2020, -5, 1))
    assert got.verdict == "substantial_progress"
    assert got.value > 0
