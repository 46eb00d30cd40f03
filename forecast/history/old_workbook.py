"""Workbooks of the older formats, .xls and .ods."""

from __future__ import annotations

import zipfile
from pathlib import Path

from forecast.errors import ReadError
from forecast.history.cells import Cell
from forecast.history.grid import Grid, holds
from forecast.language.message import Message

MOST_BYTES, MOST_CELLS = 20_000_000, 400_000


def grids_of_old_workbook(path: Path) -> tuple[list[Grid], list[str]]:
    """Visible sheets of an .xls or .ods file that hold anything, and the names of the hidden ones.

    Raises
    ------
    ReadError
        If it cannot be read, or is larger than is read.
    """
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    _check_size(path)
    try:
        book = CalamineWorkbook.from_path(path)
        hidden = [s.name for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible]
        grids = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name) if name not in hidden else None
            if sheet is None:
                continue
            if sheet.total_height * sheet.total_width > MOST_CELLS * 10:
                raise ReadError(str(path), [Message("too_many_cells", sheet=name, cells=MOST_CELLS)])
            rows = sheet.to_python(skip_empty_area=False)
            lines: list[tuple[int, list[Cell]]] = [
                (n, [None if cell == "" else cell for cell in row]) for n, row in enumerate(rows, start=1)
            ]
            lines = [line for line in lines if holds(line[1])]
            if lines:
                grids.append(Grid(str(path), lines, name if len(book.sheet_names) > 1 else ""))
    except ReadError:
        raise
    except BaseException as problem:  # its panics are no Exception
        if isinstance(problem, KeyboardInterrupt | SystemExit):
            raise
        raise ReadError(
            str(path),
            [Message("no_workbook", form=path.suffix.lstrip(".").upper(), kind=type(problem).__name__)],
        ) from None
    if not grids:
        raise ReadError(str(path), [Message("file_empty")])
    return grids, hidden


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            size = max(size, sum(entry.file_size for entry in archive.infolist()))
    if size > MOST_BYTES:
        raise ReadError(str(path), [Message("workbook_too_big", size=MOST_BYTES // 1_000_000)])
