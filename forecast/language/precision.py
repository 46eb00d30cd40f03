"""How many digits of a forecast mean anything: as many in a chart as in a sentence."""

from __future__ import annotations

import math
from functools import lru_cache

from forecast.assessment.assessment import Assessment
from forecast.evaluation.scores import LEVEL
from forecast.language.language import shown_decimals

# An interval whose ends are more than this many times apart is one on a ratio scale.
SKEWED = 2
# Figures with this many decimals were not rounded by a publisher.
UNROUNDED = 6


# It takes a search of its own, and is asked for with every figure of a target that is told.
@lru_cache(maxsize=8)
def _likely(a: Assessment) -> tuple[float, float]:
    """Return the interval that is shown of an outlook."""
    assert a.outlook is not None, "asked only of what has an outlook"
    return a.outlook.interval(LEVEL)


def outlook_decimals(a: Assessment, x: float) -> int:
    """Return the decimals for a forecast value: two digits of the 80 % interval's width, no more.

    Where the interval's ends are several times apart, each value has two digits of its own: a width
    of thousands would round its lower end away.
    """
    if a.outlook is None or a.history is None:
        return 0
    low, high = _likely(a)
    if not 0 < high - low < math.inf:
        return shown_decimals(x)
    finest = a.history.decimals + 1 if a.history.decimals < UNROUNDED else math.inf
    wide = int(min(1 - math.floor(math.log10(high - low)), finest))
    skewed = low * high > 0 and max(low / high, high / low) > SKEWED
    return max(wide, 1 - math.floor(math.log10(abs(x)))) if skewed and x else wide
