"""Text that no spreadsheet takes for a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.language.plain_cell import plain_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\r\n=1", "  =1", "＝1", "＋1", "－1", "＠x",
     "\u200b=1", "\ufeff=1", "\x00=1", "\u3000＝1", "\tx", "\nx"],
)  # fmt: skip
def test_what_begins_a_formula_is_marked_as_text(text: str) -> None:
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["", "a=1", "1-2", "左右", "–5 %", "'=1", " x", None, -5.0, 7, True])
def test_anything_else_stays_as_it_is(value: object) -> None:
    assert plain_cell(value) is value


@given(st.text())
def test_nothing_is_lost_and_marking_twice_is_marking_once(text: str) -> None:
    marked = plain_cell(text)
    assert marked in (text, f"'{text}")
    assert plain_cell(marked) == marked
