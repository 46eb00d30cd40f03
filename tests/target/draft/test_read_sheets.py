"""Workbooks and CSV files."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.target.draft.told import numbers


def test_a_sheet_with_percentages_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["“十五五”主要指标"])
    sheet.append(["指标", "2025年", "2030年"])
    sheet.append(["森林覆盖率", 0.25, 0.26])
    sheet["B3"].number_format = sheet["C3"].number_format = "0%"
    book.save(tmp_path / "plan.xlsx")
    assert numbers(tmp_path / "plan.xlsx") == [("森林覆盖率", 26.0, 2030)]


def test_a_csv_table_in_the_encoding_of_chinese_windows(tmp_path: Path) -> None:
    text = "指标,2025年,2030年,属性\n城镇化率(%),65,70,预期性\n"
    (tmp_path / "plan.csv").write_text(text, encoding="gb18030")
    assert numbers(tmp_path / "plan.csv") == [("城镇化率", 70.0, 2030)]
