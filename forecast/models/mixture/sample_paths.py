"""Sample paths of the state space: random ones, and stratified ones on shocks that all series share.

    z_t = l_t + e_t,  l_t = l_(t-1) + d + m_(t-1) + u_t,  m_t = phi m_(t-1) + w_t

as in :mod:`forecast.models.mixture.kalman`. The shocks of a component are the same for every series,
in units of its sigma. So stratified ones are drawn once, evenly over all that may be, and each series
puts its own states, weights and variance to them: no random numbers of its own are needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, ndtri

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.models.mixture.gating import SCALES, FilteredPanel, learned
from forecast.models.mixture.kalman import Components, Covariance, FilteredStates

# Stratified paths of a series: a standard error of about 1.5 %.
STRATA = 512
# Years for which shared shocks are drawn at once.
_YEARS = 50


@dataclass(frozen=True, eq=False)
class InitialStates:
    """States from which paths start: those of the filter after the last observation.

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
    def of(cls, filtered: FilteredPanel, weights: FloatArray, rows: IntArray) -> InitialStates:
        """Take the chosen *rows* of a panel; *weights* has shape (series, scales x components)."""
        components, state = weights.shape[1] // len(SCALES), filtered.states()
        return cls(
            weights[rows],
            np.tile(np.arange(components) % len(learned().bank.a), len(SCALES)),
            replace(state.each(lambda entry: entry[rows]), degrees=state.degrees[rows]),
        )

    def columns(self, order: IntArray) -> InitialStates:
        """Chosen columns, in that order."""
        state = self.state.each(lambda entry: entry[:, order])
        return InitialStates(self.weights[:, order], self.component[order], state)


@dataclass(eq=False)
class SamplePaths:
    """Paths of the state space, year by year: their states, entries (n,), on the scale of each.

    A path is its expected course plus sigma times what shocks have added by then.
    """

    level: FloatArray
    drift: FloatArray
    momentum: FloatArray
    phi: FloatArray
    sigma: FloatArray

    def step(self, shock: FloatArray | npt.NDArray[np.float32], out: FloatArray | None = None) -> FloatArray:
        """Go on by a year: ``l + d + m + sigma shock``, written into *out* if that is given."""
        self.level += self.drift
        self.level += self.momentum
        self.momentum *= self.phi
        values = np.multiply(shock, self.sigma, out=out)
        values += self.level
        return values


def accumulated_shocks(bank: Components, normals: Iterable[FloatArray]) -> Iterator[FloatArray]:
    """What shocks have added to the observation by each year, in units of sigma.

    Parameters
    ----------
    bank : Components
        Entries that broadcast against the normals.
    normals : iterable of ndarray, shape (3, ...)
        For each year standard normal deviates of level, momentum and observation.
    """
    with_u, alone = bank.momentum_shocks()
    level, momentum = np.zeros(()), np.zeros(())
    for own, other, error in normals:
        level = level + momentum + np.sqrt(bank.a) * own
        momentum = bank.phi * momentum + with_u * own + alone * other
        yield level + np.sqrt(1 - bank.a) * error


def random_paths(
    starts: InitialStates, n: int, years: int, rng: np.random.Generator
) -> tuple[IntArray, FloatArray]:
    """*n* random paths of a single row: the pair each keeps to, (n,), and its images, (n, years)."""
    weights, state = starts.weights[0], starts.state
    k = rng.choice(len(weights), size=n, p=weights)
    bank, degrees = learned().bank.at(starts.component[k]), state.degrees[0]
    sigma = np.sqrt(state.sigma2[0, k] * degrees / rng.chisquare(degrees, size=n))
    roots = _symmetric_roots(Covariance(*(entry[0] for entry in state.covariance)))[k]
    start = np.einsum("nij,nj->ni", roots, rng.standard_normal((n, 3)))
    means = (state.level, state.drift, state.momentum)
    level, drift, momentum = (mean[0, k] + sigma * start[:, i] for i, mean in enumerate(means))
    paths = SamplePaths(level, drift, momentum, bank.phi, sigma)
    normals = (rng.standard_normal((3, n)) for _ in range(years))
    images = [paths.step(shock) for shock in accumulated_shocks(bank, normals)]
    return k, np.stack(images, axis=1)


