"""The posterior of the mixture for many series at once, and for one: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.history import History
from forecast.history.implied_bounds import implied_of_each
from forecast.models.mixture.gating import (
    SCALES,
    FilteredPanel,
    Learned,
    PanelStandardization,
    SeriesPanel,
    learned,
)
from forecast.models.mixture.kalman import FilteredStates, forecast_moments, horizon_loadings
from forecast.models.mixture.recent import filter_twice, weights_of_both
from forecast.models.mixture.stillness import Stillness, stillness_of

# Components of less weight than this are left out: together they carry less than one part in 200.
_NEGLIGIBLE = 2e-5
# The least weight of the heaviest component of a scale that serves.
_TRACE = 1e-4


@dataclass(frozen=True, eq=False)
class Posterior:
    """The components of one series that carry weight: entries (m,), as in :class:`MixtureBatch`.

    The standardization and the stillness have one entry.
    """

    weights: FloatArray
    scale: IntArray
    component: IntArray
    state: FilteredStates
    standardization: PanelStandardization
    stillness: Stillness

    @property
    def in_bank(self) -> IntArray:
        """Positions in the bank: a second reading has the same components over again."""
        return self.component % len(learned().bank.a)

    def forecast_moments(self, steps: int) -> tuple[FloatArray, FloatArray]:
        """Location and scale of every Student-t, some years on."""
        sums, noise = loadings_of(steps)
        of = self.in_bank
        return forecast_moments(self.state, steps, sums[of], noise[of])


@dataclass(frozen=True, eq=False)
class MixtureBatch:
    """Many series fitted at once, as arrays: for panels of thousands.

    Rows are series. Columns are the components that carry weight in a row, heaviest first; a
    weight of 0 fills up. States are in units of the component's own scale.

    Parameters
    ----------
    weights : ndarray, shape (series, m)
    scale, component : ndarray of int, shape (series, m)
        Positions in ``SCALES`` and in the bank, counted on for a second reading.
    state : FilteredStates
        Entries (series, m); degrees (series,).
    standardization : PanelStandardization
    stillness : Stillness
        Entries (series,).
    additive_outlier, level_shift : ndarray of bool, shape (series, years)
        Values that were taken for additive outliers, and those that begin a new level.
    """

    weights: FloatArray
    scale: IntArray
    component: IntArray
    state: FilteredStates
    standardization: PanelStandardization
    stillness: Stillness
    additive_outlier: BoolArray
    level_shift: BoolArray

    def row(self, i: int) -> Posterior:
        """One series alone, without the columns that only fill up."""
        m = int(np.count_nonzero(self.weights[i]))
        return Posterior(
            self.weights[i, :m],
            self.scale[i, :m],
            self.component[i, :m],
            self.state.row(i, m),
            self.standardization.at(slice(i, i + 1)),
            Stillness(self.stillness.log_odds[i : i + 1], self.stillness.by_log_year[i : i + 1]),
        )


def panel_of(histories: Sequence[History]) -> SeriesPanel:
    """Histories as arrays; a new level restarts at the first observation from its year on."""
    width = max(history.last_year - history.first_year for history in histories) + 1
    values = np.full((len(histories), width), np.nan)
    restart = np.zeros(values.shape, dtype=bool)
    for i, history in enumerate(histories):
        columns = width - 1 - (history.last_year - history.years)
        values[i, columns] = history.values
        restart[i, columns[0]] = True
        for year in history.breaks:
            at = int(np.searchsorted(history.years, year))
            if at < len(history):
                restart[i, columns[at]] = True
    declared = np.array([history.bounds for history in histories], dtype=float)
    bounds = implied_of_each(
        np.where(np.isnan(declared), [-np.inf, np.inf], declared),
        [history.indicator for history in histories],
        [history.unit for history in histories],
        np.nanmin(values, axis=1),
        np.nanmax(values, axis=1),
    )
    return SeriesPanel(values, restart, *bounds.T)


def fit_panel(panel: SeriesPanel) -> MixtureBatch:
    """Fit to every series of a panel.

    Parameters
    ----------
    panel : SeriesPanel
        Two observations or more in every row; a few hundred rows at a time, of similar length,
        are fastest.
    """
    model = learned()
    filtered = filter_twice(panel, model)
    weights = weights_of(filtered, model)
    most = int((weights > 0).sum(axis=1).max())
    chosen = np.argsort(-weights, axis=1, kind="stable")[:, :most]
    scale, component = np.divmod(chosen, filtered.components)
    return MixtureBatch(
        np.take_along_axis(weights, chosen, axis=1),
        scale,
        component,
        _own_units(
            filtered.states().each(lambda entry: np.take_along_axis(entry, chosen, axis=1)),
            scale,
            filtered.standardization,
        ),
        filtered.standardization,
        stillness_of(panel),
        filtered.additive_outlier,
        filtered.level_shift,
    )


def weights_of(filtered: FilteredPanel, model: Learned) -> FloatArray:
    """Weights (series, scales x components), 0 where they are negligible."""
    weights = _with_traces(weights_of_both(filtered, model), filtered.components)
    kept = np.where(weights > _NEGLIGIBLE, weights, 0.0)
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))


def _with_traces(weights: FloatArray, components: int) -> FloatArray:
    """Leave the heaviest component of every scale that serves a trace, however strong the evidence.

    So no outlook rests on one scale alone, and none calls a value on the far side of zero impossible.
    """
    cube = weights.reshape(len(weights), len(SCALES), components)
    heaviest = (cube == cube.max(axis=2, keepdims=True)) & (cube > 0)
    return np.where(heaviest, np.maximum(cube, _TRACE), cube).reshape(weights.shape)


def own_scales(standardization: PanelStandardization) -> tuple[FloatArray, FloatArray]:
    """Factor and offset from standardised images to those of ``forecast.distribution.transform``."""
    one = np.ones(len(standardization.unit))
    factor = np.stack([standardization.unit, np.sqrt(standardization.level), one, one])
    return factor, np.stack([standardization.last, 0 * one, np.log(standardization.level), 0 * one])


def _own_units(
    state: FilteredStates, scale: IntArray, standardization: PanelStandardization
) -> FilteredStates:
    """Take states (series, m) from standardised images to those of ``forecast.distribution.transform``."""
    factor, offset = own_scales(standardization)
    row = np.arange(len(scale))[:, None]
    by, to = factor[scale, row], offset[scale, row]
    return replace(
        state,
        level=state.level * by + to,
        drift=state.drift * by,
        momentum=state.momentum * by,
        sigma2=state.sigma2 * by**2,
    )


@lru_cache(maxsize=256)
def loadings_of(steps: int) -> tuple[FloatArray, FloatArray]:
    """Sums and noise that ``kalman.forecast_moments`` needs of every component at one horizon."""
    bank = learned().bank
    sums, shocks = horizon_loadings(bank, steps)
    return sums[0], shocks[0] + 1 - bank.a
