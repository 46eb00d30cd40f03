from __future__ import annotations

import csv
import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from docx import Document as Word
from openpyxl import load_workbook

import forecast as fc
from forecast.report import write_report
from tests.report.small import DAY, small_study

SUFFIXES = (".html", ".docx", ".xlsx", ".md", ".json", ".csv")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_two_runs_write_the_same_bytes(study: fc.Study, tmp_path: Path, suffix: str) -> None:
    one, two = (write_report(study, tmp_path / f"{i}{suffix}", lang="zh", date=DAY) for i in (1, 2))
    assert one.read_bytes() == two.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"1{suffix}", f"2{suffix}"]


def test_the_ending_may_be_in_capitals(study: fc.Study, tmp_path: Path) -> None:
    assert write_report(study, tmp_path / "R.MD", date=DAY).read_text(encoding="utf-8").startswith("# ")


def test_an_unknown_ending_names_the_nearest(study: fc.Study, tmp_path: Path) -> None:
    with pytest.raises(fc.ReportError, match=r"'r.htm': unknown ending '.htm'. Did you mean '.html'\?"):
        write_report(study, tmp_path / "r.htm")
    with pytest.raises(fc.ReportError, match=r"'r': unknown ending ''. Available: .csv, .docx, .html"):
        write_report(study, tmp_path / "r")


def test_an_unknown_language_is_refused_before_anything_is_written(study: fc.Study, tmp_path: Path) -> None:
    with pytest.raises(fc.ReportError, match=r"unknown language 'fr' for a report. Available: en, zh"):
        write_report(study, tmp_path / "r.md", lang="fr")
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(study: fc.Study, tmp_path: Path) -> None:
    with pytest.raises(fc.ReportError, match=r"there is no folder '.*gone'. Make it first"):
        write_report(study, tmp_path / "gone" / "r.md")


def test_a_place_that_cannot_be_written_leaves_nothing_behind(study: fc.Study, tmp_path: Path) -> None:
    (tmp_path / "r.md").mkdir()
    with pytest.raises(fc.ReportError, match=r"it cannot be written \(.*\). Check the folder's rights"):
        write_report(study, tmp_path / "r.md", date=DAY)
    assert [p.name for p in tmp_path.iterdir()] == ["r.md"]


def test_a_failure_keeps_the_old_report(
    study: fc.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "r.md"
    old.write_text("old", encoding="utf-8")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(fc.ReportError, match=r"it cannot be written \(Permission denied\)"):
        write_report(study, old, date=DAY)
    assert old.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["r.md"]


def test_a_report_has_the_rights_of_any_new_file(study: fc.Study, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.touch()
    written = write_report(study, tmp_path / "r.md", date=DAY)
    assert os.stat(written).st_mode == os.stat(plain).st_mode


def test_the_csv_is_the_frame_of_the_study(study: fc.Study, tmp_path: Path) -> None:
    path = write_report(study, tmp_path / "r.csv", date=DAY)
    read = pd.read_csv(path, encoding="utf-8-sig", dtype={"id": str})
    frame = study.to_frame()
    assert list(read.columns) == list(frame.columns)
    pd.testing.assert_series_equal(read["probability"], frame["probability"], check_dtype=False)
    assert read["id"].tolist() == frame["id"].tolist()


def test_no_cell_of_the_csv_is_a_formula(tmp_path: Path) -> None:
    study = small_study()
    item = replace(study.plan.items[5], id="=1+1", group="@now")
    plan = replace(study.plan, items=(item,))
    path = write_report(fc.assess_plan(plan, study.histories), tmp_path / "r.csv", date=DAY)
    row = next(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert (row["id"], row["group"]) == ("'=1+1", "'@now")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_title_above_a_table_plan_is_on_cover_and_footers(lang: str, tmp_path: Path) -> None:
    table = tmp_path / "plan-v3.csv"
    text = "甲区主要指标,,,\nindicator,kind,value,year\noutput,at_least,30,2028\n"
    table.write_text(text, encoding="utf-8")
    figures = pd.DataFrame({"indicator": "output", "year": range(2015, 2024), "value": range(10, 19)})
    study = fc.assess_plan(fc.read_plan(table), fc.read_histories(figures), model=fc.Drift())
    title = "甲区主要指标"
    word = Word(str(write_report(study, tmp_path / "r.docx", lang=lang, date=DAY)))
    assert word.paragraphs[0].text == title
    assert all(title in section.footer.paragraphs[0].text for section in word.sections)
    book = load_workbook(write_report(study, tmp_path / "r.xlsx", lang=lang, date=DAY))
    assert book.worksheets[0]["A1"].value == title
    assert all(sheet.oddFooter.left.text == title for sheet in book)
    assert (
        write_report(study, tmp_path / "r.md", lang=lang, date=DAY)
        .read_text(encoding="utf-8")
        .startswith(f"# {title}\n")
    )
