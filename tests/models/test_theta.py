from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models import theta
from tests.models.every_model import BALANCE, RISING, history


@pytest.mark.parametrize("values", [RISING, BALANCE])
def test_the_mean_is_that_of_statsmodels(values: np.ndarray) -> None:
    from statsmodels.tsa.forecasting.theta import ThetaModel

    result = ThetaModel(values, period=1, deseasonalize=False).fit()
    trend, alpha = theta.theta_estimates(values, history(values))
    assert_allclose([trend, alpha], result.params)
    mean, _ = theta.theta_states(values, trend, alpha, 0.01).moments(6)
    assert_allclose(mean, result.forecast(6), rtol=1e-8)


def test_smoothing_with_drift_by_hand() -> None:
    level, surprise = theta.smoothed_with_drift(np.array([1.0, 3.0, 3.0]), 0.5, 1.0)
    # Expected 2, got 3; level 2.5, expected 3.5, got 3; level 3.25.
    assert_allclose(surprise, [1.0, -0.5])
    assert_allclose(level, 3.25)


def test_error_of_the_trend_by_hand() -> None:
    # Two values e1 and alpha e1 + e2: their slope is e2 - (1 - alpha) e1.
    assert_allclose(theta.trend_error(2, 0.4), 1 + 0.6**2)
    # Without persistence it is that of ordinary least squares.
    assert_allclose(theta.trend_error(5, 0.0), 1 / 10)
    # The least-squares slope of a random walk of three values is (e2 + e3) / 2.
    assert_allclose(theta.trend_error(3, 1.0), 0.5)


def test_variance_of_a_walk_by_hand() -> None:
    # alpha = 1, steps 1, 3, 2, 2: trend 2.1, drift 1.05.
    images = np.array([0.0, 1.0, 4.0, 6.0, 8.0])
    states = theta.theta_states(images, 2.1, 1.0, 0.01)
    surprise = np.array([1.0, 3.0, 2.0, 2.0]) - 1.05
    mean, covariance = states.moments(2)
    assert_allclose(mean, [8 + 1.05, 8 + 2.1])
    variance, doubt = np.sum(surprise**2) / 2, 0.5 * theta.trend_error(5, 1.0)
    assert_allclose(np.diag(covariance), variance * np.array([1 + doubt, 2 + 4 * doubt]))


def test_the_drift_is_half_the_trend() -> None:
    fitted = fc.Theta().fit(history(RISING))
    slope = np.polyfit(np.arange(12.0), RISING, 1)[0]
    steps = np.diff([fitted.predict(year).median() for year in (2024, 2025, 2026)])
    assert_allclose(steps, slope / 2, rtol=1e-6)


def test_gaps_are_refused_with_the_call_that_helps() -> None:
    gappy = fc.History.of("x", [*range(2000, 2007), 2009], range(8))
    with pytest.raises(
        fc.ModelError, match=r"^x: Theta needs every year; no value for 2007, 2008\. Use Struct"
    ):
        fc.Theta().fit(gappy)
