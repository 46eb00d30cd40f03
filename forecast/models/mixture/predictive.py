"""The outlooks of many series at once: the same answers as one by one, as arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtrit

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.distribution.atom import moving_levels
from forecast.distribution.quantile_search import quantile_search
from forecast.distribution.rounded import least_that_rounds_to, left_to_atom, most_that_rounds_to, to_whole
from forecast.distribution.student_t import student
from forecast.models.mixture.gating import (
    IDENTITY,
    FilteredPanel,
    PanelStandardization,
    learned,
)
from forecast.models.mixture.kalman import forecast_moments
from forecast.models.mixture.posterior import Posterior, loadings_of, own_scales
from forecast.models.mixture.stillness import Stillness

# Entries worked on together: they stay in the cache.
_TILE = 48_000
# No value lies further than sinh(28) mean yearly changes from the last.
_END_OF_AXIS = 28.0


@dataclass(frozen=True, eq=False)
class PredictiveBatch:
    """What each of many series may be in a year: mixtures of Student-t on several scales.

    Parameters
    ----------
    scales : tuple of int
        Positions in ``SCALES`` of those that serve any row.
    weights, location, spread : ndarray, shape (rows, scales, components)
        Location and spread in units of the scale; a weight of 0 where the scale does not serve.
    degrees : ndarray, shape (rows,)
    standardization : PanelStandardization
        Entries (rows,).
    stays : ndarray, shape (rows,)
        Probability of exactly the last value because nothing moves, as in ``distribution.atom``.
    whole : ndarray of bool, shape (rows,)
        Which rows are on whole numbers, as in ``distribution.rounded``.
    """

    scales: tuple[int, ...]
    weights: FloatArray
    location: FloatArray
    spread: FloatArray
    degrees: FloatArray
    standardization: PanelStandardization
    stays: FloatArray
    whole: BoolArray

    @classmethod
    def of(
        cls,
        filtered: FilteredPanel,
        weights: FloatArray,
        rows: IntArray,
        steps: IntArray,
        stillness: Stillness | None = None,
        whole: BoolArray | None = None,
    ) -> PredictiveBatch:
        """Look *steps* years ahead of the chosen *rows* of a panel; *weights* as ``weights_of`` has them.

        Without *stillness* every value moves; without *whole* none is on whole numbers.
        """
        components = filtered.components
        scales = tuple(s for s, part in enumerate(filtered.on) if part is not None)
        weights = weights.reshape(len(weights), -1, components)[:, list(scales)]
        shape = (len(rows), len(scales), components)
        location, spread = np.zeros(shape), np.ones(shape)
        for j, s in enumerate(scales):
            here, there = _served(filtered, s, rows)
            location[here, j], spread[here, j] = _moments(filtered, s, there, steps[here])
        identity = filtered.on[IDENTITY]
        assert identity is not None
        degrees, standardization = identity.state.degrees[rows], filtered.standardization.at(rows)
        stays = np.zeros(len(rows)) if stillness is None else stillness.at(rows).stays(steps)
        counts = np.zeros(len(rows), dtype=bool) if whole is None else whole[rows]
        found = cls(scales, weights[rows], location, spread, degrees, standardization, stays, counts)
        return found._rounded_atoms()

    @classmethod
    def ahead(cls, posterior: Posterior, steps: IntArray, whole: bool = False) -> PredictiveBatch:
        """Look from one series to many years: a row for each of *steps*."""
        scales, column = np.unique(posterior.scale, return_inverse=True)
        # Where each component stands among those of its scale.
        place = (np.cumsum(column[:, None] == np.arange(len(scales)), axis=0) - 1)[
            np.arange(len(column)), column
        ]
        shape = (len(steps), len(scales), int(place.max()) + 1)
        weights, location, spread = np.zeros(shape), np.zeros(shape), np.ones(shape)
        weights[:, column, place] = posterior.weights
        for row, step in enumerate(steps.tolist()):
            location[row, column, place], spread[row, column, place] = posterior.forecast_moments(step)
        same = np.zeros(len(steps), dtype=np.int64)
        found = cls(
            tuple(scales.tolist()),
            weights,
            location,
            spread,
            posterior.state.degrees[same],
            posterior.standardization.at(same),
            posterior.stillness.stays(steps),
            np.full(len(steps), whole),
        )
        return found._rounded_atoms()

    def _rounded_atoms(self) -> PredictiveBatch:
        """It with what is left to the atoms of counts, see ``distribution.rounded.left_to_atom``."""
        rows = np.flatnonzero(self.whole & (self.stays > 0))
        if not len(rows):
            return self
        some, stays = self.at(rows), self.stays.copy()
        last = some.standardization.last
        masses = (some._tail(last - d, -1.0) + some._tail(last + d, 1.0) - 1 for d in (0.0, 0.5))
        stays[rows] = left_to_atom(stays[rows], *masses)
        return replace(self, stays=stays)

    def at(self, rows: IntArray) -> PredictiveBatch:
        """Chosen rows."""
        return PredictiveBatch(
            self.scales,
            self.weights[rows],
            self.location[rows],
            self.spread[rows],
            self.degrees[rows],
            self.standardization.at(rows),
            self.stays[rows],
            self.whole[rows],
        )

    def at_most(self, x: FloatArray) -> FloatArray:
        """P(value <= x) of each row; *x* has shape (rows,)."""
        return self._with_atom(x, 1.0)

    def at_least(self, x: FloatArray) -> FloatArray:
        """P(value >= x) of each row; *x* has shape (rows,)."""
        return self._with_atom(x, -1.0)

    def quantile(self, p: FloatArray) -> FloatArray:
        """Values not exceeded with probabilities *p* (rows, k), in the same shape."""
        found = self._exact_quantile(p)
        return np.where(self.whole[:, None], to_whole(found), found) if self.whole.any() else found

    def _exact_quantile(self, p: FloatArray) -> FloatArray:
        stays = np.flatnonzero(self.stays)
        if not len(stays):
            return self._moving_quantile(p)
        some, last = self.at(stays), self.standardization.last[stays]
        below, at_most = 1.0 - some._tail(last, -1.0), some._tail(last, 1.0)
        levels, kept = p.copy(), np.zeros(p.shape, dtype=bool)
        columns = (entry[:, None] for entry in (self.stays[stays], below, at_most))
        levels[stays], kept[stays] = moving_levels(p[stays], *columns)
        return np.where(kept, self.standardization.last[:, None], self._moving_quantile(levels))

    def _moving_quantile(self, p: FloatArray) -> FloatArray:
        found = self._at_bounds(p)
        for rows, tile in self._tiles(p.shape[1]):
            some = found[rows]
            found[rows] = np.where(np.isnan(some), tile.solved(p[rows], np.isnan(some)), some)
        return np.clip(found, self.standardization.lower[:, None], self.standardization.upper[:, None])

    def _at_bounds(self, p: FloatArray) -> FloatArray:
        """Quantiles that are a bound, for probability beyond a bound sits on it; NaN for the others."""
        found = np.full(p.shape, np.nan)
        for bound, below in ((self.standardization.lower, True), (self.standardization.upper, False)):
            rows = np.flatnonzero(np.isfinite(bound))
            if len(rows):
                some, edge = self.at(rows), bound[rows]
                on = (
                    some._tail(edge, 1.0)[:, None] >= p[rows]
                    if below
                    else some._tail(edge, -1.0)[:, None] > 1 - p[rows]
                )
                found[rows] = np.where(on, edge[:, None], found[rows])
        return found

    def _with_atom(self, x: FloatArray, sign: float) -> FloatArray:
        if self.whole.any():
            x = np.where(self.whole, most_that_rounds_to(x) if sign > 0 else least_that_rounds_to(x), x)
        kept = self.standardization.last <= x if sign > 0 else self.standardization.last >= x
        return self.stays * kept + (1 - self.stays) * self._tail(x, sign)

    def _tail(self, x: FloatArray, sign: float) -> FloatArray:
        total = np.empty(len(x))
        for rows, tile in self._tiles(1):
            total[rows] = tile.mixed(x[rows, None], sign)[0][:, 0]
        lower, upper = self.standardization.lower, self.standardization.upper
        certain, never = (x >= upper, x < lower) if sign > 0 else (x <= lower, x > upper)
        return np.where(certain, 1.0, np.where(never, 0.0, np.clip(total, 0.0, 1.0)))

    def _tiles(self, questions: int) -> Iterator[tuple[IntArray, _Tile]]:
        """Cut the rows into pieces with one number of degrees each, small enough for the cache."""
        most = max(_TILE // (self.weights[:1].size * questions), 1) if len(self.weights) else 1
        for degrees in np.unique(self.degrees):
            rows = np.flatnonzero(self.degrees == degrees)
            for i in range(0, len(rows), most):
                some = rows[i : i + most]
                yield some, _Tile.of(self, some, float(degrees))


@dataclass(frozen=True, eq=False)
class _Tile:
    """Some rows of outlooks with the same degrees of freedom; ``pull`` is weight over spread."""

    scales: tuple[int, ...]
    weights: FloatArray
    location: FloatArray
    spread: FloatArray
    pull: FloatArray
    degrees: float
    standardization: PanelStandardization

    @classmethod
    def of(cls, outlooks: PredictiveBatch, rows: IntArray, degrees: float) -> _Tile:
        """Take some rows out."""
        weights, location, spread = outlooks.weights[rows], outlooks.location[rows], outlooks.spread[rows]
        # Short series have no second reading.
        used = weights.any(axis=(0, 1))
        if not used.all():
            weights, location, spread = (entry[..., used] for entry in (weights, location, spread))
        standardization = outlooks.standardization.at(rows, 2).closed()
        return cls(outlooks.scales, weights, location, spread, weights / spread, degrees, standardization)

    def at(self, rows: IntArray) -> _Tile:
        """Chosen rows."""
        return _Tile(
            self.scales,
            self.weights[rows],
            self.location[rows],
            self.spread[rows],
            self.pull[rows],
            self.degrees,
            self.standardization.at(rows, 2),
        )

    def mixed(self, x: FloatArray, sign: float) -> tuple[FloatArray, FloatArray]:
        """Probability on one side of *x* (rows, k), bounds apart, and the density there."""
        scales = [self.standardization.scale(s) for s in self.scales]
        images = np.stack([scale.transform(x) for scale in scales], axis=-1)
        slopes = np.stack([scale.slope(x) for scale in scales], axis=-1)
        t = (images[..., None] - self.location[:, None]) / self.spread[:, None]
        below, density = student(t if sign > 0 else -t, self.degrees)
        flat = (*x.shape, -1)
        probability = np.einsum("rkj,rj->rk", below.reshape(flat), self.weights.reshape(len(x), -1))
        pulled = np.einsum("rksj,rsj->rks", density, self.pull)
        return probability, (pulled * slopes).sum(axis=2)

    def solved(self, p: FloatArray, wanted: BoolArray) -> FloatArray:
        """Quantiles: x with F(x) = p, on the axis u of x = last + unit sinh(u); any where not *wanted*."""
        middle, unit = self.standardization.last, self.standardization.unit
        tile, at_rows = self, np.arange(len(p))

        def curve(u: FloatArray, rows: IntArray) -> tuple[FloatArray, FloatArray]:
            nonlocal tile, at_rows
            if not np.array_equal(rows, at_rows):
                tile, at_rows = self.at(rows), rows
            below, density = tile.mixed(middle[rows] + unit[rows] * np.sinh(u), 1.0)
            return below, density * unit[rows] * np.cosh(u)

        # A bracket without width ends its search at once.
        far = np.where(wanted, _END_OF_AXIS, 0.0)
        return np.asarray(
            middle + unit * np.sinh(quantile_search(curve, p, self.guess(p) * wanted, -far, far))
        )

    def guess(self, p: FloatArray) -> FloatArray:
        """Where one Student-t on each scale, their places averaged, would have the quantiles."""
        standardization, deviates = self.standardization, stdtrit(self.degrees, p)
        share = self.weights.sum(axis=2)
        part = self.weights / np.where(share > 0, share, 1.0)[:, :, None]
        mean = (part * self.location).sum(axis=2)
        square = (part * (self.spread**2 + (self.location - mean[:, :, None]) ** 2)).sum(axis=2)
        at = np.zeros(p.shape)
        for j, s in enumerate(self.scales):
            images = mean[:, j, None] + np.sqrt(square[:, j, None]) * deviates
            values = standardization.scale(s).inverse(images)
            at += share[:, j, None] * np.arcsinh((values - standardization.last) / standardization.unit)
        return np.clip(at, -_END_OF_AXIS, _END_OF_AXIS)


def _served(filtered: FilteredPanel, scale: int, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Which of *rows* a scale serves, and where they stand among those it does."""
    part = filtered.on[scale]
    assert part is not None
    place = np.full(len(filtered.features), -1)
    place[part.rows] = np.arange(len(part.rows))
    here = np.flatnonzero(place[rows] >= 0)
    return here, place[rows[here]]


def _moments(
    filtered: FilteredPanel, scale: int, there: IntArray, steps: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Location and spread of every Student-t on one scale."""
    part = filtered.on[scale]
    assert part is not None
    every = [loadings_of(h) for h in range(1, int(steps.max(initial=1)) + 1)]
    sums, noise = (np.stack(part) for part in zip(*every, strict=True))
    chosen = replace(part.state.each(lambda entry: entry[there]), degrees=part.state.degrees[there])
    readings = filtered.components // len(learned().bank.a)
    sums, noise = (np.tile(entry[steps - 1], readings) for entry in (sums, noise))
    location, spread = forecast_moments(chosen, steps[:, None], sums, noise)
    rows = part.rows[there]
    factor, offset = (entry[scale, rows][:, None] for entry in own_scales(filtered.standardization))
    return location * factor + offset, spread * factor
