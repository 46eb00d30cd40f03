"""Workbooks of Excel 97 to 2003: what a reader sees of them is what is read."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast.errors import ReadError
from forecast.history.read_files import read_histories
from forecast.history.workbook import grids_of_workbook

HEAD = ("indicator", "year", "value")


def write(path: Path, *rows: tuple[object, ...], percent: tuple[int, ...] = ()) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for r, row in enumerate(((*HEAD, "own")[: len(rows[0])], *rows)):
        for c, cell in enumerate(row):
            written = "0.0%" if c in percent and r else "YYYY" if isinstance(cell, datetime) else "General"
            sheet.write(r, c, cell, xlwt.easyxf(num_format_str=written))
    book.save(str(path))
    return path


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(
        st.integers(1960, 2025), st.integers(-99_999, 99_999).map(lambda n: n / 100), min_size=1, max_size=9
    )
)
def test_a_history_is_read_back(values: dict[int, float], tmp_path: Path) -> None:
    path = write(tmp_path / "x.xls", *(("x", year, value) for year, value in values.items()))
    assert read_histories(path)["", "x"].to_series().to_dict() == dict(sorted(values.items()))


def test_dates_are_years(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xls", *(("x", datetime(year, 12, 31), 1.5) for year in (2019, 2020)))
    assert read_histories(path)["", "x"].years.tolist() == [2019, 2020]


def test_percent_formats_are_refused_where_they_are_read(tmp_path: Path) -> None:
    rows = [("x", 2019, 0.612), ("x", 2020, 0.62)]
    with pytest.raises(ReadError, match=r"row 2: value holds 0\.612 and shows 61\.2 %. Write 61\.2"):
        read_histories(write(tmp_path / "x.xls", *rows, percent=(2,)))
    aside = [(*row, 0.1) for row in rows]
    assert read_histories(write(tmp_path / "y.xls", *aside, percent=(3,)))["", "x"].last_value == 0.62


def test_hidden_sheets_are_left_and_hidden_rows_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    old, new = book.add_sheet("Old"), book.add_sheet("New")
    old.visibility = 1
    for sheet, value in ((old, 1.0), (new, 2.0)):
        for r, row in enumerate((HEAD, ("x", 2020, value), ("x", 2021, value))):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell)
    book.active_sheet = 1
    book.save(str(tmp_path / "x.xls"))
    found = read_histories(tmp_path / "x.xls")
    assert found["", "x"].last_value == 2.0
    assert [str(each) for each in found.remarks] == ["x.xls: the sheet 'Old' is hidden and was not read."]
    new.row(2).hidden = True
    book.save(str(tmp_path / "x.xls"))
    with pytest.raises(ReadError, match=r"1 rows of the sheet 'New' are hidden \(row 3 to 3\)"):
        read_histories(tmp_path / "x.xls")


def test_a_name_merged_over_rows_stands_in_each(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for c, name in enumerate(HEAD):
        sheet.write(0, c, name)
    sheet.write_merge(1, 2, 0, 0, "x")
    for r, (year, value) in enumerate(((2020, 1.0), (2021, 2.0)), start=1):
        sheet.write(r, 1, year)
        sheet.write(r, 2, value)
    book.save(str(tmp_path / "x.xls"))
    assert read_histories(tmp_path / "x.xls")["", "x"].values.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(("content", "said"), [(b"", "the file is empty"), (b"abc", "cannot be read as XLS")])
def test_what_is_no_workbook(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "x.xls").write_bytes(content)
    with pytest.raises(ReadError, match=said):
        grids_of_workbook(tmp_path / "x.xls")


def test_a_damaged_workbook_is_a_sentence(tmp_path: Path) -> None:
    raw = write(tmp_path / "x.xls", ("x", 2020, 1.0)).read_bytes()
    for at in range(0, len(raw), 97):
        (tmp_path / "y.xls").write_bytes(raw[:at] + bytes([raw[at] ^ 255]) + raw[at + 1 :])
        with suppress(ReadError):
            read_histories(tmp_path / "y.xls")
