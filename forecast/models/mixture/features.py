"""What a short series looks like, free of units: its yearly changes, spread, outliers, features.

Arrays in, arrays out: one series a row, NaN where nothing was observed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.models.base import REGULARITY, STILLNESS

FEATURES = ("one", "length", "direction", "autocorrelation", "volatility", "growth", "recent")

# sigma is first guessed from the spread of the steps; the mean step itself counts as this many more.
_STEP_COUNT = 1.5
# Squares of anything smaller are not numbers any more.
LEAST = 1e-140
# A value this many times further from its neighbours' line than is usual, which comes straight back.
_WILD = 8.0
# An additive outlier enters the variance as one this many standard deviations out, and moves little else.
WILD_COUNTS = 3.0
# A step this many robust standard deviations from the median step is remarked upon.
_LEVEL_STEP = 5.0


class FirstDifferences(NamedTuple):
    """What was observed, pushed to the right: values, and how the steps between them count."""

    values: FloatArray
    gap: FloatArray
    step: FloatArray

    @property
    def rate(self) -> FloatArray:
        """Change a year of every step, NaN where there is none."""
        return self.step / self.gap


def course_of(values: FloatArray, restart: BoolArray) -> FirstDifferences:
    """Push what was observed to the right; a step over a break is no step, unless all are."""
    seen = np.isfinite(values)
    order = np.argsort(seen, axis=1, kind="stable")
    dense = np.take_along_axis(values, order, axis=1)
    gap = np.diff(np.where(np.take_along_axis(seen, order, axis=1), order, np.nan), axis=1)
    step = np.diff(dense, axis=1)
    within = np.where(np.take_along_axis(restart, order, axis=1)[:, 1:], np.nan, step)
    none_left = np.logical_not(np.isfinite(within).any(axis=1))
    return FirstDifferences(dense, gap, np.where(none_left[:, None], step, within))


def unit_of(course: FirstDifferences) -> FloatArray:
    """Mean yearly change; a hundredth of the level for a series that never moved."""
    unit = mean_of(np.abs(course.rate))
    level = np.abs(course.values[:, -1])
    # Differences smaller than the rounding errors of the level are no movement.
    still = unit <= np.maximum(1e-12 * np.nanmax(np.abs(course.values), axis=1), LEAST)
    return np.where(still, STILLNESS * np.where(level > LEAST, level, 1.0), unit)


def sigma_of(course: FirstDifferences, still: FloatArray) -> FloatArray:
    """Prior guess of sigma, in units of z.

    The mean deviation of the yearly changes from their median, or of each from the one before,
    whichever is less, drawn towards the mean change itself where there are few.
    """
    rate, gap = course.rate, course.gap
    count = np.isfinite(rate).sum(axis=1)
    mean = mean_of(np.abs(course.step) / np.sqrt(gap))
    about_median = mean_of(np.abs(rate - median_of(rate)[:, None]) * np.sqrt(gap))
    pair = np.sqrt((gap[:, 1:] + gap[:, :-1]) / 4)
    about_previous = mean_of(np.abs(np.diff(rate, axis=1)) * pair)
    least = np.minimum(about_median, about_previous)
    sigma = np.sqrt((count * least**2 + _STEP_COUNT * mean**2) / (count + _STEP_COUNT))
    sigma = np.maximum(sigma, REGULARITY * mean)
    moved = mean > 1e-12 * np.nanmax(np.abs(course.values), axis=1, initial=0.0)
    return np.where(moved & (sigma > LEAST), sigma, still)


def off_line(z: FloatArray, restart: BoolArray) -> FloatArray:
    """How far each value lies from the line between its neighbours, NaN at ends and breaks."""
    off = np.full(z.shape, np.nan)
    course, order = course_of(z, restart), np.argsort(np.isfinite(z), axis=1, kind="stable")
    rate, gap = course.rate, course.gap
    linear_above = (rate[:, :-1] - rate[:, 1:]) * gap[:, :-1] * gap[:, 1:] / (gap[:, :-1] + gap[:, 1:])
    np.put_along_axis(off, order[:, 1:-1], linear_above, axis=1)
    return off


def wild_values(z: FloatArray, restart: BoolArray) -> BoolArray:
    """Which values lie far off their neighbours' line while the neighbours agree."""
    if z.shape[1] < 3 or not len(z):
        return np.zeros(z.shape, dtype=bool)
    course, order = course_of(z, restart), np.argsort(np.isfinite(z), axis=1, kind="stable")
    step = course.step
    off = np.take_along_axis(off_line(z, restart), order, axis=1)[:, 1:-1]
    usual = np.maximum(median_of(np.abs(off)), 0.1 * mean_of(np.abs(step)))[:, None]
    enough = (np.isfinite(off).sum(axis=1) >= 5)[:, None]
    comes_back = np.abs(step[:, :-1] + step[:, 1:]) < 0.5 * np.abs(off)
    found = np.zeros(z.shape, dtype=bool)
    far = enough & comes_back & (np.abs(off) > _WILD * usual)
    np.put_along_axis(found, order[:, 1:-1], far, axis=1)
    return found


