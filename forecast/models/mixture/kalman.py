"""Many small linear-Gaussian models, filtered exactly and all at once.

One component, its variances in units of the unknown sigma^2:

    z_t = l_t + e_t                      e ~ N(0, 1 - a)          what is observed
    l_t = l_(t-1) + d + m_(t-1) + u_t    u ~ N(0, a)              level
    m_t = phi m_(t-1) + w_t              w ~ N(0, q), cov(u, w) = c    momentum
    d ~ N(g, k),  m_1 ~ N(0, p),  l_1 | z_1 ~ N(z_1, 1 - a)       drift, and where all starts

    sigma^2 ~ InverseGamma(1.5, 1.5 s0^2), of which every observation makes the earlier ones count less

Arrays in, arrays out: rows are series (or a series on one scale), columns are components. The
state has three entries, so its covariance is written out entry by entry: ``ll, ld, lm, dd, dm, mm``.
West and Harrison (1997), Bayesian Forecasting and Dynamic Models, chapters 4 (variance
integrated out), 10.8 (variance discounted) and 12 (several models at once).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from forecast.arrays import BoolArray, FloatArray, IntArray

# sigma^2 ~ InverseGamma(SHAPE, SHAPE s0^2): the prior counts as three observations.
SHAPE = 1.5


class Components(NamedTuple):
    """The fixed variance ratios, one entry a component; names as in the module's formulas.

    ``g`` is no ratio: the yearly change, in units of z, that the drift is thought to have at first.
    """

    a: FloatArray
    phi: FloatArray
    q: FloatArray
    c: FloatArray
    k: FloatArray
    p: FloatArray
    g: FloatArray

    def at(self, chosen: npt.NDArray[np.intp]) -> Components:
        """Only the *chosen* components."""
        return Components(*(entry[chosen] for entry in self))

    def momentum_shocks(self) -> tuple[FloatArray, FloatArray]:
        """What enters momentum with a shock of the level, and its own: cov(u, w) = c."""
        with_u = np.divide(self.c, np.sqrt(self.a), out=np.zeros_like(self.c), where=self.a > 0)
        return with_u, np.sqrt(np.maximum(self.q - with_u**2, 0.0))


class Covariance(NamedTuple):
    """The six entries of the state's covariance, in units of sigma^2."""

    ll: FloatArray
    ld: FloatArray
    lm: FloatArray
    dd: FloatArray
    dm: FloatArray
    mm: FloatArray

    def a_year_on(self, bank: Components) -> Covariance:
        """Covariance one year later, nothing observed: ``T P T' + Q``."""
        ll, ld, lm, dd, dm, mm = self
        return Covariance(
            ll=ll + dd + mm + 2 * (ld + lm + dm) + bank.a,
            ld=ld + dd + dm,
            lm=bank.phi * (lm + dm + mm) + bank.c,
            dd=dd,
            dm=bank.phi * dm,
            mm=bank.phi**2 * mm + bank.q,
        )

    def gains(self, noise: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Innovation variance and the gains of level, drift and momentum."""
        variance = self.ll + noise
        return variance, self.ll / variance, self.ld / variance, self.lm / variance

    def observed(self, level: FloatArray, drift: FloatArray, momentum: FloatArray) -> Covariance:
        """Covariance after an observation with these gains: ``P - K F K'``."""
        ll, ld, lm, dd, dm, mm = self
        return Covariance(
            ll - level * ll,
            ld - level * ld,
            lm - level * lm,
            dd - drift * ld,
            dm - drift * lm,
            mm - momentum * lm,
        )


@dataclass(frozen=True, eq=False)
class FilteredStates:
    """Where every component of every row stands after its last observation.

    Parameters
    ----------
    level, drift, momentum : ndarray, shape (rows, components)
        Mean of the state, in units of z.
    covariance : Covariance
        Of the state, in units of sigma^2; each entry (rows, components).
    log_evidence : ndarray, shape (rows, components)
        Log density of the observations given the first one, up to a constant of the row.
    degrees : ndarray, shape (rows,)
        Degrees of freedom of every forecast of the row.
    sigma2 : ndarray, shape (rows, components)
        What multiplies the variances: the squared scale of the Student-t.
    """

    level: FloatArray
    drift: FloatArray
    momentum: FloatArray
    covariance: Covariance
    log_evidence: FloatArray
    degrees: FloatArray
    sigma2: FloatArray

    def each(self, change: Callable[[FloatArray], FloatArray]) -> FilteredStates:
        """State with every entry (rows, components) changed in the same way."""
        return FilteredStates(
            change(self.level),
            change(self.drift),
            change(self.momentum),
            Covariance(*map(change, self.covariance)),
            change(self.log_evidence),
            self.degrees,
            change(self.sigma2),
        )

    def row(self, i: int, m: int) -> FilteredStates:
        """First *m* components of one row, entries (m,); degrees (1,)."""
        return FilteredStates(
            self.level[i, :m],
            self.drift[i, :m],
            self.momentum[i, :m],
            Covariance(*[entry[i, :m] for entry in self.covariance]),
            self.log_evidence[i, :m],
            self.degrees[i : i + 1],
            self.sigma2[i, :m],
        )


def kalman(
    bank: Components,
    z: FloatArray,
    restart: BoolArray,
    noise: FloatArray,
    s0: FloatArray,
    pace: FloatArray,
    discount: float,
) -> FilteredStates:
    """Filter every row through every component, the variance integrated out.

    Parameters
    ----------
    bank : Components
        Each entry has shape (components,).
    z : ndarray, shape (rows, years)
        Observations, the last one in the last column; NaN where nothing was observed, so also
        before a row begins.
    restart : ndarray of bool, shape (rows, years)
        True where the level starts anew at the value observed (the limit of an infinite variance
        of the level): at the first observation, and after a break. Such a step says nothing
        about sigma^2.
    noise : ndarray, shape (rows, years)
        Variance added to that of the observation, in units of sigma^2; 0 for ordinary values.
    s0 : ndarray, shape (rows,)
        The prior guess of sigma, in units of z; positive.
    pace : ndarray, shape (rows, components)
        The mean of the drift at the start, in units of z: in place of the bank's ``g``, which may
        be too much for a row.
    discount : float
        What every observation leaves of the earlier ones' say about sigma^2: 1 keeps it all.

    Returns
    -------
    FilteredStates
        With innovations ``v`` of variance ``F``, degrees ``n = 3`` and ``S = 1.5 s0^2`` at first:
        each adds ``log`` of the Student-t density of ``v``, which is
        ``n/2 log S - (n+1)/2 log(S + v^2/2F) - 1/2 log F`` and a constant of the row,
        and then ``n`` becomes ``discount (n + 1)``, ``S`` becomes ``discount (S + v^2/2F)``.
    """
    rows, years = z.shape
    seen = np.isfinite(z)
    begin = np.where(seen.any(axis=1), seen.argmax(axis=1), years)
    # Gains depend on what was observed when, not on the values: rows with the same pattern share them.
    pattern, of_row = _patterns(np.concatenate([seen, restart, noise], axis=1))
    p_seen, p_restart, p_noise = seen[pattern], restart[pattern], noise[pattern]

    level, drift, momentum = (np.zeros((rows, len(bank.a))) for _ in range(3))
    degrees, total = np.full(rows, 2 * SHAPE), np.tile(SHAPE * s0[:, None] ** 2, len(bank.a))
    evidence = SHAPE * np.log(total)
    shape = (len(pattern), len(bank.a))
    log_f = np.zeros(shape)
    prior = Covariance(*(np.broadcast_to(x, shape) for x in (1 - bank.a, 0.0, 0.0, bank.k, 0.0, bank.p)))
    cov = prior
    for t in range(int(begin.min(initial=years)), years):
        level += drift + momentum
        momentum *= bank.phi
        cov = cov.a_year_on(bank)
        f, to_level, to_drift, to_momentum = cov.gains((1 - bank.a) + p_noise[:, t, None])
        steps = (p_seen & ~p_restart)[:, t]
        after = cov.observed(to_level, to_drift, to_momentum)
        if steps.all():
            cov = after
            log_f += np.log(f)
        else:
            now = steps[:, None]
            cov = Covariance(*(np.where(now, new, old) for new, old in zip(after, cov, strict=True)))
            log_f += np.where(now, np.log(f), 0.0)
            to_level, to_drift, to_momentum = (
                np.where(now, g, 0.0) for g in (to_level, to_drift, to_momentum)
            )
            cov = _restarted(cov, prior, p_restart[:, t], begin[pattern] == t)
            anew = restart[:, t]
            first = begin == t
            level[anew] = z[anew, t, None]
            drift[first] = pace[first]
            momentum[first] = 0.0
        counts = steps[of_row]
        v = np.where(counts[:, None], z[:, t, None] - level, 0.0)
        level += to_level[of_row] * v
        drift += to_drift[of_row] * v
        momentum += to_momentum[of_row] * v
        kept = np.where(counts, discount, 1.0)
        degrees = kept * (degrees + counts)
        total += 0.5 * v * v / f[of_row]
        total *= kept[:, None]
        # S enters with n + 1 degrees and leaves with the discounted ones for the next density.
        evidence -= (0.5 * degrees * (1 / kept - 1))[:, None] * np.log(total)

    evidence -= 0.5 * log_f[of_row] + (0.5 * degrees)[:, None] * np.log(total)
    covariance = Covariance(*(entry[of_row] for entry in cov))
    sigma2 = total / (0.5 * degrees)[:, None]
    # Whole degrees, for which the Student-t distribution is a short sum.
    return FilteredStates(level, drift, momentum, covariance, evidence, np.rint(degrees), sigma2)


def _patterns(keys: FloatArray) -> tuple[IntArray, IntArray]:
    """One row for each distinct key, and for each row the position of its key."""
    if len(keys) == 1:
        return np.zeros(1, dtype=np.intp), np.zeros(1, dtype=np.intp)
    _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return first, inverse.reshape(-1)


def _restarted(cov: Covariance, prior: Covariance, restart: BoolArray, begin: BoolArray) -> Covariance:
    """Forget the level where it starts anew, and drift and momentum too where the row begins."""
    anew, first = restart[:, None], begin[:, None]
    return Covariance(
        np.where(anew, prior.ll, cov.ll),
        np.where(anew, 0.0, cov.ld),
        np.where(anew, 0.0, cov.lm),
        np.where(first, prior.dd, cov.dd),
        np.where(first, 0.0, cov.dm),
        np.where(first, prior.mm, cov.mm),
    )


def horizon_loadings(bank: Components, horizons: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Loadings of the observation h years on: on momentum, and the variance of all shocks until then.

    Returns
    -------
    sums, shocks : ndarray, shape (h, components)
        ``G_h = 1 + phi + ... + phi^(h-1)``, and
        ``h a + sum over 0 < i < h of (2 c G_i + q G_i^2)``, in units of sigma^2.
    """
    steps = np.atleast_1d(np.asarray(horizons, dtype=np.intp))
    powers = bank.phi ** np.arange(int(steps.max(initial=1)))[:, None]
    sums = np.cumsum(powers, axis=0)
    earlier = 2 * bank.c * sums + bank.q * sums**2
    shocks = np.cumsum(np.concatenate([np.zeros((1, len(bank.a))), earlier[:-1]]), axis=0)
    return sums[steps - 1], steps[:, None] * bank.a + shocks[steps - 1]


def forecast_moments(
    state: FilteredStates, steps: npt.ArrayLike, sums: FloatArray, noise: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Forecast moments of the observation h years after the last one.

    Location ``l + h d + G_h m``; scale ``sigma sqrt(L' P L + noise)`` with ``L = (1, h, G_h)``.

    Parameters
    ----------
    state : FilteredStates
        As the filter left it; entries (rows, components).
    steps : array_like
        Years after the last column, at least 1.
    sums, noise : ndarray
        ``G_h`` of :func:`horizon_loadings`; its shocks plus the ``1 - a`` of the observation itself.
        These and *steps* broadcast against (rows, components).

    Returns
    -------
    location, scale : ndarray
        Of Student-t distributions with ``state.degrees``, in units of z.
    """
    h = np.asarray(steps, dtype=float)
    ll, ld, lm, dd, dm, mm = state.covariance
    location = state.level + h * state.drift + sums * state.momentum
    # The quadratic form of (1, h, sums), by Horner: fewer steps count when one series is asked about.
    variance = ll + noise + h * (2 * (ld + sums * dm) + h * dd) + sums * (2 * lm + sums * mm)
    return location, np.sqrt(variance * state.sigma2)
