"""Web pages."""

from __future__ import annotations

from pathlib import Path

import pytest

import forecast as fc
from forecast.target.draft.read_html import _span
from tests.target.draft.told import numbers

SENTENCE = "到2030年，森林覆盖率达到45%以上。"


def test_a_web_page_with_merged_cells(tmp_path: Path) -> None:
    page = (
        "<html><script>var x = '到2030年，甲率达到1%';</script><h1>“十五五”主要指标</h1><table>"
        "<tr><th>类别</th><th>指标</th><th>2025年</th><th>2030年</th></tr>"
        "<tr><td rowspan=2>民生</td><td>城镇化率(%)</td><td>65</td><td>&gt;70</td></tr>"
        "<tr><td>人均预期寿命(岁)</td><td>79</td><td>80</td></tr></table>"
        f"<p>{SENTENCE}</p></html>"
    )
    (tmp_path / "plan.html").write_text(page, encoding="utf-8")
    assert numbers(tmp_path / "plan.html") == [
        ("城镇化率", 70.0, 2030), ("人均预期寿命", 80.0, 2030), ("森林覆盖率", 45.0, 2030),
    ]  # fmt: skip


def test_deep_nesting_costs_neither_depth_nor_time(tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text("<div><table><tr><td>" * 5000 + SENTENCE, encoding="utf-8")
    fc.draft_plan(tmp_path / "deep.html")


@pytest.mark.parametrize(
    ("text", "span"), [(None, 1), ("", 1), ("3", 3), ("0", 1), ("-2", 1), ("²", 1), ("9" * 5001, 200)]
)
def test_a_span_of_any_size_is_a_number_of_cells(text: str | None, span: int) -> None:
    assert _span(text) == span
