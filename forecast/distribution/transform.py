"""Where an indicator is modelled: as it is, as its root, its logarithm, or its log-odds.

A scale maps values of the indicator to the real line and back. It is monotone, so a question
about a value is a question about its image, and a probability needs no approximation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from forecast.arrays import FloatArray
from forecast.errors import ModelError
from forecast.history.history import History

# A share this near to its bound (a part of the range) counts as at the bound: 99.5 % is published as 100 %.
MARGIN = 0.005
# A margin below this would drown in the rounding of 1 - margin.
_LEAST_MARGIN = 1e-9
_LARGEST = 1e300


class Scale(Protocol):
    """A monotone map from the indicator to the real line."""

    def forward(self, values: npt.ArrayLike) -> FloatArray:
        """Return the images; a value beyond the scale's reach goes to minus or plus infinity."""
        ...

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Return the values whose images these are."""
        ...

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """Return ``log |d forward / d value|``, which lets likelihoods on different scales compare."""
        ...

    def serves(self, values: npt.ArrayLike) -> bool:
        """Say whether every value has a finite image."""
        ...


@dataclass(frozen=True)
class Identity:
    """The indicator as it is."""

    def forward(self, values: npt.ArrayLike) -> FloatArray:
        """Return the values."""
        return np.asarray(values, dtype=float)

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Return the images."""
        return np.asarray(images, dtype=float)

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """Return zeros."""
        return np.zeros_like(np.asarray(values, dtype=float))

    def serves(self, values: npt.ArrayLike) -> bool:
        """Return True: every finite value has an image."""
        return bool(np.all(np.isfinite(np.asarray(values, dtype=float))))


@dataclass(frozen=True)
class Root:
    """The square root: between the straight line and compound growth. For positive histories.

    Below zero it goes on as the root of the size with its sign, so that every outlook has an image
    and none piles up at zero; a history that cannot fall below zero says so by its bounds.
    """

    def forward(self, values: npt.ArrayLike) -> FloatArray:
        """Return square roots; a negative value has the negative root of its size."""
        v = np.asarray(values, dtype=float)
        return np.asarray(np.copysign(np.sqrt(np.abs(v)), v))

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Return squares, each with the sign of its image."""
        z = np.asarray(images, dtype=float)
        return np.asarray(z * np.abs(z))

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """Return ``-log(2 sqrt(value))``."""
        return np.asarray(-np.log(2.0) - 0.5 * np.log(np.asarray(values, dtype=float)))

    def serves(self, values: npt.ArrayLike) -> bool:
        """Say whether all values are positive."""
        return bool(np.all(np.asarray(values, dtype=float) > 0))


@dataclass(frozen=True)
class Log:
    """The natural logarithm: compound growth is a straight line. For positive values.

    Parameters
    ----------
    linear_above : float
        Where compounding ends: beyond this value the scale goes on as a straight line, with the
        slope it has there. A value that has come so far grows on by the same amount every year.

    Examples
    --------
    >>> Log().inverse(Log().forward([1.0, 10.0])).round(12).tolist()
    [1.0, 10.0]
    >>> growth = np.log(1.2) * np.array([0, 5, 10, 20, 40])          # 20 % a year
    >>> Log().inverse(growth).round(1).tolist()
    [1.0, 2.5, 6.2, 38.3, 1469.8]
    >>> Log(linear_above=2.0).inverse(growth).round(1).tolist()
    [1.0, 2.4, 4.3, 7.9, 15.2]
    """

    linear_above: float = np.inf

    def forward(self, values: npt.ArrayLike) -> FloatArray:
        """Return logarithms; zero and below have the image minus infinity."""
        return bent_log(np.asarray(values, dtype=float), self.linear_above)

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Return exponentials, at most 1e300: beyond it sums of values would overflow."""
        return unbent_log(np.asarray(images, dtype=float), self.linear_above)

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """Return ``-log(value)``, or that of the straight line beyond it."""
        return np.asarray(-np.log(np.minimum(np.asarray(values, dtype=float), self.linear_above)))

    def serves(self, values: npt.ArrayLike) -> bool:
        """Say whether all values are positive."""
        return bool(np.all(np.asarray(values, dtype=float) > 0))


def bent_log(values: FloatArray, linear_above: float | FloatArray) -> FloatArray:
    """Return what ``Log(linear_above).forward`` does, for values of it that broadcast against *values*."""
    images = np.log(np.minimum(values, linear_above), out=np.full(values.shape, -np.inf), where=values > 0)
    return np.asarray(images + (np.maximum(values / linear_above, 1.0) - 1.0))


