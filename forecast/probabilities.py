"""How likely a target is to be met, what can be reached, and when."""

from __future__ import annotations

import numpy as np

from forecast.distribution import Distribution, Rng
from forecast.errors import TargetError
from forecast.history import FloatArray, History
from forecast.kinds.base import BoolArray, Limits, Paths
from forecast.kinds.flow import Cumulative
from forecast.models.base import Fitted
from forecast.target import Target

# A probability is never reported as 0 or 1: nothing in a short history can show that much.
LEAST = 1e-6
# Sampled paths behind a question that no closed form answers: a standard error of at most 0.5 %.
PATHS = 10_000
# How many years ahead year_reached looks before it says "not in sight".
FARTHEST = 50


def probability(fitted: Fitted, target: Target, *, rng: Rng = 0) -> float:
    """Return the probability that the target is met.

    In closed form where the target asks for a value in one year, else from sampled paths.

    Parameters
    ----------
    fitted : Fitted
        A model fitted to the target's indicator.
    target : Target
        Of any kind but over many areas (see ``joint_probability``); its year must lie after the last
        observation.
    rng : None, int or numpy.random.Generator
        Only used for targets that depend on the way to their year.

    Returns
    -------
    float
        A proportion, strictly between 0 and 1.

    Raises
    ------
    TargetError
        If the target is not of this history, or its year is already observed: that is an outcome.

    Examples
    --------
    >>> from forecast.history import History
    >>> from forecast.models.drift import Drift
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> t = Target.at_least("coverage", 80, year=2027, unit="%")
    >>> round(probability(Drift().fit(h), t), 2)
    0.77
    """
    check_open(fitted.history, target)
    limits = target.limits(fitted.history)
    if limits is not None:
        return _strictly_inside(within(fitted.predict(target.year), limits))
    met = target.met_by(fitted.history, fitted.paths(target.year, n=PATHS, rng=rng))
    # Half a path either way: so many paths cannot show that the rest is impossible.
    return float((met.sum() + 0.5) / (len(met) + 1))


def reachable(fitted: Fitted, target: Target, *, p: float = 0.8, rng: Rng = 0) -> float:
    """Return the value that is met with probability *p*, in the target's direction.

    Asked for instead of the target's own, it would be met with that probability: the value in the
    target year; for ``maintain`` the value held in every year, for ``cumulative`` the sum, for ``ordinal``
    the position on its scale. Where the way matters otherwise (courses, milestones) it is still the
    value in the target year. ``target.of_level`` turns it into a change or a rate.

    Parameters
    ----------
    fitted : Fitted
    target : Target
        With a direction.
    p : float
        A proportion between 0 and 1.
    rng : None, int or numpy.random.Generator
        Only used for targets that depend on the way to their year.

    Returns
    -------
    float
        In the indicator's unit: what could be promised as "at least" (or "at most") with probability *p*.

    Raises
    ------
    TargetError
        For a target with two sides, or a *p* that is not a proportion.
    """
    history = fitted.history
    check_open(history, target)
    check_proportion(target, p)
    if target.direction == 0:
        raise TargetError(
            f"{target.indicator}: a {target.kind.name} target has two sides, so no one value is reached with "
            f"probability {p:g}. Ask predict({target.year}).interval({p:g})."
        )
    level = 1 - p if target.direction > 0 else p
    if target.limits(history) is None:
        figures = target.kind.figures(Paths.after(history, fitted.paths(target.year, n=PATHS, rng=rng)))
        if figures is not None:
            return float(np.quantile(figures, level, method="inverted_cdf"))
    value = fitted.predict(target.year).quantile(level)
    # One path that ends at the quantile: what the target makes of that value.
    course = Paths.after(history, np.full((1, history.steps_to(target.year)), value))
    figures = target.kind.figures(course)
    return value if figures is None else float(figures[0])


