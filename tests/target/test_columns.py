"""A row of a plan becomes a target in one place; what is wrong with it is gathered, not raised."""

from __future__ import annotations

import pytest

import forecast as fc
from forecast.history.table import TableRow
from forecast.target.columns import target_of

HEAD = TableRow(0, {"base_year": 2020, "year": 2030})


def read(**cells: object) -> tuple[fc.Target | None, list[str]]:
    return target_of(TableRow(2, {"indicator": "x", **cells}), HEAD)


@pytest.mark.parametrize("kind", ["at_least", "At least", "不低于", "≥"])
def test_a_kind_in_the_words_of_plans(kind: str) -> None:
    target, problems = read(kind=kind, value="80", unit="%")
    assert problems == []
    assert target == fc.Target.at_least("x", 80, year=2030, unit="%")


def test_choices_may_be_made_in_chinese() -> None:
    kept, problems = read(kind="保持", value=5, unit="%", direction="不高于")
    assert problems == []
    assert kept == read(kind="maintain", value=5, unit="%", direction="at_most")[0]
    assert read(kind="下降", rule="逐年")[0] == read(kind="declining", rule="every_year")[0]
    assert read(kind="相对", value=2, other="y", form="差值")[0] == fc.Target.relative_to(
        "x", "y", 2, year=2030, form="difference"
    )


def test_a_change_in_percent_is_a_proportion_and_in_points_a_difference() -> None:
    share, points = (read(kind="change", value=-18, unit=unit)[0] for unit in ("%", "points"))
    assert share is not None
    assert points is not None
    assert (share.value, points.value) == (-0.18, -18)


def test_every_cell_that_cannot_be_used_is_said_once() -> None:
    target, problems = read(kind="between", lower="low", unit="%")
    assert target is None
    assert [str(each) for each in problems] == [
        "lower is 'low', which is not a number. Leave the cell empty where there is none.",
        "upper is empty, and a target of kind 'between' needs it.",
    ]


def test_a_kind_that_is_none_names_the_near_one() -> None:
    assert [str(each) for each in read(kind="at_lest", value=1)[1]] == [
        "kind is 'at_lest'. Did you mean 'at_least'?"
    ]
    assert "kind is empty." in str(read(value=1)[1][0])
