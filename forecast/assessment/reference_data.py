"""The reference classes that travel with the library, as percentiles with their sources.

``data/reference/changes.csv``; its README says what the columns mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from forecast.assessment.reference import ReferenceClass, Windows, between_percentiles, spread_over
from forecast.history.catalogue import Catalogue
from forecast.history.history import History
from forecast.history.shipped_data import data_path

COLUMNS = ("p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99")
LEVELS = np.array([int(column[1:]) / 100 for column in COLUMNS])
# Percentiles are read off as so many equally likely paces.
PACES = 1000
# A pace kept for some years says nothing of more than twice as many.
LONGER = 2


@dataclass(frozen=True)
class ChangeRecord:
    """Percentiles of the pace of one population, horizon, band of starting values and period."""

    horizon: int
    start: tuple[float | None, float | None]
    first_year: int
    last_year: int
    windows: int
    compound: bool
    percentiles: tuple[float, ...]
    source: str

    def holds(self, value: float) -> bool:
        """Whether *value* lies in the band of starting values."""
        low, high = self.start
        return (low is None or value >= low) and (high is None or value < high)


@dataclass(frozen=True)
class Summary:
    """What is known of one indicator in one population, as percentiles."""

    rows: tuple[ChangeRecord, ...]

    def windows(self, history: History, years: int) -> Windows | None:
        """Paces over so many *years*, between the two horizons that enclose them."""
        known = tuple({row.horizon for row in self.rows})
        if years > LONGER * max(known):
            return None
        weights = spread_over(known, years)
        rows = [self._row(history, horizon) for horizon in weights]
        if rows[0].compound and history.last_value <= 0:
            return None
        counts = [round(PACES * weight) for weight in weights.values()]
        paces = [
            between_percentiles(LEVELS, np.array(row.percentiles), count)
            for row, count in zip(rows, counts, strict=True)
        ]
        return Windows(
            paces=np.concatenate(paces),
            compound=rows[0].compound,
            n=min(row.windows for row in rows),
            horizons=tuple(weights),
            start=rows[0].start,
            first_year=min(row.first_year for row in rows),
            last_year=max(row.last_year for row in rows),
            coarse=True,
            source=rows[0].source,
        )

    def _row(self, history: History, horizon: int) -> ChangeRecord:
        """Row of a horizon: the narrowest band, then the latest period known by then."""
        rows = [row for row in self.rows if row.horizon == horizon]
        fitting = [row for row in rows if row.holds(history.last_value)] or rows
        banded = [row for row in fitting if row.start != (None, None)] or fitting
        known = [row for row in banded if row.last_year <= history.last_year]
        return max(known, key=lambda row: row.last_year) if known else min(banded, key=lambda r: r.last_year)


def shipped_reference(history: History, catalogue: Catalogue | None = None) -> ReferenceClass | None:
    """Shipped reference class for an indicator, or None where there is none.

    Parameters
    ----------
    history : History
        Its indicator and area are looked up.
    catalogue : Catalogue, optional
        Says which country the area is part of: places in the same country compare before all
        countries, and those before places in one other country.

    Examples
    --------
    >>> own = History.of("primary_industry_value_added", [2021], [9.248], unit="亿元", area="Jiangyuan")
    >>> shipped_reference(own).population
    'Chinese counties'
    """
    classes = _shipped().get(history.indicator, ())
    home = _enclosing(history.area, catalogue or Catalogue())
    ranked = sorted(classes, key=lambda each: 0 if each[1] in home else 2 if each[1] else 1)
    return ranked[0][0] if ranked else None


def _enclosing(area: str, catalogue: Catalogue) -> set[str]:
    """Area and everything it is part of."""
    around: set[str] = set()
    while area and area not in around:
        around.add(area)
        area = catalogue.area(area).part_of
    return around


@lru_cache(maxsize=1)
def _shipped() -> dict[str, list[tuple[ReferenceClass, str]]]:
    """Shipped classes by indicator, each with the country it lies in."""
    table = pd.read_csv(data_path("reference/changes.csv"), keep_default_na=False, dtype=str)
    classes: dict[str, list[tuple[ReferenceClass, str]]] = {}
    for (indicator, population), rows in table.groupby(["indicator", "population"], sort=False):
        records = rows.to_dict("records")
        summary = Summary(tuple(_row({str(k): str(v) for k, v in each.items()}) for each in records))
        for name in (indicator, *filter(None, str(records[0]["also"]).split(";"))):
            entry = ReferenceClass(str(population), summary), str(records[0]["within"])
            classes.setdefault(str(name), []).append(entry)
    return classes


def _row(cells: dict[str, str]) -> ChangeRecord:
    compound = cells["pace"] == "compound"
    start = tuple(float(cells[name]) if cells[name] else None for name in ("start_from", "start_to"))
    return ChangeRecord(
        horizon=int(cells["horizon"]),
        start=(start[0], start[1]),
        first_year=int(cells["first_year"]),
        last_year=int(cells["last_year"]),
        windows=int(cells["windows"]),
        compound=compound,
        # Compound paces are published in per cent.
        percentiles=tuple(float(cells[column]) / (100 if compound else 1) for column in COLUMNS),
        source=cells["source"],
    )
