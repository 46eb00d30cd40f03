"""Histories as this library's own table: one observation a row."""

from __future__ import annotations

import csv
import io
import re

from forecast.history.columns import COLUMNS
from forecast.history.histories import Histories

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t")

# What could be thousands: one to three digits, a point, three digits.
_GROUPS = re.compile(r"-?\d{1,3}\.\d{3}")


def tidy_csv(histories: Histories) -> str:
    """Histories as CSV text that :func:`forecast.read_histories` reads back the same.

    Examples
    --------
    >>> from forecast.history.history import History
    >>> print(tidy_csv(Histories([History.of("x", [2020], [1.5], unit="%", area="A")])))
    area,indicator,year,value,unit,status,source,note,break
    A,x,2020,1.5,%,final,,,
    <BLANKLINE>
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for h in histories.values():
        for i, (year, value) in enumerate(zip(h.years.tolist(), h.values.tolist(), strict=True)):
            starts = 1 if year in h.breaks else ""
            texts = (h.status[i], h.sources[i], h.notes[i])
            writer.writerow([h.area, h.indicator, year, _number(value), h.unit, *map(_plain, texts), starts])
    return text.getvalue()


def _number(value: float) -> str:
    """Number that is read as nothing else: before three digits a point may mark thousands, so a 0 follows."""
    text = str(int(value)) if value == int(value) and abs(value) < 1e15 else str(value)
    return f"{text}0" if _GROUPS.fullmatch(text) else text


def _plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
