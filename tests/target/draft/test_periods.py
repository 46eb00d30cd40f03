"""The years that plans are named after."""

from __future__ import annotations

import pytest

from forecast.target.draft.periods import chinese_number, chinese_plans, chinese_spans, english_plans


def test_the_plan_s_name_gives_the_years() -> None:
    assert [span[1:] for span in chinese_plans('"十四五"时期和"十五五"末')] == [(2021, 2025), (2026, 2030)]
    assert english_plans("the Twelfth Plan")[0][1:] == (2012, 2017)
    assert english_plans("the 12th Five-Year Plan", china=True)[0][1:] == (2011, 2015)


@pytest.mark.parametrize(
    ("text", "number"), [("十五", 15), ("二十", 20), ("三", 3), ("十", 10), ("廿", None)]
)
def test_chinese_numbers(text: str, number: int | None) -> None:
    assert chinese_number(text) == number


def test_spans_in_figures() -> None:
    assert chinese_spans("2021-2025年和2026至2030年") == [(0, 2021, 2025), (11, 2026, 2030)]
    assert chinese_spans("2025-2021年") == []
    assert english_plans("from 2024 to 2029 or 2012-17") == [(5, 2024, 2029), (21, 2012, 2017)]
