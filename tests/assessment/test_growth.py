"""Growth seen, growth required, and the pace that a probability needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import forecast as fc
from tests.fixed import Fixed

HISTORY = fc.History.of(
    "x", range(2014, 2024), [50, 53, 52, 55, 57, 56, 60, 61, 60, 64], unit="k", bounds=(0, None)
)


@pytest.mark.parametrize(
    ("first", "last", "years", "per_year", "compound"),
    [
        (10, 20, 5, 2.0, 2 ** (1 / 5) - 1),
        (10, 5, 5, -1.0, 0.5 ** (1 / 5) - 1),
        (0, 3, 3, 1.0, None),
        (3, 0, 3, -1.0, None),
        (-1, 2, 3, 1.0, None),
        (-2, -4, 1, -2.0, 1.0),
        (7, 7, 4, 0.0, 0.0),
    ],
)
def test_over(first: float, last: float, years: int, per_year: float, compound: float | None) -> None:
    growth = fc.Growth.over(first, last, start=2020, end=2020 + years)
    assert_allclose(growth.per_year, per_year)
    assert growth.compound == (None if compound is None else pytest.approx(compound))


def test_growth_needs_time() -> None:
    with pytest.raises(fc.HistoryError, match=r"from an earlier to a later year; got 2020 to 2020"):
        fc.Growth.over(1.0, 2.0, start=2020, end=2020)


@given(
    first=st.floats(0.01, 1e6),
    rate=st.floats(-0.3, 0.3),
    years=st.integers(1, 40),
    start=st.integers(1950, 2020),
)
def test_a_known_rate_is_recovered(first: float, rate: float, years: int, start: int) -> None:
    growth = fc.Growth.over(first, first * (1 + rate) ** years, start=start, end=start + years)
    assert growth.compound is not None
    assert_allclose(growth.compound, rate, atol=1e-9)


@pytest.mark.parametrize(
    ("target", "goal"),
    [
        (fc.Target.at_least("x", 80, year=2028), 80),
        (fc.Target.at_most("x", 50, year=2028), 50),
        (fc.Target.change("x", 0.3, year=2028, base_year=2020), 78),
        (fc.Target.change("x", 10, year=2028, base_year=2020, unit="k"), 70),
        (fc.Target.average_growth("x", 0.05, year=2028, base_year=2020), 60 * 1.05**8),
        (fc.Target.maintain("x", 60, year=2028), 60),
        (fc.Target.between("x", 70, 80, year=2028), 70),
        (fc.Target.between("x", 60, 80, year=2028), 64),
        (fc.Target.milestones("x", {2025: 66, 2028: 70}), 70),
    ],
)
def test_required_growth_ends_at_the_goal(target: fc.Target, goal: float) -> None:
    growth = fc.required_growth(HISTORY, target)
    assert_allclose(64 + 5 * growth.per_year, goal)
    assert growth.compound is not None
    assert_allclose(64 * (1 + growth.compound) ** 5, goal)
    assert (growth.start, growth.end) == (2023, 2028)


def test_a_course_requires_no_one_growth() -> None:
    with pytest.raises(
        fc.TargetError, match=r"x: no single value meets a rising target.*growth_for_probability"
    ):
        fc.required_growth(HISTORY, fc.Target.rising("x", year=2028))


@pytest.mark.parametrize(
    "target", [fc.Target.at_least("x", 80, year=2023), fc.Target.cumulative("x", 80, since=2020, year=2022)]
)
def test_a_year_observed_requires_nothing_any_more(target: fc.Target) -> None:
    with pytest.raises(fc.TargetError, match=r"is not after the last observation \(2023\)\. Cut the history"):
        fc.required_growth(HISTORY, target)


def test_observed_growth_looks_back_ten_years_and_not_over_a_break() -> None:
    assert fc.observed_growth(HISTORY).start == 2014
    longer = fc.History.of("x", [2000, *HISTORY.years], [1, *HISTORY.values])
    assert fc.observed_growth(longer).start == 2014
    broken = replace(HISTORY, breaks=(2019,))
    assert_allclose(fc.observed_growth(broken).per_year, (64 - 56) / 4)
    assert fc.observed_growth(replace(HISTORY, breaks=(2023,))).start == 2022
    sparse = fc.History.of("x", [1990, 2000, 2023], [1.0, 2.0, 4.3])
    assert_allclose(fc.observed_growth(sparse).per_year, 0.1)


def test_observed_growth_since_a_year() -> None:
    assert_allclose(fc.observed_growth(HISTORY, since=2018).per_year, (64 - 57) / 5)
    with pytest.raises(
        fc.HistoryError, match=r"x: growth needs an observed year before 2023; got 2005\. Observed: 2014"
    ):
        fc.observed_growth(HISTORY, since=2005)
    with pytest.raises(fc.HistoryError, match=r"Observed: none"):
        fc.observed_growth(HISTORY.until(2014))


DIRECTED = [
    fc.Target.at_least("x", 75, year=2027),
    fc.Target.at_most("x", 66, year=2027),
    fc.Target.rising("x", year=2027),
    fc.Target.declining("x", year=2027, rule="every_year"),
    fc.Target.rising("x", year=2027, rule="on_average"),
    fc.Target.change("x", 0.3, year=2027, base_year=2020),
    fc.Target.average_growth("x", 0.03, year=2027, base_year=2020),
    fc.Target.cumulative("x", 480, since=2021, year=2027),
    fc.Target.maintain("x", 62, year=2027),
    fc.Target.milestones("x", {2025: 66, 2027: 70}),
]


def tilted(
    fitted: fc.Fitted, year: int, growth: fc.Growth, scale: fc.Log | fc.Identity | fc.Logit
) -> np.ndarray:
    """Return paths moved so that their median ends where the growth does."""
    paths = scale.transform(fitted.paths(year, n=10_000, rng=0))
    steps = paths.shape[1]
    ends = scale.transform(
        [fitted.history.last_value + growth.per_year * steps, fitted.predict(year).median()]
    )
    return scale.inverse(paths + (ends[0] - ends[1]) / steps * np.arange(1, steps + 1))


@pytest.mark.parametrize("p", [0.3, 0.8, 0.95])
@pytest.mark.parametrize("target", DIRECTED, ids=lambda t: f"{t.kind.name}-{getattr(t.kind, 'rule', '')}")
def test_the_pace_for_a_probability_gives_it(target: fc.Target, p: float) -> None:
    fitted = fc.Drift().fit(HISTORY)
    growth = fc.growth_for_probability(fitted, target, p=p)
    met = target.met_by(HISTORY, tilted(fitted, 2027, growth, fc.Log())).mean()
    assert_allclose(met, p, atol=0.015)


@settings(max_examples=30)
@given(p=st.floats(0.05, 0.9), more=st.floats(0.01, 0.09))
def test_a_higher_probability_needs_a_higher_pace(p: float, more: float) -> None:
    fitted = fc.Drift().fit(HISTORY)
    for target, sign in ((DIRECTED[0], 1), (DIRECTED[1], -1)):
        low, high = (fc.growth_for_probability(fitted, target, p=q).per_year for q in (p, p + more))
        assert sign * high >= sign * low


def test_even_odds_need_the_required_growth() -> None:
    fitted = fc.Drift().fit(HISTORY)
    for target in (DIRECTED[0], DIRECTED[1], DIRECTED[5]):
        assert_allclose(
            fc.growth_for_probability(fitted, target, p=0.5).per_year,
            fc.required_growth(HISTORY, target).per_year,
        )


def test_the_pace_of_a_share_stays_within_its_bounds() -> None:
    share = fc.History.of(
        "s", range(2014, 2024), [80, 83, 82, 85, 87, 88, 90, 91, 92, 94], unit="%", bounds=(0, 100)
    )
    fitted = fc.Drift().fit(share)
    growth = fc.growth_for_probability(fitted, fc.Target.at_least("s", 99, year=2027), p=0.9)
    assert 94 + 4 * growth.per_year < 100
    assert growth.per_year > 5 / 4


def test_the_pace_by_hand() -> None:
    level = fc.History.of("x", [2021, 2022, 2023], [1.0, -1.0, 10.0])
    # Two of four courses end at 12 or more; tilting all by 1 a year lifts the third to 12 as well.
    fitted = Fixed.after(level, [11, 14], [11, 12], [11, 10], [11, 5])
    growth = fc.growth_for_probability(fitted, fc.Target.at_least("x", 12, year=2025), p=0.74)
    assert_allclose(growth.per_year, (10 + 2 - 10) / 2)
    held = fc.growth_for_probability(fitted, fc.Target.maintain("x", 12, year=2025), p=0.5)
    assert_allclose(held.per_year, (10 + 2 - 10) / 2, atol=1e-6)


def test_what_no_pace_can_mend() -> None:
    fitted = fc.Drift().fit(HISTORY)
    with pytest.raises(
        fc.TargetError, match=r"x: no pace meets this maintain target.*already observed decides"
    ):
        fc.growth_for_probability(fitted, fc.Target.maintain("x", 62, year=2027, since=2019))
    with pytest.raises(fc.TargetError, match=r"no one pace belongs to a target of kind 'between'"):
        fc.growth_for_probability(fitted, fc.Target.between("x", 62, 66, year=2027))
    with pytest.raises(fc.TargetError, match=r"no one pace belongs to a target of kind 'ordinal'"):
        fc.growth_for_probability(fitted, fc.Target.ordinal("x", "I", year=2027, scale=("I", "II")))


@pytest.mark.parametrize("unit", [1e-12, 1e9])
def test_a_pace_is_in_the_unit_of_its_indicator(unit: float) -> None:
    free = fc.History.of("x", HISTORY.years, HISTORY.values)
    scaled = fc.History.of("x", HISTORY.years, HISTORY.values * unit)
    for ask in (fc.Target.at_least, fc.Target.maintain):
        pace, other = (
            fc.growth_for_probability(fc.Drift().fit(h), ask("x", 70 * size, year=2027)).per_year
            for h, size in ((free, 1.0), (scaled, unit))
        )
        assert_allclose(other, pace * unit, rtol=1e-6)


def test_a_sum_over_many_years_has_its_compound_rate() -> None:
    target = fc.Target.cumulative("x", 64 * sum(1.03**k for k in range(1, 41)), since=2024, year=2063)
    growth = fc.required_growth(HISTORY, target)
    assert growth.compound == pytest.approx(0.03)


def test_a_growth_rate_has_no_growth_but_in_points() -> None:
    rate = fc.History.of("gdp_growth", range(2015, 2021), [6.9, 6.7, 6.8, 6.6, 6.1, 2.3], unit="%")
    plain = fc.Target.at_least("gdp_growth", 8, year=2025, unit="%")
    target = replace(plain, growth_rate=True)
    found, other = (fc.assess(rate, t, base=fc.Base(2015, 6.9)) for t in (target, plain))
    assert (found.observed, found.required) == (
        fc.Growth(pytest.approx(-0.92), None, 2015, 2020),
        fc.Growth(pytest.approx(1.14), None, 2020, 2025),
    )
    assert fc.growth_for_probability(fc.Drift().fit(rate), target).compound is None
    withheld = {v.rule for v in found.rules if v.withheld == "growth_rate_series"}
    assert withheld >= {"aarr", "statcan", "unsd_2022"}
    assert not any(v.withheld == "growth_rate_series" for v in other.rules)
    assert found.probability == other.probability


def test_a_ratio_of_a_growth_rate_is_refused() -> None:
    for target in (
        fc.Target.average_growth("gdp_growth", 0.06, year=2025, base_year=2020),
        fc.Target.change("gdp_growth", -0.1, year=2025, base_year=2020),
    ):
        with pytest.raises(
            fc.TargetError, match=r"gdp_growth: a growth rate has no growth in percent; state"
        ):
            replace(target, growth_rate=True)
    points = fc.Target.change("gdp_growth", -1, year=2025, base_year=2020, unit="points")
    assert replace(points, growth_rate=True).growth_rate
