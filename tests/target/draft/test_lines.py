"""The lines of a text: headings, and tables by strokes, tabs or rows of indicators."""

from __future__ import annotations

from forecast.target.draft.document import Builder
from forecast.target.draft.lines import add_laid_out, add_lines
from tests.target.draft.told import draft


def test_rows_that_lost_their_strokes() -> None:
    text = (
        "“十五五”主要指标\n指标 2025年 2030年 属性\n1.城镇化率（%） 65 70 预期性\n"
        "2.森林覆盖率（%） 25.1 25.8 约束性\n3.人均预期寿命（岁） 79 80 预期性\n"
    )
    found = draft(text).targets
    assert [(each.indicator, each.value, each.base_value, each.nature) for each in found] == [
        ("城镇化率", 70.0, 65.0, "anticipatory"), ("森林覆盖率", 25.8, 25.1, "binding"),
        ("人均预期寿命", 80.0, 79.0, "anticipatory"),
    ]  # fmt: skip


def test_headings_and_tables_by_their_marks() -> None:
    builder = Builder("plan.md")
    add_lines(builder, "## 目标\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n文\na\tb\nc\td\n")
    built = builder.built()
    assert [(each.kind, each.level) for each in built.blocks] == [
        ("heading", 2), ("table", 0), ("text", 0), ("table", 0),
    ]  # fmt: skip
    assert [[cell.text for cell in row] for row in built.blocks[1].rows] == [["甲", "乙"], ["1", "2"]]


def test_two_rows_of_figures_are_no_table() -> None:
    builder = Builder("plan.txt")
    add_laid_out(builder, "指标 2025年 2030年\n甲率 1 2\n乙率 3 4\n")
    assert {each.kind for each in builder.blocks} == {"text"}
