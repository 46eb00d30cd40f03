"""The walk without drift: next year is as this year. What every other model has to beat.

Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, section 5.2 and 5.5,
here for years that need not be consecutive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.distribution.transform import Scale
from forecast.history.history import History
from forecast.models.base import LinearFit, OneByOne, prepare
from forecast.models.drift import Walk


@dataclass(frozen=True)
class Naive(OneByOne):
    """Random walk without drift; serves any history of two observations or more, gaps included.

    Parameters
    ----------
    scale : Scale, optional
        Default: the one the bounds suggest.

    Examples
    --------
    >>> history = History.of("output", range(2015, 2023), [10, 12, 13, 15, 16, 19, 20, 22])
    >>> outlook = Naive().fit(history).predict(2026)
    >>> round(outlook.median(), 2), round(outlook.at_least(22), 2)
    (22.0, 0.5)
    """

    scale: Scale | None = None

    @property
    def minimum(self) -> int:
        """Two: one step for the variance."""
        return 2

    def fit(self, history: History) -> LinearFit:
        """Estimate the variance of a year's step; Student-t with n - 1 degrees of freedom.

        Raises
        ------
        ModelError
            With fewer than two observations.
        """
        seen = prepare(self, history, self.scale)
        # A step over a gap of g years carries g years of variance.
        variance = float(np.mean(np.diff(seen.images) ** 2 / np.diff(seen.years)))
        walk = Walk(0.0, max(variance, seen.unit.floor**2), np.inf)
        return LinearFit(history, seen.scale, seen.unit, walk, float(len(history) - 1), seen.notes)
