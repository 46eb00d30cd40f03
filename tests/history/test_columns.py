"""What the columns of a table are called, and what is a slip."""

from __future__ import annotations

import pytest

from forecast.history.columns import our_names, wrong_columns

NEEDED = ["indicator", "year", "value"]


@pytest.mark.parametrize(
    ("column", "name"),
    [
        (" Year ", "year"),
        ("年份", "year"),
        ("ds", "year"),
        ("y", "value"),
        ("数值", "value"),
        ("Area", "area"),
    ],
)
def test_names_of_offices_and_of_forecasting_frames(column: str, name: str) -> None:
    assert our_names([column]) == [name]


def test_what_is_needed_and_what_is_ones_own() -> None:
    assert wrong_columns(NEEDED) == []
    assert wrong_columns([*NEEDED, "region", "population"]) == []
    assert wrong_columns(["unique_id", "year", "value"]) == []


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["indicator", "yaer", "value"], "column 'year' is missing"),
        ([*NEEDED, "statuss"], "statuss"),
        ([*NEEDED, "year"], "year"),
    ],
)
def test_a_slip_is_one_sentence(columns: list[str], said: str) -> None:
    wrong = wrong_columns(columns)
    assert len(wrong) == 1
    assert said in str(wrong[0])
