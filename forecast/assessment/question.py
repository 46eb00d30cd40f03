"""The arithmetic of an assessment for many rows at once: growth, completion, evidence, limits.

Every rule here is that of a noun of its own (``growth``, ``rules.china``, ``evidence``, ``kinds``),
written once more for arrays; ``tests/test_panel.py`` holds the two to each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.assessment.assessment import ON_TRACK, POSSIBLE
from forecast.assessment.evidence import (
    BEYOND,
    FAR,
    FARTHER,
    FEW,
    GAPPY,
    GRADES,
    HARDLY_ANY,
    MOSTLY_GAPS,
    OLD,
    VERY_FEW,
    VERY_OLD,
)
from forecast.assessment.growth import GROWTH_YEARS
from forecast.assessment.study import RATINGS
from forecast.history.batch import DensePanel, SeriesBatch
from forecast.history.history import STATUSES
from forecast.history.implied_bounds import OPEN, implied_of_each, nature_of
from forecast.history.units import same_unit
from forecast.rules.base import SMALLEST_GAP
from forecast.target.batch import TargetBatch

_MOST_DECIMALS = 6


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
        """Return the entries of the chosen rows."""
        return LastObservations(**{name: entry[rows] for name, entry in vars(self).items()})


def pace_start(packed: SeriesBatch, grid: DensePanel) -> FloatArray:
    """Return the first year of the present pace of each series, NaN with a single observation."""
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
    """Return the latest declared break up to the last observation, 0 where there is none."""
    latest = np.zeros(len(packed), dtype=np.int64)
    series = np.repeat(np.arange(len(packed)), np.diff(packed.break_start))
    counted = packed.breaks <= grid.last[series]
    np.maximum.at(latest, series[counted], packed.breaks[counted])
    return latest


def growth_over(
    first: FloatArray, last: FloatArray, *, start: FloatArray, end: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the constant change a year and its compound rate, NaN where there is none."""
    years = np.where(end > start, end - start, np.nan)
    has_ratio = first * last > 0
    ratio = _quotient(last, first, has_ratio)
    return (last - first) / years, ratio ** (1 / years) - 1


def _quotient(above: FloatArray, below: FloatArray, where: BoolArray) -> FloatArray:
    """Return above / below, NaN elsewhere."""
    return np.asarray(np.divide(above, below, out=np.full(len(above), np.nan), where=where))


def effort(
    known: LastObservations, required: tuple[FloatArray, ...], observed: tuple[FloatArray, ...]
) -> FloatArray:
    """Return required over observed growth, as ``Assessment.effort_ratio`` does."""
    compound = ~np.isfinite(known.bounds).all(axis=1) & np.isfinite(required[1]) & np.isfinite(observed[1])
    needed, seen = (np.where(compound, g[1], g[0]) for g in (required, observed))
    return _quotient(needed, seen, needed * seen > 0)


def completion(
    known: LastObservations, base: tuple[FloatArray, FloatArray], goal: FloatArray, direction: IntArray
) -> FloatArray:
    """Return the share of the way from base to goal, as ``rules.china.completion`` does."""
    year, value = base
    close = np.abs(value - goal) <= 1e-12 * np.maximum(np.abs(value), np.abs(goal))
    met = (direction * (value - goal) >= 0) | close
    small = np.abs(goal - value) <= SMALLEST_GAP * np.maximum(np.abs(goal), np.abs(value))
    said = (year <= known.last_year) & ~(met & (value != goal)) & ~small & (value != goal) & (direction != 0)
    gap = goal - value
    return _quotient(known.last - value, gap, said & (gap != 0))


def schedule(known: LastObservations, base_year: FloatArray, year: FloatArray) -> FloatArray:
    """Return the share of the time from base to target year that had passed by the last value."""
    span = year - base_year
    return _quotient(known.last_year - base_year, span, span > 0)


