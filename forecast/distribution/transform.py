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
_TINY = float(np.finfo(float).tiny)


class Scale(Protocol):
    """A monotone map g from the indicator to the real line.

    Every method takes scalars or arrays, and the parameters of a scale may be arrays that broadcast
    against them: one scale then serves many series whose bounds differ.
    """

    def transform(self, values: npt.ArrayLike) -> FloatArray:
        """Images g(x); a value beyond the scale's domain goes to minus or plus infinity."""
        ...

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Values x whose images these are."""
        ...

    def slope(self, values: npt.ArrayLike) -> FloatArray:
        """Slope dg/dx; 0 where the image does not move with the value."""
        ...

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """``log |dg/dx|`` at observed values, which makes likelihoods on different scales comparable."""
        ...

    def serves(self, values: npt.ArrayLike) -> bool:
        """Whether every value has a finite image."""
        ...


@dataclass(frozen=True)
class Identity:
    """The indicator as it is: g(x) = x."""

    def transform(self, values: npt.ArrayLike) -> FloatArray:
        """Values themselves."""
        return np.asarray(values, dtype=float)

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Images themselves."""
        return np.asarray(images, dtype=float)

    def slope(self, values: npt.ArrayLike) -> FloatArray:
        """Ones."""
        return np.ones_like(np.asarray(values, dtype=float))

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """Zeros."""
        return np.zeros_like(np.asarray(values, dtype=float))

    def serves(self, values: npt.ArrayLike) -> bool:
        """Whether all are finite: every finite value has an image."""
        return bool(np.all(np.isfinite(np.asarray(values, dtype=float))))


@dataclass(frozen=True)
class Root:
    """The signed square root, between the straight line and compound growth: g(x) = sign(x) sqrt(|x|).

    For positive histories. Below zero it goes on as the root of the size with its sign, so that every
    outlook has an image and none piles up at zero; a history that cannot fall below zero says so by
    its bounds.
    """

    def transform(self, values: npt.ArrayLike) -> FloatArray:
        """Square roots; a negative value has the negative root of its size."""
        v = np.asarray(values, dtype=float)
        return np.asarray(np.copysign(np.sqrt(np.abs(v)), v))

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Squares, each with the sign of its image."""
        z = np.asarray(images, dtype=float)
        return np.asarray(z * np.abs(z))

    def slope(self, values: npt.ArrayLike) -> FloatArray:
        """``1 / (2 sqrt(|x|))``, very large but finite at zero."""
        v = np.abs(np.asarray(values, dtype=float))
        return np.asarray(0.5 / np.sqrt(np.where(v > 0, v, _TINY)))

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """``-log(2 sqrt(x))``."""
        return np.asarray(-0.5 * np.log(4.0 * np.asarray(values, dtype=float)))

    def serves(self, values: npt.ArrayLike) -> bool:
        """Whether all values are positive."""
        return bool(np.all(np.asarray(values, dtype=float) > 0))


@dataclass(frozen=True)
class Log:
    """The natural logarithm: compound growth is a straight line. For positive values.

    With *c* for *linear_above*: ``g(x) = log x`` up to c, and ``log c + x / c - 1`` beyond it.

    Parameters
    ----------
    linear_above : float or ndarray
        Where compounding ends: beyond this value the scale goes on as a straight line, with the
        slope it has there. A value that has come so far grows on by the same amount every year.

    Examples
    --------
    >>> Log().inverse(Log().transform([1.0, 10.0])).round(12).tolist()
    [1.0, 10.0]
    >>> growth = np.log(1.2) * np.array([0, 5, 10, 20, 40])          # 20 % a year
    >>> Log().inverse(growth).round(1).tolist()
    [1.0, 2.5, 6.2, 38.3, 1469.8]
    >>> Log(linear_above=2.0).inverse(growth).round(1).tolist()
    [1.0, 2.4, 4.3, 7.9, 15.2]
    """

    linear_above: float | FloatArray = np.inf

    def transform(self, values: npt.ArrayLike) -> FloatArray:
        """Logarithms; zero and below have the image minus infinity."""
        v, above = np.asarray(values, dtype=float), self.linear_above
        images = np.log(np.minimum(v, above), out=np.full(v.shape, -np.inf), where=v > 0)
        with np.errstate(over="ignore"):  # a value further out than numbers go is at infinity
            return np.asarray(images + (np.maximum(v / above, 1.0) - 1.0))

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Exponentials, at most 1e300: beyond it sums of values would overflow."""
        z = np.asarray(images, dtype=float)
        top = np.log(np.minimum(self.linear_above, _LARGEST))
        with np.errstate(over="ignore"):  # what is too large is cut
            values = np.exp(np.minimum(z, top)) * (1.0 + np.maximum(z - top, 0.0))
        return np.asarray(np.minimum(values, _LARGEST))

    def slope(self, values: npt.ArrayLike) -> FloatArray:
        """``1 / min(x, linear_above)``, very large but finite next to zero; 0 at zero and below."""
        v = np.asarray(values, dtype=float)
        least = np.minimum(np.where(v > 0, v, 1.0), self.linear_above)
        return np.where(v > 0, 1.0 / np.maximum(least, _TINY), 0.0)

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """``-log(min(x, linear_above))``."""
        return np.asarray(-np.log(np.minimum(np.asarray(values, dtype=float), self.linear_above)))

    def serves(self, values: npt.ArrayLike) -> bool:
        """Whether all values are positive."""
        return bool(np.all(np.asarray(values, dtype=float) > 0))


