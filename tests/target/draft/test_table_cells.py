"""One cell of a table, and the name beside it."""

from __future__ import annotations

import pytest

from forecast.target.draft.table_cells import changes_sign, name_of, nature_of, reached


@pytest.mark.parametrize(
    ("cell", "number", "side", "total"),
    [(">22", 22.0, "at_least", False), ("≤5.5", 5.5, "at_most", False), ("〔17〕", 17.0, "", True),
     ("[>25]", 25.0, "at_least", True), ("4.5以内", 4.5, "at_most", False), ("累计6", 6.0, "", True)],
)  # fmt: skip
def test_what_a_cell_gives(cell: str, number: float, side: str, total: bool) -> None:
    got = reached(cell)
    assert got is not None
    assert (got.amount.number, got.side, got.total) == (number, side, total)


@pytest.mark.parametrize("cell", ["", "—", "-", "/", "保持在合理区间"])
def test_a_cell_without_a_number(cell: str) -> None:
    assert reached(cell) is None


def test_what_a_name_says() -> None:
    assert (
        name_of("3. 常住人口城镇化率（%）".replace("（", "(").replace("）", ")")).text == "常住人口城镇化率"
    )
    assert name_of("GDP年均增速").growth
    assert name_of("能耗降低(%)").change == -1
    assert name_of("常住人口城镇化率(2030)").year == 2030
    assert nature_of("约束性指标") == "binding"


def test_a_cell_from_the_base_to_the_target() -> None:
    got = reached("由65%提高到70%以上（2025年65%）".replace("（", "(").replace("）", ")"))
    assert got is not None
    assert (got.amount.number, got.side, got.base_value) == (70.0, "at_least", 65.0)
    assert changes_sign("能耗降低率")
