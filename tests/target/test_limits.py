"""Values that meet a target: both ends count, and the last bits of a float are no miss."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from forecast.target.limits import Limits, beyond, half_lines, reached


def test_both_ends_of_an_interval_count() -> None:
    assert Limits(1.0, 3.0).hold(np.array([0.9, 1.0, 2.0, 3.0, 3.1])).tolist() == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert Limits().hold(np.array([-1e300, 0.0, 1e300])).all()


def test_nothing_observed_meets_nothing() -> None:
    assert not Limits().hold(np.nan)


def test_a_sum_that_is_the_number_on_paper_meets_it() -> None:
    # .1 + .2 is .30000000000000004, .7 + .1 is .7999999999999999.
    assert Limits.beyond(0.3, -1).hold(0.1 + 0.2)
    assert Limits.beyond(0.8, 1).hold(0.7 + 0.1)
    assert not Limits.beyond(0.8, 1).hold(0.79999)


def test_what_remains_of_a_large_number_has_its_last_bits() -> None:
    assert beyond(1.0, 1, of=1000.0) == 1.0 - 1e-6
    assert Limits.beyond(0.0, 1, of=1e6).hold(-5e-4)
    assert not Limits.beyond(0.0, 1).hold(-5e-4)


@given(st.floats(-1e12, 1e12), st.sampled_from([1, -1]))
def test_the_edge_itself_counts_on_either_side(edge: float, direction: int) -> None:
    limits = Limits.beyond(edge, direction)
    assert limits.hold(edge)
    assert limits.hold(edge + direction * (1 + abs(edge)))
    assert not limits.hold(edge - direction * (1e-6 + 1e-6 * abs(edge)))


def test_many_half_lines_are_as_many_limits() -> None:
    lower, upper = half_lines(np.array([5.0, 7.0]), np.array([1, -1]))
    assert lower.tolist() == [5.0, -np.inf]
    assert upper.tolist() == [np.inf, 7.0]


def test_each_value_is_held_to_its_own_edge() -> None:
    values, edges = np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.5, 2.5])
    assert reached(values, edges, 1).tolist() == [True, False, True]
    assert reached(values, edges, -1).tolist() == [True, True, False]