def unbent_log(images: FloatArray, linear_above: float | FloatArray) -> FloatArray:
    """Return what ``Log(linear_above).inverse`` does, for values of it that broadcast against *images*."""
    top = np.log(np.minimum(linear_above, _LARGEST))
    with np.errstate(over="ignore"):  # what is too large is cut
        values = np.exp(np.minimum(images, top)) * (1.0 + np.maximum(images - top, 0.0))
    return np.asarray(np.minimum(values, _LARGEST))


@dataclass(frozen=True)
class Logit:
    """Log-odds between two bounds, for shares.

    A value within *margin* of a bound (a part of the range) counts as at the bound: it has the
    image of the value at the margin, and an image at or beyond that one stands for the bound
    itself. So 100 % is an ordinary value with a probability of its own, and no infinity occurs.

    Parameters
    ----------
    lower, upper : float
        The bounds, in the indicator's unit.
    margin : float
        A proportion of the range.

    Examples
    --------
    >>> share = Logit(0, 100)
    >>> share.inverse(share.forward([50.0, 99.0, 100.0])).round(6).tolist()
    [50.0, 99.0, 100.0]
    """

    lower: float
    upper: float
    margin: float = MARGIN

    def __post_init__(self) -> None:
        if not (self.lower < self.upper and 0 < self.margin < 0.5):
            raise ModelError(
                f"Logit needs lower < upper and a margin between 0 and 0.5; "
                f"got {self.lower}, {self.upper}, {self.margin}."
            )

    def forward(self, values: npt.ArrayLike) -> FloatArray:
        """Return log-odds, cut at the margin; a value beyond a bound goes to infinity."""
        v = np.asarray(values, dtype=float)
        inside = logit(np.clip((v - self.lower) / (self.upper - self.lower), self.margin, 1 - self.margin))
        return np.where(v > self.upper, np.inf, np.where(v < self.lower, -np.inf, inside))

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Return values; images at or beyond the margin's stand for the bound."""
        share = expit(np.asarray(images, dtype=float))
        # Rounding in expit(logit(margin)) must not lift a value off the bound.
        near = self.margin * (1 + 1e-9) + 1e-15
        share = np.where(share >= 1 - near, 1.0, np.where(share <= near, 0.0, share))
        return np.asarray(self.lower + (self.upper - self.lower) * share)

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """Return ``-log(range x share x (1 - share))``, the share cut at the margin."""
        width = self.upper - self.lower
        share = np.clip((np.asarray(values, dtype=float) - self.lower) / width, self.margin, 1 - self.margin)
        return np.asarray(-np.log(width * share * (1 - share)))

    def serves(self, values: npt.ArrayLike) -> bool:
        """Say whether all values lie within the bounds."""
        v = np.asarray(values, dtype=float)
        return bool(np.all((v >= self.lower) & (v <= self.upper)))


def logit_for(history: History) -> Logit:
    """Return the log-odds scale of a history with both bounds.

    The margin is 0.5 % of the range, or half the smallest distance from a bound that was
    observed, if that is less: a rate of 0.2 % is not the same as zero.

    Raises
    ------
    ModelError
        If a bound is open.
    """
    lower, upper = history.bounds
    if lower is None or upper is None:
        raise ModelError(
            f"{history.name}: Logit needs both bounds; got {history.bounds}. Give bounds=(lower, upper)."
        )
    share = (history.values - lower) / (upper - lower)
    inside = np.minimum(share, 1 - share)
    inside = inside[inside > 0]
    nearest = float(inside.min()) if len(inside) else 1.0
    return Logit(lower, upper, float(np.clip(0.5 * nearest, _LEAST_MARGIN, MARGIN)))


def scale_for(history: History) -> Scale:
    """Return the scale that the bounds suggest, for models that use one scale.

    Both bounds: log-odds. A lower bound of 0 and only positive values: logarithm. Else identity.

    Examples
    --------
    >>> scale_for(History.of("share", [2020, 2021], [40.0, 41.0], bounds=(0, 100)))
    Logit(lower=0.0, upper=100.0, margin=0.005)
    >>> scale_for(History.of("balance", [2020, 2021], [-1.0, 1.0]))
    Identity()
    """
    lower, upper = history.bounds
    if lower is not None and upper is not None:
        return logit_for(history)
    if lower == 0 and upper is None and Log().serves(history.values):
        return Log()
    return Identity()
