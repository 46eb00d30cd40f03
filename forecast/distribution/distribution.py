"""What an indicator may be in one year, as a distribution that answers questions.

All kinds speak of *inclusive* probabilities: ``at_least(x)`` is P(X >= x), ``at_most(x)`` is
P(X <= x), so meeting a target exactly is meeting it, and nobody has to write ``1 - cdf``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, overload

import numpy as np
from scipy.special import stdtrit

from forecast.arrays import FloatArray, IntArray
from forecast.distribution.interval_probability import within_each
from forecast.distribution.quantile_search import quantile_search
from forecast.distribution.student_t import student_below, student_density
from forecast.distribution.transform import Identity, Scale
from forecast.errors import ForecastError, check_level
from forecast.history.catalogue import Bounds
from forecast.target.limits import Limits

Rng = int | np.random.Generator | None

# Levels at which a distribution is looked at to see its shape.
LANDMARK_LEVELS = np.array([0.001, 0.005, 0.02, *(np.arange(1, 20) / 20), 0.98, 0.995, 0.999])
# The mean is taken over quantiles at these levels: a Student-t on a log scale has no finite mean,
# and the thousandth at either end is where that infinity lives.
_MEAN_LEVELS = np.linspace(0.001, 0.999, 999)
# The same mean for a smooth distribution, by Gauss's rule.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_MEAN_NODES, _MEAN_WEIGHTS = 0.5 + 0.499 * _NODES, 0.5 * _WEIGHTS
_ROWS = ("degrees", "weights", "spread", "location")


class Distribution(Protocol):
    """What an indicator may be in one year, in its own unit."""

    @overload
    def at_least(self, x: float) -> float: ...
    @overload
    def at_least(self, x: FloatArray) -> FloatArray: ...
    def at_least(self, x: float | FloatArray) -> float | FloatArray:
        """P(X >= x), a proportion."""
        ...

    @overload
    def at_most(self, x: float) -> float: ...
    @overload
    def at_most(self, x: FloatArray) -> FloatArray: ...
    def at_most(self, x: float | FloatArray) -> float | FloatArray:
        """P(X <= x), a proportion."""
        ...

    @overload
    def quantile(self, p: float) -> float: ...
    @overload
    def quantile(self, p: FloatArray) -> FloatArray: ...
    def quantile(self, p: float | FloatArray) -> float | FloatArray:
        """Smallest value with P(X <= value) >= p."""
        ...

    def median(self) -> float:
        """Value as likely exceeded as not."""
        ...

    def mean(self) -> float:
        """Mean of the middle 99.8 %."""
        ...

    def interval(self, level: float) -> tuple[float, float]:
        """Central interval that holds *level* of the probability."""
        ...

    def sample(self, n: int, rng: Rng = None) -> FloatArray:
        """*n* independent draws."""
        ...


class Questions:
    """The questions that every distribution answers from its quantiles."""

    def __repr__(self) -> str:
        """Median and the central 80 %, in the indicator's unit."""
        low, middle, high = (float(x) for x in np.asarray(self.quantile(np.array([0.1, 0.5, 0.9]))))
        return f"<{type(self).__name__} median {middle:.4g}, 80 %: {low:.4g} to {high:.4g}>"

    def quantile(self, p: float | FloatArray) -> float | FloatArray:
        """Smallest value with P(X <= value) >= p."""
        raise NotImplementedError

    def median(self) -> float:
        """Value as likely exceeded as not, in the indicator's unit."""
        return float(self.quantile(0.5))

    def mean(self) -> float:
        """Mean of the middle 99.8 % of the probability, in the indicator's unit.

        The full mean of a Student-t on a log scale is infinite; this one is finite for all.
        """
        return float(np.mean(self.quantile(_MEAN_LEVELS)))

    def interval(self, level: float) -> tuple[float, float]:
        """Central interval that holds *level* (a proportion) of the probability.

        Raises
        ------
        ForecastError
            If *level* is not between 0 and 1; 80 % is written 0.8.
        """
        check_level(level)
        low, high = np.asarray(self.quantile(np.array([(1 - level) / 2, (1 + level) / 2])))
        return float(low), float(high)


