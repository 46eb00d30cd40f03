"""When values are first come by: the years to come of many series, on shocks that all of them share.

"By a year" asks for the way there, for which there is no closed form. But the shocks of a component
are the same for every series. So they are drawn once, evenly, and each series puts its own states,
weights and variance to them: an answer that needs no random numbers of its own, and of which
thousands take little longer than their outlooks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, ndtri

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.models.mixture.gating import SCALES, FilteredPanel, PanelStandardization, learned
from forecast.models.mixture.kalman import Covariance, FilteredStates
from forecast.models.mixture.stillness import Stillness

# The least and the largest value that count, for each row.
Barriers = tuple[FloatArray, FloatArray]

# Ways that are followed: a standard error of about 1.5 %.
WAYS = 512
# Entries worked on together, and years for which shocks are drawn at once.
_TILE, _YEARS = 24_576, 50
# Rows still under way, as a part of those that are followed.
_WORTH_A_COPY = 0.7


@dataclass(frozen=True, eq=False)
class InitialStates:
    """Where series stand.

    Rows are series; columns are pairs of scale and component, those of one scale together.

    Parameters
    ----------
    weights : ndarray, shape (rows, m)
        That sum to one in each row.
    component : ndarray of int, shape (m,)
        Positions in the bank.
    state : FilteredStates
        As the filter left it; entries (rows, m).
    """

    weights: FloatArray
    component: IntArray
    state: FilteredStates

    @classmethod
    def of(cls, reading: FilteredPanel, weights: FloatArray, rows: IntArray) -> InitialStates:
        """Return the chosen *rows* of a panel; *weights* has shape (series, scales x components)."""
        components, state = weights.shape[1] // len(SCALES), reading.states()
        return cls(
            weights[rows],
            np.tile(np.arange(components) % len(learned().bank.a), len(SCALES)),
            replace(state.each(lambda entry: entry[rows]), degrees=state.degrees[rows]),
        )


def barriers_of(reading: FilteredPanel, rows: IntArray, limits: Barriers) -> Barriers:
    """Return limits, each (rows,), as images on the scale of every pair, each (rows, m).

    A limit at or beyond the bound on its own side is open; one beyond the other bound is out of reach.
    """
    gauge = reading.gauge.at(rows)
    lower, upper = limits
    lower = np.where(lower <= gauge.lower, -np.inf, np.where(lower > gauge.upper, np.inf, lower))
    upper = np.where(upper >= gauge.upper, np.inf, np.where(upper < gauge.lower, -np.inf, upper))
    components = reading.components
    return _images(lower, gauge, components), _images(upper, gauge, components)


def _images(x: FloatArray, gauge: PanelStandardization, components: int) -> FloatArray:
    """Return the images of *x* (rows,) on each scale, once for each component."""
    shaped = gauge.closed().at(slice(None), 2)
    images = [shaped.transform(s, x[:, None]) for s in range(len(SCALES))]
    return np.repeat(np.hstack(images), components, axis=1)


@dataclass(eq=False)
class _Ways:
    """The ways of some rows as they go on year by year, entries (rows x WAYS,)."""

    pair: IntArray
    shock: IntArray
    fade: FloatArray
    drift: FloatArray
    momentum: FloatArray
    course: FloatArray
    sigma: FloatArray
    drawn: npt.NDArray[np.float32]
    value: FloatArray
    year: int = 0

    @classmethod
    def of(cls, starts: InitialStates, rows: slice) -> _Ways:
        """Deal the ways of each row out to its pairs, by weight."""
        cumulated = np.floor(WAYS * np.cumsum(starts.weights[rows], axis=1) + 0.5).astype(np.int64)
        cumulated[:, -1] = WAYS
        each = np.diff(cumulated, axis=1, prepend=0)
        pair = np.repeat(np.arange(each.size), each.reshape(-1))

        def dealt(entry: FloatArray) -> FloatArray:
            return entry[rows].reshape(-1)[pair]

        even, many, state = ndtri(_even()[:3]), len(each), starts.state
        stretch = np.concatenate([_stretches(float(d)) for d in state.degrees[rows]])
        sigma = np.sqrt(dealt(state.sigma2)) * stretch
        first, second, third = (sigma * np.tile(even[i], many) for i in range(3))
        root = [entry.reshape(-1)[pair] for entry in _root(Covariance(*(e[rows] for e in state.covariance)))]
        component = starts.component[pair % len(starts.component)]
        return cls(
            pair=pair,
            shock=component * WAYS + np.tile(np.arange(WAYS), many),
            fade=learned().bank.phi[component],
            drift=dealt(state.drift) + root[1] * first + root[2] * second,
            momentum=dealt(state.momentum) + root[3] * first + root[4] * second + root[5] * third,
            course=dealt(state.level) + root[0] * first,
            sigma=sigma,
            drawn=np.empty(len(pair), dtype=np.float32),
            value=np.empty(len(pair)),
        )

    def a_year_on(self) -> FloatArray:
        """Go on by a year; return where each way stands, in an array that the next year writes over."""
        self.course += self.drift
        self.course += self.momentum
        self.momentum *= self.fade
        shocks = _shocks(self.year // _YEARS + 1)[self.year]
        # The mode says that no place needs checking.
        shocks.take(self.shock, out=self.drawn, mode="clip")
        np.multiply(self.drawn, self.sigma, out=self.value)
        self.value += self.course
        self.year += 1
        return self.value

    def only(self, rows: IntArray) -> None:
        """Go on with some of the rows."""
        for name, entry in vars(self).items():
            if isinstance(entry, np.ndarray):
                setattr(self, name, _of_rows(entry, rows))


def courses_of(starts: InitialStates, years: int) -> tuple[IntArray, FloatArray]:
    """Return the ways of a single row: the pair each keeps to, (WAYS,), and its images, (years, WAYS)."""
    ways = _Ways.of(starts, slice(0, 1))
    return ways.pair, np.array([ways.a_year_on().copy() for _ in range(years)])


def first_year(
    starts: InitialStates, ends: Barriers, p: float, years: int, stillness: Stillness | None = None
) -> IntArray:
    """Return how many years on values within *ends* have come up with probability *p*.

    A series that stays where it is comes to nothing new: the last value is taken to lie outside.

    Returns
    -------
    ndarray of int, shape (rows,)
        0 if not within so many *years*.
    """
    found = np.zeros(len(starts.weights), dtype=np.int64)
    for rows in _tiles(len(found)):
        ways, left = _Ways.of(starts, rows), np.arange(rows.start, rows.stop)
        lower, upper = (end[rows].reshape(-1)[ways.pair] for end in ends)
        two_sided, met = not np.isposinf(upper).all(), np.zeros(len(lower), dtype=bool)
        spare, open_ = np.empty(len(met), dtype=bool), np.ones(len(left), dtype=bool)
        for year in range(1, years + 1):
            value = ways.a_year_on()
            inside = np.greater_equal(value, lower, out=spare[: len(met)])
            if two_sided:
                inside &= value <= upper
            if stillness is not None:
                inside &= moved(stillness.at(left), year).reshape(-1)
            met |= inside
            reached = open_ & (_count(met) >= p * WAYS)
            found[left[reached]] = year
            open_ &= ~reached
            if not open_.any():
                break
            # To leave rows behind costs a copy of the others, so it waits until it is worth it.
            if open_.mean() < _WORTH_A_COPY:
                kept = np.flatnonzero(open_)
                left, open_ = left[kept], open_[kept]
                ways.only(kept)
                lower, upper, met = (_of_rows(each, kept) for each in (lower, upper, met))
    return found


def moved(stillness: Stillness, years: int) -> BoolArray:
    """Say which of the ways of each series have left the last value by then, (series, WAYS).

    A way that has left does not come back on purpose, and which ways wait longest has nothing to do
    with where they lead.
    """
    return np.asarray(_patience() >= stillness.stays(np.full(len(stillness.log_odds), years))[:, None])


def _count(met: BoolArray) -> IntArray:
    """Return how many ways of each row have met it, adding up eight at once: bytes that cannot overflow."""
    eights = met.view(np.uint64).reshape(-1, WAYS // 8).sum(axis=1)
    return np.asarray(eights.view(np.uint8).reshape(-1, 8).sum(axis=1, dtype=np.int64))


def _of_rows(entry: Any, rows: IntArray) -> Any:
    """Return the ways of some rows."""
    return entry.reshape(-1, WAYS)[rows].reshape(-1)


def _tiles(rows: int) -> Iterator[slice]:
    """Cut the rows into pieces that are worked on together."""
    most = _TILE // WAYS
    for i in range(0, rows, most):
        yield slice(i, min(i + most, rows))


@lru_cache(maxsize=1)
def _even() -> FloatArray:
    """Return numbers between 0 and 1 for the three parts of the state and for the variance, (4, WAYS)."""
    return _bands(np.random.default_rng(1), 4)


@lru_cache(maxsize=1)
def _patience() -> FloatArray:
    """Return the middles of WAYS equal parts of 0 to 1, in an order that is even in every stretch of it."""
    golden = np.arange(WAYS) * (np.sqrt(5.0) - 1) / 2 % 1
    return (np.argsort(np.argsort(golden)) + 0.5) / WAYS


@lru_cache(maxsize=512)
def _stretches(degrees: float) -> FloatArray:
    """Return square roots of degrees / chi-squared."""
    return np.asarray(np.sqrt(degrees / chdtri(degrees, _even()[3])))


@lru_cache(maxsize=1)
def _shocks(blocks: int) -> npt.NDArray[np.float32]:
    """Return what shocks have added by each year, (years, components x WAYS), in units of sigma."""
    bank, rng = learned().bank, np.random.default_rng(0)
    a, phi, with_u, alone = (entry[:, None] for entry in (bank.a, bank.phi, *bank.momentum_shocks()))
    level, momentum = np.zeros((2, len(a), WAYS))
    # Any shocks will do that are the same for all, and short ones are sooner fetched.
    values = np.empty((blocks * _YEARS, len(a), WAYS), dtype=np.float32)
    for year in values:
        own, other, error = ndtri(_bands(rng, 3))
        level = level + momentum + np.sqrt(a) * own
        momentum = phi * momentum + with_u * own + alone * other
        year[:] = level + np.sqrt(1 - a) * error
    return values.reshape(len(values), -1)


def _bands(rng: np.random.Generator, rows: int) -> FloatArray:
    """Return the middles of WAYS equal parts of 0 to 1, in random order in each row."""
    order = rng.permuted(np.tile(np.arange(WAYS), (rows, 1)), axis=1)
    return np.asarray((order + 0.5) / WAYS)


def _root(covariance: Covariance) -> tuple[FloatArray, ...]:
    """Return the lower triangle, row by row, of the root of each covariance; it may be singular."""
    ll, ld, lm, dd, dm, mm = covariance
    first = np.sqrt(np.maximum(ll, 0.0))
    drift, momentum = _over(ld, first), _over(lm, first)
    second = np.sqrt(np.maximum(dd - drift**2, 0.0))
    joint = _over(dm - drift * momentum, second)
    third = np.sqrt(np.maximum(mm - momentum**2 - joint**2, 0.0))
    return first, drift, second, momentum, joint, third


def _over(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.divide(above, below, out=np.zeros(np.shape(above)), where=below > 1e-9)
