"""Open SDG: ``indicator_1-1-1.csv`` with Year, Value, and a column for each disaggregation."""

from __future__ import annotations

import re

from forecast.history.formats.layout import ObservationTable, long_table, lower, stem
from forecast.history.grid import Grid
from forecast.language.message import Message

_FILE = re.compile(r"^indicator_\d+-\w+-\w+")
_KNOWN = {"year": "year", "value": "value", "units": "unit", "unit": "unit", "observation status": "status"}


def read(grid: Grid) -> ObservationTable | None:
    """Table, or None where neither the name nor the head is that of an Open SDG file."""

    def fits(names: list[str]) -> bool:
        plain = set(lower(names))
        ours = {"geocode", "series"} & plain and "units" in plain
        return (
            {"year", "value"} <= plain
            and not {"indicator", "area"} & plain
            and bool(ours or _FILE.match(stem(grid)))
        )

    at = grid.header(fits)
    if at is None:
        return None
    plain = lower(grid.names(at))
    names = {place: _KNOWN.get(name, name) for place, name in enumerate(plain) if name}
    table = long_table(grid, at, Message("kind_open_sdg"), names)
    table.columns["indicator"] = [stem(grid)] * len(table)
    table.remarks.append(Message("named_after_file", name=stem(grid)))
    table.dimensions = tuple(n for n in names.values() if n not in _KNOWN.values() and n != "geocode")
    return table
