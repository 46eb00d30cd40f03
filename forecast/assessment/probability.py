"""How likely a target is to be met, and what can be reached."""

from __future__ import annotations

import numpy as np

from forecast.distribution.distribution import Rng, within
from forecast.errors import ForecastError, TargetError, must_be
from forecast.history.history import History
from forecast.language.message import Message
from forecast.models.base import Fitted
from forecast.target.paths import Paths
from forecast.target.target import HOW_TO_ASK, Target

# A probability is never reported as 0 or 1: nothing in a short history can show that much.
LEAST = 1e-6
# Sampled paths behind a question that no closed form answers: a standard error of at most 0.5 %.
PATHS = 10_000


def probability(fitted: Fitted, target: Target, *, rng: Rng = 0) -> float:
    """Probability that the target is met.

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
    >>> from forecast.history.history import History
    >>> from forecast.models.drift import Drift
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> t = Target.at_least("coverage", 80, year=2027, unit="%")
    >>> round(probability(Drift().fit(h), t), 2)
    0.77
    """
    if isinstance(fitted, History):
        raise ForecastError(Message("fitted_model_needed", name=fitted.name))
    must_be(Target, target, who="probability: target", instead=HOW_TO_ASK)
    check_open(fitted.history, target)
    return chance_on(sample_paths(fitted, target, rng), fitted, target)


def sample_paths(fitted: Fitted, target: Target, rng: Rng) -> Paths | None:
    """Sampled paths to the target year, or None where the value in that year decides."""
    history = fitted.history
    if target.limits(history) is not None:
        return None
    return Paths.after(history, fitted.paths(target.year, n=PATHS, rng=rng))


def chance_on(paths: Paths | None, fitted: Fitted, target: Target) -> float:
    """Probability of an open target: on sampled paths, or in closed form without any."""
    limits = target.limits(fitted.history)
    if paths is None:
        assert limits is not None, "without limits a target is asked of paths"
        return _strictly_inside(within(fitted.predict(target.year), limits))
    met = target.kind.met_by(paths)
    # Half a path either way: so many paths cannot show that the rest is impossible.
    return float((met.sum() + 0.5) / (len(met) + 1))


def reachable(fitted: Fitted, target: Target, *, p: float = 0.8, rng: Rng = 0) -> float:
    """Value that is met with probability *p*, in the target's direction.

    Matching for instead of the target's own, it would be met with that probability: the value in the
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
            Message("two_sides", indicator=target.indicator, kind=target.kind.name, p=p, year=target.year)
        )
    # A kind without a figure of its own has no use for paths.
    level_at = np.full((1, history.steps_to(target.year)), history.last_value)
    counts = target.kind.figures(Paths.after(history, level_at)) is not None
    return reachable_on(sample_paths(fitted, target, rng) if counts else None, fitted, target, p)


def reachable_on(paths: Paths | None, fitted: Fitted, target: Target, p: float) -> float:
    """What is reached with probability *p*: on sampled paths, or by the outlook without any."""
    history, level = fitted.history, 1 - p if target.direction > 0 else p
    figures = None if paths is None else target.kind.figures(paths)
    if figures is not None:
        return float(np.quantile(figures, level, method="inverted_cdf"))
    value = fitted.predict(target.year).quantile(level)
    # One path that ends at the quantile: what the target makes of that value.
    course = Paths.after(history, np.full((1, history.steps_to(target.year)), value))
    figures = target.kind.figures(course)
    return value if figures is None else float(figures[0])


def check_open(history: History, target: Target) -> None:
    """Raise a TargetError unless the target is of this history and its year is still to come."""
    target.check(history)
    if target.year > history.last_year:
        return
    outcome = target.met_in(history)
    key = "was_not_observed" if outcome is None else "was_met" if outcome else "was_missed"
    raise TargetError(
        Message(
            "target_over",
            name=history.name,
            year=target.year,
            last_year=history.last_year,
            fact=Message(key, year=target.year),
            before=target.year - 1,
        )
    )


def check_proportion(target: Target, p: float) -> None:
    """Raise a TargetError unless *p* lies between 0 and 1."""
    if not 0 < p < 1:
        raise TargetError(Message("p_is_a_proportion", indicator=target.indicator, p=p))


def _strictly_inside(p: float) -> float:
    if not np.isfinite(p):
        raise TargetError(Message("no_probability", p=p))
    return float(min(max(p, LEAST), 1 - LEAST))
