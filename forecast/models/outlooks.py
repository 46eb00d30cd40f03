"""The outlooks of many series at once: the same answers as one by one, as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, ndtri, stdtrit

from forecast.models.gating import IDENTITY, LOGIT, ROOT, SCALES, Gauge
from forecast.models.posterior import MixtureBatch, reach_of
from forecast.models.statespace import Covariance, Filtered, FloatArray, IntArray, ahead
from forecast.scale import Log, Root
from forecast.student import student

# Entries worked on together: they stay in the cache.
_TILE = 48_000
# Newton's steps before a search is halved to its end, as it must be at a jump.
_STEPS, _ALL_STEPS = 9, 80
# What is left of an error when a search stops, in mean yearly changes.
_SETTLED = 1e-12
# No value lies further than sinh(28) mean yearly changes from the last; no step goes further than this.
_FARTHEST, _LEAP = 28.0, 2.0


@dataclass(frozen=True, eq=False)
class Outlooks:
    """What each of many series may be in a year: mixtures of Student-t, each on a scale of its own.

    Parameters
    ----------
    weights, location, spread : ndarray, shape (rows, components)
        Location and spread in units of the component's own scale.
    scale : ndarray of int, shape (rows, components)
        Positions in ``SCALES``.
    degrees : ndarray, shape (rows,)
    gauge : Gauge
        Entries (rows,).
    """

    weights: FloatArray
    location: FloatArray
    spread: FloatArray
    scale: IntArray
    degrees: FloatArray
    gauge: Gauge

    @classmethod
    def of(cls, batch: MixtureBatch, rows: IntArray, steps: IntArray) -> Outlooks:
        """Return the outlooks of the chosen *rows* of a batch, each *steps* years on."""
        return cls(
            batch.weights[rows],
            *_moments(batch, rows, np.asarray(steps)),
            batch.scale[rows],
            batch.state.degrees[rows],
            Gauge(*(entry[rows] for entry in batch.gauge)),
        )

    def at(self, rows: IntArray) -> Outlooks:
        """Return the chosen rows."""
        return Outlooks(
            self.weights[rows],
            self.location[rows],
            self.spread[rows],
            self.scale[rows],
            self.degrees[rows],
            Gauge(*(entry[rows] for entry in self.gauge)),
        )

    def at_most(self, x: FloatArray) -> FloatArray:
        """Return P(value <= x) of each row; *x* has shape (rows,)."""
        return self._tail(x, 1.0)

    def at_least(self, x: FloatArray) -> FloatArray:
        """Return P(value >= x) of each row; *x* has shape (rows,)."""
        return self._tail(x, -1.0)

    def quantile(self, p: FloatArray) -> FloatArray:
        """Return the values not exceeded with probabilities *p* (rows, k), in the same shape."""
        found = np.empty(p.shape)
        for tile, degrees in self._tiles(p.shape[1]):
            found[tile] = self._solved(tile, degrees, p[tile])
        return np.clip(found, self.gauge.lower[:, None], self.gauge.upper[:, None])

    def _tail(self, x: FloatArray, sign: float) -> FloatArray:
        total = np.empty(len(x))
        for tile, degrees in self._tiles(1):
            total[tile] = self._mixed(tile, degrees, x[tile], sign)[0]
        lower, upper = self.gauge.lower, self.gauge.upper
        certain, never = (x >= upper, x < lower) if sign > 0 else (x <= lower, x > upper)
        return np.where(certain, 1.0, np.where(never, 0.0, np.clip(total, 0.0, 1.0)))

    def _tiles(self, questions: int) -> Iterator[tuple[IntArray, float]]:
        """Cut the rows into pieces with one number of degrees each, small enough for the cache."""
        most = max(_TILE // (self.weights.shape[1] * questions), 1)
        for degrees in np.unique(self.degrees):
            rows = np.flatnonzero(self.degrees == degrees)
            for i in range(0, len(rows), most):
                yield rows[i : i + most], float(degrees)

    def _mixed(
        self, rows: IntArray, degrees: float, x: FloatArray, sign: float
    ) -> tuple[FloatArray, FloatArray]:
        """Return the mixed probability on one side of *x* (bounds apart), and the density there."""
        images, slopes = _images(x, self._gauge_at(rows))
        scale, row = self.scale[rows], np.arange(len(rows))[:, None]
        spread, weights = self.spread[rows], self.weights[rows]
        t = (images[scale, row] - self.location[rows]) / spread
        below, density = student(sign * t, degrees)
        density *= slopes[scale, row] / spread
        return np.einsum("ij,ij->i", weights, below), np.einsum("ij,ij->i", weights, density)

    def _solved(self, tile: IntArray, degrees: float, p: FloatArray) -> FloatArray:
        """Solve P(value <= x) = p for some rows: Newton's steps in probits, kept inside a bracket."""
        rows = np.repeat(tile, p.shape[1])
        middle, unit = self.gauge.last[rows], self.gauge.unit[rows]
        levels = p.ravel()
        goal = ndtri(levels)
        at = self._guess(tile, degrees, p).ravel()
        low, high = np.full(len(at), -_FARTHEST), np.full(len(at), _FARTHEST)
        before = np.full(len(at), np.inf)
        open_ = np.arange(len(at))
        for count in range(_ALL_STEPS):
            a = at[open_]
            below, density = self._mixed(rows[open_], degrees, middle[open_] + unit[open_] * np.sinh(a), 1.0)
            short = below < levels[open_]
            low[open_] = np.where(short, a, low[open_])
            high[open_] = np.where(short, high[open_], a)
            step = _newton(below, density * unit[open_] * np.cosh(a), goal[open_])
            onward = a + np.clip(step, -_LEAP, _LEAP)
            wrong = ~((onward > low[open_]) & (onward < high[open_])) | (count >= _STEPS)
            halved = wrong & (high[open_] - low[open_] < _SETTLED)
            at[open_] = np.where(wrong, 0.5 * (low[open_] + high[open_]), onward)
            at[open_[halved]] = high[open_[halved]]
            # Steps that square their error leave about step^3 / before^2 of it.
            done = ~wrong & (np.abs(step) ** 3 <= _SETTLED * np.minimum(before[open_] ** 2, 1e-2))
            before[open_] = np.abs(step)
            open_ = open_[~(done | halved)]
            if not len(open_):
                break
        return (middle + unit * np.sinh(at)).reshape(p.shape)

    def _guess(self, tile: IntArray, degrees: float, p: FloatArray) -> FloatArray:
        """Return where one Student-t on each scale, their places averaged, would have the quantiles."""
        gauge, weights, location = self._gauge_at(tile), self.weights[tile], self.location[tile]
        deviates = stdtrit(degrees, p)
        at = np.zeros(p.shape)
        for s in range(len(SCALES)):
            mine = np.where(self.scale[tile] == s, weights, 0.0)
            share = mine.sum(axis=1)
            part = mine / np.where(share > 0, share, 1.0)[:, None]
            mean = (part * location).sum(axis=1)
            square = (part * (self.spread[tile] ** 2 + (location - mean[:, None]) ** 2)).sum(axis=1)
            images = mean[:, None] + np.sqrt(square)[:, None] * deviates
            values = _values(s, images, gauge.lower[:, None], gauge.upper[:, None])
            at += share[:, None] * np.arcsinh((values - gauge.last[:, None]) / gauge.unit[:, None])
        return np.clip(at, -_FARTHEST, _FARTHEST)

    def _gauge_at(self, rows: IntArray) -> Gauge:
        """Return the gauge of some rows, an open bound replaced: nothing is on log-odds there."""
        gauge = Gauge(*(entry[rows] for entry in self.gauge))
        both = np.isfinite(gauge.lower) & np.isfinite(gauge.upper)
        lower, upper = np.where(both, gauge.lower, 0.0), np.where(both, gauge.upper, 1.0)
        return gauge._replace(lower=lower, upper=upper)


