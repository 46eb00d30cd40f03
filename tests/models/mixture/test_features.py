"""What a short series looks like, by hand and free of units."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from forecast.arrays import FloatArray
from forecast.models.mixture.features import (
    FEATURES,
    course_of,
    features_of,
    level_steps,
    mean_of,
    median_of,
    off_line,
    sigma_of,
    unit_of,
    wild_values,
)

NAN = np.nan


def first(values: FloatArray) -> FloatArray:
    """Restarts at the first observation alone."""
    found = np.zeros(values.shape, dtype=bool)
    found[np.arange(len(values)), np.isfinite(values).argmax(axis=1)] = True
    return found


def described(values: list[float]) -> dict[str, float]:
    panel = np.array([values])
    return dict(zip(FEATURES, features_of(course_of(panel, first(panel)))[0].tolist(), strict=True))


def test_gaps_are_pushed_out_and_counted() -> None:
    values = np.array([[NAN, 1.0, NAN, 4.0, 6.0]])
    course = course_of(values, first(values))
    assert_array_equal(course.values[0, -3:], [1.0, 4.0, 6.0])
    assert_array_equal(course.gap[0, -2:], [2.0, 1.0])
    assert_array_equal(course.step[0, -2:], [3.0, 2.0])
    # (3/2 + 2) / 2
    assert_allclose(unit_of(course), 1.75)


def test_a_step_over_a_break_is_no_step_unless_all_are() -> None:
    values, restart = np.array([[1.0, 2.0, 10.0]]), np.array([[True, False, True]])
    assert_array_equal(course_of(values, restart).step, [[1.0, NAN]])
    assert_array_equal(course_of(values, np.ones((1, 3), dtype=bool)).step, [[1.0, 8.0]])


def test_what_never_moved_has_a_hundredth_of_its_level_as_unit() -> None:
    values = np.array([[5.0, 5.0, 5.0], [0.0, 0.0, 0.0]])
    assert_allclose(unit_of(course_of(values, first(values))), [0.05, 0.01])


def test_features_of_a_straight_line() -> None:
    found = described([10.0, 11.0, 12.0, 13.0, 14.0])
    assert found["one"] == 1.0
    assert_allclose(found["length"], np.log(5 / 20))
    # Always upwards: 2 |14 - 10| / 4 - 1. No change about the mean: no autocorrelation.
    assert found["direction"] == 1.0
    assert found["autocorrelation"] == 0.0
    assert_allclose(found["volatility"], (np.log(1 / 12) + 3) / 2)
    assert_allclose(found["growth"], np.log(1.4) / 1.5)
    assert found["recent"] == 0.0


def test_features_of_a_zigzag() -> None:
    found = described([10.0, 12.0, 10.0, 12.0, 10.0])
    # 2 * 0 / 8 - 1, and changes about the mean in units of it: +1 -1 +1 -1, so -3 / (4 + .5).
    assert found["direction"] == -1.0
    assert_allclose(found["autocorrelation"], -3 / 4.5)
    assert found["growth"] == 0.0


def test_only_positive_series_grow() -> None:
    assert described([-1.0, 2.0, 5.0])["growth"] == 0.0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(-400, 400), min_size=3, max_size=20),
    st.floats(-6, 6).map(lambda power: 10**power),
)
def test_features_are_free_of_units_and_of_sign(steps: list[int], factor: float) -> None:
    values = np.cumsum(np.array(steps) + 0.5)[None] + 3000.0
    one, other = (features_of(course_of(x, first(x))) for x in (values, factor * values))
    assert_allclose(one, other, atol=1e-6)
    turned = features_of(course_of(-values, first(values)))
    kept = [FEATURES.index(name) for name in FEATURES if name != "growth"]
    assert_allclose(turned[:, kept], one[:, kept], atol=1e-9)


def test_distance_from_the_line_between_neighbours() -> None:
    values = np.array([[0.0, 5.0, 2.0, NAN, 2.0]])
    # 5 against the middle of 0 and 2; 2 against a third of the way from 5 to 2, a gap wide.
    assert_allclose(off_line(values, first(values)), [[NAN, 4.0, -2.0, NAN, NAN]])


def test_a_value_that_comes_straight_back_is_wild_and_a_step_that_stays_is_none() -> None:
    calm = [10.0, 10.4, 11.1, 11.4, 12.1, 12.3, 13.0, 13.6, 14.1, 14.3, 15.0, 15.4]
    spike, step = np.array([calm]), np.array([calm])
    spike[0, 4] += 50
    step[0, 4:] += 50
    assert np.flatnonzero(wild_values(spike, first(spike))[0]).tolist() == [4]
    assert not wild_values(step, first(step)).any()
    assert np.flatnonzero(level_steps(step, first(step))[0]).tolist() == [4]
    assert not level_steps(np.array([calm]), first(step)).any()


def test_a_series_that_mostly_stands_still_moves_in_steps_and_none_is_remarkable() -> None:
    still = np.array([[10.0, 10, 10, 12, 12, 12, 12, 11, 11, 11, 11]])
    assert not level_steps(still, first(still)).any()
    # A straight line with one leap is another matter.
    line = np.array([[1.0, 2, 3, 4, 50, 51, 52, 53, 54]])
    assert np.flatnonzero(level_steps(line, first(line))[0]).tolist() == [4]


def test_sigma_lies_between_none_and_the_mean_change() -> None:
    values = np.array([[1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 2.0, 1.0, 2.0, 1.0], [3.0, 3.0, 3.0, 3.0, 3.0]])
    line, zigzag, still = sigma_of(course_of(values, first(values)), np.full(3, 0.7))
    # Of a line only the mean change counts, as 1.5 of 5.5 observations.
    assert_allclose(line, np.sqrt(1.5 / 5.5))
    assert_allclose(zigzag, 1.0)
    assert still == 0.7


def test_means_and_medians_leave_gaps_out() -> None:
    x = np.array([[1.0, NAN, 2.0, 6.0], [NAN, NAN, NAN, NAN]])
    assert_array_equal(mean_of(x), [3.0, 0.0])
    assert_array_equal(median_of(x), [2.0, 0.0])
