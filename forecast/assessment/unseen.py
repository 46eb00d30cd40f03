"""An area without any figure of its own: its nearest parent's outlook, and how it may lie around it.

The parent moves as it has moved; the area keeps the place that the spread gives it,

    g(own_t) = g(parent_t) + c + s e,     e ~ N(0, 1),

with g log-odds for shares and logarithms for amounts, and c and s such that the spread's two ends hold
the area with the spread's probability in the parent's last year. How the area moves around its parent is
not known, so the answer is only as good as the spread. It has the lowest grade, and says why everywhere.

A target that asks for a change alone (falling, rising) needs no level: the area moves as its parents have
moved, and apart from them as areas were seen to do, whatever level it starts from.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.assessment.assessment import Assessment
from forecast.assessment.evidence import Downgrade, Evidence, grade
from forecast.assessment.forecast import Forecast, promised_by
from forecast.assessment.probability import LEAST, check_open, probability
from forecast.distribution.distribution import Rng, within
from forecast.errors import TargetError
from forecast.history.history import History
from forecast.language.message import Message
from forecast.language.note import Note
from forecast.models.small_area.small_area import SmallArea
from forecast.target.plan import Spread
from forecast.target.target import Target

# As much as nothing ever observed: never better than a D.
_WEIGHT = 9
NO_OWN_FIGURE, CHANGE_OF_PARENT = "no_own_figure", "parents_change"


def from_spread(
    parents: Sequence[History], target: Target, spread: Spread, *, as_of: int | None = None
) -> Assessment:
    """What a spread around the nearest parent says of a target for one year's value.

    Parameters
    ----------
    parents : sequence of History
        The nearest first, under the target's indicator.
    target : Target
    spread : Spread
    as_of : int, optional
        The age of the parent's last figure is counted from here.

    Returns
    -------
    Assessment
        On the parent's history, with the lowest grade. No growth, no progress: there is no own base.

    Raises
    ------
    TargetError
        For a target that asks about the way to its year, or one whose year the parent has reached.

    Examples
    --------
    >>> city = History.of("cover", range(2010, 2024), [80 + 0.2 * i for i in range(14)], unit="%",
    ...                   area="City", bounds=(0, 100))
    >>> a = from_spread([city], Target.at_least("cover", 75, year=2026, unit="%"), Spread(70, 92))
    >>> a.evidence.grade, a.required, 0.6 < a.probability < 0.95
    ('D', None, True)
    """
    nearest = parents[0]
    target.check(nearest)
    check_open(nearest, target)
    limits = target.limits(nearest)
    if limits is None or target.value is None:
        raise TargetError(Message("unseen_kind", indicator=target.indicator, kind=target.kind.name))
    outlook = SmallArea([nearest]).outlook(target.year, between=(spread.low, spread.high), level=spread.level)
    ends = {"low": spread.low, "high": spread.high, "level": spread.level}
    said = Note(NO_OWN_FIGURE, {"area": nearest.area, "until": nearest.last_year, **ends})
    far = grade(nearest, target.year, as_of=as_of).charges
    chance = float(np.clip(within(outlook, limits), LEAST, 1 - LEAST))
    return Assessment(
        target=target,
        history=nearest,
        status="open",
        forecast=Forecast(outlook, probability=chance, reachable=promised_by(outlook, target.direction)),
        evidence=Evidence((Downgrade(_WEIGHT, said), *far)),
    )


def from_change_of_parents(
    parents: Sequence[History], target: Target, *, as_of: int | None = None, rng: Rng = 0
) -> Assessment:
    """What the parents' change says of a target that asks for a change alone.

    The area stands where the nearest parent stood in the base year (in its last year, if that comes first):
    any other level would give the same probability.

    Parameters
    ----------
    parents : sequence of History
        The nearest first, under the target's indicator.
    target : Target
        Of a kind that is ``level_free``.
    as_of : int, optional
        The age of the parent's last figure is counted from here.
    rng : None, int or numpy.random.Generator
        Only used for targets that depend on the way to their year.

    Returns
    -------
    Assessment
        On the parent's history, with the lowest grade. No growth, no progress: there is no own base.

    Examples
    --------
    >>> city = History.of("waste", range(2010, 2024), [90 - 2.0 * i + i % 3 for i in range(14)], area="City")
    >>> a = from_change_of_parents([city], Target.declining("waste", year=2026))
    >>> a.evidence.grade, 0.5 < a.probability < 0.999
    ('D', True)
    """
    nearest = parents[0]
    target.check(nearest)
    check_open(nearest, target)
    if not target.kind.level_free:
        raise TargetError(Message("level_needed", indicator=target.indicator, kind=target.kind.name))
    start = _level_like(nearest, target)
    fitted = SmallArea(parents).fit(start)
    # The path to the year is that of a level nobody knows; what holds for any level is kept.
    forecast = Forecast(fitted.predict(target.year), probability=probability(fitted, target, rng=rng))
    said = Note(CHANGE_OF_PARENT, {"area": nearest.area, "until": nearest.last_year})
    far = grade(nearest, target.year, as_of=as_of).charges
    evidence = Evidence((Downgrade(_WEIGHT, said), *far))
    return Assessment(target, nearest, "open", forecast=forecast, evidence=evidence)


def _level_like(parent: History, target: Target) -> History:
    """One figure that stands where the parent stood: in the target's base year, or its last before that."""
    first = target.kind.counts_from
    year = parent.last_year if first is None else min(first, parent.last_year)
    value = parent.value_in(year)
    if value is None:
        raise TargetError(
            Message("parent_without_base", indicator=target.indicator, parent=parent.name, year=year)
        )
    return History.of(target.indicator, [year], [value], unit=parent.unit, bounds=parent.bounds)


def unseen_key(assessment: Assessment) -> str:
    """Ending of the texts about an answer without own figures: on a spread, or on the parents' change."""
    reasons = {note.key for note in assessment.evidence.reasons}
    return "unseen_change" if CHANGE_OF_PARENT in reasons else "unseen"


def is_unseen(assessment: Assessment) -> bool:
    """Whether an answer rests on parents alone, without any figure of the area's own."""
    reasons = {note.key for note in assessment.evidence.reasons}
    return not reasons.isdisjoint((NO_OWN_FIGURE, CHANGE_OF_PARENT))
