from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast.models.linear import LinearStates, total_moments, weights_of
from tests.models.every_model import RISING


def one_smoothed(
    alpha: float, beta: float, phi: float, *, error: np.ndarray | None = None, variance: float = 1.0
) -> LinearStates:
    return LinearStates.smoothed(
        (np.array([alpha]), np.array([beta]), np.array([phi])),
        np.array([[10.0, 2.0]]),
        np.zeros((1, 2, 2)) if error is None else error[None],
        np.array([variance]),
        np.ones(1),
    )


def test_mean_of_a_damped_trend_by_hand() -> None:
    mean, _ = one_smoothed(0.5, 0.1, 0.5).moments(3)
    assert_allclose(mean, [10 + 1, 10 + 1 + 0.5, 10 + 1 + 0.5 + 0.25])


def test_covariance_is_that_of_the_psi_weights() -> None:
    # Hyndman et al. 2008, section 6.1: c_j = alpha + beta (phi + ... + phi^j), one source of error.
    alpha, beta, phi = 0.6, 0.2, 0.9
    psi = np.concatenate([[1.0], alpha + beta * np.cumsum(phi ** np.arange(1, 5))])
    lower = np.array([[psi[i - j] if i >= j else 0.0 for j in range(5)] for i in range(5)])
    _, covariance = one_smoothed(alpha, beta, phi, variance=2.5).moments(5)
    assert_allclose(covariance, 2.5 * lower @ lower.T, rtol=1e-12)


def test_the_error_of_level_and_slope_is_carried_forward() -> None:
    error = np.array([[0.5, 0.1], [0.1, 0.2]])
    _, without = one_smoothed(0.6, 0.2, 1.0).moments(3)
    _, with_error = one_smoothed(0.6, 0.2, 1.0, error=error).moments(3)
    seen = np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0]])
    assert_allclose(with_error - without, seen @ error @ seen.T, rtol=1e-10)


def test_variance_over_settings_by_hand() -> None:
    # Two settings, means 0 and 4, variances 1 and 3, weights 1/4 and 3/4: mean 3, variance 2.5 + 3.
    mean, covariance = total_moments(
        np.array([0.25, 0.75]), np.array([[0.0], [4.0]]), np.array([[[1.0]], [[3.0]]])
    )
    assert_allclose(mean, [3.0])
    assert_allclose(covariance, [[2.5 + 0.25 * 9 + 0.75 * 1]])


def test_models_together_keep_their_shares() -> None:
    still, moving = one_smoothed(0.0, 0.0, 1.0), one_smoothed(1.0, 0.0, 1.0, variance=4.0)
    mean, covariance = LinearStates.together([still, moving], [0.25, 0.75]).moments(3)
    assert_allclose(mean, [12.0, 14.0, 16.0])
    assert_allclose(np.diag(covariance), 0.25 * np.ones(3) + 0.75 * 4.0 * np.array([1.0, 2.0, 3.0]))


def test_weights_follow_the_likelihood() -> None:
    # With two degrees of freedom and no floor the likelihood is 1 / squares.
    assert_allclose(weights_of(np.array([1.0, 3.0]), np.zeros(2), 2, 0.0), [0.75, 0.25])
    assert_allclose(weights_of(np.ones(2), np.array([0.0, np.log(9.0)]), 5, 0.1), [0.75, 0.25])


def test_a_fit_better_than_the_floor_counts_as_one_at_the_floor() -> None:
    weight = weights_of(np.array([0.0, 1e-12]), np.zeros(2), 10, 0.05)
    assert_allclose(weight, [0.5, 0.5], atol=1e-8)


@pytest.mark.parametrize("steps", [1, 2, 7])
def test_moments_of_fewer_years_are_a_corner_of_more(steps: int) -> None:
    states = one_smoothed(0.3, 0.1, 0.95, error=np.eye(2) * RISING[0] / 100)
    mean, covariance = states.moments(9)
    fewer_mean, fewer = states.moments(steps)
    assert_allclose(fewer_mean, mean[:steps])
    assert_allclose(fewer, covariance[:steps, :steps], rtol=1e-12)
