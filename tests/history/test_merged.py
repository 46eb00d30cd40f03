"""Merged cells: a text stands for every row it is merged over, a figure does not."""

from __future__ import annotations

from forecast.history.cells import Cell, RefusedCell
from forecast.history.merged import unmerge


def test_a_text_over_rows_and_a_heading_over_columns() -> None:
    lines: list[tuple[int, list[Cell]]] = [
        (1, ["area", "2020"]),
        (2, ["Aland", 1.0]),
        (3, []),
        (4, [None, 2.0]),
    ]
    unmerge(lines, [(1, 1, 1, 2), (2, 0, 4, 0)])
    # A row that holds nothing is none of the table.
    assert lines == [(1, ["area", "2020", "2020"]), (2, ["Aland", 1.0]), (3, []), (4, ["Aland", 2.0])]


def test_a_figure_over_rows_is_refused_and_a_year_is_each_ones() -> None:
    lines: list[tuple[int, list[Cell]]] = [(1, ["year", "value"]), (2, [2020, 5.0]), (3, [None, None, "x"])]
    unmerge(lines, [(2, 0, 3, 0), (2, 1, 3, 1)])
    assert lines[2][1][0] == 2020
    refused = lines[1][1][1]
    assert isinstance(refused, RefusedCell)
    assert refused.message.key == "merged"
