"""A local linear trend, its slope lasting or fading, seen through noise; gaps are stepped over exactly.

Harvey 1989, chapter 2; Durbin and Koopman 2012, chapters 3 and 5 (exact diffuse start). statsmodels
filters; the variance ratios are averaged over a grid (see ``linear.py``) instead of maximised, because
the maximum of a short series tends to lie where a variance is zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.transform import Scale
from forecast.history.history import History
from forecast.models.base import LinearFit, OneByOne, prepare
from forecast.models.drift import line_fit
from forecast.models.engine import FilterResult, fence
from forecast.models.linear import LinearStates, weights_of

# Parts of a year's variance that do not last and that stay in the level.
NOISE_AND_LEVEL = ((1.0, 0.0), (0.7, 0.3), (0.3, 0.7), (0.0, 1.0))
# The slope's variance as a part of that, and how much of the slope is left a year later.
SLOPES = (0.0, 0.03, 0.15, 0.6)
LASTING = (1.0, 0.8)
SETTINGS = tuple((*shares, slope, phi) for shares, slope, phi in product(NOISE_AND_LEVEL, SLOPES, LASTING))


def trend_states(grid: FloatArray, degrees: int, floor: float) -> LinearStates:
    """State, a level and a slope, of every setting; NaN on the grid is a missing year."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    model = UnobservedComponents(grid, "lltrend", use_exact_diffuse=True)
    passes, transitions = [], []
    for noise, level, slope, phi in SETTINGS:
        model.update(np.array([noise, level, slope]))
        model.ssm["transition", 1, 1] = phi
        passes.append(FilterResult.by(model.ssm))
        transitions.append([[1.0, 1.0], [0.0, phi]])
    squares = np.array([each.squares for each in passes])
    return LinearStates(
        transition=np.array(transitions),
        loading=np.array([1.0, 0.0]),
        state=np.array([each.state for each in passes]),
        error=np.array([each.error for each in passes]),
        shock=np.array([np.diag([level, slope]) for _, level, slope, _ in SETTINGS]),
        noise=np.array([noise for noise, *_ in SETTINGS]),
        variance=np.maximum(squares / degrees, floor**2),
        weight=weights_of(squares, np.array([each.log_determinant for each in passes]), degrees, floor),
    )


@dataclass(frozen=True)
class LocalTrend(OneByOne):
    """Local linear trend, damped or not; serves four observations or more, gaps included.

    Parameters
    ----------
    scale : Scale, optional
        Default: the one the bounds suggest.

    Examples
    --------
    >>> history = History.of("output", range(2015, 2023), [10, 12, 13, 15, 16, 19, 20, 22])
    >>> outlook = LocalTrend().fit(history).predict(2026)
    >>> round(outlook.median(), 1)
    28.5
    """

    scale: Scale | None = None

    @property
    def minimum(self) -> int:
        """Four: level, slope, and two for the variance."""
        return 4

    def fit(self, history: History) -> LinearFit:
        """Filter with every setting and weigh them; Student-t with n - 2 degrees of freedom.

        Raises
        ------
        ModelError
            With fewer than four observations.
        """
        seen = prepare(self, history, self.scale)
        line = line_fit(history, seen)
        if line:
            return line
        with fence("statsmodels.tsa.statespace.structural", history):
            states = trend_states(seen.on_grid(), len(history) - 2, seen.unit.floor)
        return LinearFit(history, seen.scale, seen.unit, states, float(len(history) - 2), seen.notes)
