"""Shares of lenders, and the pieces that a parent's outlook is cut into."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models.small_area.lending import (
    CELLS,
    STRETCH,
    cells_of,
    known_cells,
    learned,
    shares,
    stretched,
)
from forecast.models.small_area.ratio import BANK, LENDING_FEATURES, RATIO_FEATURES, SPREAD_ENTRIES


def test_shares_are_a_softmax_with_the_own_history_at_zero() -> None:
    assert_allclose(shares(np.log([2.0, 1.0]), own=True), [0.25, 0.5, 0.25])
    assert_allclose(shares(np.log([3.0, 1.0]), own=False), [0.0, 0.75, 0.25])
    assert_allclose(shares(np.array([]), own=True), [1.0])


def test_pieces_keep_probability_middle_and_spread() -> None:
    outlook = fc.StudentTMixture.single(10.0, 2.0, np.inf)
    cells = cells_of(outlook, fc.Identity())
    assert cells.weights.shape == (CELLS,)
    assert_allclose(cells.weights.sum(), 1.0)
    assert_allclose(cells.weights @ cells.middle, 10.0, atol=1e-9)
    variance = cells.weights @ (cells.variance + (cells.middle - 10.0) ** 2)
    # Even pieces are a little wider than the tails they stand for.
    assert 1.0 < np.sqrt(variance) / (2.0 * STRETCH) < 1.15


def test_a_known_value_is_one_piece_without_width() -> None:
    cells = known_cells(3.0)
    assert cells.weights @ cells.middle == 3.0
    assert cells.variance.max() == 0.0


def test_stretching_leaves_the_middle() -> None:
    cells = cells_of(fc.StudentTMixture.single(10.0, 2.0, 5.0), fc.Identity())
    assert_allclose(cells.centre, 10.0)
    assert_allclose(stretched(np.array([10.0, 12.0]), 10.0), [10.0, 10.0 + 2 * STRETCH])


def test_pieces_of_a_share_stay_within_its_bounds() -> None:
    outlook = fc.StudentTMixture.single(99.0, 4.0, 5.0, bounds=(0, 100))
    assert np.isfinite(cells_of(outlook, fc.Logit(0, 100)).middle).all()


def test_what_is_stored_fits_what_is_computed() -> None:
    stored = json.loads(
        files("forecast.models.small_area").joinpath("small_area_weights.json").read_text("utf-8")
    )
    assert tuple(stored["ratio_features"]) == RATIO_FEATURES
    assert tuple(stored["lending_features"]) == LENDING_FEATURES
    assert tuple(stored["spread_entries"]) == SPREAD_ENTRIES
    assert {"command", "data", "date"} <= set(stored["made"])
    model = learned()
    assert model.theta.shape == (len(BANK.a), len(RATIO_FEATURES))
    assert model.lending.shape == (len(LENDING_FEATURES),)
    assert model.tau > 0
