"""The classes of Statistics Canada, against its published figures."""

from __future__ import annotations

import pytest
from numpy.testing import assert_allclose

from forecast.rules import statcan
from forecast.rules.base import Track, Verdict


@pytest.mark.parametrize(
    ("track", "limit", "value", "score", "verdict"),
    [
        # Canadian Indicator Framework, indicator_calculation_components.yml, 2026-07-21
        (
            Track(2015, 14.5, 2023, 10.4, -1, 7.25, 2030),
            None,
            0.90109,
            2.150695,
            "moderate_progress",
        ),  # 1-1-1
        (
            Track(2015, 0.37, 2025, 9.53, 1, 60, 2030),
            None,
            0.950407,
            2.502962,
            "substantial_progress",
        ),  # 12-1-1
        (Track(2015, 58.2, 2025, 59.5, 1, 50, 2030), None, 0.219549, 5.0, "target_achieved"),  # 9-7-1
        (Track(2016, 66.6, 2023, 71.4, 1), 100, 0.009991, 1.739753, "moderate_progress"),  # 1-2-1
        (Track(2015, 97.4, 2022, 99.7, 1), 100, 0.00334, 5.0, "substantial_progress"),  # 9-4-1
        (Track(2015, 825, 2022, 554, -1), None, 0.0553, 5.0, "substantial_progress"),  # 3-10-1
    ],
)
def test_statistics_canada(track, limit, value, score, verdict):
    got = statcan.progress(track, limit=limit)
    assert got.verdict == verdict
    assert_allclose(got.value, value, atol=5e-7)
    assert_allclose(got.score, score, atol=5e-7)


def test_statistics_canada_averages_the_series_of_an_indicator():
    # Indicator 3-5-1, the same file.
    series = [Verdict("statcan", None, None, "growth", score=s) for s in (1.7703341529044656, 5.0, None)]
    whole = statcan.aggregate(series)
    assert whole.verdict == "substantial_progress"
    assert_allclose(whole.score, 3.385167076452233, rtol=1e-12)


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
