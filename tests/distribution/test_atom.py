"""An outlook with probability of its own at one value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast import ForecastError, crps, pit
from forecast.distribution.atom import WithAtom
from forecast.distribution.distribution import StudentTMixture, within
from forecast.target.kind import Limits

MOVING = StudentTMixture.single(100.0, 4.0, 9.0, bounds=(0.0, 100.0))
HELD = WithAtom(MOVING, 100.0, 0.9)
TWELVE = WithAtom(StudentTMixture.single(12.0, 2.0, 5.0), 12.0, 0.6)


def test_the_value_kept_counts_on_both_sides():
    # Half of the part that moves would lie above 100 and so at the bound.
    assert_allclose(HELD.at_least(100.0), 0.9 + 0.1 * 0.5)
    assert_allclose(HELD.at_most(100.0), 1.0)
    assert_allclose([TWELVE.at_least(12.0), TWELVE.at_most(12.0)], 0.6 + 0.4 * 0.5)
    assert_allclose(TWELVE.at_least(12.0 + 1e-9), 0.4 * 0.5, atol=1e-8)


def test_probability_of_exactly_the_value():
    assert_allclose(within(TWELVE, Limits(12.0, 12.0)), 0.6, atol=1e-9)


def test_quantiles_rest_on_the_value_and_go_on_beyond_it():
    # Below: 0.4 x 0.5 = 0.2; on it up to 0.8; above: what moves.
    assert TWELVE.quantile(np.array([0.21, 0.5, 0.79])).tolist() == [12.0, 12.0, 12.0]
    assert_allclose(TWELVE.quantile(0.1), TWELVE.moving.quantile(0.25))
    assert_allclose(TWELVE.quantile(0.9), TWELVE.moving.quantile(0.75))
    assert TWELVE.median() == 12.0
    assert HELD.interval(0.8) == (100.0, 100.0)


@given(st.floats(0.02, 0.98), st.floats(0.001, 0.999), st.floats(-30, 30))
def test_quantile_is_the_smallest_value_with_so_much_below(stays: float, p: float, off: float):
    outlook = WithAtom(StudentTMixture.single(off, 2.0, 5.0), 0.0, stays)
    x = outlook.quantile(p)
    assert outlook.at_most(x) >= p - 1e-9
    assert outlook.at_most(x - 1e-6) <= p + 1e-6


def test_samples_have_the_same_probabilities():
    draws = TWELVE.sample(40_000, rng=1)
    assert_allclose(np.mean(draws == 12.0), 0.6, atol=0.01)
    assert_allclose(np.mean(draws >= 13.0), TWELVE.at_least(13.0), atol=0.01)


def test_scores_know_the_value():
    # A surely kept value has no loss where it comes true, and a PIT in the middle of its probability.
    sure = WithAtom(StudentTMixture.single(12.0, 2.0, 5.0), 12.0, 0.999)
    assert crps(sure, 12.0) < 1e-5
    assert_allclose(pit(TWELVE, 12.0), 0.5)
    draws = np.sort(TWELVE.sample(4000, rng=2))
    by_draws = np.mean(np.abs(draws - 13.0)) - np.mean(np.abs(draws[:, None] - draws)) / 2
    assert_allclose(crps(TWELVE, 13.0), by_draws, rtol=0.05)


@pytest.mark.parametrize("stays", [0.0, 1.0, -0.1, np.nan])
def test_what_is_no_chance_is_refused(stays: float):
    with pytest.raises(ForecastError, match="stays is a proportion"):
        WithAtom(MOVING, 100.0, stays)
