"""Tables as publishers lay them out, turned into one observation a row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from forecast.history.cells import Cell, text_of
from forecast.history.columns import COLUMNS
from forecast.history.grid import Grid
from forecast.history.units import name_and_unit
from forecast.language.message import Message

_HEADING = re.compile(
    r"^(?:YR|Y|X|FY)?(1[89]\d\d|20\d\d)(?:\.0)?\s*(?:年|\[YR\d{4}\]|\(?[pre]\)?)?$", re.IGNORECASE
)
_DAY = re.compile(r"^(1[89]\d\d|20\d\d)-\d\d?-\d\d?(?: 00:00:00)?$")
_GERMAN_DAY = re.compile(r"^\d\d?\.\d\d?\.(1[89]\d\d|20\d\d)$")
_UNIT_LINE = re.compile(r"^(?:计量)?单位\s*[：:]\s*(\S+)$|^Units?\s*:\s*(.+)$")


@dataclass
class ObservationTable:
    """One observation a row, under this library's column names, extra columns under their own.

    Parameters
    ----------
    source : str
    columns : dict of str to list of cells
    numbers : list of int
        The row of the file that each observation stands in.
    kind : Message
        What the table was recognised as.
    sheet, delimiter : str
    dimensions : tuple of str
        Extra columns that tell rows of one series apart.
    remarks : list of Message
        What was done to it that its reader should know.
    heads : sequence of str
        The header under this library's names, where a name may stand twice.
    problems : sequence of Message
        What is wrong with its layout.
    """

    source: str
    columns: dict[str, list[Cell]]
    numbers: list[int]
    kind: Message
    sheet: str = ""
    delimiter: str = ""
    dimensions: tuple[str, ...] = ()
    remarks: list[Message] = field(default_factory=list)
    heads: Sequence[str] = ()
    problems: Sequence[Message] = ()

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.numbers)

    def only(self, keep: Sequence[bool]) -> None:
        """Leave the other rows out."""
        self.numbers = [n for n, kept in zip(self.numbers, keep, strict=True) if kept]
        for name, cells in self.columns.items():
            self.columns[name] = [cell for cell, kept in zip(cells, keep, strict=True) if kept]


def heading_year(text: str) -> int | None:
    """Year that the heading of a column names.

    Examples
    --------
    >>> [heading_year(t) for t in ("2015", "2015年", "YR2015", "Y2015", "2015 [YR2015]", "31.12.2015")]
    [2015, 2015, 2015, 2015, 2015, 2015]
    >>> heading_year("2015Q1") is heading_year("value") is None
    True
    """
    found = _HEADING.match(text) or _DAY.match(text) or _GERMAN_DAY.match(text)
    return int(found.group(1)) if found else None


def years_in(names: Sequence[str]) -> dict[int, int]:
    """Columns that are years, by place."""
    years = {at: heading_year(name) for at, name in enumerate(names)}
    return {at: year for at, year in years.items() if year is not None}


def lower(names: Sequence[str]) -> list[str]:
    """Names in small letters, for comparison."""
    return [" ".join(name.lower().split()) for name in names]


def stem(grid: Grid) -> str:
    """Name of the file without its ending, for a table that does not name its indicator."""
    return grid.sheet or Path(grid.source).stem


def _once(names: Mapping[int, str], made: Sequence[str] = ()) -> dict[int, str]:
    """Columns by place; a name that stands again, or is *made* here, with its place behind it."""
    found: dict[int, str] = {}
    taken = set(made)
    for place, name in names.items():
        found[place] = f"{name} {place + 1}" if name in taken else name
        taken.add(found[place])
    return found


def long_table(grid: Grid, at: int, kind: Message, names: Mapping[int, str]) -> ObservationTable:
    """Rows below the header *at*, their columns under *names* by place."""
    names = _once(names)
    body = _without_notes(grid, at, names)
    columns: dict[str, list[Cell]] = {name: [] for name in names.values()}
    for _, cells in body:
        for place, name in names.items():
            columns[name].append(cells[place] if place < len(cells) else None)
    table = ObservationTable(grid.source, columns, [n for n, _ in body], kind, grid.sheet, grid.delimiter)
    _head_unit(grid, at, table)
    return table


def _without_notes(grid: Grid, at: int, names: Mapping[int, str]) -> Sequence[tuple[int, Sequence[Cell]]]:
    """Rows of a table without the notes below it: lines with one text, and no year or value."""
    places = [place for place, name in names.items() if name in ("year", "value")]
    body = list(grid.lines[at + 1 :])
    while body:
        cells = body[-1][1]
        filled = [place for place, cell in enumerate(cells) if text_of(cell)]
        if len(filled) > 1 or any(place in filled for place in places) or len(names) < 2:
            break
        body.pop()
    return body


def wide_table(
    grid: Grid, at: int, kind: Message, names: Mapping[int, str], flags: Mapping[int, int] | None = None
) -> ObservationTable:
    """Table with years as columns, a row for each year.

    Parameters
    ----------
    at : int
        The line with the years.
    names : mapping of int to str
        The other columns, by place.
    flags : mapping of int to int, optional
        Where the flag of each year stands.
    """
    names, heads = _once(names, ("year", "value", *(["status"] if flags else []))), grid.names(at)
    years, groups = years_in(heads), _groups(grid, at)
    columns: dict[str, list[Cell]] = {name: [] for name in (*names.values(), "year", "value")}
    if flags:
        columns["status"] = []
    grouped = "indicator" not in columns and any(groups.values())
    if grouped:
        columns["indicator"] = []
    numbers = []
    for number, cells in grid.lines[at + 1 :]:
        filled = [place for place in years if place < len(cells) and text_of(cells[place])]
        if not filled and sum(bool(text_of(cell)) for cell in cells) <= 1:
            continue
        for place, year in years.items():
            numbers.append(number)
            columns["year"].append(year)
            columns["value"].append(cells[place] if place < len(cells) else None)
            for other, name in names.items():
                columns[name].append(cells[other] if other < len(cells) else None)
            if flags:
                flag = flags.get(place, len(cells))
                columns["status"].append(cells[flag] if flag < len(cells) else None)
            if grouped:
                columns["indicator"].append(groups[place])
    table = ObservationTable(grid.source, columns, numbers, kind, grid.sheet, grid.delimiter)
    _head_unit(grid, at, table)
    return table


def _groups(grid: Grid, at: int) -> dict[int, str]:
    """Heading above each year, where a line above the years groups them."""
    years = years_in(grid.names(at))
    if not at:
        return dict.fromkeys(years, "")
    above, found, last = [text_of(cell) for cell in grid.lines[at - 1][1]], {}, ""
    if sum(bool(text) for text in above) < 2 or grid.lines[at - 1][0] != grid.lines[at][0] - 1:
        return dict.fromkeys(years, "")
    for place in range(len(grid.names(at))):
        last = (above[place] if place < len(above) else "") or last
        if place in years:
            found[place] = last
    return found


def column_table(
    grid: Grid, at: int, kind: Message, names: Mapping[int, str], indicators: Mapping[int, str]
) -> ObservationTable:
    """Table with an indicator in each of some columns, a row for each indicator and year."""
    names = _once(names, ("indicator", "value"))
    columns: dict[str, list[Cell]] = {name: [] for name in (*names.values(), "indicator", "value")}
    numbers = []
    for number, cells in _without_notes(grid, at, dict(names) | dict.fromkeys(indicators, "value")):
        for place, indicator in indicators.items():
            numbers.append(number)
            columns["indicator"].append(indicator)
            columns["value"].append(cells[place] if place < len(cells) else None)
            for other, name in names.items():
                columns[name].append(cells[other] if other < len(cells) else None)
    return ObservationTable(grid.source, columns, numbers, kind, grid.sheet, grid.delimiter)


def _head_unit(grid: Grid, at: int, table: ObservationTable) -> None:
    """Take a unit from a line above the table, for rows that have none."""
    if "unit" in table.columns:
        return
    for _, cells in grid.lines[:at]:
        for cell in cells:
            found = _UNIT_LINE.match(text_of(cell).strip("（()）"))
            if found:
                table.columns["unit"] = [found.group(1) or found.group(2)] * len(table)


def with_units_of_names(table: ObservationTable) -> None:
    """Move a unit in brackets behind a Chinese name, 地区生产总值(亿元), into the column of units."""
    names = [text_of(cell) for cell in table.columns.get("indicator", [])]
    apart = {name: name_and_unit(name) for name in set(names)}
    if not any(unit for _, unit in apart.values()):
        return
    units = table.columns.get("unit", [None] * len(names))
    table.columns["indicator"] = [apart[name][0] for name in names]
    table.columns["unit"] = [
        apart[name][1] or unit if not text_of(unit) or apart[name][1] else unit
        for name, unit in zip(names, units, strict=True)
    ]


def extra(names: Sequence[str], taken: Sequence[int]) -> dict[int, str]:
    """Columns that are not taken, under names that are none of ours."""
    left = {at: name for at, name in enumerate(names) if at not in taken and name}
    return {at: f"{name}_" if name in COLUMNS else name for at, name in left.items()}
