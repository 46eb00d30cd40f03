"""A random walk with drift, in closed form.

Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, section 5.2 and 5.5,
here with the drift's own standard error and for years that need not be consecutive.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.transform import Scale
from forecast.history.history import History
from forecast.language.note import Note
from forecast.models.base import LinearFit, OneByOne, Prepared, prepare

# A series never further than this part of its mean yearly change from the line through its ends is a line.
STRAIGHT = 1e-3


def walk_moments(drift: float, variance: float, span: float, steps: int) -> tuple[FloatArray, FloatArray]:
    """Mean and covariance of the next *steps* values of a walk that stands at zero.

    cov(i, j) = variance (min(i, j) + i j / span): the walk's own steps, and the error of a drift
    that was estimated over *span* years.
    """
    ahead = np.arange(1.0, steps + 1)
    covariance = variance * (np.minimum.outer(ahead, ahead) + np.outer(ahead, ahead) / span)
    return drift * ahead, covariance


@dataclass(frozen=True)
class Walk:
    """A walk with its estimated drift and variance, in a standardised unit."""

    drift: float
    variance: float
    span: float

    def moments(self, steps: int) -> tuple[FloatArray, FloatArray]:
        """Mean and covariance of the next years."""
        return walk_moments(self.drift, self.variance, self.span, steps)


@dataclass(frozen=True)
class Drift(OneByOne):
    """Random walk with drift; serves any history of three observations or more, gaps included.

    Parameters
    ----------
    scale : Scale, optional
        Default: the one the bounds suggest.

    Examples
    --------
    >>> history = History.of("output", range(2015, 2023), [10, 12, 13, 15, 16, 19, 20, 22])
    >>> outlook = Drift().fit(history).predict(2026)
    >>> round(outlook.median(), 2), round(outlook.at_least(30), 2)
    (28.86, 0.28)
    """

    scale: Scale | None = None

    @property
    def minimum(self) -> int:
        """Three: one step for the drift and one more for its variance."""
        return 3

    def fit(self, history: History) -> LinearFit:
        """Estimate drift and variance; Student-t with n - 2 degrees of freedom.

        Raises
        ------
        ModelError
            With fewer than three observations.
        """
        seen = prepare(self, history, self.scale)
        return walk_fit(history, seen)


def walk_fit(history: History, seen: Prepared) -> LinearFit:
    """Walk with drift of a prepared history."""
    span = float(seen.years[-1] - seen.years[0])
    drift = float(seen.images[-1] - seen.images[0]) / span
    surprises = np.diff(seen.images) - drift * np.diff(seen.years)
    # A step over a gap of g years carries g years of variance.
    variance = float(np.sum(surprises**2 / np.diff(seen.years)) / (len(history) - 2))
    walk = Walk(drift, max(variance, seen.unit.floor**2), span)
    return LinearFit(history, seen.scale, seen.unit, walk, float(len(history) - 2), seen.notes)


def line_fit(history: History, seen: Prepared) -> LinearFit | None:
    """Walk for a history that never left a straight line, None for any other.

    Such a history tells an engine nothing about how it might differ from the line, so an engine
    would answer with no error at all or not at all.
    """
    slope = float(seen.images[-1] - seen.images[0]) / float(seen.years[-1] - seen.years[0])
    line = seen.images[-1] + slope * (seen.years - seen.years[-1])
    if np.max(np.abs(seen.images - line)) > STRAIGHT:
        return None
    return replace(walk_fit(history, seen), notes=(*seen.notes, Note("straight_line")))
