"""Targets over many areas: the probability that all of them, or at least k, meet one.

Areas share good and bad years, so the product of their probabilities is not the probability of
all. Here each area keeps its own outlook, and a common yearly shock ties them together: a
one-factor Gaussian copula (Li, On default correlation: a copula function approach, Journal of
Fixed Income 9, 2000; the same for loans in Vasicek, Loan portfolio value, Risk, 2002).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri

from forecast.arrays import FloatArray
from forecast.assessment.probability import LEAST, check_proportion
from forecast.distribution.distribution import within
from forecast.errors import TargetError
from forecast.history.history import History
from forecast.language.message import Message
from forecast.models.base import Fitted
from forecast.target.target import Target

# What is expected of the correlation of yearly surprises before seeing the areas, and how many years
# of their own it weighs as much as: measured on countries with benchmarks/common_shock.py.
PRIOR_CORRELATION, PRIOR_YEARS = 0.1, 20.0
# An estimate never says that areas are one and the same.
HIGHEST = 0.95
# The common shock, in standard deviations, and its weights: beyond 8 there is nothing left.
SHOCKS = np.linspace(-8.0, 8.0, 801)
SHOCK_WEIGHTS = np.exp(-0.5 * SHOCKS**2) / np.exp(-0.5 * SHOCKS**2).sum()
_HALVINGS = 60


@dataclass(frozen=True, eq=False)
class AreasOutlook:
    """How many of the areas meet a target.

    Attributes
    ----------
    target : Target
    areas : tuple of str
    each : ndarray, shape (areas,)
        The probability of each area alone; 0 or 1 where its target year is already observed.
    counts : ndarray, shape (areas + 1,)
        The probability that exactly 0, 1, ... areas meet it.
    dependence : str
        ``independent``, ``common_shock`` (estimated from the areas) or ``stated``.
    correlation : float
        Of the areas' yearly surprises.
    """

    target: Target
    areas: tuple[str, ...]
    each: FloatArray
    counts: FloatArray
    dependence: str
    correlation: float

    @property
    def needed(self) -> int:
        """How many areas have to meet it."""
        return self.target.kind.needed(len(self.areas))

    @property
    def probability(self) -> float:
        """Probability that enough areas meet it, strictly between 0 and 1."""
        return float(np.clip(self.at_least(self.needed), LEAST, 1 - LEAST))

    @property
    def expected(self) -> float:
        """Expected number of areas that meet it; it does not depend on the dependence."""
        return float(self.each.sum())

    def at_least(self, k: int) -> float:
        """Probability that *k* areas or more meet it."""
        return float(min(self.counts[max(k, 0) :].sum(), 1.0))


def joint_probability(
    fitteds: Sequence[Fitted], target: Target, *, dependence: str | float = "common_shock"
) -> AreasOutlook:
    """How likely all areas, or at least k of them, meet the target.

    Parameters
    ----------
    fitteds : sequence of Fitted
        One model for each area, all of the target's indicator.
    target : Target
        ``all_areas`` or ``at_least_k_areas``.
    dependence : str or float
        ``common_shock``: the correlation of the areas' yearly surprises, see :func:`common_shock`.
        ``independent``: none. Or the correlation itself, from 0 to below 1.

    Returns
    -------
    AreasOutlook

    Raises
    ------
    TargetError
        For another kind of target, no area, an area given twice, or fewer areas than k.

    Examples
    --------
    >>> from forecast.models.drift import Drift
    >>> villages = {"A": [8.0, 8.6, 9.1, 9.9], "B": [9.1, 9.4, 10.2, 10.4], "C": [7.5, 8.4, 8.8, 9.4]}
    >>> fits = [Drift().fit(History.of("income", range(2020, 2024), v, area=a)) for a, v in villages.items()]
    >>> target = Target.all_areas("income", 10, year=2025)
    >>> outlook = joint_probability(fits, target, dependence="independent")
    >>> bool(abs(outlook.probability - outlook.each.prod()) < 1e-12)
    True
    >>> joint_probability(fits, target, dependence=0.5).probability > outlook.probability
    True
    """
    names = _checked(fitteds, target)
    correlation, word = _correlation([fitted.history for fitted in fitteds], dependence)
    each = np.array([_alone(fitted, target.for_one_area()) for fitted in fitteds])
    return AreasOutlook(target, names, each, count_distribution(each, correlation), word, correlation)


def joint_reachable(
    fitteds: Sequence[Fitted], target: Target, *, p: float = 0.8, dependence: str | float = "common_shock"
) -> float:
    """Value that all areas, or at least k of them, meet with probability *p*.

    The parameters and errors are those of :func:`joint_probability`.

    Returns
    -------
    float
        In the indicator's unit.
    """
    check_proportion(target, p)
    _checked(fitteds, target)
    levels = np.array([1e-5, 1 - 1e-5])
    ends = np.concatenate([fitted.predict(target.year).quantile(levels) for fitted in fitteds])
    # From the easiest value to the hardest.
    easy, hard = (ends.min(), ends.max()) if target.direction > 0 else (ends.max(), ends.min())
    for _ in range(_HALVINGS):
        middle = 0.5 * (easy + hard)
        trial = replace(target, kind=target.kind.with_value(float(middle)))
        met = joint_probability(fitteds, trial, dependence=dependence).at_least(
            target.kind.needed(len(fitteds))
        )
        easy, hard = (middle, hard) if met >= p else (easy, middle)
    return float(easy)


def common_shock(histories: Sequence[History]) -> float:
    """Correlation of the areas' yearly surprises, drawn towards what is usual.

    A surprise is a yearly change as a rank among the area's own, so neither its unit nor its usual
    pace nor an outlier counts; the mean correlation of all pairs over their common years is pooled
    with a prior of 0.1 that weighs as much as 20 years.

    Parameters
    ----------
    histories : sequence of History
        One for each area.

    Returns
    -------
    float
        From 0 to 0.95.
    """
    surprises = [_surprises(history) for history in histories]
    years = sorted({year for one in surprises for year in one})
    scores = np.array([[one.get(year, np.nan) for year in years] for one in surprises])
    known = np.isfinite(scores).astype(float)
    products, common = np.nan_to_num(scores) @ np.nan_to_num(scores).T, known @ known.T
    pairs = np.triu_indices(len(histories), 1)
    if not common[pairs].sum():
        return PRIOR_CORRELATION
    seen = float(products[pairs].sum() / common[pairs].sum())
    # Each area's scores had their mean taken out and their size set: two years' worth of knowledge.
    weight = max(float(common[pairs].mean()) - 2.0, 0.0)
    pooled = (weight * seen + PRIOR_YEARS * PRIOR_CORRELATION) / (weight + PRIOR_YEARS)
    return float(np.clip(pooled, 0.0, HIGHEST))


def _surprises(history: History) -> dict[int, float]:
    """Normal score of each change from one year to the next, by year; {} where none differ."""
    following = np.diff(history.years) == 1
    changes = np.diff(history.values)[following]
    if len(changes) < 3 or np.ptp(changes) == 0:
        return {}
    below = (changes[:, None] > changes).sum(axis=1)
    ties = (changes[:, None] == changes).sum(axis=1)
    scores = ndtri((below + 0.5 * ties) / len(changes))
    scores = (scores - scores.mean()) / scores.std()
    return dict(zip(history.years[1:][following].tolist(), scores.tolist(), strict=True))


def given_shock(each: FloatArray, correlation: float) -> FloatArray:
    """Each area's probability, given the common shock; shape (shocks, areas)."""
    shocks = np.sqrt(correlation) * SHOCKS[:, None]
    return np.asarray(ndtr((ndtri(each) + shocks) / np.sqrt(1.0 - correlation)))


