"""Draws that are equally likely: shares of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.distribution.draws import Draws
from forecast.errors import ForecastError

FOUR = Draws(np.array([4.0, 1.0, 2.0, 2.0]))


def test_both_sides_count_what_lies_on_the_edge() -> None:
    assert (FOUR.at_least(2.0), FOUR.at_most(2.0)) == (0.75, 0.75)
    assert (FOUR.at_least(4.1), FOUR.at_most(0.9)) == (0.0, 0.0)
    assert FOUR.at_least(np.array([1.0, 3.0])).tolist() == [1.0, 0.25]


def test_a_quantile_is_the_first_draw_that_is_enough() -> None:
    assert [FOUR.quantile(p) for p in (0.25, 0.26, 0.75, 0.76)] == [1.0, 2.0, 2.0, 4.0]
    assert FOUR.median() == 2.0


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30), st.floats(0.01, 0.99))
def test_at_most_a_quantile_lie_enough(values: list[float], p: float) -> None:
    draws = Draws(np.array(values))
    q = draws.quantile(p)
    assert q in values
    assert draws.at_most(q) >= p - 1e-12
    assert draws.at_most(np.nextafter(q, -np.inf)) < p + 1e-12


def test_samples_are_draws_and_a_root_repeats_them() -> None:
    assert set(FOUR.sample(50, rng=1).tolist()) <= {1.0, 2.0, 4.0}
    assert FOUR.sample(9, rng=1).tolist() == FOUR.sample(9, rng=1).tolist()


@pytest.mark.parametrize("values", [[], [1.0, np.nan], [np.inf]])
def test_nothing_and_what_is_no_number_are_refused(values: list[float]) -> None:
    with pytest.raises(ForecastError, match="at least one draw, all finite"):
        Draws(np.array(values))


def test_draws_cannot_be_changed_and_do_not_change_what_they_were_given() -> None:
    given_values = np.array([3.0, 1.0])
    draws = Draws(given_values)
    assert given_values.tolist() == [3.0, 1.0]
    with pytest.raises(ValueError, match="read-only"):
        draws.values[0] = 9.0
