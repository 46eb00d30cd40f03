"""A file as rows with their numbers, whatever its format and encoding."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from forecast.errors import ReadError, did_you_mean
from forecast.history.cells import Cell, flag_of, number_of, text_of, year_of
from forecast.language.message import Message, suggestion

TABLES = (".csv", ".tsv", ".txt", ".xlsx")
# A figure merged over rows may be theirs together, or each one's; a year is each one's.
_YEARS = ("year", "base_year", "since", "ds", "年份", "年")


@dataclass(frozen=True)
class TableRow:
    """One row: its number in the file (the header is row 1), and its cells by column."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """Return a cell as text, ``""`` where it is missing or empty."""
        return text_of(self.cells.get(column))

    def number_in(self, column: str) -> float | None:
        """Return a cell as a number; None where it is empty; an UnreadableCellError says what it is else."""
        return number_of(self.cells.get(column), column)

    def year_in(self, column: str) -> int | None:
        """Return a cell as a year; None where it is empty; an UnreadableCellError says what it is else."""
        return year_of(self.cells.get(column), column)

    def flag_in(self, column: str) -> bool:
        """Return a cell as yes or no; an UnreadableCellError says what it is else."""
        return flag_of(self.cells.get(column), column)


@dataclass(frozen=True)
class SourceTable:
    """The rows of a file, under the names of its columns; *where* says in which of several sheets."""

    source: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    where: Message | str = ""

    def renamed(self, aliases: Mapping[str, str]) -> SourceTable:
        """Return the table with its columns under the names this library uses."""
        names = {c: aliases.get(c.strip().lower(), c.strip().lower()) for c in self.columns}
        rows = (TableRow(r.number, {names[c]: cell for c, cell in r.cells.items()}) for r in self.rows)
        return replace(self, columns=tuple(names[c] for c in self.columns), rows=tuple(rows))

    def lacking(self, needed: Iterable[str]) -> list[Message]:
        """Return a sentence for each needed column that is not there."""
        return [
            Message("column_missing", name=name, where=self.where, hint=suggestion(name, self.columns))
            for name in needed
            if name not in self.columns
        ]

    def twice(self) -> list[Message]:
        """Return a sentence for each column name that stands more than once."""
        return [Message("column_twice", name=name) for name, n in Counter(self.columns).items() if n > 1]


def read_table(path: Path) -> SourceTable:
    """Return the rows of a CSV or XLSX file.

    CSV may be separated by commas, semicolons or tabs, in UTF-8 (with or without BOM), UTF-16 with
    BOM, or GB18030 (which includes GBK and GB2312, as Chinese Windows writes).

    Raises
    ------
    ReadError
        If the file is missing, empty, or not a table.
    """
    check_there(path)
    if path.suffix.lower() == ".xlsx":
        return _from_excel(path)
    if path.suffix.lower() not in TABLES:
        raise ReadError(
            str(path), [f"{path.suffix or 'no suffix'} is not a table. Use one of: {', '.join(TABLES)}."]
        )
    return _from_text(path, decoded(path))


def check_there(path: Path) -> None:
    """Raise a ReadError, with the nearest name in its folder, unless there is such a file."""
    if path.exists():
        return
    near = did_you_mean(path.name, (p.name for p in path.parent.glob("*"))) if path.parent.is_dir() else ""
    raise ReadError(str(path), [f"there is no such file. {near}".strip()])


def table_of(frame: pd.DataFrame) -> SourceTable:
    """Return a DataFrame as a table; rows are numbered from 1."""
    columns = tuple(str(c) for c in frame.columns)
    rows = (
        TableRow(i, dict(zip(columns, cells, strict=True)))
        for i, cells in enumerate(frame.itertuples(index=False, name=None), start=1)
    )
    return SourceTable("DataFrame", columns, tuple(rows))


def decoded(path: Path) -> str:
    """Return the text of a file, in whichever of the encodings of :func:`read_table` it is."""
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise ReadError(str(path), [f"it cannot be read: {problem.strerror}."]) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if b"\x00" in raw:
        raise ReadError(
            str(path), ["this is a binary file, not text. Save the table as CSV (UTF-8) or XLSX."]
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError(str(path), ["its text is neither UTF-8 nor GB18030. Save it as CSV (UTF-8)."])


def _from_text(path: Path, text: str) -> SourceTable:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[tuple[int, list[Cell]]] = []
    try:
        for cells in reader:
            lines.append((reader.line_num, list(cells)))
    except csv.Error as problem:
        raise ReadError(str(path), [f"row {reader.line_num}: {problem}."]) from None
    return _table(str(path), lines, hint="Quote text that holds the separator.")


def _from_excel(path: Path) -> SourceTable:
    """Return the first sheet; a text merged over several rows stands in each of them."""
    from openpyxl import load_workbook

    try:
        # Not in openpyxl's read-only mode, which does not tell what is merged.
        book = load_workbook(path, data_only=True)
    except Exception as problem:  # openpyxl raises a dozen kinds, of zip, XML and its own
        if not path.read_bytes().strip():
            raise ReadError(str(path), ["the file is empty."]) from None
        raise ReadError(
            str(path), [f"it cannot be read as XLSX ({type(problem).__name__}). Save it again."]
        ) from None
    first, *others = book.worksheets
    lines, problems = _cells_of(first), []
    if any(None in cells for _, cells in lines):
        # A formula that no program has worked out yet would read as an empty cell.
        formulas = _cells_of(load_workbook(path).worksheets[0])
        problems = [
            f"row {n}: a formula ({formula}) has no value yet. Open the file in a spreadsheet and save it."
            for (n, cells), (_, written) in zip(lines, formulas, strict=True)
            for cell, formula in zip(cells, written, strict=False)
            if cell is None and isinstance(formula, str) and formula.startswith("=")
        ]
    problems += _unmerged(lines, first.merged_cells.ranges) + _left_out(lines, others) + _percents(first)
    if problems:
        raise ReadError(str(path), problems)
    where = Message("in_sheet", sheet=first.title, n=len(others) + 1) if others else ""
    return replace(_table(str(path), lines, hint="Give every column a name."), where=where)


def _cells_of(sheet: Any) -> list[tuple[int, list[Cell]]]:
    """Return the cells of a sheet by row."""
    return [(i, list(cells)) for i, cells in enumerate(sheet.iter_rows(values_only=True), start=1)]


def _unmerged(lines: list[tuple[int, list[Cell]]], ranges: Iterable[Any]) -> list[str]:
    """Write merged texts into each row they stand beside; return a sentence for each merged figure."""
    problems, ranges = [], sorted(ranges, key=lambda area: area.coord)
    held = [number for number, cells in lines if _holds(cells)]
    for area in ranges:
        rows = [n for n in held if area.min_row < n <= area.max_row]
        at = area.min_col - 1
        value = lines[area.min_row - 1][1][at]
        header = next((cells[at] for _, cells in lines if _holds(cells)), None)
        if rows and isinstance(value, int | float) and str(header).strip().lower() not in _YEARS:
            problems.append(
                f"row {area.min_row}: {value:g} is merged over the rows to {area.max_row}. "
                f"Give each row its own figure."
            )
        for n in rows:
            lines[n - 1][1][at] = value
    return problems


def _left_out(lines: list[tuple[int, list[Cell]]], others: Iterable[Any]) -> list[str]:
    """Return a sentence for each further sheet with the same columns: its rows would be lost."""
    header = next((cells for _, cells in lines if _holds(cells)), None)
    return [
        f"the sheet {sheet.title!r} holds rows too, and only the first sheet is read. Put all into one."
        for sheet in others
        if header is not None and header == next((c for _, c in _cells_of(sheet) if _holds(c)), None)
    ]


def _percents(sheet: Any) -> list[str]:
    """Return a sentence for each column whose figures are shown as percentages: 0.6 stands for 60 %."""
    found: dict[str, Any] = {}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, float | int) and "%" in cell.number_format:
                found.setdefault(cell.column_letter, cell)
    return [
        f"row {cell.row}: column {letter} shows percentages, but holds {cell.value:g} for "
        f"{100 * cell.value:g} %. Write {100 * cell.value:g} with the format Number, and % as the unit."
        for letter, cell in found.items()
    ]


def _holds(cells: Iterable[Cell]) -> bool:
    return any(str(cell).strip() for cell in cells if cell is not None)


def _table(source: str, lines: list[tuple[int, list[Cell]]], *, hint: str) -> SourceTable:
    filled = [(n, cells) for n, cells in lines if _holds(cells)]
    if not filled:
        raise ReadError(source, ["the file is empty. Give a header line and at least one row."])
    header = [str(c).strip() if c is not None else "" for c in filled[0][1]]
    while header and not header[-1]:
        header.pop()
    long = [f"row {n}: {len(cells)} cells for {len(header)} columns. {hint}"
            for n, cells in filled[1:] if any(c not in (None, "") for c in cells[len(header):])]  # fmt: skip
    if long and len(header) == 1:
        long = [
            f"row {filled[0][0]}: {header[0]!r} stands alone above the table. The first row holds the names "
            f"of the columns; take this one out."
        ]
    if long:
        raise ReadError(source, long)
    rows = (TableRow(n, dict(zip(header, cells, strict=False))) for n, cells in filled[1:])
    return SourceTable(source, tuple(header), tuple(rows))
