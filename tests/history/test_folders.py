"""A folder is read by what its tables are; a workbook by the sheets that are seen."""

from __future__ import annotations

from pathlib import Path

import pytest

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
