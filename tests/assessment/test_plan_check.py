from __future__ import annotations

import forecast as fc
from forecast.assessment.plan_check import basis, doubts, doubts_by_target, misfits
from forecast.history.histories import Histories
from forecast.language.language import Language

COVER = fc.History.of("cover", [2020, 2021, 2022], [60.0, 61.0, 62.0], unit="%", area="Town", bounds=(0, 100))


def item(unit: str, value: float = 70) -> fc.Item:
    return fc.Item("1", fc.Target.at_least("cover", value, year=2026, unit=unit), area="Town")


def test_what_fits_has_no_problem_and_its_basis_is_said() -> None:
    fits = item("%")
    assert misfits(fits, COVER) == []
    assert basis(fits, COVER, Histories((COVER,)), Language("en")) == "Town, cover: 3 observations, 2020–2022"


def test_another_unit_is_said_of_its_target() -> None:
    (problem,) = misfits(item("km"), COVER)
    assert "1" in str(problem)
    assert "km" in str(problem)
    assert doubts(item("km"), COVER) == []


def test_without_figures_the_reason_is_said() -> None:
    said = basis(item("%"), None, Histories((COVER,)), Language("en"))
    assert said.startswith("no data")


def test_what_holds_for_one_history_is_said_once_and_an_empty_area_is_not_named() -> None:
    deaths = fc.History.of("road_deaths", [2020, 2021, 2022], [41.0, 38.0, 40.0])
    items = tuple(fc.Item(i, fc.Target.at_most("road_deaths", 30, year=2026)) for i in ("1", "2"))
    said = doubts_by_target(fc.Plan(items), Histories((deaths,)))
    assert [[note.key for note in said[i]] for i in ("1", "2")] == [
        ["amount_assumed", "count_assumed"],
        [],
    ]
    assert basis(items[0], deaths, Histories((deaths,)), Language("zh")).startswith("road_deaths：3个观测值")


def test_classes_have_bounds_of_their_own() -> None:
    water = fc.History.of("water", [2020, 2021, 2022], [2, 2, 3])
    target = fc.Target.ordinal("water", "II", year=2026, scale=["I", "II", "III"])
    assert doubts(fc.Item("1", target), water) == []
