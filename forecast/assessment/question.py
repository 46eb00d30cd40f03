"""Targets put to histories, each resolved once: what is known, what is asked, which values meet it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.assessment.growth import GROWTH_YEARS
from forecast.history.batch import DensePanel, SeriesBatch
from forecast.history.published import published_decimals
from forecast.target.batch import TargetBatch
from forecast.target.solution import Solution


@dataclass(frozen=True, eq=False)
class LastObservations:
    """What is known of each row's series, entries (rows,): the last value, the pace, the doubts."""

    row: IntArray
    last_year: FloatArray
    last: FloatArray
    bounds: FloatArray
    pace_year: FloatArray
    pace_value: FloatArray

    @classmethod
    def of(cls, packed: SeriesBatch, grid: DensePanel, row: IntArray) -> LastObservations:
        """Gather it from the series of the rows."""
        start = pace_start(packed, grid)
        series = np.arange(len(packed))
        value = grid.value_in(series, start)
        return cls(
            row,
            grid.last[row].astype(float),
            grid.last_values[row],
            packed.bounds[row],
            start[row],
            value[row],
        )

    def at(self, rows: IntArray) -> LastObservations:
        """Entries of the chosen rows."""
        return LastObservations(**{name: entry[rows] for name, entry in vars(self).items()})


@dataclass(frozen=True, eq=False)
class Question:
    """Targets put to histories, each resolved once: what is known, what is asked, which values meet it."""

    known: LastObservations
    terms: TargetBatch
    solved: Solution
    left: BoolArray

    @classmethod
    def of(
        cls, packed: SeriesBatch, grid: DensePanel, row: IntArray, terms: TargetBatch, few: BoolArray
    ) -> Question:
        """Put the terms to the series of their rows; *few* are the series that arrays leave alone."""
        known = LastObservations.of(packed, grid, row)
        base = grid.value_in(row, terms.start)
        solved = terms.solve(
            known.last, base, known.bounds, lambda i: published_decimals(grid.values[row[i]]).astype(float)
        )
        past = terms.year <= known.last_year
        left = ~solved.answerable
        left |= (past & solved.looks_back) | (~past & few[row])
        return cls(known, terms, solved, left)


def pace_start(packed: SeriesBatch, grid: DensePanel) -> FloatArray:
    """First year of the present pace of each series, NaN with a single observation."""
    width = grid.values.shape[1]
    level = np.maximum(grid.first, _latest_break(packed, grid))
    earliest = np.maximum(grid.last - GROWTH_YEARS, level)
    years = grid.last[:, None] - np.arange(width - 1, -1, -1)
    seen = np.isfinite(grid.values)
    seen[:, -1] = False
    near = seen & (years >= earliest[:, None])
    first_near = years[np.arange(len(seen)), near.argmax(axis=1)]
    # Counted from the right, so that the last but one observation comes first.
    before_last = grid.last - 1 - seen[:, -2::-1].argmax(axis=1) if width > 1 else grid.last
    found = np.where(near.any(axis=1), first_near, before_last)
    return np.where(seen.any(axis=1), found, np.nan)


def _latest_break(packed: SeriesBatch, grid: DensePanel) -> IntArray:
    """Latest declared break up to the last observation, 0 where there is none."""
    latest = np.zeros(len(packed), dtype=np.int64)
    series = np.repeat(np.arange(len(packed)), np.diff(packed.break_start))
    counted = packed.breaks <= grid.last[series]
    np.maximum.at(latest, series[counted], packed.breaks[counted])
    return latest


def base_of(known: LastObservations, grid: DensePanel, terms: TargetBatch) -> tuple[FloatArray, FloatArray]:
    """Year and value that progress is counted from, NaN where there is none."""
    observed = grid.value_in(known.row, terms.base_year)
    value = np.where(np.isnan(terms.base_value), observed, terms.base_value)
    value = np.where(np.isnan(terms.base_year), np.nan, value)
    # Where nobody observed the plan's base year, progress counts from the target's own.
    own = grid.value_in(known.row, terms.start)
    own = np.where(np.isnan(own) & (terms.start <= known.last_year), terms.stated, own)
    year = np.where(np.isnan(value), terms.start, terms.base_year)
    value = np.where(np.isnan(value), own, value)
    return np.where(np.isnan(value), np.nan, year), value
