"""The first year by which, or from which, a target is met: counted by hand on a few courses."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.assessment.first_passage import by_year
from tests.fixed import Fixed

HISTORY = fc.History.of("x", range(2000, 2010), [20, 23, 22, 25, 27, 26, 30, 31, 30, 34], unit="k")
# From 2010 on; beyond 2013 each stands still.
COURSES = Fixed.after(HISTORY, [38, 36, 37, 41], [35, 41, 36, 35], [35, 35, 35, 35], [35, 35, 41, 41])
QUARTERS = (0.25, 0.5, 0.75, 0.95)


@pytest.mark.parametrize(
    ("target", "years"),
    [
        (fc.Target.at_least("x", 40, year=2012), (2011, 2012, 2013, None)),
        (fc.Target.at_least("x", 34, year=2012), (2009,) * 4),  # met now
        (fc.Target.milestones("x", {2010: 99, 2012: 40}), (2011, 2012, 2013, None)),
        # From then on in every year to the target's: the first course from 2010, the last from 2012.
        (fc.Target.maintain("x", 36, year=2013), (2010, 2012, None, None)),
        # A year after the target's stands alone: in 2012 three of four are there.
        (fc.Target.maintain("x", 36, year=2011), (2010, 2011, 2012, None)),
        (fc.Target.maintain("x", 34, year=2013), (2009,) * 4),  # held now, and kept
        (fc.Target.maintain("x", 34.5, year=2013), (2010,) * 4),
        (fc.Target.maintain("x", 35, year=2013, direction="at_most"), (2009, 2013, None, None)),
        # Rises in 2012 and 2013: the first course only.
        (fc.Target.rising("x", year=2013, rule="every_year"), (2012, None, None, None)),
        (fc.Target.rising("x", year=2010, rule="every_year"), (2010,) * 4),
        # From a base in the past the last observed year can be the first.
        (fc.Target.rising("x", year=2010, rule="every_year", base_year=2007), (2009,) * 4),
        (fc.Target.rising("x", year=2010, rule="on_average"), (2010,) * 4),
        (fc.Target.rising("x", year=2012, rule="on_average", base_year=2005), (2009,) * 4),
        # A base that lies ahead.
        (fc.Target.rising("x", year=2012, base_year=2011), (2012, 2012, None, None)),
    ],
    ids=lambda t: f"{t.kind.name}-{t.year}" if isinstance(t, fc.Target) else "",
)
def test_by_hand(target: fc.Target, years: tuple[int | None, ...]) -> None:
    assert tuple(fc.year_reached(COURSES, target, p=p) for p in QUARTERS) == years


def test_a_line_turns_with_its_last_year() -> None:
    # 34, 38, 20 falls by 7 a year; 34, 38, 36 rises by 1 and goes on rising.
    fitted = Fixed.after(HISTORY, [38, 20], [38, 36])
    target = fc.Target.declining("x", year=2015, rule="on_average")
    assert [fc.year_reached(fitted, target, p=p) for p in (0.5, 0.6)] == [2011, None]


def test_a_class_is_kept_from_a_year_on() -> None:
    history = fc.History.of("water", range(2018, 2022), [3, 2, 2, 3])
    fitted = Fixed.after(history, [2, 3, 2], [2, 2, 2])
    target = fc.Target.ordinal("water", "II", year=2024, scale=["I", "II", "III"])
    assert [fc.year_reached(fitted, target, p=p) for p in (0.5, 0.6)] == [2022, 2024]
    once = fc.Target.ordinal("water", "II", year=2024, scale=["I", "II", "III"], rule="in_year")
    assert fc.year_reached(fitted, once, p=0.6) == 2022


def test_an_average_growth_from_a_base_ahead_is_the_level_it_leads_to() -> None:
    fitted = Fixed.after(HISTORY, [100, 109, 122], [100, 120, 121], [100, 110, 120])
    target = fc.Target.average_growth("x", 0.1, year=2012, base_year=2010)
    assert fc.year_reached(fitted, target, p=0.6) == 2012
    assert fc.year_reached(fitted, target, p=0.7) is None


def test_a_total_not_to_be_exceeded_has_no_year() -> None:
    target = fc.Target.cumulative("x", 110, since=2010, year=2012, direction="at_most")
    assert fc.year_reached(COURSES, target) is None
    assert by_year(COURSES, target) is None


def test_the_chances_year_for_year() -> None:
    found = by_year(COURSES, fc.Target.at_least("x", 40, year=2012))
    assert found is not None
    assert found.in_year is not None
    assert found.first == 2009
    assert_allclose(found.by_then[:5], [0, 0, 0.25, 0.5, 0.75])
    assert_allclose(found.in_year[:5], [0, 0, 0.25, 0.25, 0.5])
    assert found.until(2011).by_then.tolist() == [0, 0, 0.25]
    with pytest.raises(ValueError, match="read-only"):
        found.by_then[0] = 1


@pytest.mark.parametrize("chance", [0.2, 0.5, 0.8])
def test_the_first_year_with_that_probability(chance: float) -> None:
    fitted = fc.Drift().fit(HISTORY)
    target = fc.Target.at_least("x", 44, year=2012)
    year = fc.year_reached(fitted, target, p=chance)
    assert year is not None
    by = fitted.paths(year, n=2000, rng=0).max(axis=1)
    before = fitted.paths(year - 1, n=2000, rng=0).max(axis=1)
    assert (by >= 44).mean() >= chance - 0.04
    assert (before >= 44).mean() <= chance + 0.04


def test_an_assessment_says_the_year_that_its_chart_shows() -> None:
    found = fc.assess(HISTORY, fc.Target.at_least("x", 44, year=2014), rng=5)
    assert found.by_year is not None
    assert found.by_year.in_year is not None
    assert found.year_reached == found.by_year.reached(0.5)
    assert found.by_year.first + len(found.by_year.by_then) - 1 >= max(found.year_reached or 0, 2014)
    assert found.by_year.in_year[2014 - found.by_year.first] == pytest.approx(found.probability, rel=1e-12)
    assert np.all(np.diff(found.by_year.by_then) >= 0)
