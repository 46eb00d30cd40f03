"""Plain tables: a row for each year (this library's own), a column for each, or a column an indicator."""

from __future__ import annotations

import re

from forecast.history.cells import UnreadableCellError, number_of, text_of
from forecast.history.columns import COLUMNS, our_names
from forecast.history.formats.layout import (
    ObservationTable,
    column_table,
    extra,
    heading_year,
    long_table,
    stem,
    wide_table,
    with_units_of_names,
    years_in,
)
from forecast.history.grid import Grid, too_long
from forecast.history.year_cells import year_of
from forecast.language.message import Message

# Of a table with an indicator a column, so many rows tell what the columns hold.
_SAMPLE = 20
_COUNTED = re.compile(r"^(?:no\.?|序号|编号|id|code|rank)$", re.IGNORECASE)


def read(grid: Grid) -> ObservationTable | None:
    """Table in whichever of the plain layouts it is, or None."""
    return _rows(grid) or _years_as_columns(grid) or _indicators_as_columns(grid)


def as_it_stands(grid: Grid) -> ObservationTable:
    """Table whose first row is taken for its header, whatever it holds."""
    return _tidy(grid, 0)


def _tidy(grid: Grid, at: int) -> ObservationTable:
    names, heads = _names(grid, at), our_names(grid.names(at))
    once = {name: place for place, name in reversed(names.items())}
    table = long_table(grid, at, Message("kind_tidy"), {place: name for name, place in once.items()})
    table.heads = [name for name in heads if name]
    table.problems = too_long(grid, at)
    return table


def _names(grid: Grid, at: int) -> dict[int, str]:
    names = our_names(grid.names(at))
    nameless = [place for place, name in enumerate(names) if not name]
    filled = {
        place
        for place in nameless
        if any(place < len(cells) and text_of(cells[place]) for _, cells in grid.lines[at + 1 :])
    }
    # A spacer column has neither name nor figures; a name that stands twice is refused by its reader.
    return {
        place: name or f"column {place + 1}" for place, name in enumerate(names) if name or place in filled
    }


def _rows(grid: Grid) -> ObservationTable | None:
    def fits(names: list[str]) -> bool:
        ours = set(our_names(names))
        return {"year", "value"} <= ours and bool({"indicator", "unique_id"} & ours)

    at = grid.header(fits)
    if at is None:
        return None
    table = _tidy(grid, at)
    if "indicator" in table.columns:
        with_units_of_names(table)
    return table


def _years_as_columns(grid: Grid) -> ObservationTable | None:
    def fits(names: list[str]) -> bool:
        return len(years_in(names)) > 1 and "year" not in our_names(names)

    at = grid.header(fits)
    if at is None:
        return None
    heads = grid.names(at)
    others = [place for place in range(len(heads)) if place not in years_in(heads)]
    above = [text_of(cell) for cell in grid.lines[at - 1][1]] if at else []
    labels = [heads[p] or (above[p] if p < len(above) else "") for p in others]
    ours = our_names(labels)
    if "indicator" not in ours and "area" not in ours and len(ours) == 1 and not labels[0]:
        ours = ["indicator"]
    names = {place: name for place, name in zip(others, ours, strict=True) if name}
    table = wide_table(grid, at, Message("kind_wide"), names)
    if "indicator" not in table.columns:
        free = [name for name in names.values() if name not in COLUMNS]
        if free:
            table.columns["indicator"] = table.columns.pop(free[0])
        else:
            table.columns["indicator"] = [stem(grid)] * len(table)
            table.remarks.append(Message("named_after_file", name=stem(grid)))
    with_units_of_names(table)
    return table


def _indicators_as_columns(grid: Grid) -> ObservationTable | None:
    def fits(names: list[str]) -> bool:
        ours = our_names(names)
        return "year" in ours and len(names) > 1 and not {"indicator", "value", "unique_id"} & set(ours)

    at = grid.header(fits)
    if at is None:
        return None
    heads = grid.names(at)
    ours = our_names(heads)
    place = ours.index("year")
    body = grid.lines[at + 1 : at + 1 + _SAMPLE]
    if not body or not all(_is_year(cells[place] if place < len(cells) else None) for _, cells in body[:3]):
        return None
    names = {i: name for i, name in enumerate(ours) if name in COLUMNS}
    indicators = {
        i: name for i, name in extra(heads, list(names)).items()
        if not _COUNTED.match(name) and any(_is_figure(cells, i) for _, cells in body)
    }  # fmt: skip
    if not indicators:
        return None
    table = column_table(grid, at, Message("kind_columns"), names, indicators)
    with_units_of_names(table)
    return table


def _is_year(cell: object) -> bool:
    try:
        return year_of(cell, "year") is not None
    except UnreadableCellError:
        return heading_year(text_of(cell)) is not None


def _is_figure(cells: object, place: int) -> bool:
    if not isinstance(cells, list | tuple) or place >= len(cells):
        return False
    try:
        return number_of(cells[place], "value") is not None
    except UnreadableCellError:
        return any(letter.isdigit() for letter in text_of(cells[place])[:1])
