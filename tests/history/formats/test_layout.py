"""What the publishers' layouts have in common: headings that are years, notes below, groups above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from forecast.history.formats.layout import heading_year, years_in
from forecast.history.read_files import read_histories
from tests.history.formats.written import figures, lines, read


@pytest.mark.parametrize(
    "text",
    [
        "2015",
        "2015年",
        "YR2015",
        "Y2015",
        "2015 [YR2015]",
        "X2015",
        "2015.0",
        "2015-12-31",
        "31.12.2015",
        "2015p",
    ],
)
def test_a_heading_that_is_a_year(text: str) -> None:
    assert heading_year(text) == 2015


@pytest.mark.parametrize("text", ["", "value", "2015Q1", "20150", "1015", "2015年1月", "Y15"])
def test_a_heading_that_is_none(text: str) -> None:
    assert heading_year(text) is None
    assert years_in(["2014", text, "2016"]) == {0: 2014, 2: 2016}


def test_notes_below_a_table_are_no_rows() -> None:
    text = lines("indicator,year,value", "x,2020,1", "Source: the office,,", "Note: preliminary,,")
    assert figures(read(text, "x.csv"), "", "x") == {2020: 1.0}


def write(path: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append([*row])
    book.save(path)
    return path


def test_years_as_dates_in_a_workbook(tmp_path: Path) -> None:
    head = ["indicator", datetime(2020, 12, 31), datetime(2021, 12, 31)]
    assert read_histories(write(tmp_path / "x.xlsx", head, ["x", 1, 2]))["", "x"].years.tolist() == [
        2020,
        2021,
    ]


def test_indicators_grouped_over_years(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["area", "GDP", None, "Jobs", None],
        [None, 2019, 2020, 2019, 2020],
        ["A", 1, 2, 3, 4],
    ]
    found = read_histories(write(tmp_path / "y.xlsx", *rows))
    assert found["A", "Jobs"].values.tolist() == [3.0, 4.0]
