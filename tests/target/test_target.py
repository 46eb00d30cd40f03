"""Targets: what they are, what they refuse, and what every kind of them promises."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from tests.fixed import Fixed

HISTORY = fc.History.of("x", range(2015, 2024), [50, 52, 51, 54, 55, 57, 56, 59, 60], unit="Mt")
SCALE = ("I", "II", "III")
EVERY_KIND = [
    fc.Target.at_least("x", 62, year=2026, unit="Mt"),
    fc.Target.at_most("x", 62, year=2026, unit="Mt"),
    fc.Target.between("x", 58, 64, year=2026, unit="Mt"),
    fc.Target.equal("x", 62, year=2026, tolerance=2, unit="Mt"),
    fc.Target.declining("x", year=2026, unit="Mt"),
    fc.Target.declining("x", year=2026, rule="every_year"),
    fc.Target.rising("x", year=2026, rule="on_average"),
    fc.Target.rising("x", year=2026, base_year=2020),
    fc.Target.change("x", 0.2, year=2026, base_year=2018),
    fc.Target.change("x", 8, year=2026, base_year=2018, unit="Mt"),
    fc.Target.average_growth("x", 0.02, year=2026, base_year=2020),
    fc.Target.cumulative("x", 370, since=2021, year=2026, unit="Mt"),
    fc.Target.maintain("x", 58, year=2026, unit="Mt"),
    fc.Target.milestones("x", {2024: 60, 2026: 62}, unit="Mt"),
    fc.Target.ordinal("x", "II", year=2026, scale=SCALE),
]
ids = [f"{t.kind.name}-{i}" for i, t in enumerate(EVERY_KIND)]


@pytest.mark.parametrize("target", EVERY_KIND, ids=ids)
class TestEveryKind:
    def test_has_a_probability_strictly_inside(self, target: fc.Target) -> None:
        assert 0 < fc.probability(fc.Drift().fit(HISTORY), target) < 1

    def test_closed_form_and_paths_agree(self, target: fc.Target) -> None:
        fitted = fc.Drift().fit(HISTORY)
        paths = fitted.paths(target.year, n=40_000, rng=3)
        assert_allclose(fc.probability(fitted, target), target.met_by(HISTORY, paths).mean(), atol=0.012)

    def test_the_same_question_of_a_shorter_history_is_answered_by_the_longer(
        self, target: fc.Target
    ) -> None:
        # What met_by says of a path is what met_in says once that path has been observed.
        courses = np.array([[59.0, 58.0, 62.0], [61.0, 62.0, 63.0], [57.0, 56.0, 55.0], [2.0, 1.0, 2.0]])
        for course, met in zip(courses, target.met_by(HISTORY, courses), strict=True):
            years = [*HISTORY.years, 2024, 2025, 2026]
            seen = fc.History.of("x", years, [*HISTORY.values, *course], unit="Mt")
            if _asks_from_now_on(target):
                continue
            assert target.met_in(seen) == bool(met)

    def test_is_frozen_and_equal_to_its_copy(self, target: fc.Target) -> None:
        assert replace(target) == target
        with pytest.raises(FrozenInstanceError, match=r"cannot assign"):
            target.year = 2030  # type: ignore[misc]

    def test_refuses_another_indicator_and_unit(self, target: fc.Target) -> None:
        with pytest.raises(fc.TargetError, match=r"the target is for 'x', the history of 'y'"):
            target.check(replace(HISTORY, indicator="y"))
        if target.unit:
            with pytest.raises(fc.TargetError, match=r"x: the target is in 'Mt', the history in 'kt'"):
                target.check(replace(HISTORY, unit="kt"))

    def test_shows_itself_in_a_notebook(self, target: fc.Target) -> None:
        assert target.kind.name in target._repr_html_()


def _asks_from_now_on(target: fc.Target) -> bool:
    """Say whether the target counts from the last observation, which moves when years are added."""
    kind = target.kind
    return (kind.name in ("declining", "rising") and kind.base_year is None) or (
        kind.name in ("maintain", "ordinal") and kind.since is None
    )


@pytest.mark.parametrize("year", [True, 2030.5, 20300, "2030", float("nan"), None])
def test_a_year_is_a_year(year: object) -> None:
    with pytest.raises(fc.TargetError, match=r"x: .* is not a year\. Give a whole year such as 2030"):
        fc.Target.at_least("x", 5, year=year)  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [2020.5, "2020", True, 2030])
def test_so_is_a_base_year_and_a_first_year(year: object) -> None:
    for ask in (
        lambda: fc.Target.change("x", 0.1, year=2030, base_year=year),
        lambda: fc.Target.average_growth("x", 0.1, year=2030, base_year=year),
        lambda: fc.Target.rising("x", year=2030, base_year=year),
        lambda: fc.Target.cumulative("x", 5, year=2029, since=year),
        lambda: fc.Target.maintain("x", 5, year=2029, since=year),
    ):
        with pytest.raises(
            fc.TargetError, match=r"x: its (base|first) year .* is not a year (before|up to) its year"
        ):
            ask()


def test_a_year_may_come_as_any_whole_number() -> None:
    assert fc.Target.at_least("x", 5, year=np.int64(2030)).year == 2030
    assert type(fc.Target.at_least("x", 5, year=np.float64(2030)).year) is int


@pytest.mark.parametrize("value", ["80", True, None, float("nan"), float("inf"), [80]])
def test_a_value_is_a_finite_number(value: object) -> None:
    with pytest.raises(fc.TargetError, match=r"x: a target's value must be a finite number; got "):
        fc.Target.at_least("x", value, year=2030)  # type: ignore[arg-type]


def test_a_target_names_its_indicator() -> None:
    with pytest.raises(fc.TargetError, match=r"needs the name of its indicator"):
        fc.Target.at_least("", 5, year=2030)


@pytest.mark.parametrize("direction", ["up", "", "at least"])
def test_a_direction_is_one_of_two_words(direction: str) -> None:
    with pytest.raises(fc.TargetError, match=r"x: direction is at_least or at_most; got "):
        fc.Target.maintain("x", 5, year=2030, direction=direction)


@pytest.mark.parametrize(
    ("ours", "theirs", "fits"),
    [("%", "percent", True), ("km2", "km²", True), ("天", "days", True), ("", "Mt", True), ("Mt", "", True),
     ("Mt", "kt", False), ("%", "points", False)],
)  # fmt: skip
def test_spellings_of_one_unit(ours: str, theirs: str, fits: bool) -> None:
    target, history = fc.Target.at_least("x", 62, year=2026, unit=ours), replace(HISTORY, unit=theirs)
    if fits:
        target.check(history)
    else:
        with pytest.raises(fc.TargetError, match=r"Convert one of them"):
            target.check(history)


def test_an_outcome_that_nobody_observed() -> None:
    assert fc.Target.at_least("x", 5, year=2030).met_in(HISTORY) is None
    assert fc.Target.at_least("x", 5, year=2020).met_in(HISTORY.without(2020)) is None


def test_an_outcome_in_the_very_first_year() -> None:
    assert fc.Target.at_least("x", 50, year=2015).met_in(HISTORY) is True


def test_what_one_area_has_to_do() -> None:
    each = fc.Target.all_areas("x", 5, year=2030, direction="at_most", unit="Mt").for_one_area()
    assert each == fc.Target.at_most("x", 5, year=2030, unit="Mt")
    assert EVERY_KIND[0].for_one_area() is EVERY_KIND[0]


def test_a_hand_counted_probability_of_each_two_sided_kind() -> None:
    fitted = Fixed.after(HISTORY, *([59.0, 59.0, end] for end in (57.9, 58.0, 62.0, 64.0, 64.1)))
    assert_allclose(fc.probability(fitted, EVERY_KIND[2]), 0.6)
    assert_allclose(fc.probability(fitted, EVERY_KIND[3]), 0.4)
