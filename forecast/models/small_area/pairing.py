"""An area beside its parents: what fits together, on which scale, and as arrays for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.distribution.transform import Identity, Log, Logit, Scale, logit_for
from forecast.errors import ModelError
from forecast.history.history import History
from forecast.history.units import same_unit
from forecast.language.message import Message
from forecast.language.note import Note
from forecast.models.base import STILLNESS
from forecast.models.mixture.features import course_of, sigma_of
from forecast.models.small_area.ratio import DIFFERENCE, LOG, SHARE, Pairs

# Years of a parent that its own unrest is read from.
_LOOKED_BACK = 20
# Fewer figures of a parent say no more than those of the area.
_LEAST = 3

# Years, images on the common scale, and the years in which a new level begins.
_Series = tuple[IntArray, FloatArray, tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Pair:
    """One area beside one parent, in the years that both are known.

    Parameters
    ----------
    own, parent : History
    kind : int
        Position in ``KINDS``.
    further : int
        How many nearer parents there are.
    """

    own: History
    parent: History
    kind: int
    further: int = 0

    @cached_property
    def scale(self) -> Scale:
        """Common scale."""
        if self.kind == SHARE:
            margin = min(logit_for(self.own).margin, logit_for(self.parent).margin)
            lower, upper = self.own.bounds
            assert lower is not None, "a share has both bounds"
            assert upper is not None, "a share has both bounds"
            return Logit(lower, upper, margin)
        return Log() if self.kind == LOG else Identity()

    @cached_property
    def years(self) -> IntArray:
        """Years in which both are known, ascending."""
        return self.own.years[_among(self.own.years, self.parent.years)]

    @property
    def later(self) -> int:
        """By how many years the parent is known later than the area."""
        return self.parent.last_year - self.own.last_year

    @cached_property
    def values(self) -> tuple[FloatArray, FloatArray]:
        """Area's values and the parent's in each of :attr:`years`, in the indicator's unit."""
        own = self.own.values[_among(self.own.years, self.years)]
        return own, self.parent.values[np.searchsorted(self.parent.years, self.years)]

    @cached_property
    def ratio(self) -> FloatArray:
        """Ratio on the common scale, in each of :attr:`years`."""
        own, parent = self.values
        return self.scale.transform(own) - self.scale.transform(parent)


def _among(years: IntArray, others: IntArray) -> BoolArray:
    """Which of some ascending years are among others, ascending too."""
    place = np.minimum(np.searchsorted(others, years), len(others) - 1)
    return np.asarray(others[place] == years)


def kind_of(own: History, parent: History) -> int:
    """Say on which scale an area stands beside a parent, from bounds and values.

    Both bounds, the same for both: log-odds. Only positive values of the area and no lower bound above
    or below zero: logarithms. Else differences.
    """
    lower, upper = own.bounds
    if lower is not None and upper is not None:
        return SHARE if parent.bounds == own.bounds else DIFFERENCE
    return LOG if not lower and upper is None and bool(np.all(own.values > 0)) else DIFFERENCE


def check_parents(parents: Sequence[History]) -> tuple[History, ...]:
    """Parents as a tuple, or say what was given instead.

    Raises
    ------
    ModelError
        For none, or for what is not a history.
    """
    if isinstance(parents, History):
        raise ModelError(Message("parents_are_a_list", name=parents.name))
    found = tuple(parents)
    if not found or not all(isinstance(parent, History) for parent in found):
        raise ModelError(Message("parents_needed", parents=found))
    return found


def unfit(own: History, parent: History) -> Note | None:
    """Why a parent cannot lend to an area, None if it can.

    Raises
    ------
    ModelError
        If it is no parent at all: another indicator, or the area itself.
    """
    who = f"{own.name}: {parent.name} is no parent of it"
    if parent.indicator != own.indicator:
        raise ModelError(Message("parent_of_other", who=who, indicator=own.indicator))
    if parent is own or (parent.area and parent.area == own.area):
        raise ModelError(Message("parent_is_area", who=who))
    return _obstacle(own, parent)


def _obstacle(own: History, parent: History) -> Note | None:
    """What keeps a parent of the right indicator from lending."""
    values = {"area": parent.area or parent.indicator, "last": own.last_year, "until": parent.last_year}
    if same_unit(parent.unit) != same_unit(own.unit):
        return Note("parent_other_unit", values | {"unit": own.unit, "other": parent.unit})
    if len(parent) < _LEAST:
        return Note("parent_too_short", values | {"n": len(parent)})
    if parent.last_year < own.last_year:
        return Note("parent_ends_earlier", values)
    if parent.value_in(own.last_year) is None:
        return Note("parent_without_year", values)
    if kind_of(own, parent) == LOG and not bool(np.all(parent.values > 0)):
        return Note("parent_not_positive", values)
    late = [b for b in parent.breaks if own.last_year < b <= parent.last_year]
    if late:
        return Note("parent_broken", values | {"year": late[0]})
    return None


def pairs_of(pairs: Sequence[Pair]) -> Pairs:
    """Pairs as arrays."""
    common = [(pair.years, pair.ratio, (*pair.own.breaks, *pair.parent.breaks)) for pair in pairs]
    ratio, restart = _grids(common)
    still = np.array([_still(pair) for pair in pairs])
    own = sigma_of(course_of(*_grids([_images(p.own, p, p.years) for p in pairs])), still)
    lately = [p.parent.years[p.parent.years > p.parent.last_year - _LOOKED_BACK] for p in pairs]
    beside = [_images(p.parent, p, years) for p, years in zip(pairs, lately, strict=True)]
    parent = sigma_of(course_of(*_grids(beside)), still)
    kinds = np.array([pair.kind for pair in pairs], dtype=np.intp)
    later, further = np.array([(pair.later, pair.further) for pair in pairs], dtype=float).T
    return Pairs(ratio, restart, own, parent, still, kinds, later, further)


def _grids(series: Sequence[_Series]) -> tuple[FloatArray, BoolArray]:
    """Series on yearly grids, the last value in the last column, and where each begins anew."""
    # Three columns at least: a single value has no yearly change, but its row needs room for one.
    width = max(2, *(int(years[-1] - years[0]) for years, _, _ in series)) + 1
    grid = np.full((len(series), width), np.nan)
    restart = np.zeros(grid.shape, dtype=bool)
    for i, (years, images, breaks) in enumerate(series):
        at = width - 1 - (years[-1] - years)
        grid[i, at] = images
        within = [b for b in breaks if years[0] < b <= years[-1]]
        restart[i, at[[0, *np.searchsorted(years, within)]]] = True
    return grid, restart


def _images(history: History, pair: Pair, years: IntArray) -> _Series:
    """History in some of its years, on the common scale."""
    mine = _among(history.years, years)
    return history.years[mine], pair.scale.transform(history.values[mine]), history.breaks


def _still(pair: Pair) -> float:
    """Hundredth of the level, as the scale sees it."""
    level = max(abs(pair.own.last_value), abs(pair.parent.last_value))
    return STILLNESS * (level or 1.0) if pair.kind == DIFFERENCE else STILLNESS
