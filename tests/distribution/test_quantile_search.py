"""Quantiles of many distribution functions at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from forecast.distribution.quantile_search import quantile_search


def ends(rows: int, levels: int, far: float = 40.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return np.zeros((rows, levels)), np.full((rows, levels), -far), np.full((rows, levels), far)


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=20))
def test_quantiles_of_the_normal_distribution(levels: list[float]) -> None:
    p = np.array([levels])
    found = quantile_search(lambda u, rows: (stats.norm.cdf(u), stats.norm.pdf(u)), p, *ends(1, len(levels)))
    assert_allclose(found, stats.norm.ppf(p), atol=1e-8)


def test_each_row_has_its_own_distribution() -> None:
    middle, scale = np.array([-3.0, 0.0, 8.0]), np.array([0.01, 1.0, 2.0])
    levels = np.tile([0.1, 0.5, 0.9], (3, 1))

    def curve(u: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        law = stats.t(4, middle[rows][:, None], scale[rows][:, None])
        return law.cdf(u), law.pdf(u)

    found = quantile_search(curve, levels, *ends(3, 3))
    assert_allclose(found, stats.t(4, middle[:, None], scale[:, None]).ppf(levels), atol=1e-7)


def test_a_jump_is_found_where_it_stands() -> None:
    # Half of the probability sits on 1.
    def curve(u: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return 0.5 * stats.norm.cdf(u) + 0.5 * (u >= 1), 0.5 * stats.norm.pdf(u)

    found = quantile_search(curve, np.array([[0.5, 0.7]]), *ends(1, 2))
    assert_allclose(found, 1.0, atol=1e-9)
