"""At least, at most, between, equal: which values meet them, and where rounding decides."""

from __future__ import annotations

import numpy as np
import pytest

import forecast as fc

SHARE = fc.History.of("treated", [2021, 2022, 2023], [97.1, 98.6, 99.1], unit="%", bounds=(0, 100))
DAYS = fc.History.of("good_days", [2021, 2022, 2023], [340, 344, 351], unit="days", bounds=(0, 366))


@pytest.mark.parametrize(
    ("target", "value", "met"),
    [
        (fc.Target.at_least("x", 5, year=2030), 5.0, True),
        (fc.Target.at_least("x", 5, year=2030), 4.999, False),
        (fc.Target.at_most("x", 5, year=2030), 5.0, True),
        (fc.Target.at_most("x", 5, year=2030), 5.001, False),
        (fc.Target.at_most("x", -5, year=2030), -5.0, True),
        (fc.Target.at_least("x", 0, year=2030), 0.0, True),
        (fc.Target.between("x", 4, 6, year=2030), 4.0, True),
        (fc.Target.between("x", 4, 6, year=2030), 6.0, True),
        (fc.Target.between("x", 4, 6, year=2030), 6.001, False),
        (fc.Target.equal("x", 5, year=2030, tolerance=0.5), 5.5, True),
        (fc.Target.equal("x", 5, year=2030, tolerance=0.5), 4.49, False),
        (fc.Target.at_least("x", 5, year=2030, decimals=1), 4.95, True),
        (fc.Target.at_least("x", 5, year=2030, decimals=1), 4.94, False),
        (fc.Target.at_most("x", 5, year=2030, decimals=0), 5.5, True),
        (fc.Target.at_most("x", 5, year=2030, decimals=0), 5.51, False),
    ],
)
def test_which_values_meet_it(target: fc.Target, value: float, met: bool) -> None:
    history = fc.History.of("x", [2028, 2029, 2030], [1.0, 2.0, value])
    assert target.met_in(history) is met
    assert target.met_by(history.until(2029), np.array([[value]])).tolist() == [met]


def test_a_sum_of_floats_that_equals_the_target_meets_it() -> None:
    history = fc.History.of("x", [2020, 2021], [1.0, 0.1 + 0.2])
    assert fc.Target.at_most("x", 0.3, year=2021).met_in(history) is True


@pytest.mark.parametrize(
    ("target", "history", "edge"),
    [
        (fc.Target.at_least("treated", 100, year=2026), SHARE, 99.95),
        (fc.Target.at_most("treated", 0, year=2026), SHARE, 0.05),
        (fc.Target.at_least("treated", 99, year=2026), SHARE, None),
        (fc.Target.at_least("treated", 99, year=2026, decimals=0), SHARE, 98.5),
        (fc.Target.maintain("treated", 100, year=2026), SHARE, 99.95),
        (fc.Target.at_least("good_days", 351, year=2026), DAYS, None),
        (fc.Target.at_least("good_days", 351, year=2026).counted_in(0), DAYS, 350.5),
        (fc.Target.all_areas("good_days", 351, year=2026).counted_in(0), DAYS, 350.5),
        (fc.Target.maintain("good_days", 351, year=2026).counted_in(0), DAYS, 350.5),
        (fc.Target.at_least("good_days", 351, year=2026, decimals=1).counted_in(0), DAYS, 350.95),
        (fc.Target.declining("good_days", year=2026), DAYS, None),
    ],
)
def test_the_rounding_rule_is_visible(target: fc.Target, history: fc.History, edge: float | None) -> None:
    assert target.rounded_threshold(history) == (None if edge is None else pytest.approx(edge))


def test_a_hundred_percent_is_met_by_what_is_published_as_such() -> None:
    target = fc.Target.at_least("treated", 100, year=2024, unit="%")
    for value, met in ((99.96, True), (99.94, False), (100.0, True)):
        # The precision is that of the years before the answer: one decimal.
        seen = fc.History.of("treated", [2022, 2023, 2024], [98.6, 99.1, value], bounds=(0, 100))
        assert target.met_in(seen) is met


def test_a_target_outside_the_bounds_is_refused() -> None:
    target = fc.Target.at_least("treated", 110, year=2026, unit="%")
    with pytest.raises(
        fc.TargetError, match=r"treated: its value 110 is above the indicator's upper bound 100"
    ):
        target.check(SHARE)


def test_an_interval_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(fc.TargetError, match=r"x: its lower value 6 is above its upper value 4"):
        fc.Target.between("x", 6, 4, year=2030)


def test_equal_needs_a_tolerance() -> None:
    with pytest.raises(fc.TargetError, match=r"needs a tolerance above 0.*got 0"):
        fc.Target.equal("x", 6, year=2030, tolerance=0)
