"""Where progress is counted from, and the growth seen since."""

from __future__ import annotations

import pytest

import forecast as fc
from forecast.assessment.base import Base, growth_seen, own_base

GDP = fc.History.of("gdp", range(2015, 2024), [100, 105, 110, 116, 122, 120, 130, 136, 143])


@pytest.mark.parametrize(
    ("base_year", "expected"),
    [(2020, Base(2020, 120.0)), (2015, Base(2015, 100.0)), (2010, None), (2024, None)],
)
def test_the_base_year_that_a_target_names_itself(base_year: int, expected: Base | None) -> None:
    target = fc.Target.average_growth("gdp", 0.05, year=2030, base_year=base_year)
    assert own_base(GDP, target) == expected


def test_a_level_names_no_base() -> None:
    assert own_base(GDP, fc.Target.at_least("gdp", 200, year=2030)) is None


def test_growth_is_seen_since_the_base() -> None:
    target = fc.Target.at_least("gdp", 200, year=2030)
    seen = growth_seen(GDP, target, Base(2020, 120.0))
    assert seen is not None
    assert seen.per_year == pytest.approx((143 - 120) / 3)
    assert seen.compound == pytest.approx((143 / 120) ** (1 / 3) - 1)


def test_without_a_base_growth_is_that_of_the_last_ten_years() -> None:
    target = fc.Target.at_least("gdp", 200, year=2030)
    for base in (None, Base(2023, 143.0)):
        assert growth_seen(GDP, target, base) == fc.observed_growth(GDP).asked_by(target)


def test_one_observation_shows_no_growth() -> None:
    single = fc.History.of("gdp", [2023], [143.0])
    assert growth_seen(single, fc.Target.at_least("gdp", 200, year=2030), None) is None
