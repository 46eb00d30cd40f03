"""Workbooks: the sheets, rows and cells that a reader sees, and no more than is safe."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook

import forecast as fc
from forecast.errors import ReadError
from forecast.history.read_files import read_histories
from tests.history.formats.written import FIGURES, Values
from tests.history.reading import HEADER, LINES, check


def workbook(path: Path, rows: list[list[object]], merged: tuple[str, ...] = (), **others: list[str]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    for name, header in others.items():
        book.create_sheet(name).append(header)
    book.save(path)
    return path


COLUMNS = ["area", "indicator", "year", "value"]


def book(path: Path, *sheets: tuple[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> Path:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
        page.sheet_state = "hidden" if title in hidden else "visible"
    made.active = next(i for i, (title, _) in enumerate(sheets) if title not in hidden)
    made.save(path)
    return path


ROWS: list[list[object]] = [["indicator", "year", "value"], ["x", 2020, 1], ["x", 2021, 2]]


def hostile(path: Path, *, sheet: bytes) -> Path:
    made = io.BytesIO()
    book(path, ("Data", ROWS))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    path.write_bytes(made.getvalue())
    return path


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def cell(at: str, value: str) -> bytes:
    return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'.encode()


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    old: list[list[object]] = [ROWS[0], ["x", 2020, 9], ["x", 2021, 9]]
    found = read_histories(book(tmp_path / "x.xlsx", ("old", old), ("Data", ROWS), hidden=("old",)))
    assert found["", "x"].values.tolist() == [1.0, 2.0]
    assert "'old' is hidden and was not read" in found.remarks[0]


def test_hidden_rows_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ("Data", ROWS))
    made = load_workbook(path)
    made.active.row_dimensions[3].hidden = True
    made.save(path)
    with pytest.raises(ReadError, match=r"1 rows of the sheet 'Data' are hidden \(row 3 to 3\)"):
        read_histories(path)


def test_every_sheet_with_observations_is_read(tmp_path: Path) -> None:
    water: list[list[object]] = [["Indicator", "Year", "Value", "Unit"], ["water", 2020, 70, "%"]]
    found = read_histories(
        book(tmp_path / "x.xlsx", ("Power", ROWS), ("Water", water), ("Note", [["by us"]]))
    )
    assert set(found) == {("", "x"), ("", "water")}
    assert "were not read: Note" in found.remarks[0]


def test_formats_and_formulas_of_columns_that_are_not_read_do_not_matter(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*ROWS[0], "yoy", "g"], [*ROWS[1], 0.016, "=C2/2"], [*ROWS[2], 0.02, "=C3/2"]]
    path = book(tmp_path / "x.xlsx", ("Data", rows))
    made = load_workbook(path)
    for cell in ("D2", "D3"):
        made.active[cell].number_format = "0.0%"
    made.active["C2"].number_format = '0.0"%"'
    made.save(path)
    assert read_histories(path)["", "x"].values.tolist() == [1.0, 2.0]


def test_spacer_columns_titles_and_notes(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Table 1. Access"], [], ["indicator", None, "year", None, "value"],
                                ["x", None, 2020, None, 1], ["Source: office"], ["1) estimate"]]  # fmt: skip
    assert read_histories(book(tmp_path / "x.xlsx", ("Data", rows)))["", "x"].values.tolist() == [1.0]


@pytest.mark.parametrize("at", ["J1048576", "XFD2000", "XFD1048576"])
def test_a_stray_cell_far_away_costs_nothing(at: str, tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ("Data", ROWS))
    made = load_workbook(path)
    made.active[at] = " "
    made.save(path)
    assert read_histories(path)["", "x"].values.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("merged", [b"A1:A1048576", b"A1:XFD1048576"])
def test_a_merged_column_costs_nothing(merged: bytes, tmp_path: Path) -> None:
    row = b'<row r="1">' + cell("A1", "indicator") + cell("B1", "year") + cell("C1", "value") + b"</row>"
    end = b'</sheetData><mergeCells count="1"><mergeCell ref="' + merged + b'"/></mergeCells></worksheet>'
    with pytest.raises(ReadError):
        read_histories(hostile(tmp_path / "x.xlsx", sheet=HEAD + row + end))


def test_millions_of_cells_in_a_small_file_are_refused_unread(tmp_path: Path) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    path = hostile(tmp_path / "x.xlsx", sheet=HEAD + row * 6000 + b"</sheetData></worksheet>")
    assert path.stat().st_size < 500_000
    with pytest.raises(ReadError, match="unpack to more than the 16 MB"):
        read_histories(path)


def test_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(HEADER.split(","))
    for line in LINES[1:]:
        area, indicator, year, value, *rest = line.split(",")
        book.active.append([area, indicator, int(year), float(value), *(cell or None for cell in rest)])
    book.active.append([None] * 8)
    book.save(tmp_path / "x.xlsx")
    check(fc.read_histories(tmp_path / "x.xlsx"))


def test_a_formula_without_a_value_is_no_missing_year(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (["indicator", "year", "value"], ["x", 2020, 1], ["x", 2021, "=C2*2"]):
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(fc.ReadError, match=r"row 3: a formula \(=C2\*2\) has no value yet"):
        fc.read_histories(tmp_path / "x.xlsx")


def test_a_text_merged_over_rows_stands_in_each(tmp_path: Path) -> None:
    rows = [
        COLUMNS,
        ["J", "x", 2020, 1],
        [None, None, 2021, 2],
        [],
        ["K", "x", 2020, 3],
        [None, None, 2021, 4],
    ]
    path = workbook(tmp_path / "x.xlsx", rows, ("A2:A4", "B2:B4", "A5:A9", "B5:B9"))
    found = fc.read_histories(path)
    assert {key: history.values.tolist() for key, history in found.items()} == {
        ("J", "x"): [1.0, 2.0],
        ("K", "x"): [3.0, 4.0],
    }


def test_a_figure_merged_over_rows_is_refused(tmp_path: Path) -> None:
    rows = [COLUMNS, ["J", "x", 2020, 1], ["J", "x", 2021, None]]
    with pytest.raises(fc.ReadError, match=r"row 2: 1 is merged over the rows to 3. Give each row its own"):
        fc.read_histories(workbook(tmp_path / "x.xlsx", rows, ("D2:D3",)))


def test_a_year_merged_over_rows_is_the_year_of_each(tmp_path: Path) -> None:
    rows = [COLUMNS, ["J", "x", 2020, 1], ["J", "y", None, 2]]
    found = fc.read_histories(workbook(tmp_path / "x.xlsx", rows, ("C2:C3",)))
    assert found["J", "y"].value_in(2020) == 2


def test_a_percentage_of_a_workbook_is_a_proportion_in_the_file(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = workbook(tmp_path / "x.xlsx", [COLUMNS, ["J", "x", 2020, 0.61], ["J", "x", 2021, 0.62]])
    book = load_workbook(path)
    for cell in ("D2", "D3"):
        book.active[cell].number_format = "0.0%"
    book.save(path)
    with pytest.raises(fc.ReadError, match=r"row 2: value holds 0.61 and shows 61 %") as caught:
        fc.read_histories(path)
    assert len(caught.value.problems) == 2


def test_no_sheet_of_a_workbook_is_lost(tmp_path: Path) -> None:
    rows = [COLUMNS, ["J", "x", 2020, 1]]
    read = fc.read_histories(workbook(tmp_path / "x.xlsx", rows, readme=["Source: Yearbook"]))
    assert len(read) == 1
    assert "readme" in read.remarks[0]
    book = workbook(tmp_path / "x.xlsx", rows, **{"2022": COLUMNS})
    assert len(fc.read_histories(book)) == 1
    with pytest.raises(fc.ReadError, match=r"'year' is missing in the sheet 'Sheet', the first of 2\."):
        fc.read_histories(workbook(tmp_path / "x.xlsx", [["Readme", "yaer"]], data=["x"]))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=FIGURES)
def test_a_history_is_read_back(values: Values, tmp_path: Path) -> None:
    long: list[list[object]] = [["indicator", "year", "value"], *(["x", *each] for each in values.items())]
    wide: list[list[object]] = [["indicator", *values], ["x", *values.values()]]
    for rows in (long, wide):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "x.xlsx")
        found = read_histories(tmp_path / "x.xlsx")
        assert found["", "x"].to_series().to_dict() == values


def without_sheet(path: Path) -> Path:
    """Write a workbook that names a sheet it does not hold."""
    made = io.BytesIO()
    book(path, ("Data", ROWS))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if not name.endswith("sheet1.xml"):
                new.writestr(name, old.read(name))
    path.write_bytes(made.getvalue())
    return path


def test_a_workbook_without_its_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read_histories(without_sheet(tmp_path / "x.xlsx"))


@pytest.mark.parametrize(
    "value", [b'<c r="C2" s="999"><v>1</v></c>', b'<c r="C2"><v>' + b"9" * 400 + b"</v></c>"]
)
def test_a_style_that_is_none_and_a_number_no_float_holds(value: bytes, tmp_path: Path) -> None:
    head = b'<row r="1">' + cell("A1", "indicator") + cell("B1", "year") + cell("C1", "value") + b"</row>"
    row = b'<row r="2">' + cell("A2", "x") + b'<c r="B2"><v>2020</v></c>' + value + b"</row>"
    path = hostile(tmp_path / "x.xlsx", sheet=HEAD + head + row + b"</sheetData></worksheet>")
    with pytest.raises(ReadError) as refused:
        read_histories(path)
    assert len(str(refused.value)) < 2000