@dataclass(frozen=True)
class Logit:
    """Log-odds between two bounds, for shares: g(x) = log(s / (1 - s)), s = (x - lower) / (upper - lower).

    A value within *margin* of a bound (a part of the range) counts as at the bound: it has the
    image of the value at the margin, and an image at or beyond that one stands for the bound
    itself. So 100 % is an ordinary value with a probability of its own, and no infinity occurs.

    Parameters
    ----------
    lower, upper : float or ndarray
        The bounds, in the indicator's unit.
    margin : float or ndarray
        A proportion of the range.

    Raises
    ------
    ModelError
        Unless lower < upper and 0 < margin < 0.5.

    Examples
    --------
    >>> share = Logit(0, 100)
    >>> share.inverse(share.transform([50.0, 99.0, 100.0])).round(6).tolist()
    [50.0, 99.0, 100.0]
    """

    lower: float | FloatArray
    upper: float | FloatArray
    margin: float | FloatArray = MARGIN

    def __post_init__(self) -> None:
        if not np.all((self.lower < self.upper) & (self.margin > 0) & (self.margin < 0.5)):
            raise ModelError(
                f"Logit needs lower < upper and a margin between 0 and 0.5; "
                f"got {self.lower}, {self.upper}, {self.margin}."
            )

    def transform(self, values: npt.ArrayLike) -> FloatArray:
        """Log-odds, cut at the margin; a value beyond a bound goes to infinity."""
        v = np.asarray(values, dtype=float)
        beyond = np.where(v > self.upper, np.inf, np.where(v < self.lower, -np.inf, 0.0))
        return np.asarray(logit(self._inside(v)[1]) + beyond)

    def inverse(self, images: npt.ArrayLike) -> FloatArray:
        """Values; images at or beyond the margin's stand for the bound."""
        share = expit(np.asarray(images, dtype=float))
        # Rounding in expit(logit(margin)) must not lift a value off the bound.
        near = self.margin * (1 + 1e-9) + 1e-15
        share = np.where(share >= 1 - near, 1.0, np.where(share <= near, 0.0, share))
        return np.asarray(self.lower + (self.upper - self.lower) * share)

    def slope(self, values: npt.ArrayLike) -> FloatArray:
        """``1 / ((upper - lower) s (1 - s))``; 0 within the margins and beyond the bounds."""
        share, inside = self._inside(values)
        return np.where(inside == share, 1 / (inside * (1 - inside) * (self.upper - self.lower)), 0.0)

    def log_jacobian(self, values: npt.ArrayLike) -> FloatArray:
        """``-log((upper - lower) s (1 - s))``, the share s cut at the margin."""
        share = self._inside(values)[1]
        return np.asarray(-np.log((self.upper - self.lower) * share * (1 - share)))

    def serves(self, values: npt.ArrayLike) -> bool:
        """Whether all values lie within the bounds."""
        v = np.asarray(values, dtype=float)
        return bool(np.all((v >= self.lower) & (v <= self.upper)))

    def _inside(self, values: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Share of the range at each value, and the same cut at the margins."""
        share = (np.asarray(values, dtype=float) - self.lower) / (self.upper - self.lower)
        return share, np.clip(share, self.margin, 1 - self.margin)


def margin_of(values: FloatArray, lower: FloatArray | float, upper: FloatArray | float) -> FloatArray:
    """Margin of the log-odds scale of each row of *values*, NaN where nothing was observed.

    0.5 % of the range, or half the smallest distance from a bound that was observed, if that is
    less: a rate of 0.2 % is not the same as zero.

    Examples
    --------
    >>> margin_of(np.array([[40.0, 99.8], [40.0, np.nan]]), 0.0, 100.0).round(6).tolist()
    [0.001, 0.005]
    """
    share = (values - lower) / (upper - lower)
    inside = np.minimum(share, 1 - share)
    nearest = np.min(np.where(inside > 0, inside, np.inf), axis=-1)
    return np.asarray(np.minimum(MARGIN, 0.5 * nearest))


def logit_for(history: History) -> Logit:
    """Log-odds scale of a history with both bounds, its margin by :func:`margin_of`.

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
    return Logit(lower, upper, max(float(margin_of(history.values, lower, upper)), _LEAST_MARGIN))


def scale_for(history: History) -> Scale:
    """Scale that the bounds suggest, for models that use one scale.

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
