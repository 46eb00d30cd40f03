"""Parents that a plan names: relabelled, cut at the date of the question, refused where they do not fit."""

from __future__ import annotations

import pytest

import forecast as fc
from forecast.assessment.named_parents import borrower, named_parents

CITY = fc.History.of("register", range(2010, 2021), range(50, 61), unit="%", area="City", bounds=(0, 100))
LATE = fc.History.of("share", range(2018, 2024), range(60, 66), unit="%", area="Province", bounds=(0, 100))
OWN = fc.History.of("share", [2012, 2018], [40, 47], unit="%", area="District", bounds=(0, 100))
HELD = fc.Histories((CITY, LATE, OWN))


def item(*parents: tuple[str, str], **more: object) -> fc.Item:
    target = fc.Target.at_least("share", 60, year=2030, unit="%")
    return fc.Item("7", target, area="District", parents=parents, **more)  # type: ignore[arg-type]


def test_a_parent_takes_the_name_of_the_series_and_keeps_its_area_and_figures() -> None:
    (found,) = named_parents(item(("City", "register")), HELD)
    assert (found.area, found.indicator, found.unit, found.bounds) == ("City", "share", "%", (0, 100))
    assert found.values.tolist() == CITY.values.tolist()


def test_the_order_of_the_plan_is_kept() -> None:
    found = named_parents(item(("Province", "share"), ("City", "register")), HELD)
    assert [each.area for each in found] == ["Province", "City"]


def test_later_figures_are_not_known_yet() -> None:
    found = named_parents(item(("City", "register"), ("Province", "share")), HELD, as_of=2015)
    assert [(each.area, each.last_year) for each in found] == [("City", 2015)]


def test_beside_a_stand_in_the_parent_takes_the_stand_in_s_name() -> None:
    (found,) = named_parents(item(("Province", "share"), judged_on=("District", "register")), HELD)
    assert found.indicator == "register"


def test_a_stand_in_that_is_a_parent_lends_instead() -> None:
    stood_in = item(("Province", "share"), judged_on=("Province", "share"))
    assert borrower(stood_in) == ("District", "share")
    assert [each.name for each in named_parents(stood_in, HELD)] == ["share (Province)"]


def test_without_names_there_are_none() -> None:
    assert named_parents(item(), HELD) == ()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (("Citty", "register"), "no figures.*register \\(City\\)"),
        (("District", "share"), "cannot lend to itself"),
    ],
)
def test_what_cannot_lend_is_refused(key: tuple[str, str], said: str) -> None:
    with pytest.raises(fc.TargetError, match=f"target 7: .*{said}"):
        named_parents(item(key), HELD)


def test_another_unit_is_refused_where_a_level_is_asked_for() -> None:
    index = fc.History.of("index", [2019, 2020], [100, 98], unit="index", area="City")
    held = fc.Histories((index, OWN))
    with pytest.raises(fc.TargetError, match="same unit"):
        named_parents(item(("City", "index")), held)
    falling = fc.Item("8", fc.Target.declining("use", year=2026), area="X", parents=(("City", "index"),))
    (found,) = named_parents(falling, held)
    assert (found.indicator, found.unit) == ("use", "index")


def test_all_parents_of_the_shipped_plan_can_lend() -> None:
    histories = fc.read_histories(fc.data_path("historical"))
    for each in fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml")):
        assert len(named_parents(each, histories)) == len(each.parents)
