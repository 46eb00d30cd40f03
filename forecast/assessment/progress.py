"""How far a target has come: share of the way, share of the time, effort, rating; many rows at once."""

from __future__ import annotations

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.assessment.growth import GrowthArrays
from forecast.rules.base import SMALLEST_GAP

RATINGS = (
    "met", "on_track", "acceleration_needed", "limited_progress", "moving_away", "missed", "not_assessed",
)  # fmt: skip
# Ratings by the probability of meeting the target; the edges are those of the word "likely".
ON_TRACK, POSSIBLE = 0.66, 0.33


def effort(
    required: GrowthArrays, observed: GrowthArrays, bounds: FloatArray, direction: IntArray
) -> FloatArray:
    """Effort ratio: required over observed growth, NaN where the two have different signs.

    NaN too where the required growth runs against the target's *direction*: a target that is met
    already may lose so much a year, which is room and no effort.

    Compound rates where both have one, unless the indicator is a share (both bounds given).
    """
    compound = ~np.isfinite(bounds).all(axis=1) & np.isfinite(required.compound)
    compound &= np.isfinite(observed.compound)
    needed, seen = (np.where(compound, g.compound, g.per_year) for g in (required, observed))
    return _quotient(needed, seen, (needed * seen > 0) & (needed * direction >= 0))


def completion(
    base: tuple[FloatArray, FloatArray], last: tuple[FloatArray, FloatArray], threshold: FloatArray,
    direction: IntArray,
) -> FloatArray:  # fmt: skip
    """Completion (y - y0) / (T - y0): share of the way from base to threshold that was covered.

    NaN where the base already met the threshold or lies so near it that a share of the way is noise:
    the figure of ``rules.china.completion``, which says why.

    Parameters
    ----------
    base, last : tuple of ndarray
        Year and value of the base, and of the last observation.
    """
    year, value = base
    close = np.abs(value - threshold) <= 1e-12 * np.maximum(np.abs(value), np.abs(threshold))
    met = (direction * (value - threshold) >= 0) | close
    gap = threshold - value
    small = np.abs(gap) <= SMALLEST_GAP * np.maximum(np.abs(threshold), np.abs(value))
    said = (year <= last[0]) & ~met & ~small & (value != threshold) & (direction != 0)
    return _quotient(last[1] - value, gap, said & (gap != 0))


def schedule(last_year: FloatArray, base_year: FloatArray, year: FloatArray) -> FloatArray:
    """Share of the time from base to target year that had passed by the last value."""
    span = year - base_year
    return _quotient(last_year - base_year, span, span > 0)


def rating_of(
    probability: FloatArray, met: IntArray, observed: FloatArray, direction: IntArray, held: BoolArray
) -> IntArray:
    """Each row's class as a position in ``RATINGS``.

    Parameters
    ----------
    probability, observed : ndarray
        Of meeting the target; and the growth seen a year.
    met : ndarray of int
        1 or 0 where the outcome is known, -1 while it is open.
    held : ndarray of bool
        Whether the last value meets the target, which is then to be kept: it is rated by its chance of
        being kept, for a value that moves about beyond the target moves away from nothing.
    """
    cases = [
        met == 1, met == 0, np.isnan(probability), probability > ON_TRACK,
        (observed * direction < 0) & ~held, probability >= POSSIBLE,
    ]  # fmt: skip
    names = ("met", "missed", "not_assessed", "on_track", "moving_away", "acceleration_needed")
    return np.select(cases, [RATINGS.index(n) for n in names], RATINGS.index("limited_progress"))


def rows_of_one(*figures: float | None) -> tuple[FloatArray, ...]:
    """Figures of one target as arrays of one row."""
    return tuple(np.array([np.nan if x is None else x], dtype=float) for x in figures)


def figure_of(row: FloatArray) -> float | None:
    """Figure of a single row, None where there is none."""
    x = float(row[0])
    return None if np.isnan(x) else x


def _quotient(above: FloatArray, below: FloatArray, where: BoolArray) -> FloatArray:
    """Quotient above / below, NaN elsewhere."""
    return np.asarray(np.divide(above, below, out=np.full(len(above), np.nan), where=where))
