from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models import local_trend
from tests.models.every_model import RISING, YEARS, history

GAPPY = np.where(np.isin(YEARS, [2013, 2017, 2018]), np.nan, RISING)


def only(setting: tuple[float, float, float, float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_trend, "SETTINGS", (setting,))


@pytest.mark.parametrize("grid", [RISING, GAPPY], ids=["whole", "gappy"])
@pytest.mark.parametrize("variances", [(0.7, 0.3, 0.15), (1.0, 0.0, 0.03)])
def test_one_setting_is_the_forecast_of_statsmodels(
    grid: np.ndarray, variances: tuple[float, float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    only((*variances, 1.0), monkeypatch)
    states = local_trend.trend_states(grid, int(np.isfinite(grid).sum()) - 2, 0.01)
    mean, covariance = states.moments(5)
    engine = UnobservedComponents(grid, "lltrend", use_exact_diffuse=True)
    oracle = engine.smooth(states.variance[0] * np.array(variances)).get_forecast(5)
    assert_allclose(mean, oracle.predicted_mean, rtol=1e-8)
    assert_allclose(np.diag(covariance), oracle.var_pred_mean, rtol=1e-8)


@pytest.mark.parametrize("grid", [RISING, GAPPY], ids=["whole", "gappy"])
def test_a_level_with_a_fixed_slope_is_the_walk_with_drift(
    grid: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    only((0.0, 1.0, 0.0, 1.0), monkeypatch)
    years = YEARS[np.isfinite(grid)]
    seen = fc.History.of("x", years, grid[np.isfinite(grid)])
    one, other = fc.LocalTrend().fit(seen).predict(2026), fc.Drift().fit(seen).predict(2026)
    assert_allclose(one.quantile(np.array([0.1, 0.5, 0.9])), other.quantile(np.array([0.1, 0.5, 0.9])))


def test_noise_about_a_line_is_least_squares(monkeypatch: pytest.MonkeyPatch) -> None:
    import statsmodels.api as sm

    only((1.0, 0.0, 0.0, 1.0), monkeypatch)
    outlook = fc.LocalTrend().fit(history(RISING)).predict(2026)
    time = np.arange(12.0)
    line = sm.OLS(RISING, sm.add_constant(time)).fit().get_prediction([[1.0, 16.0]])
    assert_allclose(outlook.median(), line.predicted_mean[0], rtol=1e-8)
    assert_allclose(outlook.interval(0.95), line.conf_int(obs=True, alpha=0.05)[0], rtol=1e-6)


def test_a_slope_that_fades_is_among_the_settings() -> None:
    assert {phi for *_, phi in local_trend.SETTINGS} == {1.0, 0.8}
    fading = np.cumsum(0.75 ** np.arange(14)) * 10 + 0.05 * np.sin(np.arange(14) * 2.1)
    outlook = fc.LocalTrend().fit(history(fading, years=np.arange(2000, 2014))).predict(2023)
    low, high = outlook.interval(0.8)
    assert low < 40 < high
