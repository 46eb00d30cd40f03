"""What a model expects of a target's year, and what follows from it for the target."""

from __future__ import annotations

from dataclasses import dataclass

from forecast.assessment.first_passage import FirstPassage
from forecast.distribution.distribution import Distribution
from forecast.models.base import Fitted

# The probability with which "what could be promised" is promised.
PROMISE = 0.8


@dataclass(frozen=True, eq=False)
class Forecast:
    """The part of an assessment that needs a view of the years to come.

    Attributes
    ----------
    outlook : Distribution
        For the target year, in the indicator's unit.
    fitted : Fitted or None
        The model behind it; None where other places' paces, or a stated spread, gave the outlook.
    probability : float or None
        Of meeting the target; None where the outlook shows the pace and not the level.
    reachable : float or None
        The value met with probability 0.8, in the target's direction.
    by_year : FirstPassage or None
        The target's chances as the years go by.
    """

    outlook: Distribution
    fitted: Fitted | None = None
    probability: float | None = None
    reachable: float | None = None
    by_year: FirstPassage | None = None


def promised_by(outlook: Distribution, direction: int) -> float | None:
    """Value that an outlook meets with probability 0.8; None for a target with two sides."""
    if direction == 0:
        return None
    return float(outlook.quantile(1 - PROMISE if direction > 0 else PROMISE))
