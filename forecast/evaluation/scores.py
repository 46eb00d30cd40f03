"""How good a forecast was, once the outcome is known: every score is a loss, so less is better.

Gneiting and Raftery 2007, Strictly proper scoring rules, prediction, and estimation. A proper
score is least, on average, for the forecaster who says what is true.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from forecast.arrays import FloatArray
from forecast.distribution.closed_form import ClosedForm
from forecast.distribution.distribution import LANDMARK_LEVELS, Distribution
from forecast.distribution.draws import Draws
from forecast.errors import ForecastError

# The integral over thresholds is cut where a distribution's shape changes, and at the outcome. It ends
# at the thousandth on either side: on a log scale a Student-t has no finite mean, hence no finite CRPS.
# Points of Gauss-Legendre integration in each piece.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(4)

# The interval shown and scored.
LEVEL = 0.8


def crps(outlook: Distribution, observed: float) -> float:
    """Continuous ranked probability score of an outlook.

    The integral over all thresholds x of (P(X <= x) - 1[observed <= x])^2: the Brier score of the
    question "will it be at most x?", summed over all x. For a forecast that is one number it is
    the absolute error. In closed form for draws, else by integration over the middle 99.8 %.

    Parameters
    ----------
    outlook : Distribution
    observed : float
        In the same unit, which is also the score's.

    Examples
    --------
    >>> crps(Draws(np.array([3.0])), 5.0)
    2.0
    """
    if isinstance(outlook, Draws):
        return crps_of_draws(outlook.values, observed)
    cuts = (
        outlook.landmarks()
        if isinstance(outlook, ClosedForm)
        else np.asarray(outlook.quantile(LANDMARK_LEVELS))
    )
    return crps_by_thresholds(outlook.at_most, cuts, observed)


def crps_of_draws(ordered: FloatArray, observed: float) -> float:
    """Mean |x - observed| - mean |x - x'| / 2 of draws in ascending order."""
    n = len(ordered)
    # Sum over pairs of |x - x'|: the i-th smallest is the larger of i pairs, the smaller of n - 1 - i.
    spread = 2.0 * float((2 * np.arange(n) - n + 1) @ ordered) / n**2
    return float(np.mean(np.abs(ordered - observed))) - spread / 2


def crps_by_thresholds(
    at_most: Callable[[FloatArray], FloatArray], cuts: FloatArray, observed: float
) -> float:
    """Integral over thresholds of (P(X <= x) - 1[observed <= x])^2, piece by piece."""
    ends = np.unique([*cuts, observed])
    half = np.diff(ends)[:, None] / 2
    x = ends[:-1, None] + half * (1 + _NODES)
    miss = at_most(x.ravel()).reshape(x.shape) - (x >= observed)
    return float(np.sum(half * _WEIGHTS * miss**2))


def pit(outlook: Distribution, observed: float) -> float:
    """Probability integral transform: where in its outlook the outcome fell.

    Uniform from 0 to 1 for a calibrated forecaster. An outcome that has probability of its own, such
    as a bound or a value that is kept, counts half of it as below.

    Examples
    --------
    >>> pit(Draws(np.array([1.0, 2.0, 3.0, 4.0])), 3.5)
    0.75
    """
    return (outlook.at_most(observed) + 1.0 - outlook.at_least(observed)) / 2


@overload
def interval_score(low: float, high: float, observed: float, *, level: float) -> float: ...
@overload
def interval_score(
    low: FloatArray, high: FloatArray, observed: FloatArray, *, level: float
) -> FloatArray: ...
def interval_score(
    low: float | FloatArray, high: float | FloatArray, observed: float | FloatArray, *, level: float
) -> float | FloatArray:
    """Width of an interval, plus 2 / (1 - level) times the distance of an outcome outside.

    Winkler 1972.

    Parameters
    ----------
    low, high, observed : float or ndarray
        In one unit, which is also the score's; arrays of one shape.
    level : float
        The share of outcomes the interval is meant to hold, a proportion.

    Raises
    ------
    ForecastError
        If *level* is not between 0 and 1, or an interval ends before it starts.

    Examples
    --------
    >>> interval_score(0.0, 10.0, 11.0, level=0.8)
    20.0
    """
    if not 0 < level < 1:
        raise ForecastError(f"interval_score: level is a proportion; got {level!r}. Write 80 % as 0.8.")
    a, b, y = (np.asarray(each, dtype=float) for each in (low, high, observed))
    if (a > b).any():
        raise ForecastError("interval_score: an interval ends before it starts. Give (low, high) in order.")
    score = (b - a) + np.round(2 / (1 - level), 12) * np.maximum(np.maximum(a - y, y - b), 0)
    return float(score) if score.ndim == 0 else np.asarray(score)


def coverage(low: ArrayLike, high: ArrayLike, observed: ArrayLike) -> float:
    """Share of outcomes inside their intervals, both ends included.

    Examples
    --------
    >>> coverage([0, 0, 0, 0], [1, 1, 1, 1], [0.5, 1.0, 1.5, 0.2])
    0.75
    """
    a, b, y = (np.asarray(each, dtype=float) for each in (low, high, observed))
    return float(np.mean((y >= a) & (y <= b)))


def brier_score(probability: ArrayLike, outcome: ArrayLike) -> float:
    """Mean of (probability - outcome)^2; 0.25 for a forecaster who always says one half.

    Parameters
    ----------
    probability : array_like
        Proportions.
    outcome : array_like of bool
        Whether it came true.

    Raises
    ------
    ForecastError
        If a probability is not a proportion, an outcome neither true nor false, or their numbers differ.

    Examples
    --------
    >>> brier_score([1.0, 0.5], [True, False])
    0.125
    """
    p, came = checked_statements(probability, outcome)
    return float(np.mean((p - came) ** 2))


def log_score(probability: ArrayLike, outcome: ArrayLike) -> float:
    """Mean of -log(probability given to what happened); infinite for a false certainty.

    Examples
    --------
    >>> round(log_score([0.8, 0.5], [True, False]), 3)
    0.458
    """
    p, came = checked_statements(probability, outcome)
    given = np.where(came == 1, p, 1 - p)
    return float(np.mean(-np.log(given, where=given > 0, out=np.full(given.shape, -np.inf))))


def checked_statements(probability: ArrayLike, outcome: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Probabilities and outcomes (0 or 1) as arrays of one length.

    Raises
    ------
    ForecastError
        As for :func:`brier_score`.
    """
    p, came = np.atleast_1d(np.asarray(probability, dtype=float)), np.atleast_1d(np.asarray(outcome))
    if p.shape != came.shape or p.ndim != 1 or not len(p):
        raise ForecastError(
            f"{p.size} probabilities for {came.size} outcomes. Give one outcome for each, at least one."
        )
    wrong = p[~((p >= 0) & (p <= 1))]
    if len(wrong):
        raise ForecastError(f"a probability is a proportion from 0 to 1; got {wrong[0]!r}.")
    happened = came.astype(float)
    if not np.isin(happened, (0.0, 1.0)).all():
        raise ForecastError("an outcome is true or false (1 or 0); got something else.")
    return p, happened
