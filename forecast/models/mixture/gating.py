"""From many short series to the weights of many small models, learned beforehand.

Every series is filtered through every component (:mod:`forecast.models.mixture.kalman`) on every
scale that serves it. The weight of component *k* for a series with features *f* is the softmax of

    theta_k . f + exp(t . f) (log evidence_k - max)

theta and t were learned once, on thousands of public series whose future is known
(``benchmarks/train_mixture.py``), so that the probabilities of targets came out right there.
Features are free of units, and symmetric: a series and its negative have the same, but for
``growth``, which only positive series have.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.distribution.transform import MARGIN, Identity, Log, Logit, Root, Scale, margin_of
from forecast.models.base import STILLNESS
from forecast.models.mixture.features import (
    LEAST,
    WILD_COUNTS,
    FirstDifferences,
    course_of,
    features_of,
    level_steps,
    mean_of,
    off_line,
    sigma_of,
    unit_of,
    wild_values,
)
from forecast.models.mixture.kalman import Components, Covariance, FilteredStates, kalman

# What every observation leaves of the earlier ones' say about sigma: 0.9 is as if the last ten counted.
DISCOUNT = 0.9
# Growth that is usual elsewhere is expected only of amounts, open above, that have not fallen on the whole
# and scatter by no more than this in logs, and never at more than this part of their own mean yearly change.
CALM, PART_OF_OWN = 0.15, 0.6
# Growth compounds up to so many times the largest value seen, and goes on as a straight line from there.
COMPOUNDS = 2.0

SCALES = ("identity", "root", "log", "logit")
IDENTITY, ROOT, LOG, LOGIT = range(4)


class SeriesPanel(NamedTuple):
    """Series as arrays, one a row, the last observation of each in the last column.

    ``values`` (series, years) is NaN where nothing was observed; ``restart`` is True at the first
    observation and at the first one of a new level; bounds (series,) are infinite where open.
    """

    values: FloatArray
    restart: BoolArray
    lower: FloatArray
    upper: FloatArray

    def at(self, rows: IntArray) -> SeriesPanel:
        """Chosen rows."""
        return SeriesPanel(self.values[rows], self.restart[rows], self.lower[rows], self.upper[rows])


class PanelStandardization(NamedTuple):
    """How each series is standardised: everything (series,), in the indicator's unit but *margin*.

    *linear_above* is where the log scale bends, as in :class:`forecast.distribution.transform.Log`.
    """

    unit: FloatArray
    level: FloatArray
    last: FloatArray
    margin: FloatArray
    lower: FloatArray
    upper: FloatArray
    linear_above: FloatArray

    def at(self, rows: IntArray | slice, dimensions: int = 1) -> PanelStandardization:
        """Chosen rows, shaped to broadcast against arrays of so many dimensions."""
        return PanelStandardization(*(x[rows].reshape((-1,) + (1,) * (dimensions - 1)) for x in self))

    def scale(self, s: int) -> Scale:
        """One of ``SCALES``, with the parameters of each series."""
        if s == LOGIT:
            return Logit(self.lower, self.upper, self.margin)
        return (Identity(), Root(), Log(self.linear_above))[s]

    def transform(self, s: int, values: FloatArray) -> FloatArray:
        """Standardised images on a scale: (g(x) - offset) / factor, see ``posterior.own_scales``."""
        if s == IDENTITY:
            return (values - self.last) / self.unit
        # The root by the level before, the logarithm after: so the weights were learned, to the last bit.
        images = self.scale(s).transform(values / self.level if s == ROOT else values)
        return np.asarray(images - np.log(self.level)) if s == LOG else images

    def log_slope(self, s: int, values: FloatArray) -> FloatArray:
        """``log |d image / d value|`` of observed values, the value counted in units of the series."""
        if s == IDENTITY:
            return np.zeros_like(values)
        if s == LOGIT:
            width = self.upper - self.lower
            return np.log(self.unit / width) + Logit(0.0, 1.0, self.margin).log_jacobian(
                (values - self.lower) / width
            )
        # No observed value lies where the logarithm is linear.
        scale = Root() if s == ROOT else Log()
        return np.log(self.unit / self.level) + scale.log_jacobian(values / self.level)

    def closed(self) -> PanelStandardization:
        """It with bounds of 0 and 1 where one is open: nothing is on log-odds there, any will do."""
        both = np.isfinite(self.lower) & np.isfinite(self.upper)
        return self._replace(lower=np.where(both, self.lower, 0.0), upper=np.where(both, self.upper, 1.0))


class ScaleFit(NamedTuple):
    """The series that one scale serves, filtered there; evidence compares across scales."""

    rows: IntArray
    state: FilteredStates
    evidence: FloatArray


class FilteredPanel(NamedTuple):
    """Everything learned from a panel before the weights: features, and the filters on each scale."""

    features: FloatArray
    standardization: PanelStandardization
    on: tuple[ScaleFit | None, ...]
    additive_outlier: BoolArray
    level_shift: BoolArray
    recent_features: FloatArray | None = None

    @property
    def components(self) -> int:
        """Number of components on each scale, those of a second reading included."""
        identity = self.on[IDENTITY]
        assert identity is not None, "the identity serves every series"
        return int(identity.evidence.shape[1])

    def evidence(self) -> FloatArray:
        """Log evidence (series, scales x components) less its maximum, -inf where not served."""
        dense = self._dense("evidence", -np.inf)
        return np.asarray(dense - dense.max(axis=1, keepdims=True))

    def states(self) -> FilteredStates:
        """States on all scales side by side, (series, scales x components), 1 where not served."""
        identity = self.on[IDENTITY]
        assert identity is not None, "the identity serves every series"
        return FilteredStates(
            self._dense("state.level", 1.0),
            self._dense("state.drift", 1.0),
            self._dense("state.momentum", 1.0),
            Covariance(*(self._dense(f"state.covariance.{name}", 1.0) for name in Covariance._fields)),
            self._dense("state.log_evidence", 1.0),
            identity.state.degrees,
            self._dense("state.sigma2", 1.0),
        )

    def _dense(self, name: str, missing: float) -> FloatArray:
        """Entry of every scale side by side, *missing* where one does not serve."""
        entry = attrgetter(name)
        found = [None if part is None else entry(part) for part in self.on]
        components = self.components
        dense = np.full((len(self.features), len(SCALES) * components), missing)
        for s, (part, values) in enumerate(zip(self.on, found, strict=True)):
            if part is not None:
                dense[part.rows, s * components : (s + 1) * components] = values
        return dense


@dataclass(frozen=True, eq=False)
class Learned:
    """The bank of components and what training taught about their weights.

    Parameters
    ----------
    bank : Components
    behaviours : tuple of str
        The behaviour each component shows.
    theta : ndarray, shape (scales x components, features)
    tau : ndarray, shape (features,)
    recent : int
        A series of more observations is read a second time, only so many last ones.
    gate : ndarray, shape (features,)
        Of the second reading's say, see :mod:`forecast.models.mixture.recent`.
    """

    bank: Components
    behaviours: tuple[str, ...]
    theta: FloatArray
    tau: FloatArray
    recent: int
    gate: FloatArray

    def weights(self, features: FloatArray, evidence: FloatArray) -> FloatArray:
        """Weights (series, scales x components) that sum to one in each row."""
        served = np.isfinite(evidence)
        power = np.exp(np.clip(features @ self.tau, *TAU_RANGE))[:, None]
        score = features @ self.theta.T + power * np.where(served, evidence, 0.0)
        score = np.where(served, score, -np.inf)
        weights = np.exp(score - score.max(axis=1, keepdims=True))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))


# The log of tau stays within these, so that no feature can switch the evidence off or take it twice over.
TAU_RANGE = (-6.0, 0.7)


@lru_cache(maxsize=1)
def learned() -> Learned:
    """What is stored in ``mixture_weights.json``."""
    stored = json.loads(files("forecast.models.mixture").joinpath("mixture_weights.json").read_text("utf-8"))
    entries = np.array([component[1:] for component in stored["components"]], dtype=float)
    return Learned(
        bank=Components(*entries.T),
        behaviours=tuple(component[0] for component in stored["components"]),
        theta=np.array(stored["theta"], dtype=float),
        tau=np.array(stored["tau"], dtype=float),
        recent=int(stored["recent"]["values"]),
        gate=np.array(stored["recent"]["gate"], dtype=float),
    )


def standardization_of(panel: SeriesPanel, differences: FirstDifferences) -> PanelStandardization:
    """Unit, level and bounds of every series."""
    return PanelStandardization(
        unit=unit_of(differences),
        level=np.maximum(mean_of(np.abs(differences.values)), LEAST),
        last=differences.values[:, -1],
        margin=_margins(panel),
        lower=panel.lower,
        upper=panel.upper,
        linear_above=_bends(panel.values),
    )


def filter_panel(
    panel: SeriesPanel, bank: Components, standardization: PanelStandardization | None = None
) -> FilteredPanel:
    """Standardise, describe and filter every series of a panel; *standardization* replaces its own scale."""
    values, restart = panel.values, panel.restart
    course = course_of(values, restart)
    standardization = standardization or standardization_of(panel, course)
    served = _served(panel)
    additive_outlier, level_shift = np.isfinite(values), np.isfinite(values)
    images: list[FloatArray] = []
    for s in range(len(SCALES)):
        rows = np.flatnonzero(served[:, s])
        images.append(standardization.at(rows, 2).transform(s, values[rows]))
        # An outlier is one on every scale that serves: 0.001 is far from 0.1 on only one of them.
        additive_outlier[rows] &= wild_values(images[s], restart[rows])
    on: list[ScaleFit | None] = []
    for s, z in enumerate(images):
        rows = np.flatnonzero(served[:, s])
        level_shift[rows] &= level_steps(np.where(additive_outlier[rows], np.nan, z), restart[rows])
        on.append(
            _on_scale(s, rows, z, additive_outlier, panel, standardization, bank) if len(rows) else None
        )
    calm = (
        course_of(np.where(additive_outlier, np.nan, values), restart) if additive_outlier.any() else course
    )
    return FilteredPanel(features_of(calm), standardization, tuple(on), additive_outlier, level_shift)


def _on_scale(
    scale: int,
    rows: IntArray,
    z: FloatArray,
    additive_outlier: BoolArray,
    panel: SeriesPanel,
    standardization: PanelStandardization,
    bank: Components,
) -> ScaleFit:
    """Filter on one scale, and add what makes its evidence comparable with that of the others."""
    restart, mine = panel.restart[rows], standardization.at(rows, 2)
    calm = course_of(np.where(additive_outlier[rows], np.nan, z), restart)
    # A hundredth of the level, seen on this scale at the last value.
    size = np.abs(standardization.last[rows])
    slope = np.exp(mine.log_slope(scale, standardization.last[rows, None])[:, 0])
    still = STILLNESS * np.where(size > LEAST, size, 1.0) / standardization.unit[rows] * slope
    s0 = sigma_of(calm, still)
    noise = np.zeros(z.shape)
    if additive_outlier[rows].any():
        off = np.where(additive_outlier[rows], off_line(z, restart), 0.0) / (WILD_COUNTS * s0[:, None])
        noise = off**2
    paces = _paces(scale, mean_of(np.abs(calm.rate)), bank)
    state = kalman(bank, z, restart, noise, s0, paces, DISCOUNT)
    counted = np.isfinite(z) & ~restart
    slopes = np.where(counted, mine.log_slope(scale, np.where(counted, panel.values[rows], 1.0)), 0.0)
    evidence = state.log_evidence + slopes.sum(axis=1)[:, None]
    rising = np.nansum(calm.step, axis=1) >= 0
    usual = (scale == LOG) & rising & (s0 <= CALM) & np.isposinf(panel.upper[rows])
    return ScaleFit(rows, state, np.where((bank.g > 0) & ~usual[:, None], -np.inf, evidence))


def _paces(scale: int, own: FloatArray, bank: Components) -> FloatArray:
    """Drift that each component expects at first, (rows, components); *own* (rows,) bounds it."""
    return np.minimum(bank.g if scale == LOG else 0.0 * bank.g, PART_OF_OWN * own[:, None])


def _margins(panel: SeriesPanel) -> FloatArray:
    """Margin of the log-odds scale of each series; the usual one where a bound is open."""
    both = np.isfinite(panel.lower) & np.isfinite(panel.upper)
    lower, upper = np.where(both, panel.lower, 0.0)[:, None], np.where(both, panel.upper, 1.0)[:, None]
    return np.where(both, margin_of(panel.values, lower, upper), MARGIN)


def _bends(values: FloatArray) -> FloatArray:
    """Where the log scale of each series bends; nowhere if it has no positive value."""
    largest = np.nanmax(values, axis=1)
    return np.where(largest > 0, COMPOUNDS * largest, np.inf)


def _served(panel: SeriesPanel) -> BoolArray:
    """Which scales serve which series, shape (series, scales)."""
    positive = np.all(np.isnan(panel.values) | (panel.values > 0), axis=1)
    free = np.isneginf(panel.lower) & np.isposinf(panel.upper)
    positive &= free | (panel.lower >= 0)
    both = np.isfinite(panel.lower) & np.isfinite(panel.upper)
    return np.column_stack([np.ones(len(positive), dtype=bool), positive, positive, both])
