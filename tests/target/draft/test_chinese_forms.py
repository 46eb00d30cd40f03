"""Targets without an amount: in step, a class, doubled, falling."""

from __future__ import annotations

import pytest

from tests.target.draft.told import draft, told


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("碳排放量比2020年减半", ("碳排放量", "change", -50.0, "%")),
        ("旅游总收入比2025年翻一番", ("旅游总收入", "change", 100.0, "%")),
        ("旅游总收入比2025年翻两番", ("旅游总收入", "change", 300.0, "%")),
        ("装机容量达到2025年的2.5倍", ("装机容量", "change", 150.0, "%")),
        ("化肥使用量比2025年减少三分之一", ("化肥使用量", "change", -33.333333, "%")),
        ("干流断面水质保持在Ⅱ类", ("干流断面水质", "ordinal", "Ⅱ类", "")),
        ("主要河流水质达到三类以上", ("主要河流水质", "ordinal", "Ⅲ类", "")),
        ("主要污染物排放总量持续减少", ("主要污染物排放总量", "declining", None, "")),
        ("居民收入增长与经济增长同步", ("居民收入", "in_step_with", None, "")),
        ("居民收入增长高于经济增长", ("居民收入", "in_step_with", None, "")),
    ],
)
def test_a_form_states_one_target(clause: str, expected: tuple[object, ...]) -> None:
    assert told(f"到2030年，{clause}。") == [(*expected, 2030)]


def test_each_of_a_list_keeps_in_step() -> None:
    found = told("到2030年，城镇、农村居民人均可支配收入与经济增长保持同步。")
    assert [each[:2] for each in found] == [
        ("城镇居民人均可支配收入", "in_step_with"), ("农村居民人均可支配收入", "in_step_with"),
    ]  # fmt: skip


def test_faster_than_another_area_is_no_target() -> None:
    read = draft("到2030年，固定资产投资增速高于全省平均水平。")
    assert not read.targets
    assert read.left[0].reason == "it is told against another indicator or area"


def test_four_doublings_double_nothing() -> None:
    assert told("主要目标：到2030年，实现四个翻番。") == []