def base_of(known: LastObservations, grid: DensePanel, terms: TargetBatch) -> tuple[FloatArray, FloatArray]:
    """Return the year and value that progress is counted from, NaN where there is none."""
    observed = grid.value_in(known.row, terms.base_year)
    value = np.where(np.isnan(terms.base_value), observed, terms.base_value)
    value = np.where(np.isnan(terms.base_year), np.nan, value)
    return np.where(np.isnan(value), np.nan, terms.base_year), value


def decimals_of(values: FloatArray) -> FloatArray:
    """Return the number of decimals each row is published with, as ``History.decimals`` does."""
    found = np.full(len(values), float(_MOST_DECIMALS))
    for places in range(_MOST_DECIMALS - 1, -1, -1):
        close = np.isclose(np.round(values, places), values, rtol=1e-12, atol=0.0) | np.isnan(values)
        found[close.all(axis=1)] = places
    return found


def evidence_of(
    packed: SeriesBatch, grid: DensePanel, known: LastObservations, year: FloatArray, as_of: int | None
) -> IntArray:
    """Return the grade of each row as a position in A, B, C, D."""
    counts, span = packed.counts, (grid.last - grid.first + 1).astype(float)
    missing = (span - counts) / span
    inside = _breaks_inside(packed, grid).astype(float)
    series = np.repeat(np.arange(len(packed)), counts)
    by_proxy = np.bincount(series, packed.status == STATUSES.index("proxy"), len(packed)) > 0
    provisional = packed.status[packed.start[1:] - 1] == STATUSES.index("provisional")
    age = np.zeros(len(packed)) if as_of is None else (as_of - grid.last).astype(float)
    weight = (
        np.select([counts < HARDLY_ANY, counts < VERY_FEW, counts < FEW], [4, 2, 1], 0)
        + _steps(missing, GAPPY, MOSTLY_GAPS)
        + _steps(age, OLD, VERY_OLD)
        + 3 * by_proxy
        + _steps(inside, 0, 1)
        + provisional
        + _open_percentage(packed)
    )
    row = known.row
    ahead = (year - known.last_year) / span[row]
    total = weight[row] + np.where(ahead > BEYOND, 4, _steps(ahead, FAR, FARTHER))
    return np.asarray(np.searchsorted([most for _, most in GRADES], total))


def _open_percentage(packed: SeriesBatch) -> BoolArray:
    """Say which series are percentages without any bound, declared or implied."""
    least, most = (
        np.asarray(of.reduceat(packed.values, packed.start[:-1])) for of in (np.minimum, np.maximum)
    )
    units, names = packed.unit.tolist(), packed.indicator.tolist()
    bounds = implied_of_each(packed.bounds, names, units, least, most)
    told = np.array(
        [nature_of(i, u) == OPEN or same_unit(u) != "%" for i, u in zip(names, units, strict=True)]
    )
    return np.asarray(np.isinf(bounds).all(axis=1) & ~told)


def _breaks_inside(packed: SeriesBatch, grid: DensePanel) -> IntArray:
    """Return how many declared breaks lie inside each series."""
    series = np.repeat(np.arange(len(packed)), np.diff(packed.break_start))
    counted = (packed.breaks > grid.first[series]) & (packed.breaks <= grid.last[series])
    return np.bincount(series[counted], minlength=len(packed))


def _steps(value: FloatArray, first: float | FloatArray, second: float | FloatArray) -> IntArray:
    """Return 0, 1 or 2: how many of the two limits *value* exceeds."""
    return np.asarray((value > first).astype(np.int64) + (value > second))


def rating_of(probability: FloatArray, met: IntArray, observed: FloatArray, direction: IntArray) -> IntArray:
    """Return each row's class as a position in ``RATINGS``; *met* is 1, 0, or -1 while that is open."""
    cases = [
        met == 1, met == 0, np.isnan(probability), probability > ON_TRACK,
        observed * direction < 0, probability >= POSSIBLE,
    ]  # fmt: skip
    names = ("met", "missed", "not_assessed", "on_track", "moving_away", "acceleration_needed")
    return np.select(cases, [RATINGS.index(n) for n in names], RATINGS.index("limited_progress"))
