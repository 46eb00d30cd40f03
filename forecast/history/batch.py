"""Many series in a few arrays: observations one after the other, a slice for each series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecast.arrays import FloatArray, IntArray, SmallArray
from forecast.history.catalogue import Bounds
from forecast.history.history import STATUSES, History

TextArray = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class SeriesBatch:
    """Series as arrays; those with a problem keep their place, without observations.

    Parameters
    ----------
    area, indicator, unit : ndarray of str, shape (series,)
    bounds : ndarray, shape (series, 2)
        Infinite where open.
    start : ndarray of int, shape (series + 1,)
        Series *s* has the observations from ``start[s]`` up to ``start[s + 1]``, years ascending.
    years, values, status : ndarray, shape (observations,)
        Status as a position in ``STATUSES``.
    break_start, breaks : ndarray of int
        The declared breaks of each series, sliced in the same way.
    problems : mapping of int to str
        What is wrong, by series.
    whole : ndarray of int, shape (series,)
        1 for series declared to be whole numbers, 0 for those declared not to be, -1 for others.
    """

    area: TextArray
    indicator: TextArray
    unit: TextArray
    bounds: FloatArray
    start: IntArray
    years: IntArray
    values: FloatArray
    status: SmallArray
    break_start: IntArray
    breaks: IntArray
    problems: Mapping[int, str]
    whole: SmallArray

    def __len__(self) -> int:
        """Number of series."""
        return len(self.area)

    @property
    def counts(self) -> IntArray:
        """Number of observations of each series."""
        return np.diff(self.start)

    def name(self, s: int) -> str:
        """What messages call a series."""
        return name_of(self.area[s], self.indicator[s])

    def history(self, s: int) -> History:
        """One series as a history."""
        own, at = self._own(s), slice(self.break_start[s], self.break_start[s + 1])
        return replace(
            History.of(
                self.indicator[s],
                self.years[own],
                self.values[own],
                unit=self.unit[s],
                area=self.area[s],
                bounds=self.bounds_of(s),
            ),
            status=tuple(STATUSES[i] for i in self.status[own]),
            breaks=tuple(int(year) for year in self.breaks[at]),
            whole=None if self.whole[s] < 0 else bool(self.whole[s]),
        )

    def bounds_of(self, s: int) -> Bounds:
        """Bounds of one series, None where open."""
        lower, upper = (float(side) if np.isfinite(side) else None for side in self.bounds[s])
        return lower, upper

    def take(self, chosen: IntArray) -> SeriesBatch:
        """Only the *chosen* series, in that order."""
        start, at = _slices(self.start, chosen)
        break_start, breaks_at = _slices(self.break_start, chosen)
        return SeriesBatch(
            self.area[chosen],
            self.indicator[chosen],
            self.unit[chosen],
            self.bounds[chosen],
            start,
            self.years[at],
            self.values[at],
            self.status[at],
            break_start,
            self.breaks[breaks_at],
            {i: self.problems[s] for i, s in enumerate(chosen.tolist()) if s in self.problems},
            self.whole[chosen],
        )

    def beside(self, others: SeriesBatch) -> SeriesBatch:
        """These series, and after them *others*."""
        shift = len(self)
        return SeriesBatch(
            np.concatenate([self.area, others.area]),
            np.concatenate([self.indicator, others.indicator]),
            np.concatenate([self.unit, others.unit]),
            np.concatenate([self.bounds, others.bounds]),
            np.concatenate([self.start, self.start[-1] + others.start[1:]]),
            np.concatenate([self.years, others.years]),
            np.concatenate([self.values, others.values]),
            np.concatenate([self.status, others.status]),
            np.concatenate([self.break_start, self.break_start[-1] + others.break_start[1:]]),
            np.concatenate([self.breaks, others.breaks]),
            {**self.problems, **{s + shift: text for s, text in others.problems.items()}},
            np.concatenate([self.whole, others.whole]),
        )

    def until(self, year: int) -> SeriesBatch:
        """Series as they stood at the end of *year*; one without a value by then has a problem."""
        keep = self.years <= year
        if keep.all() and (self.breaks <= year).all():
            return self
        counts = self.counts
        after = _counted(keep, self.start)
        late = np.flatnonzero((after == 0) & (counts > 0))
        problems = {
            s: f"{self.name(s)}: nothing observed by {year}; the first value is of "
            f"{self.years[self.start[s]]}."
            for s in late.tolist()
        }
        known = self.breaks <= year
        return replace(
            self,
            start=_cumulated(after),
            years=self.years[keep],
            values=self.values[keep],
            status=self.status[keep],
            break_start=_cumulated(_counted(known, self.break_start)),
            breaks=self.breaks[known],
            problems={**problems, **self.problems},
        )

    def _own(self, s: int) -> slice:
        return slice(int(self.start[s]), int(self.start[s + 1]))


@dataclass(frozen=True, eq=False)
class DensePanel:
    """Series on years: one a row, the last observation of each in the last column, NaN in a gap.

    Parameters
    ----------
    values : ndarray, shape (series, years)
    restart : ndarray of bool, shape (series, years)
        True at the first observation, and at the first one of a new level.
    first, last : ndarray of int, shape (series,)
        First and last observed year.
    """

    values: FloatArray
    restart: npt.NDArray[np.bool_]
    first: IntArray
    last: IntArray

    @classmethod
    def of(cls, packed: SeriesBatch) -> DensePanel:
        """Lay out series that all have an observation."""
        counts = packed.counts
        first, last = packed.years[packed.start[:-1]], packed.years[packed.start[1:] - 1]
        width = int((last - first).max(initial=0)) + 1
        row = np.repeat(np.arange(len(packed)), counts)
        column = width - 1 - (last[row] - packed.years)
        values = np.full((len(packed), width), np.nan)
        values[row, column] = packed.values
        restart = np.zeros(values.shape, dtype=bool)
        restart[np.arange(len(packed)), width - 1 - (last - first)] = True
        for s in np.flatnonzero(np.diff(packed.break_start)).tolist():
            for year in packed.breaks[packed.break_start[s] : packed.break_start[s + 1]]:
                later = np.flatnonzero(packed.years[packed._own(s)] >= year)
                if len(later):
                    restart[s, column[packed.start[s] + later[0]]] = True
        return cls(values, restart, first, last)

    @property
    def last_values(self) -> FloatArray:
        """Last observation of each series."""
        return self.values[:, -1]

    def value_in(self, row: IntArray, year: FloatArray) -> FloatArray:
        """What each chosen series was in a year, NaN where it was not observed."""
        width = self.values.shape[1]
        asked = np.where(np.isfinite(year), year, -np.inf)
        column = width - 1 - (self.last[row] - asked)
        there = (column >= 0) & (column < width)
        return np.where(there, self.values[row, np.where(there, column, 0).astype(np.intp)], np.nan)


def name_of(area: str, indicator: str) -> str:
    """What messages call a series, as ``History.name`` does."""
    return f"{indicator} ({area})" if area else indicator


def _cumulated(counts: IntArray) -> IntArray:
    return np.concatenate([[0], np.cumsum(counts)])


def _counted(keep: npt.NDArray[np.bool_], start: IntArray) -> IntArray:
    """How many entries of each slice are kept."""
    return np.diff(np.concatenate([[0], np.cumsum(keep)])[start])


def _slices(start: IntArray, chosen: IntArray) -> tuple[IntArray, IntArray]:
    """Starts of the chosen slices put one after the other, and where their entries are."""
    counts = np.diff(start)[chosen]
    ends = _cumulated(counts)
    return ends, np.arange(ends[-1]) + np.repeat(start[chosen] - ends[:-1], counts)
