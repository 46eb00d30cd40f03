"""Properties of every probability, and the round trips to its inverses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import forecast as fc
from tests.fixed import Fixed

VALUES = st.lists(st.floats(-100, 100).map(lambda v: round(v, 2)), min_size=4, max_size=25)
AHEAD = st.integers(1, 12)
LEVEL = st.floats(-150, 150)
few, fewer = settings(max_examples=60), settings(max_examples=20, deadline=None)


def of(values: list[float], **fields: object) -> fc.History:
    return fc.History.of("x", range(2000, 2000 + len(values)), values, **fields)  # type: ignore[arg-type]


def moving(values: list[float]) -> fc.History:
    """Return a history that moves by more than rounding errors."""
    assume(np.ptp(values) > 0.05)
    return of(values)


def p(history: fc.History, target: fc.Target) -> float:
    return fc.probability(fc.Drift().fit(history), target)


@few
@given(values=VALUES, ahead=AHEAD, level=LEVEL)
def test_mirror(values: list[float], ahead: int, level: float) -> None:
    history, mirrored = moving(values), of([-v for v in values])
    year = history.last_year + ahead
    up, down = fc.Target.at_least("x", level, year=year), fc.Target.at_most("x", -level, year=year)
    assert_allclose(p(history, up), p(mirrored, down), atol=1e-9)
    assert_allclose(
        p(history, fc.Target.declining("x", year=year)),
        p(mirrored, fc.Target.rising("x", year=year)),
        atol=1e-9,
    )
    assert_allclose(
        fc.reachable(fc.Drift().fit(history), up),
        -fc.reachable(fc.Drift().fit(mirrored), down),
        rtol=1e-6,
        atol=1e-6,
    )


@few
@given(values=VALUES, ahead=AHEAD, level=LEVEL, unit=st.sampled_from([1e-9, 1e-3, 60.0, 1e9]))
def test_unit_scaling(values: list[float], ahead: int, level: float, unit: float) -> None:
    history, scaled = moving(values), of([v * unit for v in values])
    year = history.last_year + ahead
    target = fc.Target.at_least("x", level, year=year)
    assert_allclose(
        p(history, target), p(scaled, fc.Target.at_least("x", level * unit, year=year)), atol=1e-7
    )
    every = fc.Target.maintain("x", level, year=year)
    assert_allclose(p(history, every), p(scaled, fc.Target.maintain("x", level * unit, year=year)), atol=2e-3)


@fewer
@given(values=VALUES, ahead=AHEAD, level=LEVEL, more=st.floats(0, 50))
def test_monotone_in_the_value(values: list[float], ahead: int, level: float, more: float) -> None:
    history = moving(values)
    year = history.last_year + ahead
    for ask in (fc.Target.at_least, fc.Target.maintain):
        assert p(history, ask("x", level, year=year)) >= p(history, ask("x", level + more, year=year)) - 1e-12
    total = {"since": history.first_year, "year": year}
    first, second = (fc.Target.cumulative("x", level + extra, **total) for extra in (0.0, more))
    assert p(history, first) >= p(history, second) - 1e-12


@few
@given(values=VALUES, ahead=AHEAD, level=LEVEL, width=st.floats(0.5, 40))
def test_at_least_and_below_make_one_and_an_interval_is_a_difference(
    values: list[float], ahead: int, level: float, width: float
) -> None:
    history = moving(values)
    year = history.last_year + ahead
    low, high = fc.Target.at_least("x", level, year=year), fc.Target.at_least("x", level + width, year=year)
    below = fc.Target.at_most("x", np.nextafter(level, -np.inf), year=year)
    assert_allclose(p(history, low) + p(history, below), 1.0, atol=1e-6)
    inside = fc.Target.between("x", level, level + width, year=year)
    assert_allclose(p(history, inside), p(history, low) - p(history, high), atol=3e-6)
    around = fc.Target.equal("x", level + width / 2, year=year, tolerance=width / 2)
    assert_allclose(p(history, around), p(history, inside), atol=1e-6)


@fewer
@given(values=VALUES, ahead=AHEAD, level=LEVEL)
def test_every_year_is_rarer_than_in_the_year(values: list[float], ahead: int, level: float) -> None:
    history = moving(values)
    year = history.last_year + ahead
    in_year = p(history, fc.Target.at_least("x", level, year=year))
    # Sampled paths know a probability to about 0.5 %.
    assert p(history, fc.Target.maintain("x", level, year=year)) <= in_year + 0.02
    steps = dict.fromkeys(range(history.last_year + 1, year + 1), level)
    assert_allclose(
        p(history, fc.Target.milestones("x", steps)),
        p(history, fc.Target.maintain("x", level, year=year)),
        atol=1e-4,
    )
    net, each = (fc.Target.declining("x", year=year, rule=rule) for rule in ("net", "every_year"))
    assert p(history, each) <= p(history, net) + 0.02


@few
@given(values=VALUES, ahead=AHEAD, level=st.floats(0.05, 0.95))
def test_more_years_never_narrow_the_outlook(values: list[float], ahead: int, level: float) -> None:
    fitted = fc.Drift().fit(moving(values))
    near, far = (fitted.predict(fitted.history.last_year + ahead + more).interval(level) for more in (0, 1))
    assert far[1] - far[0] >= (near[1] - near[0]) * (1 - 1e-9)


DIRECTED = [
    fc.Target.at_least("x", 40, year=2012),
    fc.Target.at_most("x", 40, year=2012),
    fc.Target.change("x", 0.5, year=2012, base_year=2004),
    fc.Target.change("x", 9, year=2012, base_year=2004, unit="k"),
    fc.Target.average_growth("x", 0.04, year=2012, base_year=2004),
    fc.Target.maintain("x", 33, year=2012),
    fc.Target.maintain("x", 40, year=2012, direction="at_most"),
    fc.Target.cumulative("x", 200, since=2007, year=2012),
    fc.Target.cumulative("x", 110, since=2010, year=2012, direction="at_most"),
]
HISTORY = of([20.0, 23, 22, 25, 27, 26, 30, 31, 30, 34], unit="k")


@pytest.mark.parametrize("chance", [0.1, 0.5, 0.8, 0.95])
@pytest.mark.parametrize("target", DIRECTED, ids=lambda t: f"{t.kind.name}{t.direction:+d}")
def test_what_is_reachable_is_met_with_that_probability(target: fc.Target, chance: float) -> None:
    fitted = fc.Drift().fit(HISTORY)
    value = target.of_level(HISTORY, fc.reachable(fitted, target, p=chance))
    asked = replace(target, kind=replace(target.kind, value=value))
    assert_allclose(
        fc.probability(fitted, asked), chance, atol=1e-3 if target.limits(HISTORY) is None else 1e-6
    )


@pytest.mark.parametrize("target", DIRECTED, ids=lambda t: f"{t.kind.name}{t.direction:+d}")
def test_and_what_is_asked_is_reachable_with_its_probability(target: fc.Target) -> None:
    fitted = fc.Drift().fit(HISTORY)
    chance = fc.probability(fitted, target)
    value = target.of_level(HISTORY, fc.reachable(fitted, target, p=chance))
    assert_allclose(value, target.value, rtol=5e-3)


def test_a_year_already_observed_is_an_outcome() -> None:
    fitted = fc.Drift().fit(HISTORY)
    for value, word in ((34, "met"), (35, "missed")):
        with pytest.raises(fc.TargetError, match=rf"target year 2009 is not after the last.*it was {word}"):
            fc.probability(fitted, fc.Target.at_least("x", value, year=2009))
    with pytest.raises(fc.TargetError, match=r"2005 was not observed"):
        fc.probability(fc.Drift().fit(HISTORY.without(2005)), fc.Target.at_least("x", 3, year=2005))


@pytest.mark.parametrize("chance", [0, 1, 80, -0.1, float("nan")])
def test_a_probability_asked_for_is_a_proportion(chance: float) -> None:
    fitted, target = fc.Drift().fit(HISTORY), DIRECTED[0]
    for ask in (fc.reachable, fc.year_reached, fc.growth_for_probability):
        with pytest.raises(
            fc.TargetError, match=r"x: p is a proportion between 0 and 1; got .*Write 80 % as 0\.8"
        ):
            ask(fitted, target, p=chance)


def test_two_sides_have_no_one_value() -> None:
    fitted = fc.Drift().fit(HISTORY)
    target = fc.Target.between("x", 30, 40, year=2012)
    with pytest.raises(fc.TargetError, match=r"a between target has two sides.*interval\(0\.8\)"):
        fc.reachable(fitted, target)


def test_a_hundred_percent_is_reached_by_what_rounds_to_it() -> None:
    share = fc.History.of(
        "s", range(2015, 2024), [91, 92, 94, 95, 96, 97, 98, 99, 99], unit="%", bounds=(0, 100)
    )
    fitted = Fixed.after(share, [99.4], [99.5], [99.9], [100.0])
    assert_allclose(fc.probability(fitted, fc.Target.at_least("s", 100, year=2024)), 0.75)


def test_whole_numbers_count_from_the_half_below() -> None:
    days = fc.History.of("d", range(2015, 2024), [320, 325, 331, 330, 338, 341, 340, 345, 349], unit="days")
    fitted = Fixed.after(days, [350.4], [350.5], [351.0], [360.0])
    target = fc.Target.at_least("d", 351, year=2024)
    assert_allclose(fc.probability(fitted, target), 0.5)
    assert_allclose(fc.probability(fitted, target.counted_in(0)), 0.75)


@pytest.mark.parametrize("per", [1e3, 1e6])
def test_small_rates_are_answered_alike_in_every_unit(per: float) -> None:
    """Rates per person and per million: printed decimals once ended at six, and "at most 0" was said .98."""
    rates = [9e-7, 8e-7, 7e-7, 6e-7, 5e-7, 4e-7]
    zero = fc.Target.at_most("x", 0, year=2010)
    plain = fc.assess(of(rates, bounds=(0, None)), zero)
    scaled = fc.assess(of([round(rate * per, 9) for rate in rates], bounds=(0, None)), zero)
    assert_allclose(scaled.probability, plain.probability, rtol=1e-6)
