"""When a target is met: its chances as the years go by."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecast.arrays import FloatArray, IntArray
from forecast.assessment.probability import PATHS, check_proportion
from forecast.distribution.distribution import Rng, within
from forecast.distribution.interval_probability import within_each
from forecast.models.base import Fitted, HasStratifiedPaths, PredictsEach
from forecast.target.limits import Limits
from forecast.target.paths import Paths
from forecast.target.target import Target

# How many years ahead are looked at before "not in sight" is said.
FARTHEST = 50
# A target is taken to be reached in the first year by which it is even odds.
EVEN = 0.5


@dataclass(frozen=True, eq=False)
class FirstPassage:
    """The chances of a target, year for year.

    Parameters
    ----------
    first : int
        The first of the years: that of the last observation; for a sum, its own first.
    by_then : ndarray, shape (years,)
        The probability of having met it in that year or an earlier one. For a target that asks every
        year: of keeping to it from that year on.
    in_year : ndarray, shape (years,), or None
        The probability of meeting it in that very year; None where it is not for the value in one year.
    """

    first: int
    by_then: FloatArray
    in_year: FloatArray | None = None

    def __post_init__(self) -> None:
        for name in ("by_then", "in_year"):
            if getattr(self, name) is not None:
                column = np.array(getattr(self, name), dtype=float)
                column.flags.writeable = False
                object.__setattr__(self, name, column)

    def reached(self, p: float) -> int | None:
        """First year with probability *p* or more, or None if none of its years has."""
        at = np.flatnonzero(self.by_then >= p)
        return self.first + int(at[0]) if len(at) else None

    def until(self, year: int) -> FirstPassage:
        """Years up to *year*."""
        kept = slice(0, max(year - self.first + 1, 1))
        return replace(
            self, by_then=self.by_then[kept], in_year=None if self.in_year is None else self.in_year[kept]
        )


def year_reached(fitted: Fitted, target: Target, *, p: float = EVEN, rng: Rng = 0) -> int | None:
    """First year by which the target has been met with probability *p*.

    "By" a year means in that year or in any earlier one from the last observation on, counted on
    joint paths; the target's own year does not limit the search. What that means depends on the kind:

    a value in one year
        The first year by which the value has been there; for milestones, the last one's value; for an
        average growth, the level that it leads to.
    a sum
        The first year by which it adds up to the total. A total not to be exceeded has no such year.
    every year (``maintain``, ``ordinal``, ``declining`` and ``rising`` with ``every_year``)
        The first year *from* which on each year up to the target year does what is asked, so that one
        can say: from then on it held. A year after the target year stands alone.
    a line through the years (``on_average``)
        The first year by which the line from the base year slopes as it should.

    Parameters
    ----------
    fitted : Fitted
    target : Target
    p : float
        A proportion between 0 and 1.
    rng : None, int or numpy.random.Generator

    Returns
    -------
    int or None
        None if it is not in sight within 50 years, or for a total not to be exceeded.

    Raises
    ------
    TargetError
        If the target is not of this history, or *p* is no proportion.

    Examples
    --------
    >>> from forecast.history.history import History
    >>> from forecast.models.drift import Drift
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> year_reached(Drift().fit(h), Target.at_least("coverage", 80, year=2030))
    2026
    >>> year_reached(Drift().fit(h), Target.maintain("coverage", 80, year=2030), p=0.9)
    2029
    """
    check_proportion(target, p)
    passage = _chances(fitted, target, rng)
    return None if passage is None else passage.reached(p)


def by_year(fitted: Fitted, target: Target, *, rng: Rng = 0) -> FirstPassage | None:
    """Chances of a target up to its year, or the year it is reached in, and a few years more.

    Parameters
    ----------
    fitted : Fitted
    target : Target
    rng : None, int or numpy.random.Generator

    Returns
    -------
    FirstPassage or None
        None for a total not to be exceeded: no year can reach that.
    """
    every, kind, history = _chances(fitted, target, rng), target.kind, fitted.history
    if every is None:
        return None
    shown = _worth_showing(every, target)
    limits = target.limits(history)
    if limits is None or not kind.has_probability_in_year:
        return shown
    ahead = np.arange(history.last_year + 1, history.last_year + len(shown.by_then))
    now = float(limits.hold(history.last_value))
    return replace(shown, in_year=np.array([now, *_within_in_each(fitted, ahead, limits)]))


def _within_in_each(fitted: Fitted, years: IntArray, limits: Limits) -> FloatArray:
    """P(lower <= X <= upper) in each of the years to come."""
    if not isinstance(fitted, PredictsEach):
        return np.array([within(fitted.predict(year), limits) for year in years.tolist()])
    each = np.arange(len(years))
    edges = (np.full(len(years), edge) for edge in (limits.lower, limits.upper))
    return within_each(fitted.predict_each(years), each, *edges)


def _worth_showing(passage: FirstPassage, target: Target) -> FirstPassage:
    """Years worth a chart: up to the target year or the year it is reached in, and a few more."""
    ahead = max(target.year, passage.reached(EVEN) or 0) - passage.first
    return passage.until(max(target.year, passage.first + ahead + max(2, ahead // 4)))


def _chances(fitted: Fitted, target: Target, rng: Rng) -> FirstPassage | None:
    target.check(fitted.history)
    history, kind = fitted.history, target.kind
    if not kind.can_be_reached:
        return None
    limits = kind.limits_to_reach(history, target.year)
    last, farthest = history.last_year, history.last_year + FARTHEST
    if limits is not None and bool(limits.hold(history.last_value)):
        return FirstPassage(last, np.ones(1 + FARTHEST))
    draws = _equally_likely_paths(fitted, max(farthest, target.year), rng)
    if limits is not None:
        met = np.maximum.accumulate(limits.hold(draws), axis=1).mean(axis=0)
        return FirstPassage(last, np.array([0.0, *met[:FARTHEST]]))
    paths = Paths.after(history, draws)
    if kind.every_year:
        return _of_every_year(paths, target)
    years, met = kind.met_by_year(paths, target.year, farthest)
    return FirstPassage(int(years[0]), met.mean(axis=0))


def _equally_likely_paths(fitted: Fitted, year: int, rng: Rng) -> FloatArray:
    """Equally likely paths up to *year*: the fit's own stratified ones, or sampled ones."""
    return (
        fitted.stratified_paths(year)
        if isinstance(fitted, HasStratifiedPaths)
        else fitted.paths(year, n=PATHS // 5, rng=rng)
    )


def _of_every_year(paths: Paths, target: Target) -> FirstPassage:
    """Probability that each year from then to the target year does what is asked."""
    last = paths.history.last_year
    held = target.kind.holds(paths)[:, paths.years >= last]
    own = max(target.year - last, 0) + 1
    held[:, :own] = np.logical_and.accumulate(held[:, own - 1 :: -1], axis=1)[:, ::-1]
    return FirstPassage(last, held.mean(axis=0)).until(max(last + FARTHEST, target.year))