def count_distribution(
    each: FloatArray, correlation: float, groups: Sequence[Sequence[int]] = ()
) -> FloatArray:
    """Distribution of how many are met, under one common factor.

    Given the factor m each is met independently, with probability
    Phi((z_i + sqrt(rho) m) / sqrt(1 - rho)), z_i = Phi^-1(p_i), so the number is Poisson-binomial; the
    mean over m is its distribution. The probability of each one alone stays p_i.

    Parameters
    ----------
    each : ndarray, shape (n,)
        The probability of each alone.
    correlation : float
        rho, from 0 to 1; 1 is full dependence: the likelier is never missed while the less likely is met.
    groups : sequence of sequences of int
        Positions that depend fully on each other, given the factor; each at most once.

    Returns
    -------
    ndarray, shape (n + 1,)
        The probability that exactly 0, 1, ... n are met.

    Examples
    --------
    >>> count_distribution(np.array([0.5, 0.5]), 0.0).round(4).tolist()
    [0.25, 0.5, 0.25]
    >>> count_distribution(np.array([0.6, 0.5]), 1.0).round(4).tolist()
    [0.4, 0.1, 0.5]
    """
    if correlation >= 1:
        return np.asarray(_fully_dependent(each[None, :])[0])
    given = given_shock(each, correlation)
    grouped = {i for group in groups for i in group}
    alone = [(i,) for i in range(len(each)) if i not in grouped]
    counts = np.ones((len(SHOCKS), 1))
    for members in (*alone, *groups):
        counts = _added(counts, _fully_dependent(given[:, list(members)]))
    return np.asarray(SHOCK_WEIGHTS @ counts)


