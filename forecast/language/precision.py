"""How many digits of a forecast mean anything: as many in a chart as in a sentence."""

from __future__ import annotations

import math

from forecast.language.language import shown_decimals

# An interval whose ends are more than this many times apart is one on a ratio scale.
SKEWED = 2
# Figures with this many decimals were not rounded by a publisher.
UNROUNDED = 6


def forecast_decimals(x: float, interval: tuple[float, float], published: int) -> int:
    """Decimals for a forecast value: two digits of its interval's width, no more.

    Where the interval's ends are several times apart, each value has two digits of its own: a width
    of thousands would round its lower end away.

    Parameters
    ----------
    x : float
    interval : tuple of float
        The interval that is shown with it, in the unit of *x*.
    published : int
        Decimals of the indicator's own figures.

    Examples
    --------
    >>> forecast_decimals(66.123, (64.2, 68.9), 1), forecast_decimals(0.31234, (0.25, 0.38), 2)
    (1, 2)
    """
    low, high = interval
    if not 0 < high - low < math.inf:
        return shown_decimals(x)
    finest = published + 1 if published < UNROUNDED else math.inf
    wide = int(min(1 - math.floor(math.log10(high - low)), finest))
    skewed = low * high > 0 and max(low / high, high / low) > SKEWED
    return max(wide, 1 - math.floor(math.log10(abs(x)))) if skewed and x else wide