def level_steps(z: FloatArray, restart: BoolArray) -> BoolArray:
    """Values that begin with a step far from the usual one and stay there.

    A series that mostly stands still moves in steps: none of them is remarkable.
    """
    if z.shape[1] < 3 or not len(z):
        return np.zeros(z.shape, dtype=bool)
    course, order = course_of(z, restart), np.argsort(np.isfinite(z), axis=1, kind="stable")
    rate = course.rate
    away = rate - median_of(rate)[:, None]
    spread = np.maximum(1.4826 * median_of(np.abs(away)), REGULARITY * mean_of(np.abs(rate)))[:, None]
    enough = ((np.isfinite(rate).sum(axis=1) >= 6) & (median_of(np.abs(rate)) > 0))[:, None]
    back = np.concatenate([away[:, 1:], np.zeros((len(z), 1))], axis=1)
    stays = -np.sign(away) * np.nan_to_num(back) < 0.5 * np.abs(away)
    found = np.zeros(z.shape, dtype=bool)
    far = enough & stays & (np.abs(away) > _LEVEL_STEP * spread)
    np.put_along_axis(found, order[:, 1:], far, axis=1)
    return found


def features_of(course: FirstDifferences) -> FloatArray:
    """Features of each series, shape (series, features); names in ``FEATURES``."""
    rate, step = course.rate, course.step
    count = np.isfinite(course.values).sum(axis=1)
    change = np.abs(rate)
    mean = mean_of(change)
    safe = np.where(mean > 0, mean, 1.0)
    level = mean_of(np.abs(course.values))
    way = np.nansum(np.abs(step), axis=1)
    direction = 2 * np.abs(np.nansum(step, axis=1)) / np.where(way > 0, way, 1.0) - (way > 0)
    about = (rate - mean_of(rate)[:, None]) / safe[:, None]
    together = np.nansum(about[:, 1:] * about[:, :-1], axis=1)
    autocorrelation = np.where(count >= 4, together / (np.nansum(about**2, axis=1) + 0.5), 0.0)
    volatility = np.log(np.clip(mean / np.where(level > 0, level, 1.0), 1e-4, 10.0)) + 3
    place = np.arange(rate.shape[1]) - (rate.shape[1] - (count - 1))[:, None]
    half = ((count - 1) // 2)[:, None]
    early = mean_of(np.where(place < half, change, np.nan)) + 0.1 * safe
    late = mean_of(np.where(place >= (count - 1)[:, None] - half, change, np.nan)) + 0.1 * safe
    recent = np.where(count >= 5, np.log(late / early), 0.0)
    return np.column_stack(
        [
            np.ones(len(count)),
            np.clip(np.log(np.maximum(count, 1) / 20), -2.3, 1.2),
            np.clip(direction, -1, 1),
            np.clip(autocorrelation, -1, 1),
            np.clip(volatility, -4, 3) / 2,
            np.clip(_growth(course), -3, 3) / 1.5,
            np.clip(recent, -2, 2),
        ]
    )


def _growth(course: FirstDifferences) -> FloatArray:
    """Log of total growth, steps over breaks left out; 0 unless all values are positive."""
    values = course.values
    positive = np.all(np.isnan(values) | (values > 0), axis=1)
    logs = np.log(np.where(positive[:, None] & (values > 0), values, 1.0))
    return np.asarray(np.where(np.isfinite(course.step), np.diff(logs, axis=1), 0.0).sum(axis=1))


def mean_of(x: FloatArray) -> FloatArray:
    """Mean of the finite entries of each row, 0 where there is none."""
    seen = np.isfinite(x)
    return np.asarray(np.where(seen, x, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1))


def median_of(x: FloatArray) -> FloatArray:
    """Median of the finite entries of each row, 0 where there is none."""
    count = np.isfinite(x).sum(axis=1)
    ordered, row = np.sort(x, axis=1), np.arange(len(x))
    middle = (
        ordered[row, np.maximum(count - 1, 0) // 2] + ordered[row, np.minimum(count // 2, x.shape[1] - 1)]
    ) / 2
    return np.where(count > 0, middle, 0.0)