def _fully_dependent(each: FloatArray) -> FloatArray:
    """How many are met when one draw decides all: at least k with the k-th largest probability."""
    at_least = -np.sort(-each, axis=1)
    ends = np.ones((len(each), 1)), np.zeros((len(each), 1))
    return np.asarray(-np.diff(np.hstack([ends[0], at_least, ends[1]]), axis=1))


def _added(counts: FloatArray, more: FloatArray) -> FloatArray:
    """Distribution of the sum of two independent numbers, row by row."""
    total = np.zeros((len(counts), counts.shape[1] + more.shape[1] - 1))
    for k in range(more.shape[1]):
        total[:, k : k + counts.shape[1]] += counts * more[:, [k]]
    return total


def _alone(fitted: Fitted, target: Target) -> float:
    """One area's probability; its outcome where the target year is already observed."""
    history = fitted.history
    target.check(history)
    if target.year <= history.last_year:
        outcome = target.met_in(history)
        if outcome is None:
            raise TargetError(Message("past_not_observed", name=history.name, year=target.year))
        return float(outcome)
    limits = target.limits(history)
    assert limits is not None
    return float(np.clip(within(fitted.predict(target.year), limits), LEAST, 1 - LEAST))


def _checked(fitteds: Sequence[Fitted], target: Target) -> tuple[str, ...]:
    """Areas' names; refuse a question that is not about them."""
    if not target.kind.over_areas:
        raise TargetError(Message("joint_of_one", indicator=target.indicator, kind=target.kind.name))
    names = tuple(fitted.history.area for fitted in fitteds)
    if not names:
        raise TargetError(Message("joint_of_none", indicator=target.indicator))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise TargetError(
            Message("joint_twice", indicator=target.indicator, areas=", ".join(map(repr, twice)))
        )
    needed = target.kind.needed(len(names))
    if needed > len(names):
        raise TargetError(
            Message("joint_too_few", indicator=target.indicator, needed=needed, given=len(names))
        )
    return names


def _correlation(histories: Sequence[History], dependence: str | float) -> tuple[float, str]:
    if dependence == "independent":
        return 0.0, "independent"
    if dependence == "common_shock":
        return common_shock(histories), "common_shock"
    if isinstance(dependence, int | float) and 0 <= dependence < 1:
        return float(dependence), "stated"
    raise TargetError(Message("dependence_form", dependence=dependence))
