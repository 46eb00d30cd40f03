"""The records all rules share: when two points say nothing, and what counts as meeting a target."""

from __future__ import annotations

import math

import numpy as np
import pytest

from forecast.errors import TargetError
from forecast.rules.base import SMALLEST_GAP, Track, band, gap_withheld, meets, points

ON_THE_WAY = Track(2015, 40.0, 2020, 55.0, 1, 100.0, 2030)


@pytest.mark.parametrize(
    ("track", "reason"),
    [
        (ON_THE_WAY, None),
        (Track(2015, None, 2020, 55.0), "missing_value"),
        (Track(2015, 40.0, 2020, math.nan), "missing_value"),
        (Track(2015, 40.0, 2015, 55.0), "no_time_between"),
        (Track(2020, 40.0, 2015, 55.0), "no_time_between"),
    ],
)
def test_what_two_points_cannot_say(track, reason):
    assert track.unready() == reason


def test_a_required_rate_runs_from_the_base_to_the_target():
    required = ON_THE_WAY.to_target()
    assert (required.base, required.value, required.year) == (40.0, 100.0, 2030)
    assert not ON_THE_WAY.met()
    assert required.met()


@pytest.mark.parametrize(
    ("base", "target", "direction", "reason"),
    [
        (40, 100, 1, None),
        (100, 40, -1, None),
        (100, 40, 1, "base_past_target"),
        (40, 100, -1, "base_past_target"),
        (100, 101.5, 1, "gap_near_zero"),  # 1.5 of 101.5: 1.48 %
        (100, 101.6, 1, None),  # 1.6 of 101.6: 1.57 %
        (40, 40, 1, "gap_near_zero"),
        (40, None, 1, "no_target"),
    ],
)
def test_when_the_share_of_a_gap_means_nothing(base, target, direction, reason):
    track = Track(2015, base, 2020, 50, direction, target, 2030)
    assert gap_withheld(track, SMALLEST_GAP) == reason


def test_nothing_meets_a_missing_value():
    assert not meets(None, 10, 1)
    assert not meets(math.nan, 10, -1)


def test_a_class_begins_at_its_bound():
    bands = ((0.95, "on_track"), (0.6, "fair"))
    assert [band(x, bands, "poor") for x in (0.95, 0.9499, 0.6, 0.5999)] == [
        "on_track",
        "fair",
        "fair",
        "poor",
    ]


def test_points_are_ordered_and_what_was_not_observed_is_left_out():
    years, values = points([2003, 2001, 2002], [3.0, 1.0, np.nan])
    assert (years.tolist(), values.tolist()) == ([2001.0, 2003.0], [1.0, 3.0])
    with pytest.raises(TargetError, match=r"two lists of one length; got \(2,\), \(3,\)"):
        points([2001, 2002], [1.0, 2.0, 3.0])
