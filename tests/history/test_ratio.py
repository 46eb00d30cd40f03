"""Ratios and differences of two histories, and the targets on them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from numpy.testing import assert_allclose

import forecast as fc

URBAN = fc.History.of(
    "urban", [2020, 2021, 2022, 2023], [40.0, 44.0, 46.0, 48.0], unit="k", area="J", bounds=(0, None)
)
RURAL = fc.History.of(
    "rural", [2021, 2022, 2023, 2024], [20.0, 22.0, 24.0, 25.0], unit="k", area="J", bounds=(0, None)
)
CHINA = fc.History.of("urban", [2021, 2022, 2023], [50.0, 50.0, 50.0], unit="k", area="China")


def test_the_years_both_have() -> None:
    ratio = fc.relative_history(URBAN, RURAL)
    assert ratio.years.tolist() == [2021, 2022, 2023]
    assert_allclose(ratio.values, [2.2, 46 / 22, 2.0])
    assert (ratio.indicator, ratio.area, ratio.unit, ratio.bounds) == ("urban / rural", "J", "", (0, None))
    assert ratio.status == ("derived",) * 3


def test_a_difference_keeps_the_unit() -> None:
    gap = fc.relative_history(URBAN, CHINA, form="difference")
    assert (gap.indicator, gap.unit, gap.values.tolist()) == (
        "urban - urban (China)",
        "k",
        [-6.0, -4.0, -2.0],
    )


def test_it_works_like_any_threshold() -> None:
    target = fc.Target.relative_to("urban", "rural", 1.8, year=2026, direction="at_most")
    fitted = fc.Drift().fit(fc.relative_history(URBAN, RURAL))
    plain = fc.Target.at_most("urban / rural", 1.8, year=2026)
    assert_allclose(fc.probability(fitted, target), fc.probability(fitted, plain))
    assert_allclose(fc.reachable(fitted, target), fc.reachable(fitted, plain))


@pytest.mark.parametrize(
    ("name", "value"), [("urban / rural", 2.0), ("urban - rural", 24.0), ("urban / urban (China)", 0.96)]
)
def test_histories_make_one_when_asked(name: str, value: float) -> None:
    histories = fc.Histories([URBAN, RURAL, CHINA])
    assert ("J", name) in histories
    assert_allclose(histories["J", name].last_value, value)
    assert len(histories) == 3
    assert ("J", "urban / nothing") not in histories
    with pytest.raises(fc.HistoryError, match=r"no history of 'urban / nothing' in 'J'"):
        histories["J", "urban / nothing"]


def test_a_provisional_or_proxy_part_marks_the_ratio() -> None:
    early = replace(RURAL, status=("final", "final", "provisional", "final"), breaks=(2022,))
    ratio = fc.relative_history(URBAN, early)
    assert ratio.status == ("derived", "derived", "provisional")
    assert ratio.breaks == (2022,)


def test_what_cannot_be_compared() -> None:
    zero = fc.History.of("rural", [2021, 2022], [0.0, 1.0], area="J", unit="k")
    with pytest.raises(
        fc.HistoryError, match=r"urban / rural: rural \(J\) is 0 in 2021\. Use the difference"
    ):
        fc.relative_history(URBAN, zero)
    other = fc.History.of("rural", [2021], [1.0], area="J", unit="%")
    with pytest.raises(fc.HistoryError, match=r"urban - rural: a difference needs one unit; got 'k' and '%'"):
        fc.relative_history(URBAN, other, form="difference")
    old = fc.History.of("rural", [1999], [1.0], area="J", unit="k")
    with pytest.raises(fc.HistoryError, match=r"urban / rural: the two have no year in common"):
        fc.relative_history(URBAN, old)
    with pytest.raises(fc.TargetError, match=r"unknown form 'sum'; use one of: ratio, difference"):
        fc.Target.relative_to("urban", "rural", 2, year=2026, form="sum")
