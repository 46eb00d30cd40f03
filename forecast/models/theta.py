"""The theta method, as what it is: simple exponential smoothing with half the trend as its drift.

Assimakopoulos and Nikolopoulos 2000 (the method), Hyndman and Billah 2003 (what it is). statsmodels
estimates the trend and the smoothing weight; the variance follows from the smoothing recursions and
from the error of the trend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.transform import Scale
from forecast.history.history import History
from forecast.models.base import LinearFit, OneByOne, check_no_gaps, prepare
from forecast.models.drift import line_fit
from forecast.models.engine import fence
from forecast.models.linear import LinearStates

# The classical theta line has twice the curvature of the series, so the trend counts half.
HALF = 0.5


def theta_estimates(images: FloatArray, history: History) -> tuple[float, float]:
    """Least-squares trend a year and the smoothing weight, by statsmodels."""
    from statsmodels.tsa.forecasting.theta import ThetaModel

    with fence("statsmodels.tsa.forecasting.theta", history):
        found = ThetaModel(images, period=1, deseasonalize=False).fit().params
        return float(found["b0"]), float(found["alpha"])


def smoothed_with_drift(images: FloatArray, alpha: float, drift: float) -> tuple[float, FloatArray]:
    """Level after the last observation, and the surprises from the second on.

    Smoothing starts at the first observation; ``level = level + drift + alpha surprise``.
    """
    level, surprise = float(images[0]), np.empty(len(images) - 1)
    for t, image in enumerate(images[1:]):
        surprise[t] = image - (level + drift)
        level += drift + alpha * surprise[t]
    return level, surprise


def trend_error(n: int, alpha: float) -> float:
    """Variance of the least-squares trend of a smoothing process, its shocks of variance 1."""
    time = np.arange(n) - (n - 1) / 2
    # A shock stays with weight alpha in all later years.
    shocks = np.tril(np.full((n, n), alpha), -1) + np.eye(n)
    return float(np.sum((time @ shocks / np.sum(time**2)) ** 2))


def theta_states(images: FloatArray, trend: float, alpha: float, floor: float) -> LinearStates:
    """State of smoothing with half the *trend* as drift."""
    n = len(images)
    level, surprise = smoothed_with_drift(images, alpha, HALF * trend)
    variance = max(float(np.sum(surprise**2)) / (n - 3), floor**2)
    # Halving an estimate is what a prior as wide as its own error does; it leaves half the variance.
    doubt = HALF * trend_error(n, alpha)
    # What the level owes to the drift: the drift summed over the years, each smoothed away by the next.
    owed = (1 - (1 - alpha) ** (n - 1)) / alpha - 1.0 if alpha > 0 else float(n - 2)
    effect = np.array([owed, 1.0])
    return LinearStates.smoothed(
        (np.array([alpha]), np.zeros(1), np.ones(1)),
        np.array([[level, HALF * trend]]),
        doubt * np.outer(effect, effect)[None],
        np.array([variance]),
        np.ones(1),
    )


@dataclass(frozen=True)
class Theta(OneByOne):
    """The theta method; needs every year.

    Parameters
    ----------
    scale : Scale, optional
        Default: the one the bounds suggest.

    Examples
    --------
    >>> history = History.of("output", range(2015, 2023), [10, 12, 13, 15, 16, 19, 20, 22])
    >>> outlook = Theta().fit(history).predict(2026)
    >>> round(outlook.median(), 1)
    25.4
    """

    scale: Scale | None = None

    @property
    def minimum(self) -> int:
        """Five: start, trend, smoothing weight, and two for the variance."""
        return 5

    def fit(self, history: History) -> LinearFit:
        """Estimate trend and smoothing weight; Student-t with n - 3 degrees of freedom.

        Raises
        ------
        ModelError
            With fewer than five observations, or a missing year.
        """
        seen = prepare(self, history, self.scale)
        check_no_gaps(self, history)
        line = line_fit(history, seen)
        if line:
            return line
        trend, alpha = theta_estimates(seen.images, history)
        states = theta_states(seen.images, trend, alpha, seen.unit.floor)
        return LinearFit(history, seen.scale, seen.unit, states, float(len(history) - 3), seen.notes)
