"""What can be wrong with the numbers and years of a target."""

from __future__ import annotations

import math

import numpy as np
import pytest

from forecast.errors import TargetError
from forecast.target.checks import base_problem, finite, is_year, outside, sign, start_problem


@pytest.mark.parametrize("year", [2026, 2026.0, np.int64(2026)])
def test_a_whole_number_in_reach_is_a_year(year: object) -> None:
    assert is_year(year)


@pytest.mark.parametrize("year", [2026.5, "2026", True, None, math.nan, math.inf, -1, 10**9])
def test_anything_else_is_none(year: object) -> None:
    assert not is_year(year)


def test_a_base_comes_before_its_target_and_a_first_year_not_after_it() -> None:
    assert base_problem(None, 2026) is None
    assert base_problem(2025, 2026) is None
    assert base_problem(2026, 2026) == "its base year 2026 is not a year before its year 2026"
    assert start_problem(2026, 2026) is None
    assert start_problem(2027, 2026) == "its first year 2027 is not a year up to its year 2026"


def test_bounds_themselves_are_inside() -> None:
    assert outside(0, (0, 100)) is outside(100, (0, 100)) is outside(-5, (None, None)) is None
    assert outside(-1, (0, None)) == "its value -1 is below the indicator's lower bound 0"
    assert outside(101, (None, 100)) == "its value 101 is above the indicator's upper bound 100"


def test_a_direction_has_two_words() -> None:
    assert (sign("x", "at_least"), sign("x", "at_most")) == (1, -1)
    with pytest.raises(TargetError, match="x: direction is at_least or at_most; got 'up'"):
        sign("x", "up")


@pytest.mark.parametrize("value", ["5", True, None, math.nan, math.inf, "ten", [1]])
def test_a_target_is_a_finite_number(value: object) -> None:
    with pytest.raises(TargetError, match="x: a target's value must be a finite number"):
        finite("x", value)  # type: ignore[arg-type]


def test_a_number_beyond_every_indicator_is_refused() -> None:
    assert finite("x", np.float32(2.5)) == 2.5
    with pytest.raises(TargetError, match="not of a size that targets have"):
        finite("x", 1e300)
