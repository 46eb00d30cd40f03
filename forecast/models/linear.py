"""Linear futures in closed form, averaged over the settings that a short series cannot tell apart.

Smoothing, ARIMA, structural and trend models are all one thing: a state that moves linearly and is
seen through noise (Hyndman, Koehler, Ord and Snyder 2008, chapter 6; Durbin and Koopman 2012,
chapter 4). What differs is the state and its *settings*: smoothing weights, variance ratios,
autocorrelations. Plugging in the one best setting is what makes intervals on 6-15 points far too
narrow, so each setting keeps a weight, its likelihood with level, trend and variance integrated out
(Harrison and West 1997, chapter 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class LinearStates:
    """A linear Gaussian state for each setting (g of them), as it stands in the first year to come.

    Parameters
    ----------
    transition : ndarray, shape (g, m, m)
    loading : ndarray, shape (m,)
        What is seen of the state.
    state : ndarray, shape (g, m)
        Its expectation in the first year to come.
    error : ndarray, shape (g, m, m)
        The covariance of that expectation, in units of *variance*.
    shock : ndarray, shape (g, m, m)
        The covariance of what moves the state each year, in units of *variance*.
    noise : ndarray, shape (g,)
        The variance of what is seen but does not last, in units of *variance*.
    variance : ndarray, shape (g,)
    weight : ndarray, shape (g,)
        Sums to 1.
    """

    transition: FloatArray
    loading: FloatArray
    state: FloatArray
    error: FloatArray
    shock: FloatArray
    noise: FloatArray
    variance: FloatArray
    weight: FloatArray

    @classmethod
    def smoothed(
        cls,
        smoothing: tuple[FloatArray, FloatArray, FloatArray],
        level_and_slope: FloatArray,
        error: FloatArray,
        variance: FloatArray,
        weight: FloatArray,
    ) -> LinearStates:
        """States of additive exponential smoothing, its one source of error made a state.

        Parameters
        ----------
        smoothing : tuple of ndarray, shape (g,)
            alpha, beta and phi: ``level += alpha e``, ``slope = phi slope + beta e``.
        level_and_slope : ndarray, shape (g, 2)
            After the last observation.
        error : ndarray, shape (g, 2, 2)
            Their covariance, in units of *variance*.
        variance, weight : ndarray, shape (g,)
        """
        alpha, beta, phi = smoothing
        count = len(alpha)
        ahead = np.zeros((count, 3, 2))
        ahead[:, 0, 0], ahead[:, 0, 1], ahead[:, 1, 1] = 1.0, phi, phi
        transition = np.zeros((count, 3, 3))
        transition[:, 0, 0] = 1.0
        transition[:, 0, 1] = transition[:, 1, 1] = phi
        transition[:, 0, 2], transition[:, 1, 2] = alpha + phi * beta, phi * beta
        shock = np.zeros((count, 3, 3))
        shock[:, 2, 2] = 1.0
        return cls(
            transition=transition,
            loading=np.array([1.0, 0.0, 1.0]),
            state=np.einsum("gmk,gk->gm", ahead, level_and_slope),
            error=ahead @ error @ ahead.transpose(0, 2, 1) + shock,
            shock=shock,
            noise=np.zeros(count),
            variance=variance,
            weight=weight,
        )

    @classmethod
    def together(cls, parts: Sequence[LinearStates], shares: Sequence[float]) -> LinearStates:
        """Settings of several models of one loading as one, each model having its share."""
        names = ("transition", "state", "error", "shock", "noise", "variance")
        weight = np.concatenate([share * part.weight for share, part in zip(shares, parts, strict=True)])
        arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        return cls(loading=parts[0].loading, weight=weight, **arrays)

    def moments(self, steps: int) -> tuple[FloatArray, FloatArray]:
        """Mean and covariance of the next years, over all settings."""
        seen = self._seen(steps)
        means = np.einsum("ghm,gm->gh", seen, self.state)
        covariances = seen @ self.error @ seen.transpose(0, 2, 1)
        # What moved the state between two years reaches later years through the same loadings.
        pushed = np.zeros_like(covariances)
        reach = seen @ self.shock @ seen.transpose(0, 2, 1)
        for h in range(1, steps):
            pushed[:, h, 1:] = pushed[:, h - 1, :-1] + reach[:, h - 1, :-1]
        covariances = covariances + pushed + self.noise[:, None, None] * np.eye(steps)
        return total_moments(self.weight, means, self.variance[:, None, None] * covariances)

    def _seen(self, steps: int) -> FloatArray:
        """How each coming year sees the first year's state, shape (g, steps, m)."""
        seen = [np.broadcast_to(self.loading, self.state.shape)]
        for _ in range(steps - 1):
            seen.append(np.einsum("gm,gmk->gk", seen[-1], self.transition))
        return np.stack(seen, axis=1)


def total_moments(
    weight: FloatArray, means: FloatArray, covariances: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Mean and covariance over settings: the mean covariance, and the covariance of the means."""
    mean = weight @ means
    away = means - mean
    covariance = np.einsum("g,ghk->hk", weight, covariances) + np.einsum("g,gh,gk->hk", weight, away, away)
    return mean, covariance


def weights_of(squares: FloatArray, log_determinant: FloatArray, degrees: int, floor: float) -> FloatArray:
    """Each setting's share of the likelihood, its variance integrated out.

    Parameters
    ----------
    squares : ndarray, shape (g,)
        Sum of squared standardised surprises.
    log_determinant : ndarray, shape (g,)
        Log determinant of their covariance, the estimated level and trend included.
    degrees : int
        Number of surprises left once level and trend are known.
    floor : float
        The least standard deviation of one surprise: a better fit than that is luck.
    """
    log_likelihood = -0.5 * (log_determinant + degrees * np.log(squares + degrees * floor**2))
    weight = np.exp(log_likelihood - np.max(log_likelihood))
    return np.asarray(weight / np.sum(weight))
