"""A sheet of cells as it stands in a file, before anyone knows what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from forecast.errors import ReadError
from forecast.history.cells import Cell, text_of
from forecast.language.message import Message

# A table begins within so many filled rows of the top.
_DEEPEST_HEADER = 40
# Of one kind of problem, so many rows are told one by one.
MOST_ALIKE = 5


@dataclass(frozen=True)
class Grid:
    """The filled rows of a sheet.

    Parameters
    ----------
    source : str
        The file.
    lines : sequence of (int, sequence of cells)
        Each row with its number in the file.
    sheet : str
        Its name, where a workbook has several.
    delimiter : str
        What separates the cells of a text file.
    """

    source: str
    lines: Sequence[tuple[int, Sequence[Cell]]]
    sheet: str = ""
    delimiter: str = ""

    def names(self, at: int) -> list[str]:
        """Cells of a row as column names, empty ones at its end left out."""
        names = [text_of(cell) for cell in self.lines[at][1]]
        while names and not names[-1]:
            names.pop()
        return names

    def header(self, fits: Callable[[list[str]], bool]) -> int | None:
        """First row, near the top, whose cells *fit* as the names of columns."""
        return next((at for at in range(min(len(self.lines), _DEEPEST_HEADER)) if fits(self.names(at))), None)


def holds(cells: Sequence[Cell]) -> bool:
    """Whether any cell of a row is filled."""
    return any(cell is not None and str(cell).strip() for cell in cells)


def refuse_hidden(path: Path, sheet: str, lines: Sequence[tuple[int, list[Cell]]], unseen: set[int]) -> None:
    """Refuse rows that a reader of the workbook does not see: whether they count, nobody can tell.

    Raises
    ------
    ReadError
        With the sheet, and the first and last of the rows.
    """
    rows = [n for n, _ in lines if n in unseen]
    if rows:
        said = Message("hidden_rows", sheet=sheet, first=rows[0], last=rows[-1], n=len(rows))
        raise ReadError(str(path), [said])


def too_long(grid: Grid, at: int) -> list[Message]:
    """Sentence for each row below the header that has more cells than it; many are told as one."""
    n = len(grid.names(at))
    hint = Message("quote_separator" if grid.delimiter else "name_columns")
    long = [
        (number, len(cells))
        for number, cells in grid.lines[at + 1 :]
        if len(cells) > n and any(text_of(cell) for cell in cells[n:])
    ]
    told = [
        Message("at", place=Message("row", row=row), problem=Message("long_row", cells=cells, n=n, hint=hint))
        for row, cells in long[:MOST_ALIKE]
    ]
    if len(long) > MOST_ALIKE:
        last = Message("row", row=long[-1][0])
        told = [Message("and_more", problem=told[0], n=len(long) - 1, last=last)]
    return told
