"""FAOSTAT: Area, Item, Element; one row a year, or Y2020 and its flag Y2020F as columns."""

from __future__ import annotations

from forecast.history.cells import text_of
from forecast.history.formats.layout import ObservationTable, long_table, lower, wide_table, years_in
from forecast.history.grid import Grid
from forecast.language.message import Message


def read(grid: Grid) -> ObservationTable | None:
    """Table, or None where the head is not that of a FAOSTAT file."""
    at = grid.header(lambda names: {"area", "item", "element"} <= set(lower(names)))
    if at is None:
        return None
    heads = lower(grid.names(at))
    own = {"area": "area", "unit": "unit", "item": "item", "element": "element", "note": "note"}
    names = {heads.index(theirs): ours for theirs, ours in own.items() if theirs in heads}
    years = years_in(grid.names(at))
    kind = Message("kind_faostat")
    if years:
        flags = {at: heads.index(f"y{year}f") for at, year in years.items() if f"y{year}f" in heads}
        table = wide_table(grid, at, kind, names, flags)
    elif {"year", "value"} <= set(heads):
        names |= {heads.index("year"): "year", heads.index("value"): "value"}
        names |= {heads.index("flag"): "status"} if "flag" in heads else {}
        table = long_table(grid, at, kind, names)
    else:
        return None
    items, elements = table.columns.pop("item"), table.columns.pop("element")
    table.columns["indicator"] = [
        f"{text_of(item)}, {text_of(element)}" for item, element in zip(items, elements, strict=True)
    ]
    return table
