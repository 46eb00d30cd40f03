"""A folder is read by what its tables are; a workbook by the sheets that are seen."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from forecast.errors import ReadError
from forecast.history.read_files import read_histories

TABLE = "indicator,year,value\nx,2020,1\nx,2021,2\n"


PLAN = "id,indicator,kind,value,unit,year\n1,x,at_least,90,%,2026\n"


def folder(path: Path, **files: str) -> Path:
    for name, text in {"history.csv": TABLE, **{n.replace("_", "."): t for n, t in files.items()}}.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def test_a_plan_a_report_and_prose_are_left_aside_and_said(tmp_path: Path) -> None:
    report = "id,area,indicator,probability,rating,evidence,last_year\n1,A,x,.5,on_track,A,2021\n"
    found = read_histories(
        folder(tmp_path, plan_csv=PLAN, report_csv=report, readme_txt="Figures, as\ncollected, by, us\n")
    )
    assert found["", "x"].years.tolist() == [2020, 2021]
    assert [remark.key for remark in found.remarks] == ["aside_plan", "aside_other", "aside_report"]


def test_a_five_year_plan_is_no_history(tmp_path: Path) -> None:
    found = read_histories(folder(tmp_path, plan_csv="指标,2025年,2030年,属性\nx,66,70,预期性\n"))
    assert found["", "x"].last_year == 2021


def test_a_plan_given_as_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="this is a plan"):
        read_histories(folder(tmp_path, plan_csv=PLAN) / "plan.csv")


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "more.parquet").write_bytes(b"PAR1")
    assert "more.parquet was not read" in read_histories(tmp_path).remarks[0]
    (tmp_path / "old.xls").write_bytes(b"no workbook")
    with pytest.raises(ReadError, match=r"old\.xls: it cannot be read as XLS"):
        read_histories(tmp_path)


def test_a_catalogue_beside_a_single_file_counts(tmp_path: Path) -> None:
    folder(tmp_path, indicators_csv="indicator,unit,lower,upper\nx,%,0,100\n")
    alone, together = read_histories(tmp_path / "history.csv"), read_histories(tmp_path)
    assert alone["", "x"].bounds == together["", "x"].bounds == (0.0, 100.0)


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


def test_many_columns_cost_little(tmp_path: Path) -> None:
    wide = (
        "area,indicator,year,value,"
        + ",".join(f"c{i}" for i in range(20_000))
        + "\nA,x,2020,1"
        + "," * 20_000
    )
    (tmp_path / "wide.csv").write_text(wide + "\n", encoding="utf-8")
    assert read_histories(tmp_path / "wide.csv")["A", "x"].values.tolist() == [1.0]
