"""Targets over many areas: one area's history cannot answer, and says which call can."""

from __future__ import annotations

import pytest

import forecast as fc

HISTORY = fc.History.of("x", range(2015, 2024), range(60, 69), area="A", unit="%")


@pytest.mark.parametrize(
    ("target", "needed"),
    [(fc.Target.all_areas("x", 80, year=2030), 5), (fc.Target.at_least_k_areas("x", 80, k=3, year=2030), 3)],
)
def test_how_many_areas_are_needed(target: fc.Target, needed: int) -> None:
    assert target.kind.over_areas
    assert target.kind.needed(5) == needed
    assert target.for_one_area() == fc.Target.at_least("x", 80, year=2030)
    with pytest.raises(fc.TargetError, match=r"x \(A\): an \w+ target asks about every area; .*joint_prob"):
        target.limits(HISTORY)


def test_no_area_is_not_some() -> None:
    with pytest.raises(fc.TargetError, match="at least 1; got 0"):
        fc.Target.at_least_k_areas("x", 80, k=0, year=2030)
