"""SDMX-CSV as Eurostat, OECD and others write it: TIME_PERIOD, OBS_VALUE, a column a dimension, UNIT_MULT."""

from __future__ import annotations

from forecast.history.cells import Cell, UnreadableCellError, number_of, text_of
from forecast.history.formats.layout import ObservationTable, long_table, lower, stem
from forecast.history.grid import Grid
from forecast.language.message import Message

_NEEDED = {"time_period", "obs_value"}
_NAMES = {
    "area": ("reference area", "ref_area", "geo"),
    "indicator": ("indicator", "measure", "series", "subject"),
    "unit": ("unit of measure", "unit_measure", "unit"),
    "status": ("obs_status", "obs_flag"),
    "note": ("obs_comment",),
}
# What describes the file or the figure rather than what was measured.
_ABOUT = (
    "dataflow", "structure", "structure_id", "structure_name", "action", "last update", "last_update",
    "time period",
    "observation value", "decimals", "base_per", "obs_flag", "obs_status", "obs_comment", "conf_status",
    "observation status", "unit_mult", "unit multiplier", "time_format", "base period", "price base",
    "observation status (flag) v2 structure",
)  # fmt: skip


def read(grid: Grid) -> ObservationTable | None:
    """Table, or None where the head is not that of an SDMX-CSV file."""
    at = grid.header(lambda names: set(lower(names)) >= _NEEDED)
    if at is None:
        return None
    plain = lower(grid.names(at))
    names = {plain.index("time_period"): "year", plain.index("obs_value"): "value"}
    for ours, theirs in _NAMES.items():
        # A label beside a code has the code's rows; the label is what people ask for.
        there = [_place(name, plain, grid, at) for name in theirs if name in plain]
        if there:
            names[there[0]] = ours
    taken = set(names)
    for place, name in enumerate(plain):
        if place not in taken and name and name not in names.values():
            names[place] = name
    table = long_table(grid, at, Message("kind_sdmx"), names)
    if "indicator" not in table.columns:
        table.columns["indicator"] = [_flow(table, grid)] * len(table)
        table.remarks.append(Message("named_after_file", name=_flow(table, grid)))
    _multiply(table)
    table.dimensions = tuple(n for n in table.columns if n not in (*_NAMES, "year", "value", *_ABOUT))
    return table


def _place(name: str, plain: list[str], grid: Grid, at: int) -> int:
    """Column of a dimension, its label in the next column where there is one."""
    place = plain.index(name)
    after = place + 1
    labels = {"ref_area": "reference area", "measure": "measure", "indicator": "indicator"}
    if (
        after < len(plain)
        and plain[after] == labels.get(name)
        and grid.names(at)[place] != grid.names(at)[after]
    ):
        return after
    return place


def _flow(table: ObservationTable, grid: Grid) -> str:
    """Data set's name: its code without agency and version."""
    for name in ("dataflow", "structure_id"):
        cells = table.columns.get(name, [])
        if cells and text_of(cells[0]):
            code = text_of(cells[0]).split(":")[-1].split("(")[0]
            return code if ":" in text_of(cells[0]) else text_of(cells[0])
    return stem(grid)


def _multiply(table: ObservationTable) -> None:
    """Put the power of ten that UNIT_MULT gives into the values."""
    powers = table.columns.pop("unit_mult", None)
    if powers is None:
        return
    values: list[Cell] = []
    for cell, power in zip(table.columns["value"], powers, strict=True):
        try:
            number, times = number_of(cell, "value"), number_of(power, "unit_mult")
        except UnreadableCellError:
            values.append(cell)
            continue
        values.append(cell if number is None or not times else _shifted(number, int(times)))
    table.columns["value"] = values
    if any(text_of(power) not in ("", "0") for power in powers):
        table.remarks.append(Message("multiplied"))


def _shifted(number: float, power: int) -> float:
    return (
        float(f"{number!r}e{power}") if "e" not in repr(number) else number * 10.0 ** max(min(power, 30), -30)
    )
