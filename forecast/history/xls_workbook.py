"""Workbooks of Excel 97 to 2003, ``.xls``: what a reader sees of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from forecast.errors import ReadError
from forecast.history.cells import Cell, PercentCell, RefusedCell, shows_percent
from forecast.history.grid import Grid, holds, refuse_hidden
from forecast.history.merged import unmerge
from forecast.language.message import Message

MOST_BYTES, MOST_CELLS = 20_000_000, 400_000


def grids_of_xls(path: Path) -> tuple[list[Grid], list[str]]:
    """Visible sheets that hold anything, and the names of the hidden ones.

    Raises
    ------
    ReadError
        If it is larger than is read, or rows of a table are hidden.
    """
    import xlrd

    if path.stat().st_size > MOST_BYTES:
        raise ReadError(str(path), [Message("workbook_too_big", size=MOST_BYTES // 1_000_000)])
    # What it has to say of odd files is said in a sentence of ours.
    book = xlrd.open_workbook(
        file_contents=path.read_bytes(), logfile=io.StringIO(), formatting_info=True, ragged_rows=True
    )
    hidden = [sheet.name for sheet in book.sheets() if sheet.visibility]
    grids = []
    for sheet in book.sheets():
        if sheet.visibility:
            continue
        if sum(sheet.row_len(r) for r in range(sheet.nrows)) > MOST_CELLS:
            raise ReadError(str(path), [Message("too_many_cells", sheet=sheet.name, cells=MOST_CELLS)])
        lines = [(r + 1, [_value(book, cell) for cell in sheet.row(r)]) for r in range(sheet.nrows)]
        unmerge(
            lines, [(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells]
        )
        lines = [line for line in lines if holds(line[1])]
        unseen = {r + 1 for r, row in sheet.rowinfo_map.items() if row.hidden}
        refuse_hidden(path, sheet.name, lines, unseen)
        if lines:
            grids.append(Grid(str(path), lines, sheet.name if book.nsheets > 1 else ""))
    return grids, hidden


def _value(book: Any, cell: Any) -> Cell:
    """Cell as a reader sees it: a date is a date, a percentage is marked, an error is refused."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(cell.value, "#?")
        return RefusedCell(text, Message("cell_error", text=text))
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        written = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return PercentCell(cell.value) if shows_percent(written) else float(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return cell.value or None
