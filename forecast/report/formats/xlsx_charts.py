"""The charts of a workbook: Excel's own, drawn from the cells of the sheet they stand on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from forecast.report.content.blocks import Table
from forecast.report.content.wording import Wording

# Pixels; a row is 20 high.
WIDTH, HEIGHT, ROW = 620, 320, 20
_INK, _BLUE, _PALE, _RED = "#1B2430", "#0072B2", "#56A0D3", "#C04A00"
# About so many marks on an axis of years, and at least so many on one of values.
_YEARS, _VALUES = 8, 4


@dataclass(frozen=True)
class Placed:
    """A table on a sheet: the row of its head."""

    table: Table
    top: int

    def column(self, key: str) -> list[float]:
        """Numbers of a column."""
        at = self.table.keys.index(key)
        values = (row.cells[at].value for row in self.table.body)
        return [float(x) for x in values if isinstance(x, int | float)]

    def cells(self, sheet: str, key: str, *, last: bool = False) -> list[Any]:
        """Where a column stands, or only its last cell."""
        at, n = self.table.keys.index(key), len(self.table.body)
        return [sheet, self.top + (n if last else 1), at, self.top + n, at]


def outlook_chart(book: Any, sheet: str, w: Wording, tables: tuple[Placed, Placed]) -> Any:
    """Chart of the history, the outlook with its interval, and the target.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    sheet : str
        The name of the sheet that holds the tables.
    w : Wording
    tables : tuple of Placed
        The series, and the outlook by year.
    """
    series, yearly = tables
    say, chart = w.language.text, book.add_chart({"type": "scatter", "subtype": "straight"})
    dots = {"type": "circle", "size": 6, "fill": {"color": _INK}, "border": {"color": _INK}}
    chart.add_series(_series(series, sheet, "value", say("plot.point_final"), {"marker": dots}))
    for key, colour, dash in (("median", _BLUE, "solid"), ("low", _PALE, "dash"), ("high", _PALE, "dash")):
        line = {"color": colour, "width": 2.25 if key == "median" else 1.25, "dash_type": dash}
        chart.add_series(_series(yearly, sheet, key, say(f"yearly.{key}"), {"line": line}))
    if yearly.column("target"):
        diamond = {"type": "diamond", "size": 10, "fill": {"color": _RED}, "border": {"color": _RED}}
        chart.add_series(_series(yearly, sheet, "target", say("yearly.target"), {"marker": diamond}))
    # A caption with the unit "A!B1" would be taken for the address of a cell.
    caption = yearly.table.caption.replace("!", "\N{FULLWIDTH EXCLAMATION MARK}")
    chart.set_title({"name": caption, "name_font": {"size": 10, "bold": False}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    years = series.column("year") + yearly.column("year")
    step = math.ceil((max(years) - min(years)) / _YEARS)
    plain = {"major_gridlines": {"visible": False}, "num_format": "0"}
    chart.set_x_axis({**plain, "min": min(years), "max": max(years), "major_unit": max(step, 1)})
    seen = [x for key in ("median", "low", "high", "target") for x in yearly.column(key)]
    low, high, unit = round_axis(min(series.column("value") + seen), max(series.column("value") + seen))
    grid = {"visible": True, "line": {"color": "#D5DBE1"}}
    chart.set_y_axis({"min": low, "max": high, "major_unit": unit, "major_gridlines": grid, "crossing": low})
    return chart


def round_axis(low: float, high: float) -> tuple[float, float, float]:
    """Round ends of an axis that hold two values, and the step between its marks.

    Examples
    --------
    >>> round_axis(62.3, 90.8), round_axis(5.0, 5.0)
    ((60.0, 95.0, 5.0), (4.7, 5.3, 0.1))
    """
    if not high > low:
        low, high = low - (0.05 * abs(low) or 1.0), high + (0.05 * abs(high) or 1.0)
    raw = (high - low) / _VALUES
    size = 10.0 ** math.floor(math.log10(raw))
    # The power of ten below 0.00999... is 0.01 once its logarithm is rounded.
    step = size * max(m for m in (1, 2, 5) if m == 1 or m * size <= raw)
    places = max(0, -math.floor(math.log10(step)))
    ends = (math.floor(low / step) * step, math.ceil(high / step) * step, step)
    first, last, between = (round(x, places) for x in ends)
    return first, last, between


def _series(placed: Placed, sheet: str, key: str, name: str, look: dict[str, Any]) -> dict[str, Any]:
    """Column over its years: a line where one is asked for, else marks alone."""
    last = key == "target"
    drawn = {"marker": {"type": "none"}, **look} if "line" in look else {"line": {"none": True}, **look}
    return {
        "name": name,
        "categories": placed.cells(sheet, "year", last=last),
        "values": placed.cells(sheet, key, last=last),
        **drawn,
    }
