"""Merged cells: a text stands for every row it is merged over, a figure does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from forecast.history.cells import Cell, RefusedCell, text_of
from forecast.history.grid import holds
from forecast.language.message import Message

# A heading that is merged over more columns than this is a title.
WIDEST = 2_000
# A figure merged over rows may be theirs together, or each one's; a year is each one's.
_YEARS = ("year", "base_year", "since", "ds", "年份", "年", "年度")
# First row and column, last row and column; rows counted from 1, columns from 0.
Range = tuple[int, int, int, int]


def unmerge(lines: Sequence[tuple[int, list[Cell]]], ranges: Iterable[Range]) -> None:
    """Write merged texts into each row they stand beside; mark a figure that is merged over several.

    Examples
    --------
    >>> lines = [(1, ["area", "value"]), (2, ["Aland", 1.0]), (3, [None, 2.0])]
    >>> unmerge(lines, [(2, 0, 3, 0)])
    >>> lines[2]
    (3, ['Aland', 2.0])
    """
    by_number = dict(lines)
    held = [number for number, cells in lines if holds(cells)]
    for top, at, bottom, last in ranges:
        cells = by_number.get(top, [])
        if at >= len(cells) or cells[at] is None:
            continue
        value, rows = cells[at], [n for n in held if top < n <= bottom]
        if not rows:
            _spread(cells, at, last)
            continue
        header = text_of(by_number[held[0]][at]) if at < len(by_number[held[0]]) else ""
        if isinstance(value, int | float) and header.lower() not in _YEARS:
            cells[at] = RefusedCell(f"{value:g}", Message("merged", text=f"{value:g}", last=bottom))
            continue
        for n in rows:
            row = by_number[n]
            row += [None] * (at + 1 - len(row))
            row[at] = value


def _spread(cells: list[Cell], first: int, last: int) -> None:
    """Write a heading that is merged over columns into each of them."""
    for at in range(first + 1, min(last + 1, WIDEST)):
        if at >= len(cells):
            cells.append(cells[first])
        elif cells[at] is None:
            cells[at] = cells[first]
