"""A sheet of cells before anyone knows what its columns mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast.errors import ReadError
from forecast.history.grid import MOST_ALIKE, Grid, holds, refuse_hidden, too_long


def test_the_header_is_the_first_row_that_fits() -> None:
    grid = Grid("x.csv", [(1, ["A title", None]), (3, ["year", "value", None]), (4, [2020, 1.0])])
    assert grid.header(lambda names: "year" in names) == 1
    assert grid.names(1) == ["year", "value"]
    assert grid.header(lambda names: "area" in names) is None


def test_a_header_stands_near_the_top() -> None:
    far = [(n, ["text"]) for n in range(1, 60)] + [(60, ["year"])]
    assert Grid("x.csv", far).header(lambda names: names == ["year"]) is None


def test_a_row_of_blanks_holds_nothing() -> None:
    assert not holds([None, "", "  "])
    assert holds([None, 0])


@pytest.mark.parametrize("n", [1, MOST_ALIKE, MOST_ALIKE + 1, 1000])
def test_rows_that_are_too_long_are_told_once_where_they_are_many(n: int) -> None:
    lines = [
        (1, ["year", "value"]),
        *((i + 2, [2020, 1, "stray"]) for i in range(n)),
        (n + 2, [2020, 1, None]),
    ]
    said = too_long(Grid("x.csv", lines, delimiter=","), 0)
    assert len(said) == (n if n <= MOST_ALIKE else 1)
    assert said[0].startswith("row 2: 3 cells for 2 columns. Quote text that holds the separator.")
    assert (f"({n - 1} more rows alike, to row {n + 1}.)" in said[0]) == (n > MOST_ALIKE)


def test_hidden_rows_are_refused_only_where_they_hold_something() -> None:
    lines = [(1, ["year"]), (3, [2020])]
    refuse_hidden(Path("x.xls"), "Data", lines, {2, 9})
    with pytest.raises(ReadError, match=r"'Data' are hidden \(row 3 to 3\)"):
        refuse_hidden(Path("x.xls"), "Data", lines, {2, 3})