@dataclass(eq=False)
class StratifiedPaths(SamplePaths):
    """``STRATA`` equally likely paths of each of some rows, entries (rows x STRATA,).

    *pair* is what each path keeps to, *shock* its column in the table of shared shocks.
    """

    pair: IntArray
    shock: IntArray
    drawn: npt.NDArray[np.float32]
    value: FloatArray
    year: int = 0

    @classmethod
    def of(cls, starts: InitialStates, rows: slice) -> StratifiedPaths:
        """Deal the paths of each row out to its pairs, by weight."""
        cumulated = np.floor(STRATA * np.cumsum(starts.weights[rows], axis=1) + 0.5).astype(np.int64)
        cumulated[:, -1] = STRATA
        each = np.diff(cumulated, axis=1, prepend=0)
        pair = np.repeat(np.arange(each.size), each.reshape(-1))

        def dealt(entry: FloatArray) -> FloatArray:
            return entry[rows].reshape(-1)[pair]

        even, many, state = ndtri(_even()[:3]), len(each), starts.state
        stretch = np.concatenate([_stretches(float(d)) for d in state.degrees[rows]])
        sigma = np.sqrt(dealt(state.sigma2)) * stretch
        first, second, third = (sigma * np.tile(even[i], many) for i in range(3))
        root = [
            entry.reshape(-1)[pair]
            for entry in _triangular_roots(Covariance(*(e[rows] for e in state.covariance)))
        ]
        component = starts.component[pair % len(starts.component)]
        return cls(
            pair=pair,
            shock=component * STRATA + np.tile(np.arange(STRATA), many),
            phi=learned().bank.phi[component],
            drift=dealt(state.drift) + root[1] * first + root[2] * second,
            momentum=dealt(state.momentum) + root[3] * first + root[4] * second + root[5] * third,
            level=dealt(state.level) + root[0] * first,
            sigma=sigma,
            drawn=np.empty(len(pair), dtype=np.float32),
            value=np.empty(len(pair)),
        )

    def a_year_on(self) -> FloatArray:
        """Go on by a year; return the images, in an array that the next year writes over."""
        shocks = _shocks(self.year // _YEARS + 1)[self.year]
        # The mode says that no place needs checking.
        shocks.take(self.shock, out=self.drawn, mode="clip")
        self.year += 1
        return self.step(self.drawn, out=self.value)

    def only(self, rows: IntArray) -> None:
        """Go on with some of the rows."""
        for name, entry in vars(self).items():
            if isinstance(entry, np.ndarray):
                setattr(self, name, paths_of(entry, rows))


def stratified_paths(starts: InitialStates, years: int) -> tuple[IntArray, FloatArray]:
    """Stratified paths of a single row: pair of each, (STRATA,), and images, (STRATA, years)."""
    paths = StratifiedPaths.of(starts, slice(0, 1))
    return paths.pair, np.stack([paths.a_year_on().copy() for _ in range(years)], axis=1)


def paths_of(entry: Any, rows: IntArray) -> Any:
    """Entries of the paths of some rows."""
    return entry.reshape(-1, STRATA)[rows].reshape(-1)


@lru_cache(maxsize=1)
def _even() -> FloatArray:
    """Numbers between 0 and 1 for the three parts of the state and for the variance, (4, STRATA)."""
    return _bands(np.random.default_rng(1), 4)


def moved(stays: FloatArray) -> BoolArray:
    """Whether each stratified path of each series has left the last value, (series, STRATA).

    Which paths wait longest has nothing to do with where they lead.

    Parameters
    ----------
    stays : ndarray, shape (series,)
        Probability of the last value in the year in question.
    """
    return np.asarray(_patience() >= stays[:, None])


@lru_cache(maxsize=1)
def _patience() -> FloatArray:
    """Middles of STRATA equal parts of 0 to 1, in an order that is even in every stretch of it."""
    golden = np.arange(STRATA) * (np.sqrt(5.0) - 1) / 2 % 1
    return (np.argsort(np.argsort(golden)) + 0.5) / STRATA


@lru_cache(maxsize=512)
def _stretches(degrees: float) -> FloatArray:
    """Square roots of degrees / chi-squared."""
    return np.asarray(np.sqrt(degrees / chdtri(degrees, _even()[3])))


@lru_cache(maxsize=1)
def _shocks(blocks: int) -> npt.NDArray[np.float32]:
    """Shared shocks: what they have added by each year, (years, components x STRATA), in units of sigma."""
    bank, rng = Components(*(entry[:, None] for entry in learned().bank)), np.random.default_rng(0)
    # Any shocks will do that are the same for all, and short ones are sooner fetched.
    values = np.empty((blocks * _YEARS, len(bank.a), STRATA), dtype=np.float32)
    normals = (ndtri(_bands(rng, 3)) for _ in values)
    for year, shocks in zip(values, accumulated_shocks(bank, normals), strict=True):
        year[:] = shocks
    return values.reshape(len(values), -1)


def _bands(rng: np.random.Generator, rows: int) -> FloatArray:
    """Middles of STRATA equal parts of 0 to 1, in random order in each row."""
    order = rng.permuted(np.tile(np.arange(STRATA), (rows, 1)), axis=1)
    return np.asarray((order + 0.5) / STRATA)


def _triangular_roots(covariance: Covariance) -> tuple[FloatArray, ...]:
    """Lower triangle, row by row, of the Cholesky root of each covariance; it may be singular."""
    ll, ld, lm, dd, dm, mm = covariance
    first = np.sqrt(np.maximum(ll, 0.0))
    drift, momentum = _over(ld, first), _over(lm, first)
    second = np.sqrt(np.maximum(dd - drift**2, 0.0))
    joint = _over(dm - drift * momentum, second)
    third = np.sqrt(np.maximum(mm - momentum**2 - joint**2, 0.0))
    return first, drift, second, momentum, joint, third


def _over(above: FloatArray, below: FloatArray) -> FloatArray:
    return np.divide(above, below, out=np.zeros(np.shape(above)), where=below > 1e-9)


def _symmetric_roots(covariance: Covariance) -> FloatArray:
    """Square root (m, 3, 3) of each covariance, which may be singular, by its eigenvectors."""
    ll, ld, lm, dd, dm, mm = covariance
    full = np.stack([np.stack([ll, ld, lm], -1), np.stack([ld, dd, dm], -1), np.stack([lm, dm, mm], -1)], -2)
    values, vectors = np.linalg.eigh(full)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :])
