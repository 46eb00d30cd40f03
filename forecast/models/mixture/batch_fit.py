"""The series of many rows fitted, each once, and when they come by what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.distribution.rounded import least_that_rounds_to, most_that_rounds_to
from forecast.history.batch import DensePanel, SeriesBatch
from forecast.history.implied_bounds import implied_of_each
from forecast.history.whole_numbers import counts_of
from forecast.models.mixture.first_passage import Atoms, Barriers, barriers_of, first_passage_years
from forecast.models.mixture.gating import FilteredPanel, SeriesPanel, learned
from forecast.models.mixture.posterior import weights_of
from forecast.models.mixture.recent import filter_twice
from forecast.models.mixture.sample_paths import InitialStates
from forecast.models.mixture.stillness import Stillness, stillness_of


@dataclass(frozen=True, eq=False)
class BatchFit:
    """The fits behind some rows.

    Parameters
    ----------
    series : ndarray of int, shape (fits,)
        Which series were fitted.
    row : ndarray of int, shape (rows,)
        Where the series of each row stands among them.
    filtered : FilteredPanel
    weights : ndarray, shape (fits, scales x components)
    stillness : Stillness
        Entries (fits,).
    whole : ndarray of bool, shape (fits,)
        Which series are counts.
    """

    series: IntArray
    row: IntArray
    filtered: FilteredPanel
    weights: FloatArray
    stillness: Stillness
    whole: BoolArray

    @classmethod
    def of(cls, packed: SeriesBatch, grid: DensePanel, series: IntArray) -> BatchFit:
        """Fit the series of some rows; one without a row needs no fit."""
        fitted, row = np.unique(series, return_inverse=True)
        values = grid.values[fitted]
        names = packed.indicator[fitted].tolist(), packed.unit[fitted].tolist()
        bounds = implied_of_each(
            packed.bounds[fitted],
            *names,
            np.nanmin(values, axis=1),
            np.nanmax(values, axis=1),
        )
        panel = SeriesPanel(values, grid.restart[fitted], *bounds.T)
        filtered = filter_twice(panel, learned())
        whole = counts_of(values, bounds, *names, packed.whole[fitted])
        weights = weights_of(filtered, learned())
        return cls(fitted, row, filtered, weights, stillness_of(panel), whole)

    def years_to(self, limits: Barriers, asked: BoolArray, *, p: float, farthest: int) -> FloatArray:
        """Years until each row *asked* has come within limits with probability *p*, NaN past *farthest*."""
        found, rows = np.full(len(asked), np.nan), np.flatnonzero(asked)
        series = self.row[rows]
        lower, upper, whole = limits[0][rows], limits[1][rows], self.whole[series]
        if whole.any():
            lower = np.where(whole, least_that_rounds_to(lower), lower)
            upper = np.where(whole, most_that_rounds_to(upper), upper)
        ends = barriers_of(self.filtered, series, (lower, upper))
        still = self.stillness.at(series)
        starts = InitialStates.of(self.filtered, self.weights, series)
        atoms = Atoms.of(self.filtered, series, still, whole) if np.isfinite(still.log_odds).any() else None
        years = first_passage_years(starts, ends, p, farthest, atoms)
        found[rows] = np.where(years > 0, years, np.nan)
        return found
