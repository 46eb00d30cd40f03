"""The ratio between an area and its parent: features free of units, a guess with an exact gradient."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from forecast.models.small_area.lending import learned
from forecast.models.small_area.pairing import Pair, kind_of, pairs_of
from forecast.models.small_area.ratio import (
    BANK,
    DIFFERENCE,
    LENDING_FEATURES,
    LOG,
    RATIO_FEATURES,
    SHARE,
    SPREAD_ENTRIES,
    component_weights,
    describe,
    filtered,
    moments,
    prior_sigma,
)
from tests.models.small_area.areas import (
    BALANCE_CITY,
    BALANCE_DISTRICT,
    CITY,
    DISTRICT,
    ONCE,
    URBAN_CITY,
    URBAN_DISTRICT,
    scaled,
)

PAIRS = [
    Pair(own, parent, kind_of(own, parent))
    for own, parent in (
        (DISTRICT, CITY),
        (ONCE, CITY),
        (URBAN_DISTRICT, URBAN_CITY),
        (BALANCE_DISTRICT, BALANCE_CITY),
    )
]


def test_kinds_follow_bounds_and_signs() -> None:
    assert [pair.kind for pair in PAIRS] == [LOG, LOG, SHARE, DIFFERENCE]


def test_features_are_those_that_are_named_and_free_of_units() -> None:
    seen = describe(pairs_of(PAIRS))
    assert seen.ratio.shape == (4, len(RATIO_FEATURES))
    assert seen.lending.shape == (4, len(LENDING_FEATURES))
    assert np.isfinite(seen.lending).all()
    million = [Pair(scaled(p.own, 1e6), scaled(p.parent, 1e6), p.kind) for p in (PAIRS[0], PAIRS[3])]
    large = describe(pairs_of(million))
    assert_allclose(large.lending, seen.lending[[0, 3]], atol=1e-9)
    assert_allclose(large.ratio, seen.ratio[[0, 3]], atol=1e-9)


def test_a_ratio_known_once_is_guessed_from_the_parent_alone() -> None:
    seen, spread = describe(pairs_of(PAIRS)), learned().spread
    once = prior_sigma(seen, spread)[0][1]
    entries = dict(zip(SPREAD_ENTRIES, spread, strict=True))
    by_hand = entries["log"] + entries["log_parent"] * seen.log_parent[1]
    assert_allclose(once, by_hand + entries["later"] * 4 / 5 + entries["no_step"])


def test_the_gradient_of_the_guess() -> None:
    seen, spread = describe(pairs_of(PAIRS)), learned().spread
    gradient = prior_sigma(seen, spread)[1]
    for k in range(len(spread)):
        step = np.zeros(len(spread))
        step[k] = 1e-6
        slope = (prior_sigma(seen, spread + step)[0] - prior_sigma(seen, spread - step)[0]) / 2e-6
        assert_allclose(gradient[:, k], slope, atol=1e-6)


def test_weights_sum_to_one_and_lean_to_the_evidence() -> None:
    features, evidence = np.zeros((2, 1)), np.array([[0.0, -5.0], [-5.0, 0.0]])
    weights = component_weights(features, evidence, np.zeros((2, 1)), 1.0)
    assert_allclose(weights.sum(axis=1), 1.0)
    assert weights[0, 0] > 0.99
    assert weights[1, 1] > 0.99


def test_a_ratio_that_has_no_drift_stays_and_widens() -> None:
    arrays = pairs_of(PAIRS)
    state = filtered(arrays, np.full(4, -3.0))
    near, far = (moments(state, np.full(4, h)) for h in (1, 9))
    still = BANK.k == 0
    assert_allclose(near[0][:, still], far[0][:, still])
    assert (far[1] > near[1]).all()
    assert_allclose(near[0][1], PAIRS[1].ratio[-1])
