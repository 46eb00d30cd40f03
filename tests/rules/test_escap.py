"""The indices of UN ESCAP."""

from __future__ import annotations

from numpy.testing import assert_allclose

from forecast.rules import escap
from forecast.rules.base import Track


def test_current_status_index():
    # UN ESCAP: a quarter of the way from 40 to 100, and half the way to parity.
    assert_allclose(escap.current_status(Track(2000, 40, 2020, 55, 1, 100, 2030)).value, 2.5)
    assert_allclose(escap.parity(0.8, 0.9).value, 5.0)
    assert_allclose(escap.parity(1.2, 1.1).value, 5.0)
