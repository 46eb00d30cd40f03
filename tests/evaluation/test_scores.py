"""Scores by hand, against scoringrules, and as the identities they must keep."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast.distribution.distribution import StudentTMixture, mix
from forecast.distribution.draws import Draws
from forecast.distribution.transform import Log
from forecast.errors import ForecastError
from forecast.evaluation.scores import brier_score, coverage, crps, interval_score, log_score, pit

NUMBERS = st.floats(-1e3, 1e3, allow_nan=False)


@pytest.mark.parametrize(
    ("draws", "observed", "expected"),
    [
        ([3.0], 5.0, 2.0),  # one number: the absolute error
        ([0.0, 1.0], 0.0, 0.25),  # 1/2 - 1/4
        ([0.0, 1.0], 0.5, 0.25),
        ([0.0, 0.0, 3.0, 3.0], 3.0, 0.75),
    ],
)
def test_crps_of_draws_by_hand(draws: list[float], observed: float, expected: float) -> None:
    assert_allclose(crps(Draws(np.array(draws)), observed), expected, rtol=1e-12)


@given(st.lists(NUMBERS, min_size=1, max_size=30), NUMBERS)
def test_crps_of_draws_is_scoringrules(draws: list[float], observed: float) -> None:
    expected = scoringrules.crps_ensemble(observed, np.array(draws), estimator="nrg")
    assert_allclose(crps(Draws(np.array(draws)), observed), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("degrees", [30.0, 1e6])
@pytest.mark.parametrize("observed", [-9.0, 3.0, 4.4, 30.0])
def test_crps_of_a_student_t_is_scoringrules(degrees: float, observed: float) -> None:
    outlook = StudentTMixture.single(3.0, 2.0, degrees)
    expected = scoringrules.crps_t(observed, degrees, 3.0, 2.0)
    # What lies beyond the thousandth at either end adds at most this much.
    assert_allclose(crps(outlook, observed), expected, rtol=1e-4)


@pytest.mark.parametrize("observed", [-3.0, 1.0, 40.0])
def test_crps_of_a_mixture_is_that_of_its_draws(observed: float) -> None:
    parts = [StudentTMixture.single(0.0, 0.1, 20.0), StudentTMixture.single(9.0, 3.0, 8.0)]
    outlook = mix(parts, np.array([0.6, 0.4]))
    even = Draws(np.asarray(outlook.quantile((np.arange(4000) + 0.5) / 4000)))
    assert_allclose(crps(outlook, observed), crps(even, observed), rtol=2e-3)


def test_crps_is_finite_where_the_mean_is_not() -> None:
    outlook = StudentTMixture.single(2.0, 1.5, 1.5, scale=Log(), bounds=(0, None))
    assert 0 < crps(outlook, 7.0) < np.inf


def test_crps_has_the_unit_of_the_indicator() -> None:
    small, large = (StudentTMixture.single(c * 3.0, c * 2.0, 9.0) for c in (1e-6, 1e6))
    assert_allclose(crps(small, 4e-6) * 1e12, crps(large, 4e6), rtol=1e-9)


def test_pit_is_uniform_for_a_forecaster_who_is_right() -> None:
    outlook = StudentTMixture.single(1.0, 2.0, 7.0)
    places = np.sort([pit(outlook, y) for y in outlook.sample(2000, rng=1)])
    assert np.max(np.abs(places - (np.arange(2000) + 0.5) / 2000)) < 0.03


def test_pit_at_a_bound_counts_half_of_its_mass() -> None:
    outlook = StudentTMixture.single(0.0, 1.0, 9.0, bounds=(0, None))
    assert_allclose(pit(outlook, 0.0), 0.25)


@pytest.mark.parametrize(
    ("low", "high", "observed", "level", "expected"),
    [(0.0, 10.0, 5.0, 0.8, 10.0), (0.0, 10.0, 11.0, 0.8, 20.0), (0.0, 10.0, -2.0, 0.95, 90.0)],
)
def test_interval_score_by_hand(
    low: float, high: float, observed: float, level: float, expected: float
) -> None:
    assert_allclose(interval_score(low, high, observed, level=level), expected)


@given(NUMBERS, st.floats(0, 100), NUMBERS, st.floats(0.1, 0.99))
def test_interval_score_is_scoringrules(low: float, width: float, observed: float, level: float) -> None:
    got = interval_score(np.array([low]), np.array([low + width]), np.array([observed]), level=level)
    assert_allclose(got, [scoringrules.interval_score(observed, low, low + width, 1 - level)], rtol=1e-9)


def test_interval_score_refuses_percent_and_reversed_ends() -> None:
    with pytest.raises(ForecastError, match=r"Write 80 % as 0\.8"):
        interval_score(0.0, 1.0, 0.5, level=80)
    with pytest.raises(ForecastError, match="ends before it starts"):
        interval_score(1.0, 0.0, 0.5, level=0.8)


def test_coverage_includes_both_ends() -> None:
    assert coverage([0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0001]) == pytest.approx(2 / 3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_brier_score_is_scoringrules(statements: list[tuple[float, bool]]) -> None:
    p, came = np.array([s[0] for s in statements]), np.array([s[1] for s in statements])
    assert_allclose(
        brier_score(p, came), np.mean(scoringrules.brier_score(came.astype(float), p)), atol=1e-12
    )


def test_the_log_score_does_not_forgive_a_false_certainty() -> None:
    assert_allclose(log_score([0.8, 0.25], [True, False]), -(np.log(0.8) + np.log(0.75)) / 2)
    assert log_score([1.0, 0.5], [False, True]) == np.inf


@pytest.mark.parametrize("score", [brier_score, log_score])
def test_a_statement_is_a_proportion_and_an_outcome(score: object) -> None:
    with pytest.raises(ForecastError, match=r"from 0 to 1; got .*70"):
        score([70.0], [True])  # type: ignore[operator]
    with pytest.raises(ForecastError, match="true or false"):
        score([0.7], [2])  # type: ignore[operator]
    with pytest.raises(ForecastError, match="2 probabilities for 1 outcomes"):
        score([0.7, 0.1], [True])  # type: ignore[operator]
    with pytest.raises(ForecastError, match="at least one"):
        score([], [])  # type: ignore[operator]
