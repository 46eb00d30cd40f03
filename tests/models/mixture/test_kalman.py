"""The filter against statsmodels, gaps and breaks included, and against algebra by hand."""

from itertools import pairwise
from math import gamma, pi, sqrt

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.integrate import trapezoid
from scipy.stats import t

from forecast.models.mixture.kalman import SHAPE, Components, forecast_moments, horizon_loadings, kalman

BANK = Components(
    a=np.array([0.0, 0.0, 0.3, 0.6, 1.0, 1.0, 0.3, 1.0]),
    phi=np.array([0.0, 0.0, 0.0, 0.8, 1.0, 0.5, 0.95, 0.7]),
    q=np.array([0.0, 0.0, 0.0, 0.2, 0.05, 0.6, 0.0, 0.09]),
    c=np.array([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -0.3]),
    k=np.array([0.0, 4.0, 0.5, 0.0, 0.5, 0.5, 0.0, 0.05]),
    p=np.array([0.0, 0.0, 0.0, 0.5, 4.0, 0.8, 4.0, 0.1765]),
    g=np.array([0.0, 0.0, 0.2, 0.0, 0.0, -0.3, 0.0, 0.0]),
)


def _series(n=14, seed=1):
    rng = np.random.default_rng(seed)
    return np.cumsum(rng.normal(0.3, 1.0, n)) + rng.normal(0, 0.5, n)


def _filter(z, restart_at=(), noise=None, discount=1.0):
    z = np.atleast_2d(np.asarray(z, dtype=float))
    restart = np.zeros(z.shape, dtype=bool)
    restart[:, [0, *restart_at]] = True
    noise = np.zeros_like(z) if noise is None else noise
    return kalman(BANK, z, restart, noise, np.ones(len(z)), _paces(z), discount)


def _paces(z, bank=BANK):
    return np.tile(bank.g, (len(z), 1))


def _ahead(bank, state, horizons):
    sums, shocks = horizon_loadings(bank, horizons)
    steps = np.asarray(list(horizons))[:, None, None]
    return forecast_moments(state, steps, sums[:, None], shocks[:, None] + 1 - bank.a)


def _statsmodels(i, z, horizon=5, jump_at=None):
    """Return log-likelihood given sigma^2 = 1 after the first value, sum of squares, and forecasts."""
    from statsmodels.tsa.statespace.kalman_filter import KalmanFilter

    a, phi, q, c, k, p, g = (float(x[i]) for x in BANK)
    kf = KalmanFilter(k_endog=1, k_states=3, k_posdef=2)
    kf.bind(np.asarray(z[1:], dtype=float))
    kf["design"] = np.array([[1.0, 0.0, 0.0]])
    kf["transition"] = np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, phi]])
    kf["selection"] = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]])
    cov = np.array([[a, c], [c, q]])
    if jump_at is None:
        kf["state_cov"] = cov
    else:
        path = np.repeat(cov[:, :, None], len(z) - 1, axis=2)
        path[0, 0, jump_at - 2] = 1e9
        kf["state_cov"] = path
    kf["obs_cov"] = np.array([[1 - a]])
    after_first = np.diag([1 - a, k, p])
    transition = kf["transition"]
    kf.initialize_known(transition @ [z[0], g, 0.0], transition @ after_first @ transition.T + _embed(cov))
    kf.tolerance = 0  # never switch to the steady state: gains are compared to the last digit
    result = kf.filter()
    v, f = result.forecasts_error[0], result.forecasts_error_cov[0, 0]
    seen = np.isfinite(z[1:])
    state, state_cov = result.predicted_state[:, -1], result.predicted_state_cov[:, :, -1]
    means, variances = [], []
    for _ in range(horizon):
        means.append(state[0])
        variances.append(state_cov[0, 0] + 1 - a)
        state, state_cov = transition @ state, transition @ state_cov @ transition.T + _embed(cov)
    return result, v[seen], f[seen], np.array(means), np.array(variances)


def _embed(cov):
    full = np.zeros((3, 3))
    full[np.ix_([0, 2], [0, 2])] = cov
    return full


@pytest.mark.parametrize("missing", [(), (3,), (4, 5, 6, 9)], ids=["complete", "one gap", "gaps"])
@pytest.mark.parametrize("i", range(len(BANK.a)))
def test_filter_and_forecasts_agree_with_statsmodels(i, missing):
    z = _series()
    z[list(missing)] = np.nan
    result, v, _, means, variances = _statsmodels(i, z)
    ours = _filter(z)
    # statsmodels' Gaussian log-likelihood given sigma^2 = 1, from our two sums
    n = len(v)
    total = ours.sigma2[0, i] * (SHAPE + n / 2)
    squares = 2 * (total - SHAPE)
    log_f = -2 * (ours.log_evidence[0, i] - SHAPE * np.log(SHAPE) + (SHAPE + n / 2) * np.log(total))
    gaussian = -0.5 * (n * np.log(2 * np.pi) + log_f + squares)
    assert_allclose(gaussian, result.llf, rtol=1e-8)
    location, scale = _ahead(BANK, ours, [1, 2, 3, 4, 5])
    assert_allclose(location[:, 0, i], means, rtol=1e-8)
    assert_allclose(scale[:, 0, i] ** 2 / ours.sigma2[0, i], variances, rtol=1e-8)
    assert ours.degrees[0] == 3 + n


