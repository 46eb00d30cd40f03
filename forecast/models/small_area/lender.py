"""One parent of one area, fitted: the outlook of the ratio put to that of the parent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from forecast.arrays import FloatArray, IntArray
from forecast.distribution.closed_form import moving_part
from forecast.distribution.distribution import StudentTMixture
from forecast.models.mixture.kalman import FilteredStates
from forecast.models.mixture.structural_mixture import FittedMixture
from forecast.models.small_area.lending import Cells, Learned, cells_of, known_cells, stretched
from forecast.models.small_area.pairing import Pair
from forecast.models.small_area.ratio import (
    BANK,
    Description,
    Pairs,
    component_weights,
    filtered,
    moments,
    prior_sigma,
)

# What carries less of an outlook than this is left out.
_NEGLIGIBLE = 1e-4
# Courses that stand for all, as many as the default model has.
_COURSES = 512


@dataclass(frozen=True, eq=False)
class Parent:
    """A parent's history and what the default model makes of it; one for all its children.

    Parameters
    ----------
    fitted : FittedMixture
    """

    fitted: FittedMixture
    _cells: dict[tuple[object, int], Cells] = field(default_factory=dict, init=False, repr=False)
    _courses: dict[int, FloatArray] = field(default_factory=dict, init=False, repr=False)

    def cells(self, pair: Pair, year: int) -> Cells:
        """Parent's outlook for *year* in pieces; one piece where the year is known.

        A parent that stands still lends what it says if it moves: its area need not stand still with it.
        """
        key = (pair.scale, year)
        if key not in self._cells:
            if year > pair.parent.last_year:
                self._cells[key] = cells_of(moving_part(self.fitted.predict(year)), pair.scale)
            else:
                self._cells[key] = known_cells(float(_known(pair, np.array([year]))[0]))
        return self._cells[key]

    def courses(self, year: int) -> FloatArray:
        """Courses of the parent that stand for all, of every year after its last up to *year*."""
        if year not in self._courses:
            self._courses[year] = self.fitted.stratified_paths(year)
        return self._courses[year]


def _known(pair: Pair, years: IntArray) -> FloatArray:
    """Parent's images in past years, a year without a value on the line between its neighbours."""
    return np.interp(years, pair.parent.years, pair.scale.transform(pair.parent.values))


@dataclass(frozen=True, eq=False)
class Lender:
    """A parent of an area, and how the area stands to it.

    Parameters
    ----------
    pair : Pair
    parent : Parent
    weights : ndarray, shape (components,)
        Of the ratio's components.
    state : FilteredStates
        One row: where each component stands after the last common year.
    """

    pair: Pair
    parent: Parent
    weights: FloatArray
    state: FilteredStates

    def predict(self, year: int) -> StudentTMixture:
        """Outlook for *year* as this parent sees it, in the indicator's unit."""
        cells = self.parent.cells(self.pair, year)
        location, spread = self._ratio(year)
        weights = np.multiply.outer(self.weights, cells.weights).ravel()
        kept = weights > _NEGLIGIBLE
        total = np.sqrt(np.add.outer(spread**2, cells.variance).ravel()[kept])
        return StudentTMixture(
            weights[kept],
            np.full(int(kept.sum()), self.state.degrees[0]),
            np.add.outer(location, cells.middle).ravel()[kept],
            total,
            (self.pair.scale,),
            bounds=self.pair.own.bounds,
        )

    def _ratio(self, year: int) -> tuple[FloatArray, FloatArray]:
        """Location and spread of the ratio of each component in *year*."""
        steps = np.array([year - int(self.pair.years[-1])])
        location, spread = moments(self.state, steps)
        return location[0], spread[0]

    def images(self, year: int, n: int, rng: np.random.Generator) -> FloatArray:
        """*n* joint draws, on the common scale, of every year after the area's last up to *year*."""
        ratio = self._ratio_draws(year, n, rng)
        if year <= self.pair.parent.last_year:
            return self._together(year, ratio, None)
        return self._together(year, ratio, self.parent.fitted.paths(year, n=n, rng=rng))

    def stratified_images(self, year: int) -> FloatArray:
        """Courses that stand for all, the same whenever asked: a later year changes no earlier one."""
        # Shocks that all areas share: no random numbers of their own.
        rng = np.random.default_rng(1)
        if year <= self.pair.parent.last_year:
            return self._together(year, self._ratio_draws(year, _COURSES, rng), None)
        ahead = self.parent.courses(year)
        # The parent's courses come in order; the ratio's must not follow it.
        mixed = ahead[np.random.default_rng(2).permutation(_COURSES)]
        return self._together(year, self._ratio_draws(year, _COURSES, rng), mixed)

    def _together(self, year: int, ratio: FloatArray, ahead: FloatArray | None) -> FloatArray:
        """Images of the parent, known and to come, and the ratio's added."""
        first, known_to = self.pair.own.last_year + 1, self.pair.parent.last_year
        years = np.arange(first, min(year, known_to) + 1)
        parent = np.tile(_known(self.pair, years), (len(ratio), 1))
        if ahead is not None:
            beyond = range(known_to + 1, year + 1)
            centre = np.array([self.parent.cells(self.pair, y).centre for y in beyond])
            later = stretched(self.pair.scale.transform(ahead), centre)
            parent = np.concatenate([parent, later], axis=1)
        return parent + ratio[:, first - year - 1 :]

    def _ratio_draws(self, year: int, n: int, rng: np.random.Generator) -> FloatArray:
        """Draws of the ratio in every year after the last common one: (n, years)."""
        k = rng.choice(len(self.weights), size=n, p=self.weights)
        degrees, one = self.state.degrees[0], self.state.each(lambda entry: entry[0, k])
        sigma = np.sqrt(one.sigma2 * degrees / rng.chisquare(degrees, size=n))
        ll, ld, _, dd, _, _ = one.covariance
        root = np.sqrt(np.maximum(ll, 1e-300))
        first, second = rng.standard_normal((2, n))
        level = one.level + sigma * root * first
        drift = one.drift + sigma * (
            ld / root * first + np.sqrt(np.maximum(dd - ld**2 / root**2, 0)) * second
        )
        images = np.empty((n, year - int(self.pair.years[-1])))
        for h in range(images.shape[1]):
            shock, error = sigma * rng.standard_normal((2, n))
            level = level + drift + np.sqrt(BANK.a[k]) * shock
            images[:, h] = level + np.sqrt(1 - BANK.a[k]) * error
        return images


def ratios_of(pairs: Pairs, seen: Description, model: Learned) -> tuple[FloatArray, FilteredStates]:
    """Component weights and states of many pairs at once."""
    state = filtered(pairs, prior_sigma(seen, model.spread)[0])
    return component_weights(seen.ratio, state.log_evidence, model.theta, model.tau), state


def row_of(state: FilteredStates, i: int) -> FilteredStates:
    """One pair's states."""
    return replace(state.each(lambda entry: entry[i : i + 1]), degrees=state.degrees[i : i + 1])
