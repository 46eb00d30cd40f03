"""Completion, schedule and the terms of Chinese assessments, against published ones."""

from __future__ import annotations

import math

from forecast.rules import china
from forecast.rules.base import Track, Verdict

# Hubei Daily, 2018-11-30: shanty-town homes rebuilt, in 10 000, against 110 in 2016-2020.
HUBEI = (39.6, 41.3, 14.5)


def test_hubei_is_above_the_required_progress_at_half_time():
    done = china.cumulative(HUBEI, 110)
    verdict = china.provincial(done, china.schedule(2017.5, 2015, 2020), met=False)
    assert round(done.value, 3) == 0.867
    assert china.TERMS[verdict.verdict]["zh"] == "超过进度要求"


def test_hubei_water_has_reached_its_final_target():
    # Share of water worse than class V: 2.6 % in the first half of 2018, at most 6.1 % asked for.
    track = Track(2015, None, 2017.5, 2.6, -1, 6.1, 2020)
    verdict = china.provincial(china.completion(track), 0.5, met=track.met())
    assert china.TERMS[verdict.verdict]["zh"] == "已达期末目标"


def test_the_national_mid_term_counts_of_2023_add_up():
    # NDRC to the NPC standing committee, 2023-12-26: 20 indicators.
    counts = china.tally(
        ["achieved_early"] * 4
        + ["faster_than_expected"] * 5
        + ["broadly_as_expected"] * 7
        + ["behind_expectation"] * 4
    )
    assert counts["all"].total() == 20


def test_attainment_of_a_planned_loss():
    assert [china.attainment(actual, -500).value for actual in (-100, -500, 0)] == [1.8, 1.0, 2.0]
    # A slow indicator that started high: 90 % attained, a tenth of the way done.
    track = Track(2020, 89.0, 2025, 90.0, 1, 100.0, 2025)
    assert china.attainment(90, 100).value == 0.9
    assert math.isclose(china.completion(track).value, 1 / 11)


def test_completion_on_the_line_is_ahead_and_a_margin_makes_it_on():
    done = Verdict("china", 0.6, None, "completion")
    assert china.against_schedule(done, 0.2 + 0.4).verdict == "ahead_of_schedule"
    assert china.against_schedule(done, 0.6, margin=0.05).verdict == "on_schedule"
    assert china.against_schedule(done, 0.7).verdict == "behind_schedule"
    assert china.provincial(done, 0.2 + 0.4, met=False).verdict == "required_progress"
    assert china.national(done, 0.62, met=False, margin=0.05).verdict == "broadly_as_expected"
    assert china.national(done, 0.5, met=True).verdict == "achieved_early"
