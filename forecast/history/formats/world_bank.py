"""World Bank: indicator CSV and Excel (four lines above the header), DataBank exports, wbgapi tables."""

from __future__ import annotations

from forecast.history.formats.layout import ObservationTable, lower, wide_table, years_in
from forecast.history.grid import Grid
from forecast.language.message import Message

_AREA = ("country name", "economy", "country")
_INDICATOR = ("indicator name", "series name", "series")
_CODES = ("country code", "indicator code", "series code")


def read(grid: Grid) -> ObservationTable | None:
    """Table, or None where the head is not that of a World Bank file."""

    def fits(names: list[str]) -> bool:
        plain = lower(names)
        head = {"country name", "economy"} & set(plain) and set(_INDICATOR) & set(plain)
        return bool(head) and len(years_in(names)) > 0

    at = grid.header(fits)
    if at is None:
        return None
    plain = lower(grid.names(at))
    names = {}
    for ours, theirs in (("area", _AREA), ("indicator", _INDICATOR)):
        names[next(plain.index(name) for name in theirs if name in plain)] = ours
    names |= {plain.index(code): code for code in _CODES if code in plain}
    return wide_table(grid, at, Message("kind_world_bank"), names)
