"""Roots of rising functions, many at once."""

from __future__ import annotations

import numpy as np
from forecast.distribution.root_finding import rising_root
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=20))
def test_quantiles_of_the_normal_distribution(levels: list[float]) -> None:
    p = np.array(levels)
    found = rising_root(lambda x: stats.norm.cdf(x) - p, np.full(len(p), -10.0), np.full(len(p), 10.0))
    assert_allclose(found, stats.norm.ppf(p), atol=1e-8)


def test_a_step_is_found_where_it_stands() -> None:
    found = rising_root(
        lambda x: np.where(x < np.array([1.0, -2.0]), -1.0, 1.0), np.full(2, -9.0), np.full(2, 9.0)
    )
    assert_allclose(found, [1.0, -2.0], atol=1e-12)


def test_of_functions_unlike_in_size_each_is_found() -> None:
    size = np.array([1e-6, 1.0, 1e6])
    found = rising_root(lambda x: size * (x - 0.25) ** 3, np.full(3, -1.0), np.full(3, 3.0))
    assert_allclose(found, 0.25, atol=0.03)
    assert (np.abs(size * (found - 0.25) ** 3) < 1e-10).all()


def test_how_often_a_function_is_asked_is_bounded() -> None:
    asked = []

    def jump(x: np.ndarray) -> np.ndarray:
        asked.append(x)
        return np.where(x < 1 / 3, -1e-6, 1e6)

    found = rising_root(jump, np.zeros(1), np.ones(1))
    assert_allclose(found, 1 / 3, atol=1e-6)
    assert len(asked) <= 92
