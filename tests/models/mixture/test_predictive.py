"""Many outlooks at once are the same as one by one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast.history.history import History
from forecast.history.whole_numbers import is_count
from forecast.models.mixture.gating import learned
from forecast.models.mixture.posterior import panel_of, weights_of
from forecast.models.mixture.predictive import PredictiveBatch
from forecast.models.mixture.recent import filter_twice
from forecast.models.mixture.stillness import stillness_of
from forecast.models.mixture.structural_mixture import StructuralMixture


def some_histories() -> list[History]:
    rng = np.random.default_rng(7)
    found = []
    for i in range(120):
        n = int(rng.integers(2, 28))
        years = np.sort(rng.choice(np.arange(1995, 2025), n, replace=False))
        growing = 100 * np.exp(np.cumsum(rng.normal(0.03, 0.1, n)))
        share = np.clip(70 + np.cumsum(rng.normal(1, 3, n)), 0, 100)
        walk = rng.normal(0, 1, n).cumsum()
        still = np.full(n, 5.0)
        values, bounds = [
            (growing, (0, None)), (share, (0, 100)), (walk, (None, None)),
            (np.round(growing / 50), (0, None)),
            (still, (0, 10)), (1e-9 * growing, (None, None)),
        ][i % 6]  # fmt: skip
        found.append(History.of("x", years, values, bounds=bounds, area=str(i)))
    return found


@pytest.fixture(scope="module")
def together() -> tuple[list[History], PredictiveBatch, np.ndarray]:
    histories = some_histories()
    steps = np.random.default_rng(8).integers(1, 31, len(histories))
    filtered = filter_twice(panel_of(histories), learned())
    weights, stillness = weights_of(filtered, learned()), stillness_of(panel_of(histories))
    whole = np.array([is_count(history) for history in histories])
    assert whole.any()
    return (
        histories,
        PredictiveBatch.of(filtered, weights, np.arange(len(histories)), steps, stillness, whole),
        steps,
    )


LEVELS = [0.001, 0.1, 0.2, 0.5, 0.9, 0.999]


def test_quantiles_are_those_of_one_by_one(
    together: tuple[list[History], PredictiveBatch, np.ndarray],
) -> None:
    histories, outlooks, steps = together
    found = outlooks.quantile(np.tile(LEVELS, (len(histories), 1)))
    for history, h, got in zip(histories, steps, found, strict=True):
        alone = StructuralMixture().fit(history).predict(history.last_year + int(h))
        expected = [alone.quantile(p) for p in LEVELS]
        assert_allclose(got, expected, rtol=1e-9, atol=1e-10 * np.ptp(expected), err_msg=repr(history))


def test_probabilities_are_those_of_one_by_one(
    together: tuple[list[History], PredictiveBatch, np.ndarray],
) -> None:
    histories, outlooks, steps = together
    x = np.array([h.last_value * 1.1 + 0.1 for h in histories])
    # A bound itself carries probability, and beyond it there is none.
    x[1::12], x[4::12] = 100.0, 11.0
    below, above = outlooks.at_most(x), outlooks.at_least(x)
    for i, (history, h) in enumerate(zip(histories, steps, strict=True)):
        alone = StructuralMixture().fit(history).predict(history.last_year + int(h))
        got = below[i], above[i]
        assert_allclose(got, (alone.at_most(x[i]), alone.at_least(x[i])), atol=1e-12, err_msg=repr(history))


@pytest.mark.parametrize("values", [[60, 62, 63, 66, 67, 70, 71, 74], [100.0] * 12, [3.0, 4.0]])
def test_many_years_at_once_are_the_same_as_one_by_one(values: list[float]) -> None:
    fitted = StructuralMixture().fit(
        History.of("coverage", range(2000, 2000 + len(values)), values, unit="%", bounds=(0, 100))
    )
    years = fitted.history.last_year + np.arange(1, 12)
    edge, p = np.full(len(years), 72.0), np.tile([0.1, 0.5, 0.9], (len(years), 1))
    each, single = fitted.predict_each(years), [fitted.predict(int(year)) for year in years]
    assert_allclose(each.at_least(edge), [one.at_least(72.0) for one in single], atol=1e-12)
    assert_allclose(each.at_most(edge), [one.at_most(72.0) for one in single], atol=1e-12)
    assert_allclose(each.quantile(p), [one.quantile(p[0]) for one in single], rtol=1e-9)
