"""The table of a panel: its columns are a study's, each of one type."""

from __future__ import annotations

import pandas as pd

import forecast as fc
from forecast.assessment.batch import Answers
from forecast.history.catalogue import Catalogue
from forecast.history.read_frame import pack
from forecast.panel.matching import ask
from forecast.panel.table import COLUMNS, table_of_answers, typed
from forecast.target.plan import Item
from forecast.target.target import Target

FRAME = pd.DataFrame(
    [("A", "x", year, float(year - 2000)) for year in range(2015, 2021)]
    + [("A", None, 2020, 1.0)],
    columns=["area", "indicator", "year", "value"],
)  # fmt: skip


def unanswered() -> pd.DataFrame:
    packed = pack(FRAME, Catalogue())
    asked = ask((Item("1", Target.at_least("x", 30, year=2025), group="g", nature="binding"),), packed)
    found = Answers.none(1)
    found.problems[0] = "why"
    return table_of_answers(asked, packed, found)


def test_the_columns_are_those_of_a_study() -> None:
    history = fc.History.of("x", range(2015, 2021), [1, 2, 2, 3, 4, 4.5], area="A")
    plan = fc.Plan((Item("1", Target.at_least("x", 30, year=2025), area="A"),))
    study = fc.assess_plan(plan, fc.Histories([history]))
    assert tuple(study.to_frame().columns) == COLUMNS == tuple(unanswered().columns)


def test_an_unanswered_row_says_what_was_asked_and_why_not() -> None:
    row = unanswered().iloc[0]
    assert (row["id"], row["group"], row["area"], row["indicator"], row["kind"]) == (
        "1",
        "g",
        "A",
        "x",
        "at_least",
    )
    assert (row["target"], row["target_year"], row["rating"], row["problem"]) == (
        30.0,
        2025,
        "not_assessed",
        "why",
    )
    assert pd.isna(row["probability"])


def test_a_series_of_no_indicator_comes_last_with_an_empty_id() -> None:
    last = unanswered().iloc[-1]
    assert (last["id"], last["area"], last["rating"]) == ("", "A", "not_assessed")
    assert last["problem"]


def test_types_do_not_depend_on_what_is_missing() -> None:
    empty = typed(pd.DataFrame({name: [None] for name in COLUMNS}))
    assert str(empty["target_year"].dtype) == "Int64"
    assert str(empty["probability"].dtype) == "float64"
    assert empty.dtypes.equals(unanswered().dtypes)
