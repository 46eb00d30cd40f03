"""From one clause to its targets, or to the reason why it states none."""

from __future__ import annotations

import pytest

from tests.target.draft.told import draft, told


def test_as_many_names_as_numbers_or_none() -> None:
    read = draft("到2030年，甲物、乙物、丙物排放总量分别控制在10万吨、2万吨以内。")
    assert not read.targets
    assert "3 names with 2 numbers" in read.left[0].reason


def test_from_and_to_give_the_base_and_the_target() -> None:
    (only,) = draft("到2030年，城镇化率由2025年的52%提高到60%。").targets
    assert (only.value, only.base_value, only.base_year) == (60.0, 52.0, 2025)


def test_respectively_over_years() -> None:
    found = told("到2027年和2030年，森林覆盖率分别达到44%和45%。")
    assert [(each[2], each[4]) for each in found] == [(44.0, 2027), (45.0, 2030)]


@pytest.mark.parametrize(
    "clause",
    [
        "加强湾沟等4个特色城镇建设",
        "开展“五水共治”行动",
        "实施甲桥、乙路等4项工程",
        "部署十大重点工程、3大行动",
        "粮食产量高于全国平均水平2个百分点",
        "空气质量跻身全国前列",
        "建设15分钟生活圈",
        "推进G331国道改造",
    ],
)
def test_a_number_that_is_no_target_stays_one(clause: str) -> None:
    assert told(f"到2030年，{clause}。") == []


def test_what_is_told_of_a_target_again_is_none() -> None:
    read = draft("到2030年，确定10%的增长目标。")
    assert not read.targets
    assert read.left[0].reason == "the number belongs to what follows it"


def test_a_value_of_today_is_the_base() -> None:
    assert told("到2030年，人均预期寿命较目前的76岁继续增长，达到79岁。") == [
        ("人均预期寿命", "at_least", 79.0, "岁", 2030)
    ]