@pytest.mark.parametrize("i", range(2, len(BANK.a)))
def test_break_is_the_limit_of_a_large_level_variance(i):
    z = _series()
    z[8:] += 40
    _, v, f, means, variances = _statsmodels(i, z, jump_at=8)
    ours = _filter(z, restart_at=(8,))
    v, f = np.delete(v, 7), np.delete(f, 7)
    expected = (SHAPE + 0.5 * np.sum(v**2 / f)) / (SHAPE + len(v) / 2)
    assert_allclose(ours.sigma2[0, i], expected, rtol=1e-5)
    location, scale = _ahead(BANK, ours, range(1, 6))
    assert_allclose(location[:, 0, i], means, rtol=1e-5)
    assert_allclose(scale[:, 0, i] ** 2 / ours.sigma2[0, i], variances, rtol=1e-5)


def test_random_walk_by_hand():
    """a = 1, no drift: the innovations are the differences, each of variance 1."""
    bank = Components(*(np.array([x]) for x in (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)))
    z = np.array([[1.0, 3.0, 2.0]])
    start = np.array([[True, False, False]])
    state = kalman(bank, z, start, np.zeros_like(z), np.array([2.0]), _paces(z, bank), 1.0)
    assert_allclose(state.sigma2[0, 0], (1.5 * 4 + 0.5 * (4 + 1)) / 2.5)
    location, scale = _ahead(bank, state, [1, 4])
    assert_allclose(location[:, 0, 0], [2.0, 2.0])
    assert_allclose(scale[:, 0, 0] ** 2, state.sigma2[0, 0] * np.array([1.0, 4.0]))


def test_discounted_random_walk_by_hand():
    """With half of it forgotten at every step: n = 3, 2, 1.5 and S = 6, (6 + 2) / 2, (4 + 0.5) / 2."""
    bank = Components(*(np.array([x]) for x in (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)))
    z = np.array([[1.0, 3.0, 2.0]])
    start = np.array([[True, False, False]])
    state = kalman(bank, z, start, np.zeros_like(z), np.array([2.0]), _paces(z, bank), 0.5)
    assert_allclose(state.sigma2[0, 0], (4 + 0.5) / 2 / (1.5 / 2))
    assert state.degrees[0] == 2  # 1.5, rounded


@pytest.mark.parametrize("discount", [1.0, 0.9, 0.6])
def test_evidence_sums_the_densities_of_every_value_given_those_before(discount):
    """A prefix of the series gives the density of the next value: scipy's Student-t has it too."""
    z = _series()
    z[4] = np.nan
    seen = np.flatnonzero(np.isfinite(z))
    total = np.zeros(len(BANK.a))
    degrees = 3.0
    for before, now in pairwise(seen):
        state = _filter(z[: before + 1], discount=discount)
        location, scale = (x[0, 0] for x in _ahead(BANK, state, [now - before]))
        total += t.logpdf(z[now], degrees, location, scale)
        degrees = discount * (degrees + 1)
    gap = _filter(z, discount=discount).log_evidence[0] - total
    assert_allclose(gap, gap[0], atol=1e-9)


def test_little_is_kept_of_long_ago():
    """A calm start followed by years as wild as those of another series ends with the same sigma^2."""
    wild = 10 * _series(60, 5)
    calm = np.concatenate([0.01 * _series(60, 6), wild - wild[0]])
    ours, alone = _filter(calm, restart_at=(60,), discount=0.9), _filter(wild, discount=0.9)
    i = 7
    assert_allclose(ours.sigma2[0, i], alone.sigma2[0, i], rtol=0.1)
    assert ours.degrees[0] == alone.degrees[0] == 9
    assert _filter(calm, restart_at=(60,)).sigma2[0, i] < 0.6 * ours.sigma2[0, i]


@pytest.mark.parametrize("discount", [1.0, 0.8])
def test_evidence_is_a_density(discount):
    """With sigma^2 integrated out, one new value must integrate to one over the real line."""
    grid = np.linspace(-400, 400, 200_001)
    z = np.column_stack([np.full_like(grid, 1.0), grid])
    restart = np.zeros(z.shape, dtype=bool)
    restart[:, 0] = True
    state = kalman(BANK, z, restart, np.zeros_like(z), np.full(len(z), 0.7), _paces(z), discount)
    constant = gamma(2.0) / gamma(1.5) / sqrt(2 * pi) * discount**2
    mass = trapezoid(np.exp(state.log_evidence), grid, axis=0) * constant
    assert_allclose(mass, 1.0, rtol=2e-3)


def test_rows_are_independent_of_their_company():
    short, long = _series(6, 2), _series(14, 3)
    z = np.full((2, 14), np.nan)
    z[0, 8:], z[1] = short, long
    restart = np.zeros(z.shape, dtype=bool)
    restart[0, 8] = restart[1, 0] = True
    both = kalman(BANK, z, restart, np.zeros_like(z), np.ones(2), _paces(z), 1.0)
    for row, alone in enumerate((_filter(short), _filter(long))):
        for name in ("level", "drift", "momentum", "log_evidence", "sigma2"):
            assert_allclose(getattr(both, name)[row], getattr(alone, name)[0], rtol=1e-13, atol=1e-13)
        for ours, theirs in zip(both.covariance, alone.covariance, strict=True):
            assert_allclose(ours[row], theirs[0], rtol=1e-13, atol=1e-13)


def test_noise_on_an_observation_tends_to_a_missing_year():
    z = _series()
    gone = z.copy()
    gone[5] = np.nan
    noise = np.zeros((1, len(z)))
    noise[0, 5] = 1e12
    assert_allclose(_filter(z, noise=noise).level, _filter(gone).level, rtol=1e-8)


def test_one_row_of_the_states_is_that_row():
    state = _filter(np.stack([_series(), _series(seed=2)]))
    row = state.row(1, 3)
    assert_allclose(row.level, state.level[1, :3])
    assert_allclose(row.covariance.dm, state.covariance.dm[1, :3])
    assert row.degrees.tolist() == [state.degrees[1]]
