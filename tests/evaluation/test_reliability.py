"""Bins and the parts of the Brier score, by hand and as identities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast.evaluation.reliability import brier_parts, jeffreys, reliability_bins

STATEMENTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def test_statements_near_seventy_per_cent() -> None:
    p = np.array([0.66, 0.70, 0.74, 0.68, 0.10])
    found = reliability_bins(p, [True, True, False, True, False])
    assert [each.n for each in found] == [1, 4]
    assert_allclose(found[1].stated, 0.695)
    assert found[1].came_true == 0.75
    assert found[1].low < 0.75 < found[1].high


@given(STATEMENTS)
def test_every_statement_is_in_one_bin(statements: list[tuple[float, bool]]) -> None:
    p, came = [s[0] for s in statements], [s[1] for s in statements]
    bins = reliability_bins(p, came)
    assert sum(each.n for each in bins) == len(p)
    assert_allclose(sum(each.n * each.came_true for each in bins), sum(came), atol=1e-9)
    assert_allclose(sum(each.n * each.stated for each in bins), sum(p), atol=1e-9)
    assert all(each.low <= each.came_true <= each.high for each in bins)


def test_many_statements_about_one_fact_prove_no_more_than_one() -> None:
    p, came = np.full(20, 0.7), np.full(20, True)
    alone = reliability_bins(p, came)[0]
    together = reliability_bins(p, came, facts=np.zeros(20))[0]
    one = reliability_bins([0.7], [True])[0]
    assert (together.low, together.high) == (one.low, one.high)
    assert together.low < alone.low


@pytest.mark.parametrize(("true", "n"), [(1, 3), (5, 10), (69, 100)])
def test_jeffreys_interval_is_a_beta(true: float, n: float) -> None:
    from scipy.stats import beta

    assert_allclose(jeffreys(true, n), beta(true + 0.5, n - true + 0.5).interval(0.9), rtol=1e-9)


def test_jeffreys_interval_reaches_what_was_always_seen() -> None:
    assert jeffreys(0, 10)[0] == 0.0
    assert jeffreys(10, 10)[1] == 1.0


def test_jeffreys_holds_the_truth_nine_times_in_ten() -> None:
    seen = np.random.default_rng(0).binomial(40, 0.3, size=2000)
    held = [low <= 0.3 <= high for low, high in (jeffreys(k, 40) for k in seen)]
    assert 0.87 < np.mean(held) < 0.94


@given(STATEMENTS)
def test_the_parts_add_up_to_the_score(statements: list[tuple[float, bool]]) -> None:
    parts = brier_parts([s[0] for s in statements], [s[1] for s in statements])
    total = parts.reliability - parts.resolution + parts.uncertainty + parts.within
    assert_allclose(total, parts.score, atol=1e-12)
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0


def test_murphy_by_hand() -> None:
    # Two statements of 0.2 (none true), two of 0.8 (one true): overall a quarter came true.
    parts = brier_parts([0.2, 0.2, 0.8, 0.8], [False, False, True, False])
    assert_allclose(parts.reliability, (0.2**2 + 0.3**2) / 2)
    assert_allclose(parts.resolution, (0.25**2 + 0.25**2) / 2)
    assert_allclose(parts.uncertainty, 0.25 * 0.75)
    assert_allclose(parts.within, 0.0, atol=1e-12)


def test_stating_the_overall_share_is_reliable_and_useless() -> None:
    parts = brier_parts([0.25] * 4, [True, False, False, False])
    assert_allclose([parts.reliability, parts.resolution, parts.skill], 0.0, atol=1e-12)
