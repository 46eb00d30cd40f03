"""How an area stands to its parent, and how that may move: a small bank of models for many pairs at once.

On a common scale g (logarithm, log-odds, or the values as they are) an area is its parent plus a
ratio r (a ratio of amounts, of odds, or a difference):

    g(area in year t) = r_t + g(parent in year t)
    r_t = l_t + e_t,   l_t = l_(t-1) + d + u_t,    e ~ N(0, (1-a) s2), u ~ N(0, a s2), d ~ N(0, k s2)

which is the state space of :mod:`forecast.models.mixture.kalman` without momentum. Ratios drift
less than amounts, and a few observations say little about s2. So its prior guess stands between what
the own ratio showed and what is usual of areas beside such a parent, which is all there is where the
ratio is known once. What is usual, and the weights of the components, were learned on areas
within areas (``benchmarks/train_small_area.py``). Fay and Herriot 1979; Rao and Molina 2015, ch. 4.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.models.mixture.features import course_of, sigma_of
from forecast.models.mixture.gating import DISCOUNT
from forecast.models.mixture.kalman import (
    Components,
    FilteredStates,
    forecast_moments,
    horizon_loadings,
    kalman,
)

LOG, SHARE, DIFFERENCE = range(3)
KINDS = ("log", "share", "difference")

RATIO_FEATURES = ("one", "count", "later", "share", "difference", "closeness")
LENDING_FEATURES = (
    *("one", "count", "gaps", "later", "closeness", "size", "share", "difference", "further"),
    *("no_step", "one_step"),
)
SPREAD_ENTRIES = (
    *("own_steps", "later", "log", "share", "difference", "log_parent", "share_parent", "no_step"),
)
# Years by which a parent is known later, as far as they count, and steps that count as one for closeness.
MOST_LATER, STEPS = 10.0, 2.0


def _bank() -> Components:
    """Components: how much of a surprise lasts, and how steadily a ratio may drift."""
    rows = [(a, 0.0, 0.0, 0.0, k, 0.0, 0.0) for a, k in product((0.2, 0.5, 1.0), (0.0, 0.1))]
    return Components(*np.array(rows).T)


BANK = _bank()


class Pairs(NamedTuple):
    """Areas beside their parents, a pair a row.

    Parameters
    ----------
    ratio : ndarray, shape (pairs, years)
        The ratio on the common scale, the last common year in the last column; NaN where unknown.
    restart : ndarray of bool, shape (pairs, years)
        True at the first ratio, and at the first after a break.
    own, parent : ndarray, shape (pairs,)
        Standard deviations of a year's surprise of the area and of its parent, on the common scale.
    still : ndarray, shape (pairs,)
        What is taken for it where a series never moved.
    kind : ndarray of int, shape (pairs,)
        Position in ``KINDS``.
    later : ndarray, shape (pairs,)
        Years by which the parent is known later than the area.
    further : ndarray, shape (pairs,)
        How many nearer parents there are.
    """

    ratio: FloatArray
    restart: BoolArray
    own: FloatArray
    parent: FloatArray
    still: FloatArray
    kind: IntArray
    later: FloatArray
    further: FloatArray


class Description(NamedTuple):
    """What the learned weights see of each pair: features, and the parts of the guess of the spread."""

    ratio: FloatArray
    lending: FloatArray
    steps: FloatArray
    sigma: FloatArray
    log_parent: FloatArray
    kind: IntArray
    later: FloatArray


def describe(pairs: Pairs) -> Description:
    """Features of every pair; free of units."""
    seen = np.isfinite(pairs.ratio)
    count = seen.sum(axis=1)
    sigma = sigma_of(course_of(pairs.ratio, pairs.restart), pairs.still)
    steps = (seen & ~pairs.restart).sum(axis=1).astype(float)
    span = pairs.ratio.shape[1] - 1 - seen.argmax(axis=1)
    known = steps / (steps + STEPS)
    one, later = np.ones(len(count)), np.clip(pairs.later, 0, MOST_LATER) / 5
    share, difference = (pairs.kind == SHARE).astype(float), (pairs.kind == DIFFERENCE).astype(float)
    length = np.clip(np.log(count / 10), -2.4, 1.2)
    beside_parent = known * np.clip(np.log(sigma / pairs.parent), -3, 3)
    beside_own = known * np.clip(np.log(sigma / pairs.own), -3, 3)
    ratio = np.column_stack([one, length, later, share, difference, beside_parent])
    gaps = np.log(np.maximum(span, 1) / np.maximum(count - 1, 1))
    lending = np.column_stack(
        [
            *(one, length, gaps, later, beside_own, beside_own - beside_parent, share, difference),
            *(pairs.further, count == 1, count == 2),
        ]
    )
    return Description(ratio, lending, steps, sigma, np.log(pairs.parent), pairs.kind, later)


def prior_sigma(seen: Description, spread: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log of the prior guess of each ratio's sigma, and its gradient by *spread*.

    A weighted mean, in logs, of what the own ratio showed and of what is usual beside such a parent;
    *spread* has the entries named in ``SPREAD_ENTRIES``.
    """
    half, later = np.exp(spread[0]), spread[1]
    weight = seen.steps / (seen.steps + half)
    level = spread[2:5][seen.kind]
    slope = np.array([spread[5], spread[6], 1.0])[seen.kind]
    usual = level + slope * seen.log_parent
    own = np.log(seen.sigma)
    once = seen.steps == 0
    guess = weight * own + (1 - weight) * usual + later * seen.later + spread[7] * once
    gradient = np.zeros((len(guess), len(spread)))
    gradient[:, 0] = (own - usual) * -seen.steps * half / (seen.steps + half) ** 2
    gradient[:, 1] = seen.later
    gradient[:, 7] = once
    row = np.arange(len(guess))
    gradient[row, 2 + seen.kind] = 1 - weight
    for kind in (LOG, SHARE):
        gradient[:, 5 + kind] = np.where(seen.kind == kind, (1 - weight) * seen.log_parent, 0.0)
    return guess, gradient


def filtered(pairs: Pairs, log_sigma: FloatArray) -> FilteredStates:
    """Filter every ratio through every component."""
    rows = len(pairs.ratio)
    still = np.zeros((rows, len(BANK.a)))
    s0 = np.exp(log_sigma)
    return kalman(BANK, pairs.ratio, pairs.restart, np.zeros(pairs.ratio.shape), s0, still, DISCOUNT)


def component_weights(
    features: FloatArray, evidence: FloatArray, theta: FloatArray, tau: float
) -> FloatArray:
    """Weight of every component in every row: a softmax, each row summing to one."""
    # Not by matrix product, whose last digit depends on how many rows there are.
    score = np.einsum("rf,jf->rj", features, theta) + tau * (evidence - evidence.max(axis=1, keepdims=True))
    weights = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def moments(state: FilteredStates, steps: IntArray) -> tuple[FloatArray, FloatArray]:
    """Location and spread of each Student-t, so many years (rows,) after the last common year."""
    sums, shocks = horizon_loadings(BANK, steps)
    return forecast_moments(state, steps[:, None], sums, shocks + 1 - BANK.a)
