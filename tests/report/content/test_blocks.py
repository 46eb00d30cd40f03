from __future__ import annotations

from forecast.report.content.blocks import Cell, Row, Section, Table, plain, unbroken, walk


def test_no_line_ends_between_a_number_and_its_sign() -> None:
    assert unbroken("air (20 %), ≥ 58") == "air (20\xa0%), ≥\xa058"
    assert unbroken("20 km") == "20 km"


def test_headings_are_no_rows_and_a_column_is_what_its_first_row_is() -> None:
    rows = (Row((plain("Group"),), heading=True), Row((plain("a"), Cell("1", value=1, kind="number"))))
    table = Table("t", "Caption", ("name", "n"), ("Name", "N"), rows)
    assert table.body == rows[1:]
    assert [table.numeric(i) for i in (0, 1)] == [False, True]
    assert not Table("t", "Caption", ("n",), ("N",), ()).numeric(0)


def test_sections_come_in_reading_order_with_their_level() -> None:
    inner = Section("b", "B")
    assert [(level, s.id) for level, s in walk([Section("a", "A", (), (inner,)), Section("c", "C")])] == [
        (1, "a"), (2, "b"), (1, "c"),
    ]  # fmt: skip
