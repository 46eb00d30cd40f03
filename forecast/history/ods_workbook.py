"""Workbooks of the OpenDocument format, ``.ods``: what a reader sees of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from forecast.errors import ReadError
from forecast.history.cells import Cell, PercentCell, RefusedCell
from forecast.history.grid import Grid, holds, refuse_hidden
from forecast.history.merged import WIDEST, Range, unmerge
from forecast.language.message import Message

MOST_BYTES, MOST_CELLS = 20_000_000, 400_000
_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _OFFICE, _TEXT, _STYLE = (_NAMESPACE % name for name in ("table", "office", "text", "style"))
_ROW, _CELL, _COVERED = (f"{_TABLE}{name}" for name in ("table-row", "table-cell", "covered-table-cell"))
_HIDDEN = ("collapse", "filter")


def grids_of_ods(path: Path) -> tuple[list[Grid], list[str]]:
    """Visible sheets that hold anything, and the names of the hidden ones.

    Raises
    ------
    ReadError
        If it is larger than is read, or rows of a table are hidden.
    """
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo("content.xml").file_size > MOST_BYTES:
            raise ReadError(str(path), [Message("workbook_too_big", size=MOST_BYTES // 1_000_000)])
        content = archive.read("content.xml")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("a document type")  # of no spreadsheet; entities could unpack without end
    root = ElementTree.fromstring(content)
    unseen_styles = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for kept in style.iter(f"{_STYLE}table-properties")
        if kept.get(f"{_TABLE}display") == "false"
    }
    sheets = [*root.iter(f"{_TABLE}table")]
    grids, hidden = [], []
    for sheet in sheets:
        name = sheet.get(f"{_TABLE}name") or ""
        if sheet.get(f"{_TABLE}style-name") in unseen_styles:
            hidden.append(name)
            continue
        if lines := _lines(path, name, sheet):
            grids.append(Grid(str(path), lines, name if len(sheets) > 1 else ""))
    return grids, hidden


def _lines(path: Path, name: str, sheet: Element) -> list[tuple[int, list[Cell]]]:
    """Rows that hold anything, with their numbers."""
    lines: list[tuple[int, list[Cell]]] = []
    unseen: set[int] = set()
    merged: list[Range] = []
    number = seen = 0
    for row in sheet.iter(_ROW):
        times = int(row.get(f"{_TABLE}number-rows-repeated", 1))
        cells = [*_cells(row, number + 1, merged)]
        if holds(cells):
            seen += times * len(cells)
            if seen > MOST_CELLS:
                raise ReadError(str(path), [Message("too_many_cells", sheet=name, cells=MOST_CELLS)])
            numbers = range(number + 1, number + 1 + times)
            lines += [(n, [*cells]) for n in numbers]
            unseen |= {*numbers} if row.get(f"{_TABLE}visibility") in _HIDDEN else set()
        number += times
    unmerge(lines, merged)
    refuse_hidden(path, name, lines, unseen)
    return lines


def _cells(row: Element, number: int, merged: list[Range]) -> Iterator[Cell]:
    """Yield the cells of a row as far as it is filled; note where they are merged."""
    at = empty = 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", 1)), WIDEST)
        value = _value(cell) if cell.tag == _CELL else None
        rows, columns = (int(cell.get(f"{_TABLE}number-{name}-spanned", 1)) for name in ("rows", "columns"))
        if rows > 1 or columns > 1:
            merged.append((number, at, number + rows - 1, at + columns - 1))
        at += times
        if value is None:
            empty += times
            continue
        yield from [None] * empty
        yield from [value] * times
        empty = 0


def _value(cell: Element) -> Cell:
    """Cell as a reader sees it: a date is a date, a percentage is marked, an error is refused."""
    kind, number = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value")
    if kind in ("float", "currency") and number is not None:
        return float(number)
    if kind == "percentage" and number is not None:
        return PercentCell(number)
    date = cell.get(f"{_OFFICE}date-value")
    if kind == "date" and date is not None:
        return datetime.fromisoformat(date)
    text = "\n".join("".join(part.itertext()) for part in cell.findall(f"{_TEXT}p"))
    if text.startswith(("#", "Err:")) and cell.get(f"{_TABLE}formula") is not None:
        return RefusedCell(text, Message("cell_error", text=text))
    return text or None
