"""How one cell is read."""

from __future__ import annotations

import datetime
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.history.cells import UnreadableCellError, flag_of, number_of, text_of
from forecast.history.year_cells import year_of


@pytest.mark.parametrize("cell", [None, "", "  ", math.nan, pd.NA, pd.NaT])
def test_an_empty_cell_is_nothing(cell: object) -> None:
    assert text_of(cell) == ""
    assert number_of(cell, "value") is None
    assert year_of(cell, "year") is None
    assert flag_of(cell, "break") is False


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12.3", 12.3),
        (" -4 ", -4.0),
        ("１２．５", 12.5),
        ("−3", -3.0),
        ("1e3", 1000.0),
        (7, 7.0),
    ],
)
def test_a_number_in_its_spellings(cell: object, number: float) -> None:
    assert number_of(cell, "value") == number


@pytest.mark.parametrize("cell", ["12.3%", "1,234", "about 12", "1_000", "?", "inf", "0x10", True])
def test_what_is_no_number_is_refused(cell: object) -> None:
    with pytest.raises(UnreadableCellError, match="value"):
        number_of(cell, "value")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_out_is_read_back(x: float) -> None:
    assert number_of(repr(x), "value") == x


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2020", 2020), ("2020年", 2020), (2020.0, 2020), ("2020-12-31", 2020), ("2020/1/1", 2020),
     (datetime.date(2020, 5, 1), 2020), (pd.Timestamp("2020-12-31"), 2020), ("２０２０", 2020)],
)  # fmt: skip
def test_a_year_in_its_spellings(cell: object, year: int) -> None:
    assert year_of(cell, "year") == year


@pytest.mark.parametrize("cell", ["20x1", "2020.5", "12-2020", "99999999", "-5"])
def test_what_is_no_year_is_refused(cell: object) -> None:
    with pytest.raises(UnreadableCellError):
        year_of(cell, "year")


@pytest.mark.parametrize(
    ("cell", "flag"), [("1", True), (1, True), ("是", True), ("No", False), (0.0, False)]
)
def test_yes_and_no(cell: object, flag: bool) -> None:
    assert flag_of(cell, "break") is flag


def test_maybe_is_neither() -> None:
    with pytest.raises(UnreadableCellError, match="maybe"):
        flag_of("maybe", "break")