def year_reached(fitted: Fitted, target: Target, *, p: float = 0.5, rng: Rng = 0) -> int | None:
    """Return the first year by which the target has been met with probability *p*.

    "By" a year means in that year or in any earlier one after the last observation, so the
    probability grows with the year; it is counted on joint paths.

    Parameters
    ----------
    fitted : Fitted
    target : Target
        Asks for a value, or for a sum; its own year does not limit the search.
    p : float
        A proportion between 0 and 1.
    rng : None, int or numpy.random.Generator

    Returns
    -------
    int or None
        None if it is not in sight within 50 years, or where no one value meets the target.
    """
    history = fitted.history
    target.check(history)
    check_proportion(target, p)
    if isinstance(target.kind, Cumulative):
        return _year_of_sum(fitted, target.kind, p, rng)
    limits = target.limits(history)
    if limits is None:
        return None
    if bool(limits.hold(history.last_value)):
        return history.last_year
    return _first(met_by_year(fitted, limits, history.last_year + FARTHEST, rng=rng) >= p, history)


def _year_of_sum(fitted: Fitted, kind: Cumulative, p: float, rng: Rng) -> int | None:
    """Return the first year by which the sum is reached; None for a sum not to be exceeded."""
    history = fitted.history
    so_far = kind.so_far(history)
    if kind.direction < 0:
        return None
    if so_far >= kind.value:
        sums = np.cumsum(np.where(history.years >= kind.since, history.values, 0.0))
        return int(history.years[np.flatnonzero(sums >= kind.value)[0]])
    flows = fitted.paths(history.last_year + FARTHEST, n=PATHS // 5, rng=rng)
    early = max(kind.since - history.last_year - 1, 0)
    flows[:, :early] = 0.0
    reached = Limits.beyond(kind.value, 1).hold(so_far + np.cumsum(flows, axis=1))
    return _first(np.maximum.accumulate(reached, axis=1).mean(axis=0) >= p, history)


def _first(reached: BoolArray, history: History) -> int | None:
    """Return the first year after the last observation for which *reached* says so."""
    at = np.flatnonzero(reached)
    return history.last_year + 1 + int(at[0]) if len(at) else None


def met_by_year(fitted: Fitted, limits: Limits, year: int, *, rng: Rng = 0) -> FloatArray:
    """Return the probability of having been within *limits* by each year up to *year*.

    Returns
    -------
    ndarray, shape (year - last observed year,)
        Never falling.
    """
    paths = fitted.paths(year, n=PATHS // 5, rng=rng)
    return np.asarray(np.maximum.accumulate(limits.hold(paths), axis=1).mean(axis=0))


def within(outlook: Distribution, limits: Limits) -> float:
    """Return the probability of a value within *limits*, both ends included."""
    if np.isneginf(limits.lower):
        return outlook.at_most(limits.upper)
    if np.isposinf(limits.upper):
        return outlook.at_least(limits.lower)
    # From the side with less probability, so that a far interval keeps its digits.
    by_lower = outlook.at_least(limits.lower) - outlook.at_least(float(np.nextafter(limits.upper, np.inf)))
    by_upper = outlook.at_most(limits.upper) - outlook.at_most(float(np.nextafter(limits.lower, -np.inf)))
    return min(by_lower, by_upper) if min(by_lower, by_upper) > 0 else max(by_lower, by_upper)


def check_open(history: History, target: Target) -> None:
    """Raise a TargetError unless the target is of this history and its year is still to come."""
    target.check(history)
    if target.year > history.last_year:
        return
    outcome = target.met_in(history)
    fact = (
        f"it was {'met' if outcome else 'missed'}"
        if outcome is not None
        else f"{target.year} was not observed"
    )
    raise TargetError(
        f"{history.name}: the target year {target.year} is not after the last observation "
        f"({history.last_year}): {fact}. Ask assess(...) for the outcome, or cut the history with "
        f"until({target.year - 1}) to ask as of then."
    )


def check_proportion(target: Target, p: float) -> None:
    """Raise a TargetError unless *p* lies between 0 and 1."""
    if not 0 < p < 1:
        raise TargetError(
            f"{target.indicator}: p is a proportion between 0 and 1; got {p!r}. Write 80 % as 0.8."
        )


def _strictly_inside(p: float) -> float:
    if not np.isfinite(p):
        raise TargetError(
            f"a probability came out as {p!r}; this is a defect of the model, please report it."
        )
    return float(min(max(p, LEAST), 1 - LEAST))
