"""What holds of every outlook in closed form, and pools of them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from forecast.distribution.atom import WithAtom
from forecast.distribution.closed_form import before_rounding, moving_part, pooled, stays_of
from forecast.distribution.distribution import StudentTMixture
from forecast.distribution.draws import Draws
from forecast.distribution.rounded import Rounded

MOVING, OTHER = StudentTMixture.single(12.0, 2.0, 5.0), StudentTMixture.single(14.0, 2.0, 5.0)
TWELVE = WithAtom(MOVING, 12.0, 0.6)


def test_a_pool_keeps_what_its_members_keep() -> None:
    pool = pooled([TWELVE, OTHER], np.array([1.0, 3.0]))
    for x in (11.0, 12.0, 14.0):
        expected = 0.25 * TWELVE.at_least(x) + 0.75 * OTHER.at_least(x)
        assert_allclose(pool.at_least(x), expected, atol=1e-12)


def test_a_pool_with_a_count_is_on_whole_numbers() -> None:
    pool = pooled([Rounded(TWELVE), OTHER], np.array([1.0, 3.0]))
    assert isinstance(pool, Rounded)
    for x in (11.0, 12.0, 14.0):
        expected = 0.25 * Rounded(TWELVE).at_least(x) + 0.75 * Rounded(OTHER).at_least(x)
        assert_allclose(pool.at_least(x), expected, atol=1e-12)


def test_parts_of_an_outlook() -> None:
    assert [stays_of(each) for each in (MOVING, TWELVE)] == [0.0, 0.6]
    # Of a count also what moves by less than half of one.
    back = MOVING.at_most(12.5) - MOVING.at_most(11.5)
    assert stays_of(Rounded(TWELVE)) == pytest.approx(0.6 + 0.4 * back)
    assert stays_of(Draws(np.array([1.0, 2.0]))) == 0.0
    assert moving_part(Rounded(TWELVE)) is MOVING
    assert before_rounding(Rounded(TWELVE)) is TWELVE
