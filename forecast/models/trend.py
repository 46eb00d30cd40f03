"""A straight line in time by Bayesian ridge regression, with residuals that may persist; gaps are fine.

MacKay 1992 and Tipping 2001 (the ridge and its evidence, by scikit-learn); Chipman 1979 and Cressie
1993, section 3.4 (prediction with autocorrelated residuals). A line fitted as if its residuals were
independent covers 34-86 % when it says 95 %, so their autocorrelation is averaged over a grid (see
``linear.py``) that goes up almost to a random walk.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import FloatArray
from forecast.distribution.transform import Scale
from forecast.history.history import History
from forecast.models.base import LinearFit, OneByOne, prepare
from forecast.models.drift import line_fit
from forecast.models.engine import fence
from forecast.models.linear import LinearStates, weights_of

# Autocorrelation of residuals one year apart.
PERSISTENCE = (0.0, 0.4, 0.7, 0.9, 0.97, 0.99)


def whitened(years: FloatArray, images: FloatArray, rho: float) -> tuple[FloatArray, float]:
    """Ones, years and images with the residuals' correlation taken out, and its log determinant.

    Returns
    -------
    columns : ndarray, shape (n, 3)
    log_determinant : float
    """
    root = np.linalg.cholesky(rho ** np.abs(np.subtract.outer(years, years)))
    columns = np.linalg.solve(root, np.column_stack([np.ones_like(years), years, images]))
    return columns, 2.0 * float(np.sum(np.log(np.diag(root))))


def ridge(one: FloatArray, time: FloatArray, image: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Level and slope, and their covariance in units of the residuals' variance.

    The level is free; the slope is shrunk as far as the evidence asks (scikit-learn's BayesianRidge).
    """
    from sklearn.linear_model import BayesianRidge

    size = float(one @ one)
    middle, rest = float(one @ time) / size, time - one * float(one @ time) / size
    fitted = BayesianRidge(fit_intercept=False).fit(rest[:, None], image - one * float(one @ image) / size)
    slope, doubt = float(fitted.coef_[0]), float(fitted.sigma_[0, 0] * fitted.alpha_)
    level = float(one @ image) / size - middle * slope
    covariance = np.array([[1 / size + middle**2 * doubt, -middle * doubt], [-middle * doubt, doubt]])
    return np.array([level, slope]), covariance


def line_states(years: FloatArray, images: FloatArray, floor: float) -> LinearStates:
    """State (the line, its slope, what persists of the last residual) of every setting.

    Years are counted from the last observation.
    """
    degrees = len(years) - 2
    ahead = np.array([[1.0, 1.0], [0.0, 1.0]])
    transition, state, error, shock = [], [], [], []
    squares, log_determinant = [], []
    for rho in PERSISTENCE:
        columns, determinant = whitened(years, images, rho)
        one, time, image = columns.T
        line, doubt = ridge(one, time, image)
        moved, fresh = ahead @ doubt, 1 - rho**2
        beside = -rho * moved[:, :1]
        last = np.array([[fresh + rho**2 * doubt[0, 0]]])
        error.append(np.block([[moved @ ahead.T, beside], [beside.T, last]]))
        state.append([*(ahead @ line), rho * (images[-1] - line[0])])
        transition.append([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, rho]])
        shock.append(np.diag([0.0, 0.0, fresh]))
        squares.append(float(np.sum((image - one * line[0] - time * line[1]) ** 2)))
        log_determinant.append(determinant + float(np.linalg.slogdet(columns[:, :2].T @ columns[:, :2])[1]))
    return LinearStates(
        transition=np.array(transition),
        loading=np.array([1.0, 0.0, 1.0]),
        state=np.array(state),
        error=np.array(error),
        shock=np.array(shock),
        noise=np.zeros(len(PERSISTENCE)),
        variance=np.maximum(np.array(squares) / degrees, floor**2),
        weight=weights_of(np.array(squares), np.array(log_determinant), degrees, floor),
    )


@dataclass(frozen=True)
class Trend(OneByOne):
    """Bayesian ridge on time with persistent residuals; serves four observations or more, gaps included.

    Parameters
    ----------
    scale : Scale, optional
        Default: the one the bounds suggest.

    Examples
    --------
    >>> history = History.of("output", range(2015, 2023), [10, 12, 13, 15, 16, 19, 20, 22])
    >>> outlook = Trend().fit(history).predict(2026)
    >>> round(outlook.median(), 1)
    28.7
    """

    scale: Scale | None = None

    @property
    def minimum(self) -> int:
        """Four: level, slope, and two for the variance."""
        return 4

    def fit(self, history: History) -> LinearFit:
        """Fit the line with every setting and weigh them; Student-t with n - 2 degrees of freedom.

        Raises
        ------
        ModelError
            With fewer than four observations.
        """
        seen = prepare(self, history, self.scale)
        line = line_fit(history, seen)
        if line:
            return line
        with fence("sklearn.linear_model", history):
            states = line_states(seen.years - seen.years[-1], seen.images, seen.unit.floor)
        return LinearFit(history, seen.scale, seen.unit, states, float(len(history) - 2), seen.notes)
