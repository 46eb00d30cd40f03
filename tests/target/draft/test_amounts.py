"""Numbers and their units, by rules of a line each."""

from __future__ import annotations

import time

import pytest

from forecast.target.draft.amounts import amounts, covered, in_words, is_unit
from tests.target.draft.told import told


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("财政收入突破百亿元", ("财政收入", "at_least", 1.0, "百亿元")),
        ("失业率不超过百分之四点五", ("失业率", "at_most", 4.5, "%")),
        ("城镇化率 达到 ７０ ％ 以上", ("城镇化率", "at_least", 70.0, "%")),
    ],
)
def test_an_amount_in_a_clause(clause: str, expected: tuple[object, ...]) -> None:
    assert told(f"到2030年，{clause}。") == [(*expected, 2030)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12、15和18个", [(12.0, "个"), (15.0, "个"), (18.0, "个")]),
        ("增长5%-6%", [(6.0, "%")]),
        ("3万5,000美元", [(3.5, "万美元")]),
        ("占比达到三分之一以上", [(33.3333, "%")]),
        ("占比超过一半", [(50.0, "%")]),
        ("下降三分之一的说法", []),
        ("PM2.5、5G、第3次、2030年、0-6岁儿童、22日公布", []),
        ("GDP3.1%至3.7%", [(3.7, "%")]),
    ],
)
def test_what_is_an_amount_and_what_a_name(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(each.number, each.unit) for each in amounts(text)] == expected


@pytest.mark.parametrize(
    ("text", "number"), [("百", 100.0), ("十", 10.0), ("二十三点五", 23.5), ("甲", None)]
)
def test_numbers_in_words(text: str, number: float | None) -> None:
    assert in_words(text) == number


def test_units() -> None:
    assert is_unit("元/人")
    assert not is_unit("特色指标")


def test_a_run_of_digits_without_end_is_no_amount_and_costs_no_time() -> None:
    """Each pattern that begins with figures was tried at every digit: 5,000 of them took three seconds."""
    text = "达到" + "9" * 100_000 + "个,森林覆盖率45%"
    begin = time.process_time()
    assert [(each.number, each.unit) for each in amounts(text)] == [(45.0, "%")]
    assert time.process_time() - begin < 0.5
    assert len(covered(text)) == len(text)
