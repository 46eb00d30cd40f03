"""Share of the way, share of the time, effort and rating, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast.assessment.growth import GrowthArrays
from forecast.assessment.progress import (
    RATINGS,
    completion,
    effort,
    figure_of,
    rating_of,
    rows_of_one,
    schedule,
)

NAN = np.nan


def one(x: float) -> np.ndarray:
    return np.array([x], dtype=float)


@pytest.mark.parametrize(
    ("base", "last", "threshold", "direction", "share"),
    [
        (50, 60, 70, 1, 0.5),
        (70, 65, 50, -1, 0.25),
        (50, 45, 70, 1, -0.25),  # the wrong way
        (50, 80, 70, 1, 1.5),  # beyond it
        (70, 75, 70, 1, NAN),  # met from the start
        (100, 100.5, 101, 1, NAN),  # a gap of 1 % of the larger value is noise
        (50, 60, 70, 0, NAN),  # two sides
    ],
)
def test_completion_is_the_share_of_the_way(
    base: float, last: float, threshold: float, direction: int, share: float
) -> None:
    found = completion((one(2020), one(base)), (one(2023), one(last)), one(threshold), np.array([direction]))
    assert_allclose(found, [share])


def test_a_base_after_the_last_value_has_no_completion() -> None:
    assert np.isnan(completion((one(2024), one(50)), (one(2023), one(60)), one(70), np.array([1])))[0]


def test_schedule_is_the_share_of_the_time() -> None:
    found = schedule(np.full(3, 2023.0), np.array([2020, 2023, 2030.0]), np.array([2026, 2029, 2026.0]))
    assert_allclose(found, [0.5, 0.0, NAN])


def test_effort_is_needed_over_seen_where_both_go_one_way() -> None:
    years, ones = np.full(3, 2020.0), np.ones(3)
    seen = GrowthArrays.over(100 * ones, np.array([110, 110, 90.0]), years, years + 1)
    needed = GrowthArrays.over(np.array([110, 110, 90.0]), np.array([121, 121, 99.0]), years, years + 1)
    # Compound rates, 10 % each; points for a share, 11 over 10; a turn is no effort.
    bounds = np.array([[0, np.inf], [0, 200], [0, np.inf]])
    assert_allclose(effort(needed, seen, bounds, np.ones(3, dtype=int)), [1.0, 1.1, NAN])


@pytest.mark.parametrize(
    ("p", "met", "pace", "direction", "word"),
    [
        (NAN, 1, 1, 1, "met"),
        (NAN, 0, 1, 1, "missed"),
        (NAN, -1, 1, 1, "not_assessed"),
        (0.67, -1, -1, 1, "on_track"),
        (0.66, -1, 1, 1, "acceleration_needed"),
        (0.33, -1, 1, 1, "acceleration_needed"),
        (0.32, -1, 1, 1, "limited_progress"),
        (0.50, -1, -1, 1, "moving_away"),
        (0.50, -1, -1, -1, "acceleration_needed"),
        (0.10, -1, NAN, 1, "limited_progress"),
    ],
)
def test_rating(p: float, met: int, pace: float, direction: int, word: str) -> None:
    found = rating_of(one(p), np.array([met]), one(pace), np.array([direction]), np.array([False]))
    assert RATINGS[int(found[0])] == word


def test_a_target_that_is_met_now_moves_away_from_nothing() -> None:
    found = rating_of(one(0.5), np.array([-1]), one(-1.0), np.array([1]), np.array([True]))
    assert RATINGS[int(found[0])] == "acceleration_needed"


def test_nothing_is_nan_in_a_row_and_none_outside() -> None:
    row = rows_of_one(None, 2.5)
    assert [figure_of(each) for each in row] == [None, 2.5]
