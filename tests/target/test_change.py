"""A change against a base year, and an average growth since one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.target.paths import Paths
from tests.fixed import Fixed

HISTORY = fc.History.of("x", [2019, 2020, 2022], [52.0, 50.0, 46.0], unit="Mt")


@pytest.mark.parametrize(
    ("by", "unit", "direction", "goal", "way"),
    [
        (-0.18, "", None, 41.0, -1),
        (0.2, "", None, 60.0, 1),
        (-0.1, "", "at_least", 45.0, 1),  # may fall by a tenth at most
        (0.05, "", "at_most", 52.5, -1),  # may grow by 5 % at most
        (-9.0, "Mt", None, 41.0, -1),
        (3.0, "Mt", None, 53.0, 1),
        (0.0, "", None, 50.0, 1),
    ],
)
def test_the_goal_of_a_change(by: float, unit: str, direction: str | None, goal: float, way: int) -> None:
    target = fc.Target.change("x", by, year=2025, base_year=2020, unit=unit, direction=direction)
    assert_allclose(target.threshold(HISTORY), goal)
    assert target.direction == way
    for value, met in ((goal, True), (goal + 0.01 * way, True), (goal - 0.01 * way, False)):
        course = [[46.0, 46.0, value]]
        assert target.met_by(HISTORY, np.array(course)).tolist() == [met]
        # The same, followed along the path instead of compared with the goal.
        assert target.kind.met_by(_paths(course)).tolist() == [met]


def _paths(courses: list[list[float]]) -> Paths:
    return Paths.after(HISTORY, np.array(courses))


def test_percentage_points_are_a_difference() -> None:
    share = fc.History.of("s", [2020, 2021], [60.0, 61.0], unit="%", bounds=(0, 100))
    target = fc.Target.change("s", 5, year=2025, base_year=2020, unit="points")
    target.check(share)
    assert target.threshold(share) == 65.0
    with pytest.raises(fc.TargetError, match=r"the target is in 'points', the history in 'Mt'"):
        fc.Target.change("x", 5, year=2025, base_year=2020, unit="points").check(HISTORY)
    with pytest.raises(fc.TargetError, match=r"the target is in 'points', the history in '%'"):
        fc.Target.at_least("s", 5, year=2025, unit="points").check(share)


def test_percent_as_a_unit_can_be_read_in_two_ways() -> None:
    with pytest.raises(fc.TargetError, match=r"x: a change in '%' can be read in two ways.*-0\.18.*points"):
        fc.Target.change("x", -18, year=2025, base_year=2020, unit="%")


def test_a_percent_number_is_not_taken_for_a_proportion() -> None:
    with pytest.raises(
        fc.TargetError, match=r"x: a fall by more than the whole.*got -18.*Write 18 % as 0\.18"
    ):
        fc.Target.change("x", -18, year=2025, base_year=2020)
    with pytest.raises(fc.TargetError, match=r"x: a yearly rate of 6 is 600% a year\. Write 6 % as 0\.06"):
        fc.Target.average_growth("x", 6, year=2025, base_year=2020)


def test_a_change_printed_as_its_plan_does() -> None:
    assert fc.Target.change("x", -0.18, year=2025, base_year=2020).as_stated == (-18.0, "%")
    assert fc.Target.change("x", -9, year=2025, base_year=2020, unit="Mt").as_stated == (-9.0, "Mt")
    assert fc.Target.average_growth("x", 0.07, year=2025, base_year=2020).as_stated == (7.0, "%")
    assert fc.Target.at_least("x", 9, year=2025, unit="Mt").as_stated == (9.0, "Mt")


def test_a_base_value_of_the_plan_serves_where_the_history_has_none() -> None:
    target = fc.Target.change("x", -0.5, year=2025, base_year=2005)
    with pytest.raises(
        fc.TargetError, match=r"x: the base year 2005 has no value\. Choose one of: 2019, 2020, 2022"
    ):
        target.limits(HISTORY)
    stated = replace(target, kind=replace(target.kind, base_value=80.0))
    assert stated.threshold(HISTORY) == 40.0
    # An observed figure, revised or not, goes before the plan's own.
    observed = replace(stated, kind=replace(stated.kind, base_year=2020))
    assert observed.threshold(HISTORY) == 25.0


def test_a_base_year_ahead_is_followed_on_paths() -> None:
    target = fc.Target.change("x", -0.1, year=2025, base_year=2023)
    assert target.limits(HISTORY) is None
    fitted = Fixed.after(
        HISTORY, [40.0, 40.0, 36.0], [40.0, 40.0, 36.1], [50.0, 40.0, 45.0], [30.0, 20.0, 30.0]
    )
    assert_allclose(fc.probability(fitted, target), 0.5, atol=1e-3)


@pytest.mark.parametrize("base", [0.0, -3.0])
def test_a_base_at_or_below_zero_has_no_ratio(base: float) -> None:
    history = fc.History.of("x", [2020, 2021], [base, 5.0])
    with pytest.raises(
        fc.TargetError, match=r"x: a relative change needs a base value above 0; got .* in 2020"
    ):
        fc.Target.change("x", 0.1, year=2025, base_year=2020).threshold(history)
    with pytest.raises(
        fc.TargetError, match=r"a compound rate needs a base value above 0.*State a linear change"
    ):
        fc.Target.average_growth("x", 0.1, year=2025, base_year=2020).threshold(history)
    assert fc.Target.change("x", 2, year=2025, base_year=2020, unit="Mt").threshold(history) == base + 2


def test_average_growth_compounds() -> None:
    target = fc.Target.average_growth("x", 0.06, year=2025, base_year=2020)
    assert_allclose(target.threshold(HISTORY), 50 * 1.06**5)
    # 6 % a year since 2020: 2021 and 2022 count although nothing was observed in 2021.
    fitted = Fixed.after(HISTORY, [50.0, 60.0, 50 * 1.06**5], [50.0, 60.0, 66.9])
    assert_allclose(fc.probability(fitted, target), 0.5)


def test_growth_that_is_not_to_be_exceeded() -> None:
    slower = fc.Target.average_growth("x", 0.02, year=2025, base_year=2020, direction="at_most")
    assert slower.direction == -1
    assert slower.met_in(fc.History.of("x", [2020, 2024, 2025], [50.0, 52.0, 50 * 1.02**5])) is True


@pytest.mark.parametrize(
    ("value", "rate"), [(50 * 1.03**5, 0.03), (50 * 0.9**5, -0.1), (0.0, -1.0), (-4.0, -1.0)]
)
def test_what_is_reachable_as_a_rate_and_as_a_change(value: float, rate: float) -> None:
    fitted = Fixed.after(HISTORY, [46.0, 46.0, value])
    growth = fc.Target.average_growth("x", 0.06, year=2025, base_year=2020)
    assert fc.reachable(fitted, growth) == value
    assert_allclose(growth.of_level(HISTORY, value), rate, atol=1e-12)
    fall = fc.Target.change("x", -0.1, year=2025, base_year=2020)
    assert_allclose(fall.of_level(HISTORY, value), value / 50 - 1)
    points = fc.Target.change("x", -5, year=2025, base_year=2020, unit="Mt")
    assert_allclose(points.of_level(HISTORY, value), value - 50)
    assert fc.Target.at_least("x", 60, year=2025).of_level(HISTORY, value) == value
    assert fc.Target.change("x", -0.1, year=2025, base_year=2023).of_level(HISTORY, value) is None
