r"""Eurostat TSV: dimensions in the first column, ``freq,unit,geo\TIME_PERIOD``, years as columns, flags."""

from __future__ import annotations

from dataclasses import replace

from forecast.history.cells import Cell, text_of
from forecast.history.formats.layout import ObservationTable, stem, wide_table, years_in
from forecast.history.grid import Grid
from forecast.language.message import Message


def read(grid: Grid) -> ObservationTable | None:
    """Table, or None where the head is not that of a Eurostat TSV file."""
    at = grid.header(lambda names: bool(names) and "\\" in names[0] and len(years_in(names)) > 0)
    if at is None:
        return None
    own = grid.names(at)[0].split("\\")[0].split(",")
    lines: list[tuple[int, list[Cell]]] = [(grid.lines[at][0], [*own, *grid.names(at)[1:]])]
    for number, cells in grid.lines[at + 1 :]:
        parts = [part.strip() for part in text_of(cells[0]).split(",")]
        lines.append((number, [*parts, *([None] * (len(own) - len(parts))), *cells[1:]]))
    names = {place: "area" if name == "geo" else name for place, name in enumerate(own)}
    table = wide_table(replace(grid, lines=lines), 0, Message("kind_eurostat"), names)
    if "indicator" not in table.columns:
        table.columns["indicator"] = [stem(grid)] * len(table)
        table.remarks.append(Message("named_after_file", name=stem(grid)))
    table.dimensions = tuple(name for name in names.values() if name != "area")
    return table
