"""The last values of long series read a second time."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models.mixture.gating import SeriesPanel, learned
from forecast.models.mixture.recent import filter_twice, last_values

LONG = learned().recent + 10
LEVELS = np.array([0.05, 0.5, 0.95])


def history(values: np.ndarray, name: str) -> fc.History:
    return fc.History.of(name, range(2020 - len(values), 2020), values)


def test_only_the_last_values_are_kept() -> None:
    values = np.array([[np.nan, 1.0, 2.0, 3.0, np.nan, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0, 10.0]])
    panel = SeriesPanel(values, np.zeros(values.shape, dtype=bool), np.full(2, -np.inf), np.full(2, np.inf))
    kept = last_values(panel, 2)
    assert_allclose(kept.values, [[3.0, np.nan, 4.0], [np.nan, 9.0, 10.0]])
    assert kept.restart.argmax(axis=1).tolist() == [0, 1]


def test_short_series_are_read_once() -> None:
    values = np.arange(12.0)[None] + 1
    panel = SeriesPanel(values, np.zeros(values.shape, dtype=bool), np.zeros(1), np.full(1, np.inf))
    assert filter_twice(panel, learned()).recent_features is None


def test_a_scale_that_an_early_value_rules_out_moves_no_other_series() -> None:
    # The zero lies before the last values: logs serve those alone, and not the whole.
    rng = np.random.default_rng(0)
    steady = 20 + np.cumsum(rng.normal(1, 0.3, LONG))
    started = np.concatenate([[0.0], 5 + np.cumsum(rng.uniform(0.5, 1.5, LONG - 1))])
    series = [history(steady, "a"), history(started, "b"), history(steady[::-1] + 3, "c")]
    together = fc.StructuralMixture().fit_all(series)
    for one, fitted in zip(series, together, strict=True):
        alone = fc.StructuralMixture().fit(one).predict(2024)
        assert_allclose(fitted.predict(2024).quantile(LEVELS), alone.quantile(LEVELS), rtol=1e-9)


def test_the_last_years_count_for_more_where_the_past_was_another() -> None:
    rng = np.random.default_rng(1)
    rise = np.cumsum(rng.normal(4, 0.2, 40))
    flat = rise[-1] + np.cumsum(rng.normal(0, 0.2, learned().recent))
    found = fc.StructuralMixture().fit(history(np.concatenate([rise, flat]), "x")).predict(2024)
    assert found.median() < flat[-1] + 10
