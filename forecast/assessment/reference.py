"""The outside view: how often comparable places managed the pace that a target requires.

Kahneman and Lovallo 1993 (the inside and the outside view), Flyvbjerg 2008 (reference-class
forecasting). The question is put to other places that started at a comparable level, over as many
years: from a panel of histories, or from the percentiles that travel with the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import pandas as pd

from forecast.arrays import FloatArray
from forecast.assessment.growth import required_growth
from forecast.distribution.draws import Draws
from forecast.errors import TargetError
from forecast.history.catalogue import Bounds
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.history.read_files import read_histories
from forecast.language.message import Message
from forecast.target.target import Target

# Comparable windows of a panel: this part of all, those whose starts lie nearest, but not fewer than FEWEST.
NEAREST, FEWEST = 1 / 3, 50
# Fewer windows than this are anecdotes.
LEAST_WINDOWS = 20
# Beyond its first and last percentile a summary says no more than "less than 1 %".
EDGE = 0.01
# Two probabilities further apart than this give different advice.
APART = 0.25


@dataclass(frozen=True)
class Reference:
    """How often others managed what a target requires.

    Parameters
    ----------
    share : float
        The part of the windows whose pace, from the last value on, meets the target; a proportion.
    side : str
        ``below`` or ``above`` where *share* is only a bound (less than 1 %, more than 99 %), else empty.
    population : str
        Whose windows.
    first_year, last_year : int
        The years in which the windows end.
    windows : int
        How many; they overlap.
    years : int
        From the last value to the target year.
    horizons : tuple of int
        The lengths of the windows used: two where the answer lies between them, one that differs
        from *years* where none is longer.
    start : tuple of (float or None, float or None)
        The band of starting values.
    pace : float or None
        What is required a year: a proportion where *compound*, else in the indicator's unit. None
        for a target without one value.
    compound : bool
    overlaps : bool
        Whether windows end after the last value, so that they were not known then.
    source : str
    """

    share: float
    side: str
    population: str
    first_year: int
    last_year: int
    windows: int
    years: int
    horizons: tuple[int, ...]
    start: Bounds
    pace: float | None
    compound: bool
    overlaps: bool
    source: str

    @property
    def probability(self) -> float:
        """Share as a probability, strictly between 0 and 1: half a window is added either way."""
        if self.side:
            return EDGE / 2 if self.side == "below" else 1 - EDGE / 2
        return (self.share * self.windows + 0.5) / (self.windows + 1)


@dataclass(frozen=True, eq=False)
class Windows:
    """Paces of comparable places over one span of years, each as likely as the next.

    Parameters
    ----------
    paces : ndarray
        A year: proportions where *compound*, else in the indicator's unit.
    compound : bool
    n : int
        How many windows were seen.
    horizons : tuple of int
    start : tuple of (float or None, float or None)
    first_year, last_year : int
    coarse : bool
        Whether the paces are read off percentiles, which end at 1 and 99 %.
    source : str
    """

    paces: FloatArray
    compound: bool
    n: int
    horizons: tuple[int, ...]
    start: Bounds
    first_year: int
    last_year: int
    coarse: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        """Copy and freeze the paces."""
        paces = np.sort(np.asarray(self.paces, dtype=float))
        paces.setflags(write=False)
        object.__setattr__(self, "paces", paces)

    def carried(self, value: float, years: int, bounds: Bounds) -> FloatArray:
        """Where *value* stands after so many *years* at each of the paces."""
        after = value * (1 + self.paces) ** years if self.compound else value + self.paces * years
        return np.clip(after, *bounds) if bounds != (None, None) else np.asarray(after)


class Experience(Protocol):
    """What is known of other places."""

    def windows(self, history: History, years: int) -> Windows | None:
        """Windows comparable to *history*, known by its last year; None if too few."""
        ...


@dataclass(frozen=True)
class ReferenceClass:
    """Other places, asked how often they managed a pace.

    Parameters
    ----------
    population : str
        Who they are, in words a reader understands.
    experience : Experience
        A :class:`Comparators`, or the percentiles shipped with the library.

    Examples
    --------
    >>> def grown(k):
    ...     return [100 * (1 + k / 1000) ** t for t in range(6)]
    >>> panel = [History.of("x", range(2015, 2021), grown(k), area=str(k)) for k in range(60)]
    >>> places = ReferenceClass.from_panel(panel, population="sixty places")
    >>> own = History.of("x", [2020], [100.0], area="own")
    >>> found = places.compare(own, Target.at_least("x", 100 * 1.0495**5, year=2025))
    >>> round(found.share, 2), round(found.pace, 4), found.windows
    (0.17, 0.0495, 60)
    """

    population: str
    experience: Experience

    @classmethod
    def from_panel(
        cls, panel: Histories | pd.DataFrame | Iterable[History], *, population: str, source: str = ""
    ) -> ReferenceClass:
        """Class of all areas in a panel.

        Parameters
        ----------
        panel : Histories, DataFrame, or iterable of History
            Many areas; other indicators in it are left aside. A frame as :func:`forecast.read_histories`
            takes it: ``area, indicator, year, value``.
        population : str
            Who they are.
        source : str
            Whose figures.
        """
        histories = read_histories(panel) if isinstance(panel, pd.DataFrame) else panel
        listed = histories.values() if isinstance(histories, Histories) else histories
        return cls(population, Comparators(tuple(listed), source))

    def compare(self, history: History, target: Target) -> Reference:
        """How often comparable places managed what *target* requires of *history*.

        Raises
        ------
        TargetError
            If the target asks for more than a value in one later year, or too few places compare.
        """
        target.check(history)
        limits = target.limits(history)
        if limits is None:
            raise TargetError(Message("way_not_value", name=history.name, kind=target.kind.name))
        years = history.steps_to(target.year)
        windows = self._windows(history, years)
        share = float(np.mean(limits.hold(windows.carried(history.last_value, years, history.bounds))))
        side = "" if not windows.coarse or EDGE <= share <= 1 - EDGE else "below" if share < EDGE else "above"
        return Reference(
            share=float(np.clip(share, EDGE, 1 - EDGE)) if side else share,
            side=side,
            population=self.population,
            first_year=windows.first_year,
            last_year=windows.last_year,
            windows=windows.n,
            years=years,
            horizons=windows.horizons,
            start=windows.start,
            pace=_required(history, target, compound=windows.compound),
            compound=windows.compound,
            overlaps=windows.last_year > history.last_year,
            source=windows.source,
        )

    def outlook(self, history: History, year: int) -> Draws:
        """Where *history* would stand in *year*, had it the pace of one of the others.

        Raises
        ------
        TargetError
            If too few places compare.
        HistoryError
            If *year* is already observed.
        """
        years = history.steps_to(year)
        return Draws(self._windows(history, years).carried(history.last_value, years, history.bounds))

    def _windows(self, history: History, years: int) -> Windows:
        found = self.experience.windows(history, years)
        if found is None:
            raise TargetError(
                Message(
                    "too_few_windows",
                    name=history.name,
                    population=self.population,
                    least=LEAST_WINDOWS,
                    years=years,
                    last_year=history.last_year,
                )
            )
        return found


@dataclass(frozen=True)
class Comparators:
    """One indicator in many areas: every window of so many years between two observations.

    Parameters
    ----------
    histories : tuple of History
    source : str
    """

    histories: tuple[History, ...]
    source: str = ""

    def windows(self, history: History, years: int) -> Windows | None:
        """Windows that start nearest to the last value and end by its year.

        The area's own windows are left out, and those across a declared break.
        """
        moves = [_moves(each, years, history.last_year) for each in self.histories if _other(each, history)]
        table = np.concatenate([np.empty((0, 3)), *moves])
        # A share moves by points; an amount by a ratio, which needs values above zero.
        compound = None in history.bounds and history.last_value > 0
        if compound:
            table = table[(table[:, 0] > 0) & (table[:, 1] > 0)]
        if len(table) < LEAST_WINDOWS:
            return None
        table = _nearest(table, history.last_value, compound=compound)
        start, end, ended = table.T
        return Windows(
            paces=(end / start) ** (1 / years) - 1 if compound else (end - start) / years,
            compound=compound,
            n=len(table),
            horizons=(years,),
            start=(float(start.min()), float(start.max())),
            first_year=int(ended.min()),
            last_year=int(ended.max()),
            source=self.source,
        )


def reference_note(reference: Reference, probability: float) -> str:
    """Key of the note where the outside view and the model say different things, else ``""``.

    They differ where they are 25 percentage points apart.
    """
    gap = reference.probability - probability
    return "" if abs(gap) <= APART else "outside_view_higher" if gap > 0 else "outside_view_lower"


def _other(each: History, history: History) -> bool:
    return each.indicator == history.indicator and each.area != history.area


def _moves(history: History, years: int, known: int) -> FloatArray:
    """Start value, end value and last year of every window of so many *years*, shape (n, 3)."""
    seen = dict(zip(history.years.tolist(), history.values.tolist(), strict=True))
    moves = [
        (seen[year - years], seen[year], year)
        for year in seen
        if year <= known
        and year - years in seen
        and not any(year - years < b <= year for b in history.breaks)
    ]
    return np.array(moves, dtype=float).reshape(-1, 3)


def _nearest(table: FloatArray, value: float, *, compound: bool) -> FloatArray:
    """Windows whose starts lie nearest to *value*: a third of all, but not too few."""
    starts = table[:, 0]
    away = np.abs(np.log(starts / value)) if compound else np.abs(starts - value)
    farthest = np.sort(away)[min(max(FEWEST, int(NEAREST * len(table))), len(table)) - 1]
    # Starts just as far as the last one taken are as comparable.
    return np.asarray(table[away <= farthest])


def _required(history: History, target: Target, *, compound: bool) -> float | None:
    if target.threshold(history) is None:
        return None
    growth = required_growth(history, target)
    return growth.compound if compound else growth.per_year


def between_percentiles(levels: FloatArray, values: FloatArray, count: int) -> FloatArray:
    """*count* evenly likely values: straight lines in the log-odds between given percentiles.

    Beyond the first and the last percentile nothing is known, so there the end values are repeated.

    Examples
    --------
    >>> between_percentiles(np.array([0.25, 0.75]), np.array([0.0, 4.0]), 5).round(2).tolist()
    [0.0, 0.46, 2.0, 3.54, 4.0]
    """
    at = (np.arange(count) + 0.5) / count
    return np.asarray(np.interp(_log_odds(at), _log_odds(levels), values))


def _log_odds(p: FloatArray) -> FloatArray:
    return np.asarray(np.log(p) - np.log1p(-p))


def spread_over(horizons: tuple[int, ...], years: int) -> dict[int, float]:
    """Horizons to use for so many *years*, with their weights.

    Examples
    --------
    >>> spread_over((1, 2, 3, 5, 10), 4), spread_over((1, 2, 3, 5, 10), 12)
    ({3: 0.5, 5: 0.5}, {10: 1.0})
    """
    known = sorted(horizons)
    for a, b in pairwise(known):
        if a < years < b:
            share = (years - a) / (b - a)
            return {a: 1 - share, b: share}
    return {min(known, key=lambda h: abs(h - years)): 1.0}
