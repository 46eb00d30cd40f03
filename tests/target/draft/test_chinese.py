"""A Chinese paragraph: what each of its clauses inherits, achieved or planned."""

from __future__ import annotations

import pytest

from tests.target.draft.told import draft, told


def test_a_base_is_carried_to_the_next_clause() -> None:
    read = draft("到2025年，二氧化碳排放比2020年下降18%，细颗粒物浓度下降10%。")
    assert [each.base_year for each in read.targets] == [2020, 2020]
    assert read.targets[0].inherited == ()
    assert read.targets[1].inherited == ("base from the clause before",)
    assert read.targets[0].confidence > read.targets[1].confidence


def test_a_name_is_carried_over_too() -> None:
    first, second = draft("到2030年，生产总值达到500亿元，年均增长6%。").targets
    assert (first.indicator, second.indicator) == ("生产总值", "生产总值")
    assert second.kind == "average_growth"
    assert "name from the clause before" in second.inherited


@pytest.mark.parametrize(
    "sentence",
    [
        "过去五年，森林覆盖率达到45%。",
        "2025年，森林覆盖率达到45%。",
        "“十四五”时期，森林覆盖率达到45%。",
        "截至目前，森林覆盖率达到45%。",
        "森林覆盖率已达45%。",
        "2021年至2025年，森林覆盖率从43%提高到45%。",
    ],
)
def test_what_was_achieved_is_no_target(sentence: str) -> None:
    read = draft(f"2026年甲市政府工作报告\n{sentence}")
    assert not read.targets
    assert {left.reason for left in read.left} == {"it tells what was achieved"}


def test_a_figure_compared_with_last_year_is_of_the_past() -> None:
    read = draft("到2030年主要目标：\n优良天数比例为87.0%，同比上升5.0个百分点。\n森林覆盖率达到25%。\n")
    assert [each.value for each in read.targets] == [25.0]


def test_a_western_stop_between_chinese_words_ends_a_sentence() -> None:
    found = told("到2030年，主要污染物排放总量持续减少.耕地保有量保持3.77亿亩.")
    assert [each[:3] for each in found] == [
        ("主要污染物排放总量", "declining", None), ("耕地保有量", "at_least", 3.77),
    ]  # fmt: skip
