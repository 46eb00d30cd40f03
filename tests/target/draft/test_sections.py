"""What headings say of the text below."""

from __future__ import annotations

import pytest

from forecast.target.draft.sections import heading_of, inline_heading, period_of, rank_of
from tests.target.draft.told import told


def test_a_heading_tells_the_tense_of_all_below_it() -> None:
    text = (
        "2026年甲市政府工作报告\n一、工作回顾\n粮食产量达到30万吨。\n二、2026年主要目标\n粮食产量达到32万吨。"
    )
    assert [each[2] for each in told(text)] == [32.0]
    assert heading_of("一、工作回顾").past is True
    assert heading_of("二、主要目标").goal is True


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("“十四五”规划".replace("“", '"').replace("”", '"'), (2021, 2025)),
        ("China sets 2026 economic growth target", (2026, 2026)),
        ("2030 climate targets", (None, 2030)),
        ("2030 economic growth target", (None, 2030)),
        ("民国115年计画", (2026, 2026)),
        ("总则", (None, None)),
    ],
)
def test_the_years_a_title_is_about(text: str, period: tuple[int | None, int | None]) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize(
    ("line", "rank"),
    [("第一篇 总论", 1), ("二、目标", 1), ("第三章 产业", 2), ("(一)目标", 3), ("1.目标", 4), ("1.5万", 0)],
)
def test_ranks_of_numbered_lines(line: str, rank: int) -> None:
    assert rank_of(line) == rank


def test_a_heading_inside_its_paragraph() -> None:
    assert inline_heading("(一)发展目标。到2030年,甲率达到1%。") == ("(一)发展目标", "到2030年,甲率达到1%。")
    assert inline_heading("到2030年。") is None
    found = heading_of("三、约束性指标")
    assert found is not None
    assert found.nature == "binding"
    assert heading_of("到2030年,森林覆盖率达到45%。") is None
