from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast.models import trend
from tests.models.every_model import RISING, YEARS

GAPS = ~np.isin(YEARS, [2013, 2017, 2018])


def least_squares(one: np.ndarray, time: np.ndarray, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    line = np.column_stack([one, time])
    doubt = np.linalg.inv(line.T @ line)
    return doubt @ line.T @ image, doubt


@pytest.mark.parametrize("seen", [np.ones(12, bool), GAPS], ids=["whole", "gappy"])
@pytest.mark.parametrize("rho", [0.0, 0.6, 0.9])
def test_one_setting_is_the_best_linear_prediction(
    seen: np.ndarray, rho: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The oracle is universal kriging written out in full (Cressie 1993, section 3.4), so without the ridge.
    monkeypatch.setattr(trend, "PERSISTENCE", (rho,))
    monkeypatch.setattr(trend, "ridge", least_squares)
    years, values = (YEARS - YEARS[-1])[seen].astype(float), (RISING - RISING[-1])[seen]
    states = trend.line_states(years, values, 0.01)
    mean, covariance = states.moments(4)

    ahead = np.arange(1.0, 5.0)
    near = rho ** np.abs(np.subtract.outer(years, years))
    far = rho ** np.abs(np.subtract.outer(ahead, years))
    between = rho ** np.abs(np.subtract.outer(ahead, ahead))
    line, beyond = np.column_stack([np.ones_like(years), years]), np.column_stack([np.ones(4), ahead])
    inverse = np.linalg.inv(near)
    doubt = np.linalg.inv(line.T @ inverse @ line)
    found = doubt @ line.T @ inverse @ values
    left = values - line @ found
    away = beyond - far @ inverse @ line
    assert_allclose(mean, beyond @ found + far @ inverse @ left, rtol=1e-9)
    variance = left @ inverse @ left / (len(years) - 2)
    expected = variance * (between - far @ inverse @ far.T + away @ doubt @ away.T)
    assert_allclose(covariance, expected, rtol=1e-9)


def test_whitening_by_hand() -> None:
    # Two years with correlation 0.6: the second is what the first leaves unsaid, over sqrt(1 - 0.36).
    columns, log_determinant = trend.whitened(np.array([-1.0, 0.0]), np.array([5.0, 7.0]), 0.6)
    assert_allclose(columns[:, 2], [5.0, (7.0 - 0.6 * 5.0) / 0.8])
    assert_allclose(log_determinant, np.log(1 - 0.36))


def test_the_ridge_shrinks_the_slope_as_far_as_it_is_in_doubt() -> None:
    one, time = np.ones(12), np.arange(12.0)
    exact, doubt = least_squares(one, time, RISING)
    found, error = trend.ridge(one, time, RISING)
    left = RISING - exact[0] - exact[1] * time
    # With a prior as wide as the slope itself, the shrinkage is about 1 / t^2.
    shrinkage = doubt[1, 1] * np.mean(left**2) / exact[1] ** 2
    assert_allclose(1 - found[1] / exact[1], shrinkage, rtol=0.2)
    assert_allclose(error, doubt * [[1, 1], [1, 1]], rtol=5 * shrinkage)


def test_the_ridge_leaves_the_level_free() -> None:
    time = np.arange(8.0)
    level_and_slope, _ = trend.ridge(np.ones(8), time, 1000.0 + 0.0 * time + np.sin(3 * time))
    assert_allclose(level_and_slope @ [1.0, time.mean()], 1000 + np.sin(3 * time).mean(), rtol=1e-12)


def test_persistent_residuals_widen_the_outlook() -> None:
    years = np.arange(-19.0, 1.0)
    walk = np.cumsum(np.random.default_rng(8).normal(size=20))
    noise = np.random.default_rng(8).normal(size=20)
    weight = {
        name: trend.line_states(years, series, 0.01).weight
        for name, series in (("walk", walk), ("noise", noise))
    }
    assert weight["walk"][-3:].sum() > 0.6
    assert weight["noise"][:2].sum() > 0.6
