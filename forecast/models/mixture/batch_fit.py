"""The series of many rows fitted, each once, and when they come by what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.batch import Grid, Packed
from forecast.models.mixture.first_passage import Ends, Starts, ends_of, first_year
from forecast.models.mixture.gating import Panel, Reading, learned, read_panel
from forecast.models.mixture.posterior import weights_of


@dataclass(frozen=True, eq=False)
class Fits:
    """The fits behind some rows.

    Parameters
    ----------
    series : ndarray of int, shape (fits,)
        Which series were fitted.
    row : ndarray of int, shape (rows,)
        Where the series of each row stands among them.
    reading : Reading
    weights : ndarray, shape (fits, scales x components)
    """

    series: IntArray
    row: IntArray
    reading: Reading
    weights: FloatArray

    @classmethod
    def of(cls, packed: Packed, grid: Grid, series: IntArray) -> Fits:
        """Fit the series of some rows; one without a row needs no fit."""
        fitted, row = np.unique(series, return_inverse=True)
        panel = Panel(grid.values[fitted], grid.restart[fitted], *packed.bounds[fitted].T)
        reading = read_panel(panel, learned().bank)
        return cls(fitted, row, reading, weights_of(reading, learned()))

    def years_to(self, limits: Ends, asked: BoolArray, *, p: float, farthest: int) -> FloatArray:
        """Years until each row *asked* has come within limits with probability *p*, NaN past *farthest*."""
        found, rows = np.full(len(asked), np.nan), np.flatnonzero(asked)
        series = self.row[rows]
        ends = ends_of(self.reading, series, (limits[0][rows], limits[1][rows]))
        years = first_year(Starts.of(self.reading, self.weights, series), ends, p, farthest)
        found[rows] = np.where(years > 0, years, np.nan)
        return found
