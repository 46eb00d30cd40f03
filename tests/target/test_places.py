"""Where the figures of a target are: in its area, in the only one there is, or nowhere."""

from __future__ import annotations

import pytest

import forecast as fc
from forecast.target.places import missing, placed
from forecast.target.plan import Item, Plan


def histories(*areas: str) -> fc.Histories:
    return fc.Histories(fc.History.of("coverage", [2020, 2021], [1.0, 2.0], area=area) for area in areas)


def item(indicator: str = "coverage", area: str = "") -> Item:
    return Item("1", fc.Target.at_least(indicator, 5, year=2030), area=area)


def test_a_target_without_area_is_asked_of_the_only_one_and_that_is_said() -> None:
    plan, said = placed(Plan((item(),)), histories("Aland"))
    assert plan["1"].area == "Aland"
    assert [str(each) for each in said] == [
        "Target 1 names no area: it is asked of Aland, the only one with figures."
    ]
    for areas in (("Aland", "Bland"), ("",)):
        assert placed(Plan((item(),)), histories(*areas)) == (Plan((item(),)), [])


@pytest.mark.parametrize(
    ("asked", "areas", "said"),
    [
        (item(), ("A", "B"), "the figures of 'coverage' are of 2 areas (A, B). Name the area in the plan."),
        (item("covrage"), ("A",), "no figures of 'covrage'. Did you mean 'coverage'?"),
        (item(area="Alnd"), ("Aland",), "no figures of 'coverage' in 'Alnd'. Did you mean 'Aland'?"),
        (item(area="Aland"), ("Aland",), None),
    ],
)
def test_why_there_are_no_figures(asked: Item, areas: tuple[str, ...], said: str | None) -> None:
    found = missing(asked, histories(*areas))
    assert (None if found is None else str(found)) == said


def test_figures_under_the_label_of_a_target_are_its_own() -> None:
    target = fc.Target.at_least("forest_cover", 46, year=2030, unit="%")
    plan = Plan((Item("1", target, labels={"zh": "森林覆盖率"}),))
    histories = fc.Histories([fc.History.of("森林覆盖率", [2020, 2022], [42, 43], unit="%", area="A")])
    asked, remarks = placed(plan, histories)
    assert asked["1"].key == ("A", "森林覆盖率")
    assert [remark.key for remark in remarks] == ["asked_under_label", "asked_of_only_area"]
    own = fc.History.of("forest_cover", [2020, 2022], [42, 43], unit="%", area="A")
    assert placed(plan, fc.Histories([*histories.values(), own]))[0]["1"].key == ("A", "forest_cover")
