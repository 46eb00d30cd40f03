"""Which publisher's table a sheet holds: the first whose head it has."""

from __future__ import annotations

from forecast.history.formats import (
    destatis,
    eurostat,
    faostat,
    open_sdg,
    our_world_in_data,
    sdmx_csv,
    tidy,
    un_sdg,
    world_bank,
)
from forecast.history.formats.layout import ObservationTable
from forecast.history.grid import Grid

# From the most particular head to the most general.
FORMATS = (world_bank, eurostat, sdmx_csv, un_sdg, faostat, our_world_in_data, destatis, open_sdg, tidy)


def recognised(grid: Grid) -> ObservationTable | None:
    """Observations of a sheet, or None where no known head stands in it."""
    for form in FORMATS:
        table: ObservationTable | None = form.read(grid)
        if table is not None:
            return table
    return None
