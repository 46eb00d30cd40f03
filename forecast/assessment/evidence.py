"""How far an answer can be trusted: a grade from A to D, and why.

The grade changes words and ranking, never the probability: the model's outlook is already as wide
as the history is short. It says what the model cannot know, such as that the figures are old, or
another area's. Charges add up; up to 1 is an A, up to 3 a B, up to 5 a C, and more a D.

================== ===================================================================== ======
reason             when                                                                  charge
================== ===================================================================== ======
``no_history``     nothing was ever observed                                             9
``few_points``     fewer than 10 observations / 6 / 3                                    1/2/4
``gaps``           more than a third / two thirds of the years are missing               1/2
``old``            the last figure is more than 2 / 5 years old                          1/2
``far_ahead``      further ahead than half / once / twice the years looked back          1/2/4
``proxy``          another area's or indicator's figures stand in                        3
``breaks``         a declared break inside the history                                   1
``often_revised``  two or more of them                                                   1
``provisional``    the last figure is provisional                                        1
``outside_view``   the probability is that of other places                               1
``mostly_lent``    other areas' figures carry more than half of the outlook                1
``no_own_figure``  the area has none: a stated spread around its parent                     9
``parents_change`` the area has none, and only a change is asked for: its parents'           9
``models_differ``  models with a like record lie more than 25 / 50 points apart          1/2
``no_skill``       the model did worse here than "next year is as this year"             1
================== ===================================================================== ======

The last two need a back-test on the series itself, which :func:`forecast.cross_check` runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.assessment.model_spread import Disagreement
from forecast.history.batch import DensePanel, SeriesBatch
from forecast.history.history import STATUSES, History
from forecast.history.implied_bounds import OPEN, implied_of_each, nature_of, undeclared
from forecast.history.units import same_unit
from forecast.language.note import Note

# Charges up to which a grade holds; beyond the last it is D.
GRADES = (("A", 1), ("B", 3), ("C", 5))
# Points below which a history is short, very short, or hardly one.
FEW, VERY_FEW, HARDLY_ANY = 10, 6, 3
# Parts of the years that are missing.
GAPPY, MOSTLY_GAPS = 1 / 3, 2 / 3
# Years since the last observation that make it old, or very old.
OLD, VERY_OLD = 2, 5
# Years ahead, as parts of the years looked back: far, farther, and out of all proportion.
FAR, FARTHER, BEYOND = 0.5, 1.0, 2.0
# What another area's or indicator's figures cost.
PROXY = 3
# How far apart models are that give different advice, or opposite advice.
APART, FAR_APART = 0.25, 0.5


@dataclass(frozen=True)
class Downgrade:
    """One thing that lowers the grade, by how much, and what a reader should know of it."""

    weight: int
    note: Note


@dataclass(frozen=True)
class Evidence:
    """What an answer rests on.

    Parameters
    ----------
    charges : tuple of Downgrade
        What lowers the grade, in any order; empty for a flawless history.

    Examples
    --------
    >>> Evidence((Downgrade(1, Note("breaks")), Downgrade(3, Note("proxy")))).grade
    'C'
    """

    charges: tuple[Downgrade, ...]

    @property
    def grade(self) -> str:
        """``A`` (strong) to ``D`` (weak)."""
        total = sum(charge.weight for charge in self.charges)
        return next((letter for letter, most in GRADES if total <= most), "D")

    @property
    def reasons(self) -> tuple[Note, ...]:
        """What lowers it, heaviest first."""
        return tuple(charge.note for charge in sorted(self.charges, key=lambda charge: -charge.weight))


# Of an indicator without any history.
NO_EVIDENCE = Evidence((Downgrade(9, Note("no_history")),))


def grade(history: History, year: int, *, as_of: int | None = None, proxy: bool = False) -> Evidence:
    """Grade of an answer about *year* that rests on *history*.

    Parameters
    ----------
    history : History
    year : int
        The year asked about.
    as_of : int, optional
        When the question is asked; without it the age of the last figure does not count.
    proxy : bool
        Whether the history is of another area or indicator than the question.

    Examples
    --------
    >>> h = History.of("output", [2001, 2006, 2011, 2021], [2.6, 3.7, 5.6, 9.2])
    >>> downgrades = grade(h, 2026)
    >>> downgrades.grade, [note.key for note in downgrades.reasons]
    ('C', ['few_points', 'gaps'])
    """
    downgrades = (*_thinness(history), *_distance(history, year, as_of), *_doubts(history, proxy))
    return Evidence(tuple(charge for charge in downgrades if charge.weight))


def of_models(spread: Disagreement) -> tuple[Downgrade, ...]:
    """What a cross-check of models adds to the charges."""
    low, high, charges = spread.lowest, spread.highest, []
    if low and high and (weight := int(_steps(spread.spread, APART, FAR_APART))):
        values = {
            "low": low.probability,
            "high": high.probability,
            "lowest": low.model,
            "highest": high.model,
        }
        charges.append(Downgrade(weight, Note("models_differ", values)))
    if spread.skill is not None and spread.skill < 0:
        charges.append(Downgrade(1, Note("no_skill")))
    return tuple(charges)


def of_outside_view(population: str) -> Downgrade:
    """Charge for a probability that is that of other places."""
    return Downgrade(1, Note("outside_view", {"population": population}))


def grade_positions(
    batch: SeriesBatch, grid: DensePanel, row: IntArray, year: FloatArray, as_of: int | None
) -> IntArray:
    """Grades of many rows as positions in A, B, C, D.

    Parameters
    ----------
    batch : SeriesBatch
    grid : DensePanel
        Of the batch.
    row : ndarray of int, shape (rows,)
        Which series each row asks.
    year : ndarray, shape (rows,)
        The years asked about.
    as_of : int or None
        When the question is asked; without it the age of the last figures does not count.
    """
    counts, span = batch.counts, (grid.last - grid.first + 1).astype(float)
    series = np.repeat(np.arange(len(batch)), counts)
    by_proxy = np.bincount(series, batch.status == STATUSES.index("proxy"), len(batch)) > 0
    provisional = batch.status[batch.start[1:] - 1] == STATUSES.index("provisional")
    age = np.zeros(len(batch)) if as_of is None else (as_of - grid.last).astype(float)
    weight = (
        _few(counts) + _missing(span - counts, span) + _old(age) + PROXY * by_proxy
        + _revised(_breaks_inside(batch, grid)) + provisional + _open_percentage(batch)
    )  # fmt: skip
    total = weight[row] + _far(year - grid.last[row], span[row])
    return np.asarray(np.searchsorted([most for _, most in GRADES], total))


def _breaks_inside(batch: SeriesBatch, grid: DensePanel) -> IntArray:
    """How many declared breaks lie inside each series."""
    series = np.repeat(np.arange(len(batch)), np.diff(batch.break_start))
    counted = (batch.breaks > grid.first[series]) & (batch.breaks <= grid.last[series])
    return np.bincount(series[counted], minlength=len(batch))


def _open_percentage(batch: SeriesBatch) -> BoolArray:
    """Whether each series is a percentage without any bound, declared or implied."""
    least, most = (np.asarray(of.reduceat(batch.values, batch.start[:-1])) for of in (np.minimum, np.maximum))
    units, names = batch.unit.tolist(), batch.indicator.tolist()
    bounds = implied_of_each(batch.bounds, names, units, least, most)
    told = np.array(
        [nature_of(i, u) == OPEN or same_unit(u) != "%" for i, u in zip(names, units, strict=True)]
    )
    return np.asarray(np.isinf(bounds).all(axis=1) & ~told)


# The weights, for one figure or for many


def _steps(value: ArrayLike, first: ArrayLike, second: ArrayLike) -> IntArray:
    """0, 1 or 2: how many of the two limits *value* exceeds."""
    return (np.asarray(value) > first).astype(np.int64) + (np.asarray(value) > second)


def _few(n: ArrayLike) -> IntArray:
    n = np.asarray(n)
    return np.select([n < HARDLY_ANY, n < VERY_FEW, n < FEW], [4, 2, 1], 0)


def _missing(missing: ArrayLike, span: ArrayLike) -> IntArray:
    return _steps(np.asarray(missing) / span, GAPPY, MOSTLY_GAPS)


def _old(age: ArrayLike) -> IntArray:
    return _steps(age, OLD, VERY_OLD)


def _far(ahead: ArrayLike, span: ArrayLike) -> IntArray:
    share = np.asarray(ahead) / span
    return np.where(share > BEYOND, 4, _steps(share, FAR, FARTHER))


def _revised(breaks: ArrayLike) -> IntArray:
    """One for a break inside the history, one more for two or more."""
    return _steps(breaks, 0, 1)


# What a reader should know beside a weight


def _thinness(history: History) -> list[Downgrade]:
    n, missing = len(history), len(history.gaps)
    span = history.last_year - history.first_year + 1
    return [
        Downgrade(int(_few(n)), Note("few_points", {"n": n})),
        Downgrade(int(_missing(missing, span)), Note("gaps", {"missing": missing, "years": span})),
    ]


def _distance(history: History, year: int, as_of: int | None) -> list[Downgrade]:
    age = 0 if as_of is None else as_of - history.last_year
    ahead, span = year - history.last_year, history.last_year - history.first_year + 1
    return [
        Downgrade(int(_old(age)), Note("old", {"last": history.last_year, "age": age})),
        Downgrade(int(_far(ahead, span)), Note("far_ahead", {"ahead": ahead, "span": span})),
    ]


def _doubts(history: History, proxy: bool) -> list[Downgrade]:
    inside = [b for b in history.breaks if history.first_year < b <= history.last_year]
    years = ", ".join(str(b) for b in inside)
    provisional = history.status[-1] == "provisional"
    return [
        Downgrade(PROXY * (proxy or "proxy" in history.status), Note("proxy")),
        Downgrade(int(bool(inside)), Note("breaks", {"years": years})),
        Downgrade(int(undeclared(history) == "no_bounds_declared"), Note("no_bounds_declared")),
        Downgrade(int(len(inside) > 1), Note("often_revised", {"n": len(inside)})),
        Downgrade(int(provisional), Note("provisional", {"year": history.last_year})),
    ]
