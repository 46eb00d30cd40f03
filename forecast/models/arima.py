"""ARIMA(p, 1, q) with drift, p and q at most one; gaps are stepped over exactly.

Box and Jenkins 1970; Hyndman and Khandakar 2008 (orders by AICc). statsmodels filters, with the drift
as a diffuse state, so that its error is part of the forecast. AICc chooses the order; the order's
coefficients are averaged over a grid (see ``linear.py``), because the maximum of a short series tends
to lie where a shock leaves no trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.transform import Scale
from forecast.history.history import History
from forecast.language.note import Note
from forecast.models.base import LinearFit, OneByOne, prepare
from forecast.models.drift import line_fit
from forecast.models.engine import FilterResult, fence
from forecast.models.linear import LinearStates, weights_of

COEFFICIENTS = (-0.8, -0.6, -0.4, -0.2, 0.2, 0.4, 0.6, 0.8)
ORDERS = ((0, 0), (1, 0), (0, 1), (1, 1))


def settings(p: int, q: int) -> list[tuple[float, float]]:
    """Autoregressive and moving-average coefficients of an order's grid."""
    grid = product(COEFFICIENTS if p else (0.0,), COEFFICIENTS if q else (0.0,))
    # Where the two cancel it is a lower order.
    return [(ar, ma) for ar, ma in grid if not (p and q and ar == -ma)]


def order_states(
    grid: FloatArray, order: tuple[int, int], degrees: int, floor: float
) -> tuple[LinearStates, float]:
    """States of every setting of an order, and its AICc."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    p, q = order
    # Time is counted from the first year to come, so there the drift has added nothing yet.
    time = np.arange(len(grid), dtype=float) - len(grid)
    model = SARIMAX(grid, exog=time, order=(1, 1, 1), mle_regression=False, use_exact_diffuse=True)
    passes, transitions, shocks = [], [], []
    for coefficients in settings(p, q):
        model.update(np.array([*coefficients, 1.0]))
        passes.append(FilterResult.by(model.ssm))
        transition, selection = np.array(model["transition"]), np.array(model["selection"])
        transition[0, -1] = 1.0  # each year the drift joins the level
        transitions.append(transition)
        shocks.append(selection @ selection.T)
    squares = np.array([each.squares for each in passes])
    log_determinant = np.array([each.log_determinant for each in passes])
    states = LinearStates(
        transition=np.array(transitions),
        loading=np.array([1.0, 1.0, 0.0, 0.0]),
        state=np.array([each.state for each in passes]),
        error=np.array([each.error for each in passes]),
        shock=np.array(shocks),
        noise=np.zeros(len(passes)),
        variance=np.maximum(squares / degrees, floor**2),
        weight=weights_of(squares, log_determinant, degrees, floor),
    )
    # Coefficients, drift and variance; the first of the n observations is the start.
    k, n = p + q + 2, degrees + 1
    deviance = float(np.min(log_determinant + degrees * np.log(squares / degrees + floor**2)))
    return states, deviance + 2 * k + 2 * k * (k + 1) / (n - k - 1) if n > k + 1 else np.inf


@dataclass(frozen=True)
class ARIMA(OneByOne):
    """ARIMA(p, 1, q) with drift, p and q at most one, by AICc; gaps included.

    Parameters
    ----------
    scale : Scale, optional
        Default: the one the bounds suggest.

    Examples
    --------
    >>> history = History.of("output", range(2015, 2023), [10, 12, 13, 15, 16, 19, 20, 22])
    >>> outlook = ARIMA().fit(history).predict(2026)
    >>> round(outlook.median(), 1)
    28.9
    """

    scale: Scale | None = None

    @property
    def minimum(self) -> int:
        """Six: the fewest with which AICc can weigh one coefficient against none."""
        return 6

    def fit(self, history: History) -> LinearFit:
        """Choose the order, weigh its settings; Student-t with n - 2 degrees of freedom.

        Raises
        ------
        ModelError
            With fewer than six observations.
        """
        seen = prepare(self, history, self.scale)
        line = line_fit(history, seen)
        if line:
            return line
        degrees = len(history) - 2
        with fence("statsmodels.tsa.statespace.sarimax", history):
            tried = {order: order_states(seen.on_grid(), order, degrees, seen.unit.floor) for order in ORDERS}
        p, q = min(tried, key=lambda order: tried[order][1])
        notes = (*seen.notes, Note("arima_order", {"p": p, "q": q}))
        return LinearFit(history, seen.scale, seen.unit, tried[p, q][0], float(degrees), notes)
