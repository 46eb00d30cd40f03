"""Targets made from the numbers of a plan."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

import forecast as fc
from forecast.target.change import AverageGrowth, Change
from forecast.target.level import Between, Threshold

T = fc.Target


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (T.at_least("x", 5, year=2026), Threshold(5.0, 1)),
        (T.at_most("x", 5, year=2026, decimals=1), Threshold(5.0, -1, 1)),
        (T.between("x", 1, 2, year=2026), Between(1.0, 2.0)),
        # A fall asks for that fall or more, a rise for that rise or more, unless the plan says otherwise.
        (T.average_growth("x", -0.02, year=2026, base_year=2020), AverageGrowth(-0.02, -1, 2020)),
        (T.average_growth("x", 0.06, year=2026, base_year=2020), AverageGrowth(0.06, 1, 2020)),
        (T.average_growth("x", 0.06, year=2026, base_year=2020, direction="at_most"),
         AverageGrowth(0.06, -1, 2020)),
    ],
)  # fmt: skip
def test_a_constructor_gives_its_kind(target: fc.Target, kind: object) -> None:
    assert target.kind == kind
    assert (target.indicator, target.year) == ("x", 2026)


def test_a_change_is_a_share_without_a_unit_and_a_difference_with_one() -> None:
    share = T.change("x", -0.18, year=2026, base_year=2020).kind
    points = T.change("x", 2, year=2026, base_year=2020, unit="points").kind
    assert isinstance(share, Change)
    assert isinstance(points, Change)
    assert (share.relative, share.direction) == (True, -1)
    assert (points.relative, points.direction) == (False, 1)


MAKE: list[Callable[[float], fc.Target]] = [
    lambda x: T.at_least("x", x, year=2026),
    lambda x: T.at_most("x", x, year=2026),
    lambda x: T.between("x", 0, x, year=2026),
    lambda x: T.equal("x", x, year=2026, tolerance=1),
    lambda x: T.about("x", x, year=2026, tolerance=1),
    lambda x: T.change("x", x, year=2026, base_year=2020),
    lambda x: T.average_growth("x", x, year=2026, base_year=2020),
    lambda x: T.cumulative("x", x, since=2025, year=2026),
    lambda x: T.relative_to("x", "y", x, year=2026),
    lambda x: T.all_areas("x", x, year=2026),
]


@pytest.mark.parametrize("make", MAKE)
@pytest.mark.parametrize("value", [math.nan, math.inf, "5", None])
def test_no_constructor_takes_what_is_no_number(make: Callable[[float], fc.Target], value: object) -> None:
    with pytest.raises(fc.TargetError, match="a target's value must be a finite number"):
        make(value)  # type: ignore[arg-type]
