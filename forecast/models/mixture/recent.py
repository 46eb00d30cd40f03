"""A second reading of long series: their last values alone, as if nothing were known before.

Old values tell of other times. So a series of more than :attr:`Learned.recent` observations is
filtered twice, whole and from its last ones on, and the outlook is the mixture of both. Of the second
reading's say,

    expit(gate . f)

the gate was learned like the weights, on series whose future is known (``benchmarks/train_recent.py``);
f are the features of the whole series.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from forecast.arrays import FloatArray, IntArray
from forecast.models.mixture.gating import (
    SCALES,
    FilteredPanel,
    Learned,
    ScaleFit,
    SeriesPanel,
    filter_panel,
)
from forecast.models.mixture.kalman import Covariance, FilteredStates


def filter_twice(panel: SeriesPanel, model: Learned) -> FilteredPanel:
    """Filter every series of a panel, and the long ones a second time from their last values on.

    The states of the second reading stand beside those of the first, as further components; where
    no series is long there are none.
    """
    whole = filter_panel(panel, model.bank)
    long = np.flatnonzero(np.isfinite(panel.values).sum(axis=1) > model.recent)
    if not len(long):
        return whole
    chosen = panel.at(long)
    last = filter_panel(last_values(chosen, model.recent), model.bank, whole.standardization.at(long))
    features = np.full(whole.features.shape, np.nan)
    features[long] = last.features
    on = tuple(_beside(a, b, long) for a, b in zip(whole.on, last.on, strict=True))
    return whole._replace(on=on, recent_features=features)


def last_values(panel: SeriesPanel, most: int) -> SeriesPanel:
    """Only the last *most* observations of every series; the first of them begins its level."""
    seen = np.isfinite(panel.values)
    kept = seen & (np.cumsum(seen[:, ::-1], axis=1)[:, ::-1] <= most)
    first = int(kept.argmax(axis=1).min())
    values = np.where(kept, panel.values, np.nan)[:, first:]
    restart = (panel.restart & kept)[:, first:]
    restart[np.arange(len(values)), np.isfinite(values).argmax(axis=1)] = True
    return SeriesPanel(values, restart, panel.lower, panel.upper)


def weights_of_both(filtered: FilteredPanel, model: Learned) -> FloatArray:
    """Weights (series, scales x components) of both readings, which sum to one in each row."""
    evidence = filtered.evidence()
    if filtered.recent_features is None:
        return model.weights(filtered.features, evidence)
    cube = evidence.reshape(len(evidence), len(SCALES), 2, -1)
    weights = np.zeros(cube.shape)
    weights[:, :, 0] = _of_one(model, filtered.features, cube[:, :, 0])
    long = np.flatnonzero(np.isfinite(filtered.recent_features[:, 0]))
    share = expit(filtered.features[long] @ model.gate)[:, None, None]
    weights[long, :, 0] *= 1 - share
    weights[long, :, 1] = share * _of_one(model, filtered.recent_features[long], cube[long, :, 1])
    return weights.reshape(evidence.shape)


def _of_one(model: Learned, features: FloatArray, evidence: FloatArray) -> FloatArray:
    flat = evidence.reshape(len(evidence), -1)
    return model.weights(features, flat).reshape(evidence.shape)


def _beside(whole: ScaleFit | None, last: ScaleFit | None, long: IntArray) -> ScaleFit | None:
    """One scale's states of both readings side by side, the rows those it serves."""
    if whole is None:
        return None
    if last is None:
        place, missing = np.zeros(0, dtype=np.intp), np.zeros((0, whole.evidence.shape[1]))
        states, evidence = whole.state.each(lambda entry: entry[:0]), missing
    else:
        # A scale that an early value rules out (a zero, for logs) is not taken for the last ones alone.
        both = np.isin(long[last.rows], whole.rows)
        place, evidence = np.searchsorted(whole.rows, long[last.rows][both]), last.evidence[both]
        states = last.state.each(lambda entry: entry[both])
    # Both readings of a series have the degrees of freedom of the whole: they differ by one at most.
    degrees = whole.state.degrees
    pairs = zip(_entries(whole.state), _entries(states), strict=True)
    wide = [_widened(a, b, place, 1.0) for a, b in pairs]
    level, drift, momentum, log_evidence, sigma2, *covariance = wide
    state = FilteredStates(level, drift, momentum, Covariance(*covariance), log_evidence, degrees, sigma2)
    return ScaleFit(whole.rows, state, _widened(whole.evidence, evidence, place, -np.inf))


def _entries(state: FilteredStates) -> tuple[FloatArray, ...]:
    return state.level, state.drift, state.momentum, state.log_evidence, state.sigma2, *state.covariance


def _widened(whole: FloatArray, last: FloatArray, place: IntArray, missing: float) -> FloatArray:
    """Twice as many columns: those of the second reading in the rows *place*, else *missing*."""
    components = whole.shape[1]
    wide = np.full((len(whole), 2 * components), missing)
    wide[:, :components] = whole
    wide[place, components:] = last
    return wide
