"""Bounds that nobody declared."""

import numpy as np
import pytest

from forecast import History, StructuralMixture, Target, assess
from forecast.assessment.evidence import grade
from forecast.history.implied_bounds import assumed, implied_bounds, implied_of_each, nature_of

YEARS = range(2012, 2022)
RISING = [80.0, 82, 84.5, 86, 88, 90.5, 92, 94, 96, 97.5]
FALLING = [9.0, 8.1, 7.2, 6.1, 5.2, 4.0, 3.1, 2.2, 1.0, 0.4]


@pytest.mark.parametrize(
    ("name", "unit", "nature"),
    [
        ("water_coverage", "%", "share"),
        ("urban_population_share", "percent", "share"),
        ("城镇化率", "％", "share"),
        ("poverty_rate", "%", "share"),
        ("gdp_growth", "%", "open"),
        ("地区生产总值增长率", "%", "open"),
        ("debt_ratio", "%", "untold"),
        ("government_debt_share_of_gdp", "%", "untold"),
        ("gross_enrolment", "%", "untold"),
        ("x", "%", "untold"),
        ("road_deaths", "", "amount"),
        ("trade_balance", "bn", "open"),
        ("net_migration", "persons", "open"),
    ],
)
def test_names_and_units_say_what_it_is(name: str, unit: str, nature: str):
    assert nature_of(name, unit) == nature


@pytest.mark.parametrize(
    ("name", "unit", "values", "expected"),
    [
        ("coverage", "%", RISING, (0.0, 100.0)),
        ("coverage", "%", [*RISING[:-1], 104.0], (None, None)),
        ("growth", "%", RISING, (None, None)),
        ("deaths", "", FALLING, (0.0, None)),
        ("deaths", "", [*FALLING[:-1], -0.4], (None, None)),
        ("balance", "bn", FALLING, (None, None)),
    ],
)
def test_one_and_many_agree(name, unit, values, expected):
    history = History.of(name, YEARS, values, unit=unit)
    assert implied_bounds(history) == expected
    open_ = np.array([[-np.inf, np.inf]])
    many = implied_of_each(open_, [name], [unit], np.array([min(values)]), np.array([max(values)]))[0]
    assert tuple(None if np.isinf(side) else side for side in many) == expected


def test_declared_bounds_win():
    assert implied_bounds(History.of("coverage", YEARS, RISING, unit="%", bounds=(0, 120))) == (0.0, 120.0)


def test_a_share_does_not_pass_100_percent():
    outlook = StructuralMixture().fit(History.of("coverage", YEARS, RISING, unit="%")).predict(2032)
    assert outlook.quantile(0.99) <= 100.0
    assert outlook.at_least(100.1) == 0.0


def test_deaths_do_not_become_negative():
    fitted = StructuralMixture().fit(History.of("deaths", YEARS, FALLING))
    assert fitted.predict(2030).quantile(0.01) >= 0.0
    assert fitted.paths(2030, n=200, rng=1).min() >= 0.0
    assert fitted.stratified_paths(2030).min() >= 0.0


def test_the_answer_says_so():
    share = assess(
        History.of("coverage", YEARS, RISING, unit="%"), Target.at_least("coverage", 99, year=2026)
    )
    assert "bounds_assumed" in [note.key for note in share.notes]
    open_ = History.of("x", YEARS, RISING, unit="%")
    assert "no_bounds_declared" in [note.key for note in grade(open_, 2026).reasons]
    assert "no_bounds_declared" not in [
        note.key for note in grade(History.of("x", YEARS, RISING, unit="%", bounds=(0, 100)), 2026).reasons
    ]


def test_check_shows_what_was_assumed_or_is_wanting() -> None:
    cases = {
        ("road_deaths", "", (4.0, 3.0)): "amount_assumed",
        ("balance", "", (4.0, 3.0)): None,
        ("trade", "m", (4.0, -3.0)): None,
        ("water_coverage", "%", (91.0, 94.0)): "bounds_assumed",
        ("debt_ratio", "%", (41.0, 44.0)): "no_bounds_declared",
        ("gdp_growth", "%", (3.0, 4.0)): None,
    }
    for (name, unit, values), expected in cases.items():
        assert assumed(History.of(name, [2022, 2023], values, unit=unit)) == expected
        assert assumed(History.of(name, [2022, 2023], values, unit=unit, bounds=(-900, None))) is None