@dataclass(frozen=True, eq=False, repr=False)
class StudentTMixture(Questions):
    """Mixture of Student-t distributions, each on a scale g of its own, in closed form.

    ``F(x) = sum over k of w_k T_nu((g_k(x) - m_k) / s_k)`` with weights w, locations m, spreads s and
    nu degrees of freedom.

    Parameters
    ----------
    weights : ndarray, shape (k,)
        Positive; made to sum to 1.
    degrees : ndarray, shape (k,)
        Degrees of freedom; infinity is the normal distribution.
    location, spread : ndarray, shape (k,)
        On the component's own scale; spread is positive.
    scales : tuple of Scale
        The scales in use.
    which : ndarray of int, shape (k,)
        For each component the position of its scale in *scales*.
    bounds : tuple of (float or None, float or None)
        Probability beyond a bound sits on the bound.

    Examples
    --------
    >>> t = StudentTMixture.single(10.0, 2.0, 5.0)
    >>> t.at_least(10.0), round(t.quantile(t.at_most(13.0)), 9)
    (0.5, 13.0)
    """

    weights: FloatArray
    degrees: FloatArray
    location: FloatArray
    spread: FloatArray
    scales: tuple[Scale, ...] = (Identity(),)
    which: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    bounds: Bounds = (None, None)

    def __post_init__(self) -> None:
        """Copy and freeze the arrays, normalise the weights, refuse what is not finite."""
        k = len(self.weights)
        rows = (self.degrees, self.weights, self.spread, self.location)
        for name, row in zip(_ROWS, rows, strict=True):
            if np.shape(row) != (k,):
                raise ForecastError(f"StudentTMixture: {name} must be {k} numbers; got {row!r}.")
        table = np.array(rows, dtype=float)
        # The table at once, so that an outlook costs little where nothing is wrong.
        total = table[1].sum()
        if not (table[:3].min(initial=1.0) > 0 and np.isfinite(table[1:]).all()):
            self._refuse(table)
        # Weights that sum to one but for rounding stay as they are, so that a copy has the same digits.
        if abs(total - 1.0) > 1e-13:
            table[1] /= total
        which = np.array(self.which if len(self.which) else np.zeros(k), dtype=np.int64)
        for array in (table, which):
            array.setflags(write=False)
        for name, row in zip((*_ROWS, "which"), (*table, which), strict=True):
            object.__setattr__(self, name, row)

    @staticmethod
    def _refuse(table: FloatArray) -> None:
        """Refuse rows that cannot be; the message names the first of them."""
        degrees, weights, spread, location = table
        if not (weights > 0).all():
            raise ForecastError(f"StudentTMixture: every weight must be positive; got {weights!r}.")
        for name, row in zip(_ROWS, table, strict=True):
            if np.isnan(row).any():
                raise ForecastError(f"StudentTMixture: {name} must be {len(row)} numbers; got {row!r}.")
        if not (degrees > 0).all():
            raise ForecastError(
                f"StudentTMixture: every number of degrees of freedom must be positive; got {degrees!r}."
            )
        raise ForecastError(
            "StudentTMixture: every weight and location must be finite and every spread finite and "
            f"positive; got weights {weights!r}, location {location!r}, spread {spread!r}."
        )

    @classmethod
    def single(
        cls,
        location: float,
        spread: float,
        degrees: float,
        *,
        scale: Scale | None = None,
        bounds: Bounds = (None, None),
    ) -> StudentTMixture:
        """One Student-t on one scale."""
        one = np.array([1.0])
        return cls(one, one * degrees, one * location, one * spread, (scale or Identity(),), bounds=bounds)

    @overload
    def at_least(self, x: float) -> float: ...
    @overload
    def at_least(self, x: FloatArray) -> FloatArray: ...
    def at_least(self, x: float | FloatArray) -> float | FloatArray:
        """P(X >= x), a proportion; scalar or array like *x*."""
        return shaped_like(x, self._tail(np.asarray(x, dtype=float), -1.0))

    @overload
    def at_most(self, x: float) -> float: ...
    @overload
    def at_most(self, x: FloatArray) -> FloatArray: ...
    def at_most(self, x: float | FloatArray) -> float | FloatArray:
        """P(X <= x), a proportion; scalar or array like *x*."""
        return shaped_like(x, self._tail(np.asarray(x, dtype=float), 1.0))

    @overload
    def quantile(self, p: float) -> float: ...
    @overload
    def quantile(self, p: FloatArray) -> FloatArray: ...
    def quantile(self, p: float | FloatArray) -> float | FloatArray:
        """Value not exceeded with probability *p*; scalar or array like *p*.

        Raises
        ------
        ForecastError
            If *p* is not between 0 and 1.
        """
        levels = proportions(p)
        values = self._component_quantiles(levels)
        if len(self.weights) == 1:
            return shaped_like(p, self._inside(values[..., 0]))
        values_at = self._inside(self._solved(levels.ravel(), values.reshape(-1, len(self.weights))))
        values_at = values_at.reshape(levels.shape)
        lower, upper = self.bounds
        if lower is not None:
            values_at = np.where(self._tail(np.asarray(lower), 1.0) >= levels, lower, values_at)
        if upper is not None:
            values_at = np.where(self._tail(np.asarray(upper), -1.0) > 1 - levels, upper, values_at)
        return shaped_like(p, values_at)

    def _solved(self, levels: FloatArray, parts: FloatArray) -> FloatArray:
        """Quantiles among *parts*, those of the components, on the axis u of x = middle + unit sinh(u)."""
        # It copes with brackets of 1e-300 ... 1e300, which a log scale can ask for.
        middle = float(np.median(parts))
        spread = float(np.median(np.abs(parts - middle)))
        unit = max(spread, 1e-9 * abs(middle), 1e-300 * float(np.abs(parts).max()), np.finfo(float).tiny)
        places = np.arcsinh((parts - middle) / unit)

        def curve(u: FloatArray, rows: IntArray) -> tuple[FloatArray, FloatArray]:  # noqa: ARG001
            x = middle + unit * np.sinh(u)
            z = self._standardized(x)
            slopes = np.stack([scale.slope(x) for scale in self.scales], axis=-1)[..., self.which]
            density = (student_density(self.degrees, z) * slopes) @ (self.weights / self.spread)
            return student_below(self.degrees, z) @ self.weights, density * unit * np.cosh(u)

        start, low, high = places @ self.weights, places.min(axis=1), places.max(axis=1)
        each = (x[None] for x in (levels, start, low, high))
        return np.asarray(middle + unit * np.sinh(quantile_search(curve, *each)[0]))

    def mean(self) -> float:
        """Mean of the middle 99.8 % of the probability, in the indicator's unit."""
        return float(np.asarray(self.quantile(_MEAN_NODES)) @ _MEAN_WEIGHTS)

    def sample(self, n: int, rng: Rng = None) -> FloatArray:
        """*n* independent draws, in the indicator's unit."""
        generator = np.random.default_rng(rng)
        k = generator.choice(len(self.weights), size=n, p=self.weights)
        return self.values_at(k, generator.standard_t(np.minimum(self.degrees[k], 1e9)))

    def values_at(self, component: IntArray, deviate: FloatArray) -> FloatArray:
        """Values of standardised deviates of the given components."""
        images = self.location[component] + self.spread[component] * deviate
        values = np.empty_like(images)
        for s, scale in enumerate(self.scales):
            mine = self.which[component] == s
            values[mine] = scale.inverse(images[mine])
        return self._inside(values)

    def _tail(self, x: FloatArray, sign: float) -> FloatArray:
        """P(X <= x) for sign +1 and P(X >= x) for sign -1, each computed from its own side."""
        total = student_below(self.degrees, sign * self._standardized(x)) @ self.weights
        lower, upper = self.bounds
        if upper is not None:
            total = np.where(x >= upper, total if sign < 0 else 1.0, total)
            total = np.where(x > upper, 0.0 if sign < 0 else 1.0, total)
        if lower is not None:
            total = np.where(x <= lower, 1.0 if sign < 0 else total, total)
            total = np.where(x < lower, 1.0 if sign < 0 else 0.0, total)
        return np.minimum(np.maximum(total, 0.0), 1.0)

    def _standardized(self, x: FloatArray) -> FloatArray:
        """``(g(x) - location) / spread`` of every component, shape (..., k)."""
        images = np.array([scale.transform(x) for scale in self.scales])
        images = images.transpose(*range(1, images.ndim), 0)[..., self.which]
        with np.errstate(over="ignore"):  # far beyond a narrow component is infinitely far
            return np.asarray((images - self.location) / self.spread)

    def _component_quantiles(self, levels: FloatArray) -> FloatArray:
        """Each component's own quantiles, shape (..., k): the mixture's lies among them."""
        degrees, of_component = np.unique(self.degrees, return_inverse=True)
        deviates = stdtrit(degrees, levels[..., None])[..., of_component]
        images = self.location + self.spread * deviates
        values = np.empty_like(images)
        for s, scale in enumerate(self.scales):
            mine = self.which == s
            values[..., mine] = scale.inverse(images[..., mine])
        return np.asarray(values)

    def landmarks(self) -> FloatArray:
        """Ascending values near the quantiles from 0.1 to 99.9 %, without searching for them."""
        parts = self._component_quantiles(LANDMARK_LEVELS)
        order = np.argsort(parts, axis=None)
        share = np.cumsum(np.broadcast_to(self.weights, parts.shape).ravel()[order])
        at = np.searchsorted(share / share[-1], LANDMARK_LEVELS)
        return np.asarray(parts.ravel()[order][np.minimum(at, len(order) - 1)])

    def _inside(self, values: FloatArray) -> FloatArray:
        lower, upper = self.bounds
        return np.asarray(values if lower is None and upper is None else np.clip(values, lower, upper))


