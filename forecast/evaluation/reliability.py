"""Does it happen as often as it is said to? Statements sorted by what they said, beside what came.

Murphy 1973, A new vector partition of the probability score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from forecast.arrays import FloatArray, IntArray
from forecast.evaluation.scores import brier_score, checked_statements

# "Near 70 %" is from 65 to 75 %; statements below 5 and above 95 % are kept apart.
EDGES = (0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95)


@dataclass(frozen=True)
class Bin:
    """Statements of about the same probability, and how often they came true.

    Parameters
    ----------
    stated : float
        Their mean probability.
    came_true : float
        The share that came true.
    n : int
        How many statements.
    low, high : float
        The 90 % interval of the share in the long run (Jeffreys: beta with a half added to both counts).
    """

    stated: float
    came_true: float
    n: int
    low: float
    high: float


def reliability_bins(
    probability: ArrayLike, outcome: ArrayLike, *, facts: ArrayLike | None = None
) -> tuple[Bin, ...]:
    """Statements by tenths of probability, each with the share that came true.

    Parameters
    ----------
    probability : array_like
        Proportions.
    outcome : array_like of bool
        Whether each came true.
    facts : array_like, optional
        What each statement is about. Several statements about one fact come true together, so a
        bin's interval counts facts, not statements. Default: every statement has a fact of its own.

    Returns
    -------
    tuple of Bin
        Only those that hold a statement, ascending.

    Examples
    --------
    >>> reliability_bins([0.7, 0.72, 0.68, 0.7], [True, True, False, True])[0].came_true
    0.75
    """
    p, came = checked_statements(probability, outcome)
    about = np.arange(len(p)) if facts is None else np.asarray(facts)
    which = places(p)
    return tuple(_bin(p[which == k], came[which == k], about[which == k]) for k in np.unique(which))


def _bin(p: FloatArray, came: FloatArray, about: FloatArray) -> Bin:
    share, facts = float(np.mean(came)), len(np.unique(about))
    low, high = jeffreys(share * facts, facts)
    return Bin(float(np.mean(p)), share, len(p), low, high)


def places(probability: FloatArray) -> IntArray:
    """For each probability the position of its bin."""
    return np.asarray(np.searchsorted(EDGES, probability, side="right"))


def jeffreys(true: float, n: float, *, level: float = 0.9) -> tuple[float, float]:
    """Interval of a share of which *true* out of *n* were seen (Brown, Cai, DasGupta 2001).

    Examples
    --------
    >>> low, high = jeffreys(7, 10)
    >>> round(low, 2), round(high, 2)
    (0.44, 0.88)
    """
    a, b = true + 0.5, n - true + 0.5
    low = 0.0 if true <= 0 else float(betaincinv(a, b, (1 - level) / 2))
    high = 1.0 if true >= n else float(betaincinv(a, b, (1 + level) / 2))
    return low, high


@dataclass(frozen=True)
class BrierParts:
    """The Brier score and what it is made of.

    Parameters
    ----------
    score : float
        The mean of (probability - outcome)^2.
    reliability : float
        How far shares that came true lie from what was said; 0 is calibrated.
    resolution : float
        How far they lie from the overall share; more is better, and is what makes a forecast useful.
    uncertainty : float
        The score of always stating the overall share.
    within : float
        What is left because the statements in a bin are not all alike.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float

    @property
    def skill(self) -> float:
        """Part of the uncertainty that the forecast takes away; NaN where there is none."""
        return 1 - self.score / self.uncertainty if self.uncertainty > 0 else float("nan")


def brier_parts(probability: ArrayLike, outcome: ArrayLike) -> BrierParts:
    """Brier score as reliability - resolution + uncertainty + what the bins leave over.

    Examples
    --------
    >>> parts = brier_parts([0.9, 0.9, 0.1, 0.1], [True, True, False, False])
    >>> round(parts.score, 3), round(parts.reliability, 3), parts.resolution, parts.uncertainty
    (0.01, 0.01, 0.25, 0.25)
    """
    p, came = checked_statements(probability, outcome)
    bins, overall = reliability_bins(p, came), float(np.mean(came))
    weight = np.array([each.n for each in bins]) / len(p)
    stated, share = (np.array([getattr(each, name) for each in bins]) for name in ("stated", "came_true"))
    reliability = float(weight @ (stated - share) ** 2)
    resolution = float(weight @ (share - overall) ** 2)
    uncertainty = overall * (1 - overall)
    score = brier_score(p, came)
    return BrierParts(
        score, reliability, resolution, uncertainty, score - (reliability - resolution + uncertainty)
    )
