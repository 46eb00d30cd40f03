"""Our World in Data: Entity, Code, Year, then an indicator in each column."""

from __future__ import annotations

from forecast.history.formats.layout import ObservationTable, column_table, lower
from forecast.history.grid import Grid
from forecast.language.message import Message

_OWN = ("entity", "code", "year", "day")


def read(grid: Grid) -> ObservationTable | None:
    """Table, or None where the head is not that of Our World in Data."""
    at = grid.header(
        lambda names: lower(names)[:1] == ["entity"] and "year" in lower(names) and len(names) > 2
    )
    if at is None:
        return None
    heads = grid.names(at)
    plain = lower(heads)
    names = {0: "area", plain.index("year"): "year"}
    indicators = {i: name for i, name in enumerate(heads) if plain[i] not in _OWN and name}
    texts = {
        i
        for i in indicators
        if "annotation" in plain[i] or plain[i] in ("world region according to owid", "continent")
    }
    return column_table(
        grid, at, Message("kind_owid"), names, {i: n for i, n in indicators.items() if i not in texts}
    )
