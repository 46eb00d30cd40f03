"""The assessment of 2026 beside an implementation by others: undata 0.4.3, MIT licence."""

from __future__ import annotations

import pytest
import undata.analysis as oracle
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast.rules import unsd
from forecast.rules.base import Track

# To nine decimals: nearer than that we call two values equal (0.1 + 0.2 meets 0.3), and undata does not.
values = st.one_of(st.floats(0.001, 1e5), st.sampled_from((0.0, 1.0, 2.0, 100.0)), st.floats(-10, 0)).map(
    lambda x: round(x, 9)
)


def theirs(track: Track) -> dict[str, object]:
    return oracle._assess(
        int(track.base_year),
        track.base,
        int(track.year),
        track.value,
        better="higher" if track.direction > 0 else "lower",
        target=track.target,
        target_year=2030,
    )


@given(
    values,
    values,
    st.one_of(st.none(), values),
    st.integers(2015, 2020),
    st.integers(0, 9),
    st.sampled_from((1, -1)),
)
def test_every_track_has_the_same_class_score_and_projection(base, value, target, start, span, direction):
    track = Track(start, base, start + span, value, direction, target, 2030)
    got, expected = unsd.progress_2026(track), theirs(track)
    status = oracle.INSUFFICIENT if got.verdict is None else unsd.TERMS[got.verdict]["en"]
    assert status == expected["status"]
    if expected["score"] is not None:
        assert_allclose(got.score, expected["score"], rtol=1e-9, atol=1e-9)
    if expected["ratio"] is not None:
        assert_allclose((got.value, got.projected), (expected["ratio"], expected["projected"]), rtol=1e-9)


@pytest.mark.parametrize(
    ("last", "target", "verdict"),
    [
        (60, 70, "on_track"),
        (30, 70, "moderate_progress"),
        (20, 70, "marginal_progress"),
        (12, 70, "stagnation"),
        (9, 70, "regression"),
    ],
)
def test_the_classes_by_hand(last, target, verdict):
    track = Track(2015, 10, 2025, last, 1, target, 2030)
    assert unsd.progress_2026(track).verdict == verdict
    assert unsd.TERMS[verdict]["en"] == theirs(track)["status"]


def test_the_baseline_is_2015_or_the_first_later_year():
    assert unsd.baseline([2010, 2014, 2016, 2020]) == 2016
    assert unsd.baseline([2014, 2015, 2016]) == 2015