def mix(parts: Sequence[StudentTMixture], weights: FloatArray) -> StudentTMixture:
    """Linear pool of mixtures: the weighted mean of their probabilities.

    Parameters
    ----------
    parts : sequence of StudentTMixture
        All of one indicator and year, so with the same bounds.
    weights : ndarray, shape (len(parts),)
        Positive.

    Examples
    --------
    >>> low, high = StudentTMixture.single(0.0, 1.0, 9.0), StudentTMixture.single(8.0, 1.0, 9.0)
    >>> round(mix([low, high], np.array([1.0, 3.0])).at_least(4.0), 3)
    0.749
    """
    offsets = np.cumsum([0, *(len(part.scales) for part in parts[:-1])])
    share = np.asarray(weights, dtype=float) / np.sum(weights)
    return StudentTMixture(
        weights=np.concatenate([w * part.weights for w, part in zip(share, parts, strict=True)]),
        degrees=np.concatenate([part.degrees for part in parts]),
        location=np.concatenate([part.location for part in parts]),
        spread=np.concatenate([part.spread for part in parts]),
        scales=tuple(scale for part in parts for scale in part.scales),
        which=np.concatenate([part.which + o for part, o in zip(parts, offsets, strict=True)]),
        bounds=parts[0].bounds,
    )


def shaped_like(x: object, result: FloatArray | np.float64) -> float | FloatArray:
    """Result as a float for a scalar question *x*, as an array for an array."""
    return float(result) if np.ndim(x) == 0 else np.asarray(result)  # type: ignore[arg-type]


def proportions(p: float | FloatArray) -> FloatArray:
    """Probabilities as an array; refused unless they lie between 0 and 1."""
    levels = np.asarray(p, dtype=float)
    if not ((levels > 0) & (levels < 1)).all():
        raise ForecastError(f"quantile: a probability lies between 0 and 1, both excluded; got {p!r}.")
    return levels


@dataclass(frozen=True)
class _Single:
    """One distribution as rows."""

    outlook: Distribution

    def at(self, rows: IntArray) -> Distribution:  # noqa: ARG002
        return self.outlook


def within(outlook: Distribution, limits: Limits) -> float:
    """P(lower <= X <= upper), both ends included: :func:`within_each` for a single row."""
    lower, upper = np.array([[limits.lower], [limits.upper]])
    return float(within_each(_Single(outlook), np.zeros(1, dtype=np.int64), lower, upper)[0])
