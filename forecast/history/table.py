"""A file as rows with their numbers, whatever its format and encoding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from forecast.errors import ReadError
from forecast.history.cells import Cell, flag_of, number_of, text_of
from forecast.history.grid import Grid, too_long
from forecast.history.text_file import decoded, grid_of_text
from forecast.history.workbook import Sheets, grids_of_workbook
from forecast.history.year_cells import year_of
from forecast.language.message import Message, suggestion

TEXTS, WORKBOOKS = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm", ".xls", ".ods")
TABLES = TEXTS + WORKBOOKS


@dataclass(frozen=True)
class TableRow:
    """One row: its number in the file (the header is row 1), and its cells by column."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """Cell as text, ``""`` where it is missing or empty."""
        return text_of(self.cells.get(column))

    def number_in(self, column: str) -> float | None:
        """Cell as a number; None where it is empty; an UnreadableCellError says what it is else."""
        return number_of(self.cells.get(column), column)

    def year_in(self, column: str) -> int | None:
        """Cell as a year; None where it is empty; an UnreadableCellError says what it is else."""
        return year_of(self.cells.get(column), column)

    def flag_in(self, column: str) -> bool:
        """Cell as yes or no; an UnreadableCellError says what it is else."""
        return flag_of(self.cells.get(column), column)


@dataclass(frozen=True)
class SourceTable:
    """The rows of a file, under the names of its columns; *where* says in which of several sheets."""

    source: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    where: Message | str = ""

    def renamed(self, aliases: Mapping[str, str]) -> SourceTable:
        """Table with its columns under the names this library uses."""
        names = {c: aliases.get(c.strip().lower(), c.strip().lower()) for c in self.columns}
        rows = (TableRow(r.number, {names[c]: cell for c, cell in r.cells.items()}) for r in self.rows)
        return replace(self, columns=tuple(names[c] for c in self.columns), rows=tuple(rows))

    def lacking(self, needed: Iterable[str]) -> list[Message]:
        """Sentence for each needed column that is not there."""
        return [
            Message("column_missing", name=name, where=self.where, hint=suggestion(name, self.columns))
            for name in needed
            if name not in self.columns
        ]

    def twice(self) -> list[Message]:
        """Sentence for each column name that stands more than once."""
        return [Message("column_twice", name=name) for name, n in Counter(self.columns).items() if n > 1]


def sheets_of(path: Path) -> Sheets:
    """Sheets of a file, one where it is text.

    Raises
    ------
    ReadError
        If the file is missing, empty, or not a table.
    """
    check_there(path)
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        return grids_of_workbook(path)
    if suffix not in TEXTS:
        raise ReadError(str(path), [Message("no_table", suffix=path.suffix or "?", known=", ".join(TABLES))])
    grid = grid_of_text(decoded(path), str(path))
    if not grid.lines:
        raise ReadError(str(path), [Message("file_empty")])
    return Sheets([grid], [])


def read_table(path: Path, fits: Callable[[list[str]], bool] | None = None) -> SourceTable:
    """Rows of a table file: of the first visible sheet that has a header which *fits*.

    Raises
    ------
    ReadError
        If the file is missing, empty, or not a table.
    """
    grids = sheets_of(path).grids
    found = [(grid, grid.header(fits)) for grid in grids] if fits else []
    grid, at = next(((grid, at) for grid, at in found if at is not None), (grids[0], 0))
    where = Message("in_sheet", sheet=grid.sheet, n=len(grids)) if len(grids) > 1 else ""
    return replace(rows_below(grid, at or 0), where=where)


def rows_below(grid: Grid, at: int) -> SourceTable:
    """Rows of a sheet below its header.

    Raises
    ------
    ReadError
        If a row has more cells than the header.
    """
    header = grid.names(at)
    wrong = too_long(grid, at)
    if wrong:
        raise ReadError(grid.source, wrong)
    rows = (TableRow(n, dict(zip(header, cells, strict=False))) for n, cells in grid.lines[at + 1 :])
    return SourceTable(grid.source, tuple(header), tuple(rows))


def check_there(path: Path) -> None:
    """Raise a ReadError, with the nearest name in its folder, unless there is such a file."""
    if "://" in str(path) or ":/" in str(path)[:7]:
        raise ReadError(str(path).replace(":/", "://", 1).replace(":///", "://"), [Message("web_address")])
    try:
        if path.exists():
            return
        names = [p.name for p in path.parent.glob("*")] if path.parent.is_dir() else []
    except (OSError, ValueError):
        names = []
    hint = suggestion(path.name, names) if names else ""
    raise ReadError(str(path)[:300], [Message("no_such_file", hint=hint)])


def table_of(frame: pd.DataFrame) -> SourceTable:
    """DataFrame as a table; rows are numbered from 1."""
    columns = tuple(str(c) for c in frame.columns)
    rows = (
        TableRow(i, dict(zip(columns, cells, strict=True)))
        for i, cells in enumerate(frame.itertuples(index=False, name=None), start=1)
    )
    return SourceTable("DataFrame", columns, tuple(rows))
