from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

import forecast as fc
from forecast.models.base import REGULARITY, STILLNESS, LinearFit, Standardization, prepare
from tests.models.every_model import BALANCE, RISING, history


@dataclass(frozen=True)
class Given:
    """A future that is known: its mean and covariance are written down."""

    mean: np.ndarray
    covariance: np.ndarray

    def moments(self, steps: int) -> tuple[np.ndarray, np.ndarray]:
        return self.mean[:steps], self.covariance[:steps, :steps]


def fit(mean: list[float], covariance: object, degrees: float = 4.0) -> LinearFit:
    given = Given(np.array(mean), np.array(covariance, dtype=float))
    return LinearFit(history(RISING), fc.Identity(), Standardization(10.0, 2.0, 0.1), given, degrees)


def test_a_series_is_put_at_zero_rising_by_about_one_a_year() -> None:
    unit = Standardization.of(np.array([1.0, 3.0, 11.0]), np.array([2000.0, 2001.0, 2003.0]), STILLNESS)
    assert unit == Standardization(11.0, (2 + 8 / 2) / 2, REGULARITY)
    assert_allclose(unit.apply(np.array([1.0, 3.0, 11.0])), [-10 / 3, -8 / 3, 0.0], atol=1e-9)


@pytest.mark.parametrize(
    ("values", "sign"),
    [([1, 2, 4], 1), ([4, 2, 1], -1), ([2, 5, 2], -1), ([2, 1, 2], 1), ([2, 2, 3, 2], -1)],
)
def test_every_engine_sees_a_series_that_rises_to_its_end(values: list[float], sign: int) -> None:
    unit = Standardization.of(np.array(values, dtype=float), np.arange(float(len(values))), STILLNESS)
    assert np.sign(unit.size) == sign


def test_a_change_of_unit_is_not_seen() -> None:
    for values in (RISING, BALANCE):
        plain = prepare(fc.Drift(), history(values), None).images
        for factor in (1e-9, 1e9, -1e-3, 7.0):
            assert_array_equal(prepare(fc.Drift(), history(values * factor), None).images, plain)


@pytest.mark.parametrize(
    ("value", "bounds", "size"),
    [
        (50.0, (None, None), 0.5),
        (-50.0, (None, None), 0.5),
        (0.0, (None, None), 0.01),
        (50.0, (0, None), 0.01),
        (1e-9, (0, None), 0.01),
        (50.0, (0, 100), 0.5 / 25),
    ],
)
def test_what_never_moved_has_one_per_cent_of_its_level_as_unit(
    value: float, bounds: tuple[float | None, float | None], size: float
) -> None:
    seen = prepare(fc.Drift(), history(np.full(5, value), bounds=bounds), None)
    assert_allclose([seen.unit.size, seen.unit.floor], [size, 1.0])
    assert_array_equal(seen.images, 0.0)


def test_the_grid_has_a_place_for_every_year() -> None:
    gappy = fc.History.of("x", [2000, 2003, 2004], [1.0, 4.0, 5.0])
    assert_allclose(prepare(fc.Drift(), gappy, None).on_grid(), [-4.0, np.nan, np.nan, -1.0, 0.0])


def test_an_outlook_is_in_the_indicators_unit() -> None:
    outlook = fit([1.0, 3.0], [[1.0, 0.5], [0.5, 4.0]]).predict(2023)
    oracle = stats.t(4, 10 + 2 * 3, 2 * 2)
    assert_allclose(outlook.at_least(20.0), oracle.sf(20.0))


def test_a_unit_that_turned_the_series_turns_the_outlook_back() -> None:
    given = Given(np.array([1.0]), np.array([[4.0]]))
    turned = LinearFit(history(RISING), fc.Identity(), Standardization(10.0, -2.0, 0.1), given, 4.0)
    assert_allclose(turned.predict(2022).interval(0.8), stats.t(4, 8.0, 4.0).interval(0.8))
    paths = turned.paths(2022, n=20_000, rng=1)
    assert_allclose(np.quantile(paths, [0.25, 0.75]), stats.t(4, 8.0, 4.0).ppf([0.25, 0.75]), atol=0.2)


def test_no_year_is_surer_than_the_floor_or_than_an_earlier_year() -> None:
    spreads = [fit([0.0] * 3, np.diag([0.0, 9.0, 4.0])).predict(year).spread[0] for year in range(2022, 2025)]
    assert_allclose(spreads, [2 * 0.1, 2 * 3.0, 2 * 3.0])
    still = [fit([0.0] * 4, np.zeros((4, 4))).predict(year).spread[0] for year in range(2022, 2026)]
    assert_allclose(still, 2 * 0.1 * np.sqrt([1, 2, 3, 4]))


@pytest.mark.parametrize(("mean", "variance"), [(np.nan, 1.0), (np.inf, 1.0), (0.0, np.nan), (0.0, np.inf)])
def test_what_is_not_finite_is_refused_when_fitted(mean: float, variance: float) -> None:
    with pytest.raises(
        fc.ModelError, match=r"^x: the engine returned values that are not finite\. Use Struct"
    ):
        fit([mean], [[variance]])


def test_paths_without_degrees_of_freedom_are_normal() -> None:
    paths = fit([1.0, 3.0], [[1.0, 0.5], [0.5, 4.0]], np.inf).paths(2023, n=40_000, rng=9)
    assert_allclose(paths.mean(axis=0), [12.0, 16.0], atol=0.1)
    assert_allclose(np.cov(paths.T), 4 * np.array([[1.0, 0.5], [0.5, 4.0]]), rtol=0.06)


def test_many_gaps_are_counted() -> None:
    gappy = fc.History.of("x", [*range(2000, 2006), 2015], range(7))
    with pytest.raises(fc.ModelError, match=r"no value for 2006, 2007, 2008, 2009, 2010 and 4 more\. Use "):
        fc.ETS().fit(gappy)


@pytest.mark.parametrize("model", [fc.Drift(), fc.StructuralMixture()])
def test_one_history_is_no_list_of_them(model: fc.Model) -> None:
    history = fc.History.of("x", range(2000, 2010), range(10))
    with pytest.raises(
        fc.ForecastError, match=r"histories are a list; got the history x\. Write \[history\]"
    ):
        model.fit_all(history)  # type: ignore[arg-type]
