from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.report.content.blocks import Cell, Row, Table, plain
from forecast.report.formats.column_widths import column_widths, text_width

WORDS = st.text(st.sampled_from("ab 目标"), min_size=1, max_size=12)


def table(*rows: tuple[str, ...], heads: tuple[str, ...]) -> Table:
    return Table("t", "", heads, heads, tuple(Row(tuple(map(plain, row))) for row in rows))


def test_an_empty_column_is_as_narrow_as_its_head() -> None:
    number, name, note = column_widths(
        table(("1", "规模化畜禽养殖粪污综合利用率", "–"), heads=("序号", "指标", "备注")), 100
    )
    assert note == pytest.approx(number)
    assert name > 2 * note


def test_a_short_chinese_word_is_not_broken() -> None:
    long = "规模化畜禽养殖粪污综合利用率" * 6
    asked, _ = column_widths(table(("≥80", long), heads=("目标", "指标")), 60)
    assert asked >= text_width("目标")


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4), st.floats(5, 200))
def test_columns_fill_the_room_and_none_is_lost(rows: list[tuple[str, str, str]], room: float) -> None:
    widths = column_widths(table(*rows, heads=("a", "b", "c")), room)
    assert sum(widths) == pytest.approx(room)
    assert min(widths) > 0


def test_smaller_lines_take_less() -> None:
    heads = ("a", "b")
    row = Row((Cell("x", details=("m" * 30,)), plain("m" * 30)))
    small, large = column_widths(Table("t", "", heads, heads, (row,)), 40)
    assert small < large
