"""An outlook on whole numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast import crps, pit
from forecast.distribution.atom import WithAtom
from forecast.distribution.distribution import StudentTMixture, within
from forecast.distribution.rounded import (
    Rounded,
    least_that_rounds_to,
    left_to_atom,
    most_that_rounds_to,
    to_whole,
)
from forecast.distribution.transform import Log
from forecast.target.limits import Limits

EXACT = StudentTMixture.single(12.0, 2.0, 5.0)
COUNT = Rounded(EXACT)
HELD = Rounded(WithAtom(EXACT, 12.0, 0.6))


def test_at_least_twelve_is_met_by_what_rounds_to_twelve() -> None:
    assert COUNT.at_least(12.0) == EXACT.at_least(11.5)
    assert COUNT.at_least(11.2) == COUNT.at_least(12.0)
    assert COUNT.at_most(12.0) == EXACT.at_most(12.5)
    assert COUNT.at_most(12.9) == COUNT.at_most(12.0)


def test_probabilities_of_whole_numbers_sum_to_one_and_fractions_have_none() -> None:
    each = [within(COUNT, Limits(k, k)) for k in range(-400, 425)]
    assert_allclose(sum(each), 1.0, atol=1e-6)
    assert within(COUNT, Limits(12.2, 12.8)) <= 1e-15
    assert_allclose(within(COUNT, Limits(11, 13)), EXACT.at_least(10.5) - EXACT.at_least(13.5), atol=1e-12)


@given(st.floats(0.001, 0.999), st.floats(-30, 30), st.floats(0.1, 40), st.sampled_from([0.0, 0.3]))
def test_quantile_is_the_smallest_whole_number_with_so_much_below(
    p: float, at: float, spread: float, stays: float
) -> None:
    moving = StudentTMixture.single(at, spread, 5.0)
    found = Rounded(WithAtom(moving, 7.0, stays) if stays else moving)
    x = found.quantile(p)
    assert x == np.floor(x)
    assert found.at_most(x) >= p - 1e-9
    assert found.at_most(x - 1) <= p + 1e-9


def test_median_interval_and_draws_are_whole() -> None:
    assert COUNT.median() == 12.0
    assert COUNT.interval(0.8) == (9.0, 15.0)
    draws = HELD.sample(20_000, rng=1)
    assert (draws == np.floor(draws)).all()
    assert_allclose(np.mean(draws == 12), within(HELD, Limits(12, 12)), atol=0.01)
    assert_allclose(np.mean(draws >= 13), HELD.at_least(13), atol=0.01)


def test_zero_is_a_bound_and_no_negative_zero() -> None:
    few = Rounded(StudentTMixture.single(np.log(0.4), 1.0, 5.0, scale=Log(), bounds=(0.0, None)))
    assert (few.at_least(0.0), str(few.quantile(0.2))) == (1.0, "0.0")
    assert_allclose(few.at_most(0.0), few.exact.at_most(0.5))


def test_scores_count_steps_exactly() -> None:
    # Sum over all whole numbers of (F(k) - 1[12 <= k])^2, the tails next to nothing.
    k = np.arange(-10.0, 34.0)
    steps = np.sum((EXACT.at_most(k + 0.5) - (k >= 12)) ** 2)
    assert_allclose(crps(COUNT, 12.0), steps, atol=2e-3)
    assert_allclose(pit(COUNT, 12.0), 0.5, atol=1e-12)


@pytest.mark.parametrize("value", [-1.5, -0.5, 0.0, 0.49, 0.5, 11.5, 11.500001, 12.0])
def test_rounding_and_its_inverse_agree(value: float) -> None:
    k = float(to_whole(np.array(value)))
    assert most_that_rounds_to(np.array(k - 1)) < value <= most_that_rounds_to(np.array(k))
    assert least_that_rounds_to(np.array(k)) == k - 0.5


def test_a_large_count_is_hardly_changed() -> None:
    large = StudentTMixture.single(50_000.0, 4_000.0, 5.0)
    assert abs(Rounded(large).at_least(52_000.0) - large.at_least(52_000.0)) < 1e-4
    assert len(Rounded(large).landmarks()) <= 26


def test_the_atom_beside_a_rounded_outlook() -> None:
    # .5 in all, of which .2 comes back by rounding: (.5 - .2) / .8 stays.
    stays, on_it, near = (
        np.array([0.5, 0.1, 0.0, 0.5]),
        np.array([0.0, 0.0, 0.0, 0.4]),
        np.array([0.2, 0.2, 0.2, 0.5]),
    )
    assert_allclose(left_to_atom(stays, on_it, near), [0.375, 0.0, 0.0, 0.4])
