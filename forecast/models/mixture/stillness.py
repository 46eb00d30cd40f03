"""The chance that a value stays exactly what it is.

One series in six ends on a repeated value: a share held at 100 %, a count, a figure carried forward.
The longer it was held, the longer it is kept. For a value seen *k* times in a row the chance that it
is the same *h* years on is

    expit(b . f + (c_0 + c_1 log k + c_2 upper + c_3 lower) log h)

with features f of the run (its length, whether it lies at a bound, how often the series stood still
before, how finely it is published), learned by logistic regression on public series whose future is
known (``benchmarks/train_stillness.py``). At a bound half of the outlook of a value that moves lies on
the bound too, and b is what is left for the atom. A series that never repeated a value and is not at
a bound has no atom.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.history import History
from forecast.models.mixture.gating import SeriesPanel

FEATURES = (
    "one", "run", "upper", "lower", "upper run", "lower run", "constant", "single inside",
    "single upper", "single lower", "long inside", "long lower", "still before",
    "still before, single", "coarse known", "length", "coarse", "coarse, single",
    "very long inside", "very long lower",
)  # fmt: skip
# Runs longer than these are long, and very long.
LONG, VERY_LONG = 4, 12
# Steps of print are told from at least so many changes, to a part of the least of them.
CHANGES, PARTS = 3, 10
# A usual change of fewer than exp(2) printed steps comes back to the same figure by chance.
COARSE = 2.0
# So many identical figures in a row are remarked upon where one step in so many stands still elsewhere.
CARRIED, SELDOM = 3, 5
# An atom below this is left out: it would cost more than it says.
LEAST = 0.01


class Run(NamedTuple):
    """How a series ends: how often its last value was seen in a row, and where.

    Entries (series,), but *jumps* (series, n): the sizes of the steps between observations.
    """

    length: IntArray
    observations: IntArray
    upper: BoolArray
    lower: BoolArray
    unchanged: IntArray
    steps: IntArray
    change: FloatArray
    jumps: FloatArray

    @classmethod
    def of(cls, panel: SeriesPanel) -> Run:
        """Read the run that every series of a panel ends with."""
        values, seen = panel.values, np.isfinite(panel.values)
        count, last = seen.sum(axis=1), values[:, -1]
        differs = seen & (values != last[:, None])
        place = np.where(differs.any(axis=1), differs.shape[1] - differs[:, ::-1].argmax(axis=1), 0)
        run = (seen & (np.arange(values.shape[1]) >= place[:, None])).sum(axis=1)
        order = np.argsort(seen, axis=1, kind="stable")
        dense = np.take_along_axis(values, order, axis=1)
        step = np.diff(dense, axis=1)
        gap = np.diff(np.where(np.take_along_axis(seen, order, axis=1), order, np.nan), axis=1)
        # The steps before the run, the one into it among them.
        earlier = np.arange(step.shape[1]) < step.shape[1] - (run[:, None] - 1)
        rate = np.abs(step / gap)
        return cls(
            length=run,
            observations=count,
            upper=last == panel.upper,
            lower=(last == panel.lower) | ((last == 0) & (np.nanmin(values, axis=1) >= 0)),
            unchanged=((step == 0) & earlier).sum(axis=1),
            steps=(np.isfinite(step) & earlier).sum(axis=1),
            change=np.where(np.isfinite(rate), rate, 0.0).sum(axis=1) / np.maximum(count - 1, 1),
            jumps=np.abs(step),
        )

    def at(self, rows: IntArray) -> Run:
        """Chosen series."""
        return Run(**{name: entry[rows] for name, entry in self._asdict().items()})

    def features(self) -> FloatArray:
        """Features, shape (series, features); names in ``FEATURES``."""
        log_run = np.log(self.length)
        single, inside = self.length == 1, ~(self.upper | self.lower)
        constant = self.length == self.observations
        still = self.unchanged / (self.steps + 2)
        long, very_long = (np.maximum(log_run - np.log(most), 0.0) for most in (LONG, VERY_LONG))
        step = printed_step(self.jumps)
        printed = np.isfinite(step)
        steps_a_year = np.divide(self.change, step, out=np.ones(len(printed)), where=printed)
        coarse = np.where(printed, np.clip(COARSE - np.log(steps_a_year), 0.0, 2 * COARSE), 0.0)
        columns = (
            np.ones(len(log_run)), log_run, self.upper, self.lower, self.upper * log_run,
            self.lower * log_run, constant, single & inside, single & self.upper, single & self.lower,
            inside * long, self.lower * long, still, still * single, printed,
            np.log(self.observations), coarse, coarse * single,
            inside * very_long, self.lower * very_long,
        )  # fmt: skip
        return np.column_stack(columns).astype(float)

    def year_features(self) -> FloatArray:
        """What the chance fades by with log h, shape (series, 4): one, log of the run, upper, lower."""
        one = np.ones(len(self.length))
        return np.column_stack([one, np.log(self.length), self.upper, self.lower])

    def may_stay(self) -> BoolArray:
        """Which series ever repeated a value, or are at a bound."""
        return np.asarray((self.length > 1) | (self.unchanged > 0) | self.upper | self.lower)


class Stillness(NamedTuple):
    """The atom of every series, entries (series,): the log-odds of staying a year, and what log h adds.

    The log-odds are minus infinity where a series has no atom.
    """

    log_odds: FloatArray
    by_log_year: FloatArray

    def stays(self, steps: FloatArray | IntArray) -> FloatArray:
        """Probability of the same value *steps* years on, 0 where it is next to nothing."""
        chance = expit(self.log_odds + self.by_log_year * np.log(steps))
        return np.where(chance >= LEAST, chance, 0.0)

    def at(self, rows: IntArray) -> Stillness:
        """Chosen rows."""
        return Stillness(self.log_odds[rows], self.by_log_year[rows])


def stillness_of(panel: SeriesPanel) -> Stillness:
    """Chance of every series of a panel to stay where it is."""
    log_odds, slope = np.full(len(panel.values), -np.inf), np.zeros(len(panel.values))
    rows = np.flatnonzero(_perhaps_still(panel))
    run = Run.of(panel.at(rows))
    stays = np.flatnonzero(run.may_stay())
    if len(stays):
        some, (coefficients, by_year) = run.at(stays), learned_stillness()
        log_odds[rows[stays]] = some.features() @ coefficients
        slope[rows[stays]] = np.minimum(some.year_features() @ by_year, 0.0)
    return Stillness(log_odds, slope)


def _perhaps_still(panel: SeriesPanel) -> BoolArray:
    """Which series may have repeated a value or be at a bound: all but those that surely have not."""
    values, seen = panel.values, np.isfinite(panel.values)
    gap = (seen[:, :-1] & ~seen[:, 1:]).any(axis=1)
    last = values[:, -1]
    at_bound = (last == panel.lower) | (last == panel.upper) | (last == 0)
    return np.asarray(gap | at_bound | (values[:, 1:] == values[:, :-1]).any(axis=1))


def carried_forward(history: History) -> list[tuple[int, int]]:
    """Runs of identical figures, first and last year, in a series that otherwise moves.

    A run has ``CARRIED`` figures or more and is at no bound, and outside of such runs at most one step
    in ``SELDOM`` stands still. Counts and coarsely printed values, which repeat by chance, have none.

    Examples
    --------
    >>> survey = [31.2, 33.7, 33.7, 33.7, 33.7, 36.1, 38.4, 38.9, 41.3]
    >>> carried_forward(History.of("coverage", range(2010, 2019), survey))
    [(2011, 2014)]
    """
    values, years = history.values, history.years
    # Most series have no value that is seen three times in a row, and are done here.
    still = values[1:] == values[:-1]
    if not (still[1:] & still[:-1]).any():
        return []
    jumps = np.abs(np.diff(values))
    ends = np.flatnonzero(jumps)
    starts, stops = np.r_[0, ends + 1], np.r_[ends, len(values) - 1]
    runs = [
        (int(years[a]), int(years[b]))
        for a, b in zip(starts, stops, strict=True)
        if b - a + 1 >= CARRIED and values[a] != 0 and values[a] not in history.bounds
    ]
    inside = sum(b - a for a, b in zip(starts, stops, strict=True) if b - a + 1 >= CARRIED)
    moved = jumps[jumps > 0]
    if not runs or len(moved) < CARRIED or len(moved) < (SELDOM - 1) / SELDOM * (len(jumps) - inside):
        return []
    step = printed_step(jumps[None])[0]
    return [] if np.median(moved) < np.exp(COARSE) * np.nan_to_num(step) else runs


@lru_cache(maxsize=1)
def learned_stillness() -> tuple[FloatArray, FloatArray]:
    """What is stored in ``stillness.json``: coefficients of the features, and of log h."""
    stored = json.loads(files("forecast.models.mixture").joinpath("stillness.json").read_text("utf-8"))
    return np.array(stored["coefficients"], dtype=float), np.array(stored["by_log_year"], dtype=float)


def printed_step(change: FloatArray) -> FloatArray:
    """Step that all changes (series, n) are multiples of, NaN where they are too fine to tell.

    Free of units, unlike a number of decimals.
    """
    moved = np.where(change > 0, change, np.nan)
    enough = np.flatnonzero(np.isfinite(moved).sum(axis=1) >= CHANGES)
    found = np.full(len(change), np.nan)
    least = np.nanmin(moved[enough], axis=1)
    for part in range(1, PARTS + 1):
        multiple = moved[enough] / least[:, None] * part
        off = np.abs(multiple - np.round(multiple))
        even = np.nan_to_num(off).max(axis=1, initial=0.0) < 1e-3
        even &= np.nan_to_num(multiple).max(axis=1, initial=0.0) < 1e3
        rows = enough[even & np.isnan(found[enough])]
        found[rows] = np.nanmin(moved[rows], axis=1) / part
    return found
