"""An area without any figure of its own: its nearest parent's outlook, and a stated spread around it.

The parent moves as it has moved; the area keeps the place that the spread gives it,

    g(own_t) = g(parent_t) + c + s e,     e ~ N(0, 1),

with g log-odds for shares and logarithms for amounts, and c and s such that the spread's two ends hold
the area with the spread's probability in the parent's last year. How the area moves around its parent is
not known, so the answer is only as good as the spread. It has the lowest grade, and says why everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from forecast.assessment.assessment import Assessment
from forecast.assessment.evidence import Downgrade, Evidence, grade
from forecast.assessment.forecast import Forecast, promised_by
from forecast.assessment.probability import LEAST, check_open
from forecast.distribution.distribution import within
from forecast.errors import TargetError
from forecast.history.history import History
from forecast.language.message import Message
from forecast.language.note import Note
from forecast.models.small_area.small_area import SmallArea
from forecast.target.plan import Spread
from forecast.target.target import Target

# As much as nothing ever observed: never better than a D.
_WEIGHT = 9
NO_OWN_FIGURE = "no_own_figure"


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


def is_unseen(assessment: Assessment) -> bool:
    """Whether an answer rests on a spread alone."""
    return any(note.key == NO_OWN_FIGURE for note in assessment.evidence.reasons)
