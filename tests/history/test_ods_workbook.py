"""Workbooks of the OpenDocument format: what a reader sees of them is what is read."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast.errors import ReadError
from forecast.history.read_files import read_histories
from forecast.history.workbook import grids_of_workbook

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
ROWS = [("indicator", "year", "value"), ("x", 2020, 1.0), ("x", 2021, 2.0)]


def cell(value: object, attributes: str = "") -> str:
    kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
    text = f"<text:p>{value}</text:p>"
    return f'<table:table-cell {attributes} office:value-type="{kind}">{text}</table:table-cell>'


def row(cells: Sequence[object], attributes: str = "") -> str:
    made = "".join(each if str(each).startswith("<") else cell(each) for each in cells)
    return f"<table:table-row {attributes}>{made}</table:table-row>"


def write(path: Path, *rows: str, styles: str = "", attributes: str = "", more: str = "") -> Path:
    content = (
        f'<?xml version="1.0"?><office:document-content {NAMES}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Data" {attributes}>{"".join(rows)}</table:table>{more}'
        f"</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("content.xml", content)
    return path


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(
        st.integers(1960, 2025), st.integers(-99_999, 99_999).map(lambda n: n / 100), min_size=1, max_size=9
    )
)
def test_a_history_is_read_back(values: dict[int, float], tmp_path: Path) -> None:
    path = write(tmp_path / "x.ods", row(ROWS[0]), *(row(("x", *each)) for each in values.items()))
    assert read_histories(path)["", "x"].to_series().to_dict() == dict(sorted(values.items()))


def test_repeated_and_empty_cells_keep_their_places(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="{n}"/>'
    rows = [row((*cells[:1], empty.format(n=2), *cells[1:], empty.format(n=16_000))) for cells in ROWS]
    rows.insert(1, row((empty.format(n=9),), 'table:number-rows-repeated="1000000"'))
    grid = grids_of_workbook(write(tmp_path / "x.ods", *rows)).grids[0]
    assert [*grid.lines] == [
        (1, ["indicator", None, None, "year", "value"]),
        (1_000_002, ["x", None, None, 2020.0, 1.0]),
        (1_000_003, ["x", None, None, 2021.0, 2.0]),
    ]


def test_dates_percentages_and_errors(tmp_path: Path) -> None:
    date = '<table:table-cell office:value-type="date" office:date-value="2021-12-31"/>'
    share = '<table:table-cell office:value-type="percentage" office:value="0.612"/>'
    failed = '<table:table-cell table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>'
    path = write(tmp_path / "x.ods", row(ROWS[0]), row(("x", 2020, share)), row(("x", date, failed)))
    with pytest.raises(ReadError) as refused:
        read_histories(path)
    assert [str(each) for each in refused.value.problems] == [
        "row 2: value holds 0.612 and shows 61.2 %. Write 61.2 with the format Number, and % as the unit.",
        "row 3: a formula failed (#DIV/0!). Correct it, or leave the cell empty.",
    ]
    assert (
        read_histories(write(tmp_path / "y.ods", row(ROWS[0]), row(("x", date, 3.0))))["", "x"].last_year
        == 2021
    )


def test_hidden_sheets_are_left_and_hidden_rows_refused(tmp_path: Path) -> None:
    style = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    old = row(ROWS[0]) + row(("x", 2022, 9.0))
    hidden = f'<table:table table:name="Old" table:style-name="h">{old}</table:table>'
    rows = [row(cells) for cells in ROWS]
    found = read_histories(write(tmp_path / "x.ods", *rows, styles=style, more=hidden))
    assert found["", "x"].last_value == 2.0
    assert [str(each) for each in found.remarks] == ["x.ods: the sheet 'Old' is hidden and was not read."]
    rows[2] = row(ROWS[2], 'table:visibility="filter"')
    with pytest.raises(ReadError, match="1 rows of the sheet 'Data' are hidden"):
        read_histories(write(tmp_path / "x.ods", *rows))


def test_a_name_merged_over_rows_stands_in_each(tmp_path: Path) -> None:
    rows = [row(ROWS[0]), row((cell("x", 'table:number-rows-spanned="2"'), 2020, 1.0))]
    rows.append(row(("<table:covered-table-cell/>", 2021, 2.0)))
    assert read_histories(write(tmp_path / "x.ods", *rows))["", "x"].values.tolist() == [1.0, 2.0]


def test_what_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "x.ods").write_bytes(b"abc")
    with pytest.raises(ReadError, match="cannot be read as ODS"):
        read_histories(tmp_path / "x.ods")
    many = row(ROWS[1], 'table:number-rows-repeated="900000"')
    with pytest.raises(ReadError, match="more than the 400000 cells"):
        read_histories(write(tmp_path / "y.ods", row(ROWS[0]), many))
    with zipfile.ZipFile(tmp_path / "z.ods", "w") as file:
        file.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(ReadError, match="cannot be read as ODS"):
        read_histories(tmp_path / "z.ods")
