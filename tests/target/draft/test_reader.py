"""A document block by block: its years, its headings, its lists, its tasks."""

from __future__ import annotations

import pytest

from tests.target.draft.told import draft, told


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("甲市“十五五”规划纲要\n森林覆盖率达到45%。", 2030),
        ("力争2035年森林覆盖率达到45%。", 2035),
        ("2026年甲市政府工作报告\n今年主要目标：森林覆盖率达到45%。", 2026),
        ("2026年甲市政府工作报告\n未来五年主要目标：森林覆盖率达到45%。", 2030),
        ("甲市发展主要目标（2026—2030年）\n森林覆盖率达到45%。", 2030),
        ("2027年甲市经济社会发展主要预期目标是：森林覆盖率达到45%。", 2027),
    ],
)
def test_where_a_year_may_stand(text: str, year: int) -> None:
    assert [each[4] for each in told(text)] == [year]


def test_a_clause_s_own_year_goes_before_the_title_s() -> None:
    text = "甲市“十五五”规划\n森林覆盖率达到45%。到2035年，森林覆盖率达到50%。"
    assert [each[4] for each in told(text)] == [2030, 2035]


def test_the_years_of_the_republic_are_turned_into_common_ones() -> None:
    text = (
        "國家發展計畫（民國110年至113年）\n目標：失業率降至3.5%以下。到119年，再生能源發電占比達到30%。" * 2
    )
    assert {each[4] for each in told(text)} == {2024, 2030}


def test_targets_go_before_tasks_in_a_long_document() -> None:
    tasks = "二、重点工作\n" + "农产品加工业产值达到56亿元。" + "加快建设现代化产业体系，" * 300 + "。\n"
    goals = "一、主要目标\n到2030年，城镇化率达到70%，森林覆盖率达到45%，人均预期寿命达到81岁。\n"
    read = draft("2026年甲市政府工作报告\n" + goals + tasks)
    assert [each.indicator for each in read.targets] == ["城镇化率", "森林覆盖率", "人均预期寿命"]
    assert [each.indicator for each in read.minor] == ["农产品加工业产值"]


def test_a_list_goes_on_under_its_line() -> None:
    text = "到2030年，主要目标如下：\n——城镇化率达到70%；\n——森林覆盖率达到45%；\n"
    assert [(each[0], each[4]) for each in told(text)] == [("城镇化率", 2030), ("森林覆盖率", 2030)]


def test_without_a_year_the_sentence_is_left_and_says_so() -> None:
    read = draft("主要目标：森林覆盖率达到45%。")
    assert not read.targets
    assert read.left[0].reason == "no year is stated; give year="
    assert told("主要目标：森林覆盖率达到45%。", year=2030)[0][4] == 2030


def test_the_same_words_twice_achieved_and_planned() -> None:
    text = "到2030年，森林覆盖率达到45%。\n2021年至2025年，森林覆盖率达到43%。"
    assert [(each[2], each[4]) for each in told(text)] == [(45.0, 2030)]


@pytest.mark.parametrize(
    ("head", "year", "base"),
    [
        ("March 13, 2025\nThe main projected targets for development in 2025:", 2025, 2024),
        ("5 March 2026\nMain targets for development this year:", 2026, 2025),
    ],
)
def test_an_english_date_tells_this_year(head: str, year: int, base: int) -> None:
    (only,) = draft(f"{head}\n-- GDP growth of around 5 percent\n").targets
    assert (only.year, only.base_year) == (year, base)


def test_an_important_year_of_a_plan_is_one_year() -> None:
    text = (
        "2017-02-21\n二、完成今年各项目标任务\n今年是实施“十三五”规划的重要一年。\n"
        "经济社会发展主要预期目标是：地区生产总值增长10%，城镇登记失业率控制在4.4%以内。\n"
    )
    assert [(each[0], each[2], each[4]) for each in told(text)] == [
        ("地区生产总值", 10.0, 2017), ("城镇登记失业率", 4.4, 2017),
    ]  # fmt: skip
