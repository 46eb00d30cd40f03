from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models import arima
from forecast.models.drift import walk_moments
from tests.models.every_model import RISING, YEARS, history

GAPPY = np.where(np.isin(YEARS, [2013, 2017, 2018]), np.nan, RISING)


@pytest.mark.parametrize("grid", [RISING, GAPPY], ids=["whole", "gappy"])
def test_without_coefficients_it_is_the_walk_with_drift(grid: np.ndarray) -> None:
    years = YEARS[np.isfinite(grid)]
    walk = fc.Drift().fit(fc.History.of("x", years, grid[np.isfinite(grid)]))
    states, _ = arima.order_states(grid, (0, 0), len(years) - 2, 0.01)
    mean, covariance = states.moments(5)
    for h in range(5):
        outlook = walk.predict(2022 + h)
        assert_allclose(mean[h], outlook.location[0], rtol=1e-8)
        assert_allclose(covariance[h, h], outlook.spread[0] ** 2, rtol=1e-6)
    _, expected = walk_moments(0.0, float(states.variance[0]), 11.0, 5)
    assert_allclose(covariance, expected, rtol=1e-6)


@pytest.mark.parametrize("grid", [RISING, GAPPY], ids=["whole", "gappy"])
@pytest.mark.parametrize("coefficients", [(0.4, 0.0), (0.0, -0.6), (0.6, 0.2)])
def test_one_setting_is_the_forecast_of_statsmodels(
    grid: np.ndarray, coefficients: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    monkeypatch.setattr(arima, "settings", lambda p, q: [coefficients])
    degrees = int(np.isfinite(grid).sum()) - 2
    states, _ = arima.order_states(grid, (1, 1), degrees, 0.01)
    mean, covariance = states.moments(5)

    time = np.arange(len(grid), dtype=float)
    engine = SARIMAX(grid, exog=time, order=(1, 1, 1), mle_regression=False, use_exact_diffuse=True)
    result = engine.smooth([*coefficients, float(states.variance[0])])
    oracle = result.get_forecast(5, exog=np.arange(len(grid), len(grid) + 5.0))
    assert_allclose(mean, oracle.predicted_mean, rtol=1e-8)
    assert_allclose(np.diag(covariance), oracle.var_pred_mean, rtol=1e-6)


def test_coefficients_that_cancel_are_left_to_the_lower_order() -> None:
    assert arima.settings(0, 0) == [(0.0, 0.0)]
    assert len(arima.settings(1, 0)) == len(arima.COEFFICIENTS)
    assert all(ar + ma != 0 for ar, ma in arima.settings(1, 1))


def test_persistent_steps_are_seen_and_noted() -> None:
    steps = np.zeros(40)
    shocks = np.random.default_rng(3).normal(size=40)
    for t in range(1, 40):
        steps[t] = 0.8 * steps[t - 1] + shocks[t]
    fitted = fc.ARIMA().fit(history(np.cumsum(steps), years=np.arange(1980, 2020)))
    assert [str(note) for note in fitted.notes] == ["arima order (p: 1, q: 0)"]


def test_few_points_bear_no_coefficient() -> None:
    note = fc.ARIMA().fit(history(RISING[:6])).notes[-1]
    assert note == fc.Note("arima_order", {"p": 0, "q": 0})
