"""UN SDG database: GeoAreaName, TimePeriod, SeriesDescription, Value, dimensions in [brackets]."""

from __future__ import annotations

from forecast.history.formats.layout import ObservationTable, long_table, lower
from forecast.history.grid import Grid
from forecast.language.message import Message

_NAMES = {
    "geoareaname": "area", "seriesdescription": "indicator", "timeperiod": "year", "value": "value",
    "units": "unit", "[units]": "unit", "nature": "status", "[nature]": "status", "source": "source",
    "footnote": "note", "footnotes": "note",
}  # fmt: skip


def read(grid: Grid) -> ObservationTable | None:
    """Table, or None where the head is not that of the UN's SDG database."""

    def fits(names: list[str]) -> bool:
        return {"geoareaname", "timeperiod", "value"} <= set(lower(names))

    at = grid.header(fits)
    if at is None:
        return None
    names: dict[int, str] = {}
    for place, name in enumerate(lower(grid.names(at))):
        ours = _NAMES.get(name, name.strip("[]"))
        if name and ours not in names.values():
            names[place] = ours
    if "indicator" not in names.values():
        names |= {place: "indicator" for place, name in names.items() if name == "seriescode"}
    table = long_table(grid, at, Message("kind_un_sdg"), names)
    bracketed = [name.strip("[]") for name in lower(grid.names(at)) if name.startswith("[")]
    table.dimensions = tuple(name for name in bracketed if name in table.columns)
    return table
