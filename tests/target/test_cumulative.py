"""A flow summed over years: China's mid-term fact, gaps, the growth that brings the total."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from tests.fixed import Fixed

HISTORY = fc.History.of("investment", [2020, 2021, 2022, 2023], [35.0, 39.6, 41.3, 14.5], unit="bn")
TARGET = fc.Target.cumulative("investment", 110, since=2021, year=2025, unit="bn")


def test_the_published_half_time_figure() -> None:
    # 39.6 + 41.3 + 14.5 = 95.4 of 110, 86.7 % at half time (shared arithmetic, "Cumulative flows").
    assert_allclose(TARGET.kind.so_far(HISTORY), 95.4)
    assert_allclose(TARGET.kind.so_far(HISTORY) / TARGET.value, 0.867, atol=5e-4)


@pytest.mark.parametrize(
    ("ahead", "met"), [([7.3, 7.3], True), ([0.0, 14.6], True), ([7.3, 7.29], False), ([20.0, -5.4], True)]
)
def test_the_years_ahead_make_up_the_rest(ahead: list[float], met: bool) -> None:
    assert TARGET.met_by(HISTORY, np.array([ahead])).tolist() == [met]


def test_the_last_open_year_is_in_closed_form() -> None:
    longer = fc.History.of("investment", range(2020, 2025), [35.0, 39.6, 41.3, 14.5, 10.0], unit="bn")
    limits = TARGET.limits(longer)
    assert limits is not None
    assert_allclose(limits.lower, 4.6, atol=1e-6)
    assert TARGET.limits(HISTORY) is None


def test_at_most_a_total() -> None:
    budget = fc.Target.cumulative("investment", 110, since=2021, year=2025, direction="at_most")
    assert budget.met_by(HISTORY, np.array([[7.3, 7.3], [7.3, 7.4]])).tolist() == [True, False]


def test_a_sum_that_starts_later_leaves_the_years_before_out() -> None:
    later = fc.Target.cumulative("investment", 20, since=2025, year=2026)
    assert later.met_by(HISTORY, np.array([[50.0, 10.0, 10.0], [50.0, 9.0, 10.0]])).tolist() == [True, False]


def test_a_hole_in_the_observed_part_is_named() -> None:
    holed = fc.History.of("investment", [2020, 2021, 2023], [35.0, 39.6, 14.5])
    for ask in (TARGET.limits, TARGET.met_now):
        with pytest.raises(
            fc.TargetError, match=r"a cumulative target since 2021 needs every year; no value for 2022"
        ):
            ask(holed)
    late = fc.History.of("investment", [2023, 2024], [39.6, 14.5])
    with pytest.raises(fc.TargetError, match=r"no value for 2021, 2022\. Add them, or start the sum later"):
        TARGET.limits(late)


def test_an_outcome_needs_every_year_too() -> None:
    seen = fc.History.of("investment", range(2021, 2026), [39.6, 41.3, 14.5, 7.3, 7.3])
    assert TARGET.met_in(seen) is True
    with pytest.raises(fc.TargetError, match=r"no value for 2024"):
        TARGET.met_in(seen.without(2024))


def test_required_growth_brings_the_total_both_ways() -> None:
    growth = fc.required_growth(HISTORY, TARGET)
    steps = np.arange(1, 3)
    assert_allclose((14.5 + growth.per_year * steps).sum(), 110 - 95.4)
    assert growth.compound is not None
    assert_allclose((14.5 * (1 + growth.compound) ** steps).sum(), 110 - 95.4)


def test_required_growth_of_a_sum_yet_to_start() -> None:
    later = fc.Target.cumulative("investment", 40, since=2025, year=2027)
    growth = fc.required_growth(HISTORY, later)
    steps = np.arange(2, 5)
    assert_allclose((14.5 + growth.per_year * steps).sum(), 40)
    assert growth.compound is not None
    assert_allclose((14.5 * (1 + growth.compound) ** steps).sum(), 40)


def test_a_total_already_reached_has_no_compound_rate() -> None:
    small = fc.Target.cumulative("investment", 90, since=2021, year=2025)
    assert small.met_now(HISTORY)
    assert fc.required_growth(HISTORY, small).compound is None


@pytest.mark.parametrize(
    ("total", "year"), [(95.4, 2023), (80.9, 2022), (100.0, 2024), (110.0, 2025), (400.0, 2055)]
)
def test_the_year_by_which_the_sum_is_reached(total: float, year: int) -> None:
    fitted = Fixed.after(HISTORY, [5.0, 9.7])
    target = fc.Target.cumulative("investment", total, since=2021, year=2030)
    assert fc.year_reached(fitted, target) == year


def test_a_first_year_after_the_last_is_refused() -> None:
    with pytest.raises(fc.TargetError, match=r"its first year 2026 is not a year up to its year 2025"):
        fc.Target.cumulative("investment", 110, since=2026, year=2025)
