"""Workbooks: the sheets that a reader sees, within bounds, whatever a stray cell says of their size."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forecast.errors import ReadError
from forecast.history.cells import Cell, PercentCell, RefusedCell, shows_percent
from forecast.history.grid import Grid, holds, refuse_hidden
from forecast.history.merged import WIDEST, Range, unmerge
from forecast.history.ods_workbook import grids_of_ods
from forecast.history.xls_workbook import grids_of_xls
from forecast.language.message import Message

# Cells, and bytes of one sheet unpacked, that are read from a workbook: more are no yearly figures of a plan.
MOST_CELLS, MOST_BYTES, MOST_UNPACKED = 400_000, 16_000_000, 80_000_000
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\bhidden=[\"'](?:1|true)[\"'][^>]*>")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")


@dataclass(frozen=True)
class Sheets:
    """The visible sheets that hold anything, the hidden ones' names, and whether it is a report of ours."""

    grids: list[Grid]
    hidden: list[str]
    report: bool = False


def grids_of_workbook(path: Path) -> Sheets:
    """Sheets of a workbook.

    Raises
    ------
    ReadError
        If it is no workbook, or larger than is read.
    """
    readers: dict[str, Callable[[Path], tuple[list[Grid], list[str]]]] = {
        ".xls": grids_of_xls,
        ".ods": grids_of_ods,
    }
    reader = readers.get(path.suffix.lower())
    try:
        sheets = _read(path) if reader is None else Sheets(*reader(path))
    except ReadError:
        raise
    except Exception as problem:  # each library raises a dozen kinds, of zip, XML and its own
        if path.is_file() and not path.stat().st_size:
            raise ReadError(str(path), [Message("file_empty")]) from None
        raise ReadError(
            str(path),
            [Message("no_workbook", form=path.suffix.lstrip(".").upper(), kind=type(problem).__name__)],
        ) from None
    if not sheets.grids:
        raise ReadError(str(path), [Message("file_empty")])
    return sheets


def _read(path: Path) -> Sheets:
    from openpyxl import load_workbook

    _check_size(path)
    # Read whole: openpyxl leaves a file open when it gives up on it.
    content = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(content) as archive:
        book = load_workbook(content, data_only=True, read_only=True)
        formulas: Any = None
        grids, hidden = [], []
        try:
            sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_worksheet_path")]
            for sheet in sheets:
                if sheet.sheet_state != "visible":
                    hidden.append(sheet.title)
                    continue
                raw = archive.read(sheet._worksheet_path.lstrip("/"))
                lines = list(_lines(sheet, path))
                if b"<f" in raw:
                    formulas = formulas or load_workbook(content, read_only=True)
                    _mark_formulas(lines, formulas[sheet.title], path)
                unmerge(lines, _ranges(raw))
                lines = [(n, cells) for n, cells in lines if holds(cells)]
                refuse_hidden(path, sheet.title, lines, _hidden(raw))
                if lines:
                    grids.append(Grid(str(path), lines, sheet.title if len(book.worksheets) > 1 else ""))
        finally:
            book.close()
            if formulas is not None:
                formulas.close()
    return Sheets(grids, hidden, report=book.properties.creator == "forecast")


def _check_size(path: Path) -> None:
    """Refuse what unpacks to more than is read, before any of it is."""
    with zipfile.ZipFile(path) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    largest = max(sizes.values(), default=0)
    if largest > MOST_BYTES or sum(sizes.values()) > MOST_UNPACKED or len(sizes) > WIDEST:
        raise ReadError(str(path), [Message("workbook_too_big", size=MOST_BYTES // 1_000_000)])


def _lines(sheet: Any, path: Path) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the filled rows of a sheet as far as they are filled."""
    sheet.reset_dimensions()
    seen = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if not row:
            continue
        cells: list[Cell] = [_value(cell) for cell in row[:WIDEST]]
        while cells and cells[-1] is None:
            cells.pop()
        seen += len(row) if len(row) <= WIDEST else WIDEST
        if seen > MOST_CELLS:
            raise ReadError(str(path), [Message("too_many_cells", sheet=sheet.title, cells=MOST_CELLS)])
        if cells:
            yield number, cells


def _value(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, float | int) and not isinstance(value, bool) and shows_percent(cell.number_format):
        return PercentCell(value)
    if isinstance(value, str) and cell.data_type == "e":
        return RefusedCell(value, Message("cell_error", text=value))
    return value


def _mark_formulas(lines: Sequence[tuple[int, list[Cell]]], sheet: Any, path: Path) -> None:
    """Mark the formulas that no program has worked out yet: they would read as empty cells."""
    written = dict(_lines(sheet, path))
    for number, cells in lines:
        formulas = written.pop(number, [])
        cells += [None] * (len(formulas) - len(cells))
        for at, formula in enumerate(formulas):
            if cells[at] is None and isinstance(formula, str) and formula.startswith("="):
                cells[at] = RefusedCell(formula, Message("formula", text=formula))


def _ranges(raw: bytes) -> list[Range]:
    """Ranges of cells that are merged."""
    found = _MERGED.findall(raw)
    return [(int(top), _column(left), int(bottom), _column(right)) for left, top, right, bottom in found]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _hidden(raw: bytes) -> set[int]:
    """Numbers of the rows that are hidden."""
    return {int(found.group(1)) for tag in _HIDDEN_ROW.findall(raw) if (found := _ROW_NUMBER.search(tag))}
