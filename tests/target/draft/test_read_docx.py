"""Word files."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.target.draft.told import numbers

SENTENCE = "到2030年，森林覆盖率达到45%以上。"


def test_word_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("甲市“十五五”规划", 1)
    file.add_paragraph(SENTENCE)
    grid = file.add_table(rows=2, cols=3)
    for row, texts in zip(
        grid.rows, [["指标", "2025年", "2030年"], ["城镇化率（%）", "65", "70"]], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file.add_paragraph("到2035年，森林覆盖率达到50%。")
    file.save(tmp_path / "plan.docx")
    assert numbers(tmp_path / "plan.docx") == [
        ("森林覆盖率", 45.0, 2030), ("城镇化率", 70.0, 2030), ("森林覆盖率", 50.0, 2035),
    ]  # fmt: skip


def test_a_cell_merged_downwards_stands_in_each_row(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("“十五五”主要指标", 1)
    grid = file.add_table(rows=3, cols=4)
    texts = [
        ["类别", "指标", "2025年", "2030年"],
        ["民生", "城镇化率（%）", "65", "70"],
        ["", "预期寿命（岁）", "79", "80"],
    ]
    for row, words in zip(grid.rows, texts, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    grid.cell(1, 0).merge(grid.cell(2, 0))
    file.save(tmp_path / "plan.docx")
    assert numbers(tmp_path / "plan.docx") == [("城镇化率", 70.0, 2030), ("预期寿命", 80.0, 2030)]