def _moments(batch: MixtureBatch, rows: IntArray, steps: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return location and spread of every Student-t of the chosen rows, *steps* years on."""
    every = [reach_of(h) for h in range(1, int(steps.max(initial=1)) + 1)]
    sums, noise = (np.stack(part) for part in zip(*every, strict=True))
    s, component, h = batch.state, batch.component[rows], steps[:, None]
    state = Filtered(
        s.level[rows],
        s.drift[rows],
        s.momentum[rows],
        Covariance(*(entry[rows] for entry in s.covariance)),
        s.log_evidence[rows],
        s.degrees[rows],
        s.sigma2[rows],
    )
    return ahead(state, h, sums[h - 1, component], noise[h - 1, component])


def _newton(below: FloatArray, slope: FloatArray, goal: FloatArray) -> FloatArray:
    """Return the step to where the probit of *below* is *goal*; not a number where there is no slope."""
    probit = ndtri(np.clip(below, 1e-300, 1 - 1e-16))
    height = np.exp(-0.5 * probit * probit) / np.sqrt(2 * np.pi)
    step = np.divide((goal - probit) * height, slope, out=np.full(len(goal), np.nan), where=slope > 0)
    return np.asarray(step)


def _images(x: FloatArray, gauge: Gauge) -> tuple[FloatArray, FloatArray]:
    """Return the images of *x* on every scale as ``forecast.scale`` has them, and their slopes there.

    Returns
    -------
    images, slopes : ndarray, shape (scales, rows)
    """
    size = np.where(x != 0, np.abs(x), np.finfo(float).tiny)
    share = (x - gauge.lower) / (gauge.upper - gauge.lower)
    inside = np.clip(share, gauge.margin, 1 - gauge.margin)
    beyond = np.where(x > gauge.upper, np.inf, np.where(x < gauge.lower, -np.inf, 0.0))
    odds = np.log(inside / (1 - inside)) + beyond
    odds_slope = np.where(inside == share, 1 / (inside * (1 - inside) * (gauge.upper - gauge.lower)), 0.0)
    images = np.stack([x, Root().forward(x), Log().forward(x), odds])
    slopes = np.stack([np.ones(len(x)), 0.5 / np.sqrt(size), np.where(x > 0, 1 / size, 0.0), odds_slope])
    return images, slopes


def _values(scale: int, images: FloatArray, lower: FloatArray, upper: FloatArray) -> FloatArray:
    """Return the values that have these images on one scale."""
    if scale == LOGIT:
        return np.asarray(lower + (upper - lower) * expit(images))
    if scale == IDENTITY:
        return images
    return (Root() if scale == ROOT else Log()).inverse(images)
