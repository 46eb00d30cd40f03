"""The series of many rows fitted, each once, and when they come by what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.batch import DensePanel, SeriesBatch
from forecast.models.mixture.first_passage import Barriers, barriers_of, first_passage_years
from forecast.models.mixture.gating import FilteredPanel, SeriesPanel, filter_panel, learned
from forecast.models.mixture.posterior import weights_of
from forecast.models.mixture.sample_paths import InitialStates


@dataclass(frozen=True, eq=False)
class BatchFit:
    """The fits behind some rows.

    Parameters
    ----------
    series : ndarray of int, shape (fits,)
        Which series were fitted.
    row : ndarray of int, shape (rows,)
        Where the series of each row stands among them.
    reading : FilteredPanel
    weights : ndarray, shape (fits, scales x components)
    """

    series: IntArray
    row: IntArray
    reading: FilteredPanel
    weights: FloatArray

    @classmethod
    def of(cls, packed: SeriesBatch, grid: DensePanel, series: IntArray) -> BatchFit:
        """Fit the series of some rows; one without a row needs no fit."""
        fitted, row = np.unique(series, return_inverse=True)
        panel = SeriesPanel(grid.values[fitted], grid.restart[fitted], *packed.bounds[fitted].T)
        reading = filter_panel(panel, learned().bank)
        return cls(fitted, row, reading, weights_of(reading, learned()))

    def years_to(self, limits: Barriers, asked: BoolArray, *, p: float, farthest: int) -> FloatArray:
        """Years until each row *asked* has come within limits with probability *p*, NaN past *farthest*."""
        found, rows = np.full(len(asked), np.nan), np.flatnonzero(asked)
        series = self.row[rows]
        ends = barriers_of(self.reading, series, (limits[0][rows], limits[1][rows]))
        years = first_passage_years(InitialStates.of(self.reading, self.weights, series), ends, p, farthest)
        found[rows] = np.where(years > 0, years, np.nan)
        return found
