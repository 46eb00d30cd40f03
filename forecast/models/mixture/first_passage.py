"""First-passage years: how many years on the values of many series first come within limits.

"By a year" asks for the way there, for which there is no closed form. Stratified paths on shared
shocks answer it without random numbers of each series' own (see ``sample_paths``), so that thousands
of series take little longer than their outlooks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.distribution.rounded import left_to_atom
from forecast.models.mixture.gating import SCALES, FilteredPanel, PanelStandardization
from forecast.models.mixture.sample_paths import STRATA, InitialStates, StratifiedPaths, moved, paths_of
from forecast.models.mixture.stillness import Stillness

# The least and the largest value that count, for each row.
Barriers = tuple[FloatArray, FloatArray]

# Entries worked on together.
_TILE = 24_576
# Rows still under way, as a part of those that are followed.
_WORTH_A_COPY = 0.7


class Atoms(NamedTuple):
    """Last values that may be kept; entries (rows,) or, of *limits*, (rows, m).

    *whole* are the counts. *limits* are those of what lies on the last value and of what rounds to it, on
    the scale of every pair: four of them, or none where there is no count.
    """

    stillness: Stillness
    whole: BoolArray
    limits: tuple[FloatArray, ...]

    @classmethod
    def of(cls, filtered: FilteredPanel, rows: IntArray, stillness: Stillness, whole: BoolArray) -> Atoms:
        """Take those of the chosen *rows*; *stillness* and *whole* are of these rows already."""
        if not whole.any():
            return cls(stillness, whole, ())
        last = filtered.standardization.last[rows]
        on_it, near = (barriers_of(filtered, rows, (last - d, last + d)) for d in (0.0, 0.5))
        return cls(stillness, whole, (*on_it, *near))


def barriers_of(filtered: FilteredPanel, rows: IntArray, limits: Barriers) -> Barriers:
    """Images of limits, each (rows,), on the scale of every pair, each (rows, m).

    A limit at or beyond the bound on its own side is open; one beyond the other bound is out of reach.
    """
    standardization = filtered.standardization.at(rows)
    lower, upper = limits
    lower = np.where(
        lower <= standardization.lower, -np.inf, np.where(lower > standardization.upper, np.inf, lower)
    )
    upper = np.where(
        upper >= standardization.upper, np.inf, np.where(upper < standardization.lower, -np.inf, upper)
    )
    components = filtered.components
    return _images(lower, standardization, components), _images(upper, standardization, components)


def _images(x: FloatArray, standardization: PanelStandardization, components: int) -> FloatArray:
    """Images of *x* (rows,) on each scale, once for each component."""
    shaped = standardization.closed().at(slice(None), 2)
    images = [shaped.transform(s, x[:, None]) for s in range(len(SCALES))]
    return np.repeat(np.hstack(images), components, axis=1)


def first_passage_years(
    starts: InitialStates, ends: Barriers, p: float, years: int, atoms: Atoms | None = None
) -> IntArray:
    """First-passage year of each row: the least h with P(within *ends* in any of the years 1 to h) >= p.

    A series that stays where it is comes to nothing new: the last value is taken to lie outside.

    Returns
    -------
    ndarray of int, shape (rows,)
        0 if not within so many *years*.
    """
    found = np.zeros(len(starts.weights), dtype=np.int64)
    for rows in _tiles(len(found)):
        paths, left = StratifiedPaths.of(starts, rows), np.arange(rows.start, rows.stop)
        lower, upper = (end[rows].reshape(-1)[paths.pair] for end in ends)
        returns = None if atoms is None else _Returns.of(atoms, rows, paths.pair)
        two_sided, met = not np.isposinf(upper).all(), np.zeros(len(lower), dtype=bool)
        spare, open_ = np.empty(len(met), dtype=bool), np.ones(len(left), dtype=bool)
        for year in range(1, years + 1):
            value = paths.a_year_on()
            inside = np.greater_equal(value, lower, out=spare[: len(met)])
            if two_sided:
                inside &= value <= upper
            if returns is not None:
                inside &= moved(returns.stays(value, year)).reshape(-1)
            met |= inside
            reached = open_ & (_count(met) >= p * STRATA)
            found[left[reached]] = year
            open_ &= ~reached
            if not open_.any():
                break
            # To leave rows behind costs a copy of the others, so it waits until it is worth it.
            if open_.mean() < _WORTH_A_COPY:
                kept = np.flatnonzero(open_)
                left, open_ = left[kept], open_[kept]
                paths.only(kept)
                lower, upper, met = (paths_of(each, kept) for each in (lower, upper, met))
                returns = None if returns is None else returns.only(kept)
    return found


class _Returns(NamedTuple):
    """Atoms of the rows under way, with what their paths are compared with: entries (rows x STRATA,).

    Without any count the limits are empty.
    """

    stillness: Stillness
    whole: BoolArray
    limits: tuple[FloatArray, ...]

    @classmethod
    def of(cls, atoms: Atoms, rows: slice, pair: IntArray) -> _Returns:
        whole = atoms.whole[rows]
        ends = atoms.limits if whole.any() else ()
        still = Stillness(atoms.stillness.log_odds[rows], atoms.stillness.by_log_year[rows])
        return cls(still, whole, tuple(end[rows].reshape(-1)[pair] for end in ends))

    def only(self, rows: IntArray) -> _Returns:
        """Go on with some of the rows."""
        limits = tuple(paths_of(each, rows) for each in self.limits)
        return _Returns(self.stillness.at(rows), self.whole[rows], limits)

    def stays(self, value: FloatArray, year: int) -> FloatArray:
        """Probability of the last value in this *year*, in which the paths that move are at *value*."""
        stays = self.stillness.stays(np.full(len(self.whole), year))
        if not self.limits:
            return stays
        lower, upper, near_lower, near_upper = self.limits
        ends = ((lower, upper), (near_lower, near_upper))
        masses = (_count((value >= low) & (value <= high)) / STRATA for low, high in ends)
        return np.where(self.whole, left_to_atom(stays, *masses), stays)


def _count(met: BoolArray) -> IntArray:
    """Number of paths of each row that have met it, adding up eight at once: bytes that cannot overflow."""
    eights = met.view(np.uint64).reshape(-1, STRATA // 8).sum(axis=1)
    return np.asarray(eights.view(np.uint8).reshape(-1, 8).sum(axis=1, dtype=np.int64))


def _tiles(rows: int) -> Iterator[slice]:
    """Cut the rows into pieces that are worked on together."""
    most = _TILE // STRATA
    for i in range(0, rows, most):
        yield slice(i, min(i + most, rows))
