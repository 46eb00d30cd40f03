"""Exponential smoothing with additive errors: the level alone, with a trend, or with a damped trend.

Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing (2008): chapter 2 for the
recursions, 5 for the start, 6 for the forecast variance. statsmodels estimates each form and AICc
weighs it (Burnham and Anderson 2002, section 2.9); within a form the smoothing weights are averaged over
a grid (see ``linear.py``). One form at its best point covers 22-61 % when it says 95 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.transform import Scale
from forecast.history.history import History
from forecast.language.note import Note
from forecast.models.base import LinearFit, OneByOne, check_no_gaps, prepare
from forecast.models.drift import line_fit
from forecast.models.engine import fence
from forecast.models.linear import LinearStates, weights_of

# Smoothing weights of the level; those of the slope, as a part of the level's; damping.
ALPHAS = (0.05, 0.2, 0.4, 0.6, 0.8, 1.0)
BETAS = (0.0, 0.1, 0.25, 0.5)
PHIS = (0.8, 0.9, 0.98)
# Parameters of each form that AICc counts: smoothing weights and the variance. Counting the initial states
# too would leave ten points hardly ever a trend; they are least squares, and their error is in the forecast.
FORMS = {"ANN": 2, "AAN": 3, "AAdN": 4}


def settings(form: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Alpha, beta and phi of every setting of a form, each of shape (g,)."""
    betas = (0.0,) if form == "ANN" else BETAS
    phis = PHIS if form == "AAdN" else (1.0,)
    grid = np.array([(a, a * b, phi) for a, b, phi in product(ALPHAS, betas, phis)])
    return grid[:, 0], grid[:, 1], grid[:, 2]


def surprises(
    images: FloatArray, smoothing: tuple[FloatArray, FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """Run the recursions from three starts at once: at zero, and the effects of initial level and slope.

    Returns
    -------
    surprise : ndarray, shape (g, n, 3)
    last : ndarray, shape (g, 2, 3)
        Level and slope after the last observation.
    """
    alpha, beta, phi = (each[:, None] for each in smoothing)
    level = np.tile([0.0, 1.0, 0.0], (len(alpha), 1))
    slope = np.tile([0.0, 0.0, 1.0], (len(alpha), 1))
    surprise = np.empty((len(alpha), len(images), 3))
    for t, image in enumerate(images):
        slope = phi * slope
        error = np.array([image, 0.0, 0.0]) - level - slope
        level, slope = level + slope + alpha * error, slope + beta * error
        surprise[:, t] = error
    return surprise, np.stack([level, slope], axis=1)


def smoothed_states(form: str, images: FloatArray, floor: float) -> LinearStates:
    """States of every setting of a form.

    The surprises are linear in the initial states, so those are estimated by least squares.
    """
    smoothing = settings(form)
    surprise, last = surprises(images, smoothing)
    starts = slice(1, 2) if form == "ANN" else slice(1, 3)
    effect, reach = surprise[..., starts], last[..., starts]
    information = effect.transpose(0, 2, 1) @ effect
    error = np.linalg.inv(information)
    start = -np.einsum("gij,gtj,gt->gi", error, effect, surprise[..., 0])
    left = surprise[..., 0] + np.einsum("gtj,gj->gt", effect, start)
    squares, degrees = np.sum(left**2, axis=1), len(images) - effect.shape[-1]
    return LinearStates.smoothed(
        smoothing,
        last[..., 0] + np.einsum("gij,gj->gi", reach, start),
        reach @ error @ reach.transpose(0, 2, 1),
        np.maximum(squares / degrees, floor**2),
        weights_of(squares, np.linalg.slogdet(information)[1], degrees, floor),
    )


def form_shares(images: FloatArray, history: History) -> dict[str, float]:
    """Akaike weight of each form, each estimated by statsmodels."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    criterion = []
    with fence("statsmodels.tsa.exponential_smoothing.ets", history):
        for form, k in FORMS.items():
            trend = None if form == "ANN" else "add"
            result = ETSModel(images, error="add", trend=trend, damped_trend=form == "AAdN").fit(disp=0)
            criterion.append(-2 * float(result.llf) + 2 * k + 2 * k * (k + 1) / (len(images) - k - 1))
    share = np.exp(-0.5 * (np.array(criterion) - min(criterion)))
    return dict(zip(FORMS, (share / np.sum(share)).tolist(), strict=True))


@dataclass(frozen=True)
class ETS(OneByOne):
    """Exponential smoothing (ANN, AAN and AAdN) weighed by AICc; needs every year.

    Parameters
    ----------
    scale : Scale, optional
        Default: the one the bounds suggest.

    Examples
    --------
    >>> history = History.of("output", range(2015, 2023), [10, 12, 13, 15, 16, 19, 20, 22])
    >>> outlook = ETS().fit(history).predict(2026)
    >>> round(outlook.median(), 1)
    28.7
    """

    scale: Scale | None = None

    @property
    def minimum(self) -> int:
        """Six: the fewest with which AICc can weigh a damped trend."""
        return 6

    def fit(self, history: History) -> LinearFit:
        """Weigh the forms and their settings; Student-t with n - 2 degrees of freedom.

        Raises
        ------
        ModelError
            With fewer than six observations, or a missing year.
        """
        seen = prepare(self, history, self.scale)
        check_no_gaps(self, history)
        line = line_fit(history, seen)
        if line:
            return line
        shares = form_shares(seen.images, history)
        parts = [smoothed_states(form, seen.images, seen.unit.floor) for form in shares]
        states = LinearStates.together(parts, tuple(shares.values()))
        notes = (*seen.notes, Note("ets_form", {"form": max(shares, key=lambda form: shares[form])}))
        return LinearFit(history, seen.scale, seen.unit, states, float(len(history) - 2), notes)
