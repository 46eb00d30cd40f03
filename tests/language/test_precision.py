"""Digits of a forecast: two of its interval's width, and never finer than one beyond what is published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.language.precision import forecast_decimals


@pytest.mark.parametrize(
    ("x", "interval", "published", "decimals"),
    [
        (66.123, (64.2, 68.9), 1, 1),  # 4.7 wide: two digits are .1
        (66.123, (60.0, 99.0), 1, 0),
        (66.123, (66.10, 66.15), 0, 1),  # figures without decimals: one, however narrow
        (31_234.0, (25_000.0, 38_000.0), 0, -3),
        (12.0, (10.0, 100_000.0), 2, 0),  # of ends many times apart each value has two digits of its own
        (66.123, (66.1, 66.1), 1, 2),  # no width: as many as the number needs
    ],
)
def test_by_hand(x: float, interval: tuple[float, float], published: int, decimals: int) -> None:
    assert forecast_decimals(x, interval, published) == decimals


@given(st.floats(1e-3, 1e6), st.floats(1e-3, 1e3), st.integers(0, 5))
def test_rounding_moves_a_value_by_a_tenth_of_the_width_at_most(
    x: float, width: float, published: int
) -> None:
    decimals = forecast_decimals(x, (x, x + width), published)
    finest = 10.0 ** -(published + 1)
    assert abs(round(x, decimals) - x) <= max(0.05 * width * (1 + 1e-9), finest)
