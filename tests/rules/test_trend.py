"""Classes of a growth rate: one rate under the cut-offs of five offices."""

from __future__ import annotations

import pytest

from forecast.rules import statcan, trend, unsd
from forecast.rules.base import Track


def test_one_growth_rate_under_five_sets_of_cut_offs():
    # EUSTAT, UNSD 2022, Open SDG, Eurostat and ASTAT pages: +0.8 % a year, more is better.
    track = Track(2020, 100.0, 2021, 100.8, 1)
    assert unsd.progress_2023(track).score == 2
    assert unsd.progress_2022(track).verdict == "fair_progress"
    assert statcan.progress(track).verdict == "moderate_progress"
    assert trend.eurostat(0.008).verdict == "moderate_progress"
    assert trend.istat(0.008).verdict == "stable"


@pytest.mark.parametrize(
    ("growth", "eurostat", "istat"),
    [
        # On the cut-offs themselves: Eurostat's classes begin at them, ISTAT's above them.
        (0.05, "significant_progress", "slight_improvement"),
        (0.01, "significant_progress", "stable"),
        (0.0, "moderate_progress", "stable"),
        (-0.01, "moderate_movement_away", "slight_worsening"),
        (-0.05, "significant_movement_away", "clear_worsening"),
    ],
)
def test_a_growth_on_a_cut_off(growth, eurostat, istat):
    assert trend.eurostat(growth).verdict == eurostat
    assert trend.istat(growth).verdict == istat
    mirrored = trend.eurostat(-growth, direction=-1)
    assert (mirrored.value, mirrored.verdict) == (growth, eurostat)
