"""Which item is asked of which series, and why a row cannot be asked."""

from __future__ import annotations

import pandas as pd
import pytest

from forecast.errors import ForecastError
from forecast.history.batch import SeriesBatch
from forecast.history.catalogue import Catalogue
from forecast.history.read_frame import pack
from forecast.panel.matching import Pairs, ask, counted, items_of, refusals
from forecast.target.plan import Item, Plan
from forecast.target.target import Target

ROWS = [("A", "x", "%"), ("A", "y", "t"), ("B", "x", "%"), ("C", "y", "t")]


def packed(bad: str = "") -> SeriesBatch:
    """Return four series of three areas; the values of the one named so are no numbers."""
    rows = [
        (area, name, year, "?" if area + name == bad else float(year - 2010), unit)
        for area, name, unit in ROWS
        for year in range(2015, 2021)
    ]
    return pack(pd.DataFrame(rows, columns=["area", "indicator", "year", "value", "unit"]), Catalogue())


def item(id: str, indicator: str, area: str = "", **options: str) -> Item:
    return Item(id, Target.at_least(indicator, 9, year=2025, **options), area=area)


def test_an_item_without_an_area_is_asked_of_each_and_one_with_its_area_of_that() -> None:
    asked = ask((item("1", "x"), item("2", "y", "C"), item("3", "x", "D")), packed())
    rows = [(asked.items[i].id, str(area), int(s))
            for i, area, s in zip(asked.item, asked.area, asked.series, strict=True)]  # fmt: skip
    assert rows == [("1", "A", 0), ("1", "B", 2), ("1", "C", -1), ("2", "C", 3), ("3", "D", -1)]


def test_what_cannot_be_asked_is_said_by_row() -> None:
    found = packed(bad="Bx")
    asked = ask((item("1", "x"), item("2", "y", "A", unit="km")), found)
    said = refusals(asked, found)
    rows = {(asked.items[asked.item[i]].id, str(asked.area[i])): text for i, text in said.items()}
    assert set(rows) == {("1", "B"), ("1", "C"), ("2", "A")}
    assert "value is '?', which is not a number" in rows["1", "B"]
    assert rows["1", "C"] == "no history of 'x' in 'C'."
    assert "the target is in 'km', the history in 't'" in rows["2", "A"]


def test_a_comparison_takes_two_series_or_says_what_is_lacking() -> None:
    step = Item("1", Target.in_step_with("x", "y", year=2025, base_year=2020))
    found = packed()
    asked = ask((step,), found)
    pairs = Pairs.of(asked, found)
    areas = {str(asked.area[i]): i for i in range(len(asked.area))}
    assert pairs.series[areas["A"]].tolist() == [0, 1]
    assert "'B' has no history of that" in pairs.problems[areas["B"]]
    assert pairs.problems[areas["C"]] == "no history of 'x' in 'C'."
    assert Pairs.of(ask((item("1", "x"),), found), found).series == {}


def test_targets_of_any_form_become_items() -> None:
    goal = Target.at_least("x", 9, year=2025)
    assert [each.id for each in items_of([goal, goal])] == ["1", "2"]
    assert items_of(Plan((Item("a", goal),)))[0].id == "a"
    table = pd.DataFrame(
        {"id": ["k"], "indicator": ["x"], "kind": ["at_least"], "value": [9], "year": [2025]}
    )
    assert items_of(table)[0].target == goal
    everywhere = Target.all_areas("x", 9, year=2025)
    assert items_of([everywhere])[0].target.kind.name == "at_least"
    with pytest.raises(ForecastError, match="targets: there is none"):
        items_of([])
    assert counted((item("1", "x"),), Catalogue())[0] == item("1", "x")
