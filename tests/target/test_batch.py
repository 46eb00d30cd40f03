"""Many targets as arrays: the same limits as one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import forecast as fc
from forecast.target.batch import ALONE, TargetBatch
from forecast.target.plan import Item

HISTORY = fc.History.of("x", range(2015, 2025), [90.5, 91, 92.5, 93, 93.5, 94, 95, 95.5, 96, 96.5],
                        bounds=(0, 100))  # fmt: skip
TARGETS = [
    fc.Target.at_least("x", 97, year=2027),
    fc.Target.at_most("x", 90, year=2027, decimals=0),
    fc.Target.at_least("x", 100, year=2027),  # at its own bound: half a published digit wider
    fc.Target.between("x", 95, 98, year=2027),
    fc.Target.equal("x", 97, year=2027, tolerance=0.5),
    fc.Target.about("x", 97, year=2027),
    fc.Target.change("x", 0.05, year=2027, base_year=2020),
    fc.Target.change("x", 2, year=2027, base_year=2020, unit="points"),
    fc.Target.average_growth("x", 0.004, year=2027, base_year=2020),
    fc.Target.declining("x", year=2027, base_year=2023),
    fc.Target.rising("x", year=2027),
]
PATHWISE = [
    fc.Target.declining("x", year=2027, rule="every_year"),
    fc.Target.cumulative("x", 300, since=2025, year=2027),
    replace(fc.Target.at_least("x", 5, year=2027), growth_rate=True),
]


def solved(targets: list[fc.Target]):
    terms = TargetBatch.of([Item(str(i), target) for i, target in enumerate(targets)])
    base = np.array(
        [HISTORY.value_in(int(y)) if np.isfinite(y) else np.nan for y in terms.start], dtype=float
    )
    n = len(targets)
    last, bounds = np.full(n, HISTORY.last_value), np.tile([0.0, 100.0], (n, 1))
    return terms, terms.solve(last, base, bounds, lambda rows: np.full(len(rows), float(HISTORY.decimals)))


@pytest.mark.parametrize("at", range(len(TARGETS)))
def test_limits_of_many_rows_are_those_of_one(at: int) -> None:
    terms, found = solved(TARGETS)
    limits, threshold = TARGETS[at].limits(HISTORY), TARGETS[at].threshold(HISTORY)
    assert limits is not None
    assert found.answerable[at]
    assert (found.lower[at], found.upper[at]) == pytest.approx((limits.lower, limits.upper), rel=1e-14)
    assert found.threshold[at] == pytest.approx(np.nan if threshold is None else threshold, nan_ok=True)
    assert terms.classes[terms.kind[at]] is type(TARGETS[at].kind)


def test_what_follows_the_way_is_left_alone() -> None:
    terms, found = solved(PATHWISE)
    assert (terms.kind == ALONE).all()
    assert not found.answerable.any()
    assert np.isnan(found.lower).all()


def test_chosen_entries_keep_their_item() -> None:
    terms = solved(TARGETS)[0].at(np.array([3, 0]))
    assert terms.item.tolist() == [3, 0]
    assert terms.lower.tolist()[0] == 95
    assert np.isnan(terms.lower[1])
