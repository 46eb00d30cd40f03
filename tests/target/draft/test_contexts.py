"""When, from when on, and whether achieved or planned: what a clause has from the text around it."""

from __future__ import annotations

import pytest

from forecast.target.draft.periods import chinese_number, chinese_plans, english_plans
from forecast.target.draft.sections import heading_of
from tests.target.draft.told import draft, told


def test_the_plan_s_name_gives_the_years() -> None:
    assert [span[1:] for span in chinese_plans('"十四五"时期和"十五五"末')] == [(2021, 2025), (2026, 2030)]
    assert english_plans("the Twelfth Plan")[0][1:] == (2012, 2017)
    assert english_plans("the 12th Five-Year Plan", china=True)[0][1:] == (2011, 2015)


@pytest.mark.parametrize(
    ("text", "number"), [("十五", 15), ("二十", 20), ("三", 3), ("十", 10), ("廿", None)]
)
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


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


def test_a_heading_tells_the_tense_of_all_below_it() -> None:
    text = (
        "2026年甲市政府工作报告\n一、工作回顾\n粮食产量达到30万吨。\n二、2026年主要目标\n粮食产量达到32万吨。"
    )
    assert [each[2] for each in told(text)] == [32.0]
    assert heading_of("一、工作回顾").past is True
    assert heading_of("二、主要目标").goal is True


def test_the_same_words_twice_achieved_and_planned() -> None:
    text = "到2030年，森林覆盖率达到45%。\n2021年至2025年，森林覆盖率达到43%。"
    assert [(each[2], each[4]) for each in told(text)] == [(45.0, 2030)]


def test_without_a_year_the_sentence_is_left_and_says_so() -> None:
    read = draft("主要目标：森林覆盖率达到45%。")
    assert not read.targets
    assert read.left[0].reason == "no year is stated; give year="
    assert told("主要目标：森林覆盖率达到45%。", year=2030)[0][4] == 2030


def test_targets_go_before_tasks_in_a_long_document() -> None:
    tasks = "二、重点工作\n" + "农产品加工业产值达到56亿元。" + "加快建设现代化产业体系，" * 300 + "。\n"
    goals = "一、主要目标\n到2030年，城镇化率达到70%，森林覆盖率达到45%，人均预期寿命达到81岁。\n"
    read = draft("2026年甲市政府工作报告\n" + goals + tasks)
    assert [each.indicator for each in read.targets] == ["城镇化率", "森林覆盖率", "人均预期寿命"]
    assert [each.indicator for each in read.minor] == ["农产品加工业产值"]


def test_a_list_goes_on_under_its_line() -> None:
    text = "到2030年，主要目标如下：\n——城镇化率达到70%；\n——森林覆盖率达到45%；\n"
    assert [(each[0], each[4]) for each in told(text)] == [("城镇化率", 2030), ("森林覆盖率", 2030)]
