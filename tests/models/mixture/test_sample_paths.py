"""Paths of the state space: shocks added up by hand, and shares of the strata."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast import History, StructuralMixture
from forecast.models.mixture.gating import learned
from forecast.models.mixture.kalman import Components, Covariance, FilteredStates
from forecast.models.mixture.sample_paths import (
    STRATA,
    InitialStates,
    SamplePaths,
    accumulated_shocks,
    moved,
    random_paths,
    stratified_paths,
)
from forecast.models.mixture.stillness import Stillness

COUNT = 3


def starts(weights: list[float], sigma: float = 2.0) -> InitialStates:
    """States known exactly, at 0, 10, 20: all that varies are shocks and variance."""
    shape = (1, COUNT)
    zero = np.zeros(shape)
    state = FilteredStates(
        np.array([[0.0, 10.0, 20.0]]), zero, zero, Covariance(*[zero] * 6), zero, np.array([12.0]),
        np.full(shape, sigma**2),
    )  # fmt: skip
    return InitialStates(np.array([weights]), np.arange(COUNT), state)


def test_a_path_is_its_expected_course_and_the_shocks_so_far() -> None:
    paths = SamplePaths(*(np.array([x]) for x in (1.0, 2.0, 4.0, 0.5, 3.0)))
    # level 1 + 2 + 4, then + 2 + 2, then + 2 + 1; the shocks in units of sigma 3.
    assert [float(paths.step(np.array([s]))[0]) for s in (0.0, 1.0, -1.0)] == [7.0, 14.0, 11.0]


def test_shocks_add_up_by_hand() -> None:
    one = {name: np.array([0.0]) for name in Components._fields}
    level = Components(**{**one, "a": np.array([1.0])})
    normals = [np.array([[u], [0.0], [0.0]]) for u in (1.0, 2.0, -4.0)]
    assert [float(x[0]) for x in accumulated_shocks(level, normals)] == [1.0, 3.0, -1.0]
    # Momentum: what enters it in one year moves the level from the next on, halved each year.
    momentum = Components(**{**one, "phi": np.array([0.5]), "q": np.array([4.0])})
    normals = [np.array([[0.0], [w], [e]]) for w, e in ((1.0, 0.0), (0.0, 3.0), (0.0, 0.0))]
    assert [float(x[0]) for x in accumulated_shocks(momentum, normals)] == [0.0, 5.0, 3.0]


@pytest.mark.parametrize("weights", [[0.5, 0.25, 0.25], [0.999, 0.0005, 0.0005], [0.0, 0.0, 1.0]])
def test_strata_are_dealt_out_by_weight(weights: list[float]) -> None:
    pair, images = stratified_paths(starts(weights), 4)
    assert images.shape == (STRATA, 4)
    shares = np.bincount(pair, minlength=COUNT) / STRATA
    assert_allclose(shares, weights, atol=1 / STRATA)


def test_stratified_and_random_paths_spread_alike() -> None:
    weights = [1.0, 0.0, 0.0]
    spread = stratified_paths(starts(weights), 5)[1].std(axis=0)
    drawn = random_paths(starts(weights), 20_000, 5, np.random.default_rng(0))[1].std(axis=0)
    assert_allclose(spread, drawn, rtol=0.12)


def test_more_years_change_no_earlier_one() -> None:
    short, long = (stratified_paths(starts([0.2, 0.3, 0.5]), years)[1] for years in (3, 60))
    assert_allclose(long[:, :3], short)


def test_as_many_strata_have_moved_as_the_chance_says() -> None:
    still = Stillness(np.array([2.0, -np.inf]), np.array([-0.5, 0.0]))
    for years in (1, 4, 10):
        left = moved(still.stays(np.full(2, years))).mean(axis=1)
        assert_allclose(left, 1 - still.stays(np.full(2, years)), atol=1 / STRATA)
    assert (moved(still.stays(np.full(2, 10))) | ~moved(still.stays(np.full(2, 4)))).all()


def test_paths_of_a_real_series_start_at_its_states() -> None:
    history = History.of("amount", range(2012, 2021), [100.0, 104, 109, 108, 115, 121, 119, 126, 131])
    fitted = StructuralMixture().fit(history)
    middle = np.median(fitted.stratified_paths(2023), axis=0)
    expected = [fitted.predict(year).median() for year in (2021, 2022, 2023)]
    assert_allclose(middle, expected, rtol=0.02)
    assert len(learned().bank.a) > COUNT
