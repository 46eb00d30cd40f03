from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.report.content.blocks import Cell, Row, Table, plain
from forecast.report.formats.xlsx_charts import Placed, round_axis

ROWS = tuple(Row((Cell(str(y), value=y), Cell(f"{v}", value=v))) for y, v in ((2020, 1.5), (2021, 2.5)))
TABLE = Table("t", "A table", ("year", "value"), ("Year", "Value"), (*ROWS, Row((plain("2022"), plain("")))))


def test_a_column_is_the_numbers_of_its_cells() -> None:
    assert Placed(TABLE, 4).column("value") == [1.5, 2.5]
    assert Placed(TABLE, 4).column("year") == [2020.0, 2021.0]


def test_cells_stand_below_the_head_in_their_column() -> None:
    placed = Placed(TABLE, 4)  # rows and columns count from 0
    assert placed.cells("Sheet", "value") == ["Sheet", 5, 1, 7, 1]
    assert placed.cells("Sheet", "value", last=True) == ["Sheet", 7, 1, 7, 1]


@pytest.mark.parametrize(
    ("low", "high", "axis"),
    [
        (0, 8, (0, 8, 2)),
        (1, 9, (0, 10, 2)),
        (-3, 1, (-3, 1, 1)),
        (0, 0, (-1, 1, 0.5)),
        (0.31, 0.35, (0.31, 0.35, 0.01)),
    ],
)
def test_an_axis_has_round_ends_and_steps(low: float, high: float, axis: tuple[float, ...]) -> None:
    assert round_axis(low, high) == pytest.approx(axis)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_an_axis_holds_its_values_in_four_to_twelve_steps(low: float, width: float) -> None:
    first, last, step = round_axis(low, low + width)
    slack = 1e-6 * step
    assert first <= low + slack
    assert last >= low + width - slack
    assert 4 - 1e-6 <= (last - first) / step <= 12 + 1e-6
    assert f"{step:.0e}"[0] in "125"
    assert float(f"{step:.0e}") == pytest.approx(step)
