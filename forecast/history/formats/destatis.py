"""Destatis: the flat file of GENESIS (value, value_variable_label, 1_variable_attribute_label, ...)."""

from __future__ import annotations

import re

from forecast.history.cells import Cell, text_of
from forecast.history.formats.layout import ObservationTable, long_table, lower
from forecast.history.grid import Grid
from forecast.language.message import Message

_PLACES = re.compile(r"land|länder|kreis|gemeinde|region|stadt|städte|bezirk", re.IGNORECASE)


def read(grid: Grid) -> ObservationTable | None:
    """Table, or None where the head is not that of a flat GENESIS file."""
    at = grid.header(lambda names: {"time", "value", "value_variable_label"} <= set(lower(names)))
    if at is None:
        return None
    plain = lower(grid.names(at))
    names = {
        plain.index("time"): "year",
        plain.index("value"): "value",
        plain.index("value_variable_label"): "indicator",
    }
    if "value_unit" in plain:
        names[plain.index("value_unit")] = "unit"
    dimensions = []
    for place, name in enumerate(plain):
        found = re.match(r"^(\d)_variable_attribute_label$", name)
        if not found:
            continue
        label = f"{found.group(1)}_variable_label"
        cells: list[Cell] = (
            [row[plain.index(label)] for _, row in grid.lines[at + 1 :]] if label in plain else []
        )
        if cells and _PLACES.search(text_of(cells[0])) and "area" not in names.values():
            names[place] = "area"
        else:
            names[place] = text_of(cells[0]).lower() if cells else name
            dimensions.append(names[place])
    table = long_table(grid, at, Message("kind_destatis"), names)
    table.dimensions = tuple(dimensions)
    return table
