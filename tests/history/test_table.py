"""A table of rows under the names of its columns, and the file it stands in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import ReadError
from forecast.history.cells import UnreadableCellError
from forecast.history.table import read_table, sheets_of, table_of


def test_cells_are_read_as_what_their_column_asks_for() -> None:
    row = table_of(
        pd.DataFrame({"value": ["1.5"], "year": ["2020年"], "flag": ["yes"], "none": [None]})
    ).rows[0]
    assert (row.number, row.number_in("value"), row.year_in("year"), row.flag_in("flag")) == (
        1,
        1.5,
        2020,
        True,
    )
    assert (row.text("none"), row.number_in("none"), row.text("no such column")) == ("", None, "")
    with pytest.raises(UnreadableCellError, match="flag is '2020年'"):
        table_of(pd.DataFrame({"flag": ["2020年"]})).rows[0].flag_in("flag")


def test_columns_that_lack_and_that_stand_twice() -> None:
    table = table_of(pd.DataFrame([[1, 2]], columns=["yaer", "value"])).renamed({"value": "yaer"})
    assert [str(said) for said in table.twice()] == ["column 'yaer' stands twice."]
    assert str(table.lacking(["year"])[0]) == "column 'year' is missing. Did you mean 'yaer'?"


def test_the_first_sheet_whose_header_fits_is_the_table(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "x.xlsx") as book:
        pd.DataFrame({"about": ["this file"]}).to_excel(book, sheet_name="Notes", index=False)
        pd.DataFrame({"id": [1], "kind": ["at_least"]}).to_excel(book, sheet_name="Plan", index=False)
    table = read_table(tmp_path / "x.xlsx", lambda names: "kind" in names)
    assert table.columns == ("id", "kind")
    assert str(table.where) == " in the sheet 'Plan', the first of 2"


@pytest.mark.parametrize(
    ("name", "said"),
    [("histori.csv", "Did you mean 'history.csv'"), ("https://a.org/x.csv", "an address on the web")],
)
def test_a_file_that_is_not_there(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "history.csv").write_text("a\n1\n")
    with pytest.raises(ReadError, match=said):
        sheets_of(tmp_path / name if "://" not in name else Path(name))
