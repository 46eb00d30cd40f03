"""The fits behind the rows of a panel: each series once, the same answers as alone."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from forecast import History, StructuralMixture
from forecast.history.batch import DensePanel, SeriesBatch
from forecast.models.mixture.batch_fit import BatchFit
from forecast.models.mixture.predictive import PredictiveBatch

HISTORIES = [
    History.of("share", range(2010, 2021), [40, 44, 43, 47, 52, 51, 55, 57, 60, 60, 62], bounds=(0, 100)),
    History.of("amount", range(2012, 2021), [100.5, 104, 109, 108, 115, 121, 119, 126, 131]),
    History.of("held", range(2008, 2021), [90, 95, *[100] * 11], bounds=(0, 100)),
]


def packed() -> SeriesBatch:
    none = np.zeros(len(HISTORIES) + 1, dtype=np.intp)
    sides = [[np.nan if side is None else side for side in history.bounds] for history in HISTORIES]
    bounds = np.where(np.isnan(sides), [-np.inf, np.inf], sides)
    years = np.concatenate([h.years for h in HISTORIES])
    return SeriesBatch(
        area=np.array(["", "", ""], dtype=object),
        indicator=np.array([h.indicator for h in HISTORIES], dtype=object),
        unit=np.array(["", "", ""], dtype=object),
        bounds=bounds,
        start=np.cumsum([0, *map(len, HISTORIES)]),
        years=years,
        values=np.concatenate([h.values for h in HISTORIES]),
        status=np.zeros(len(years), dtype=np.int8),
        break_start=none,
        breaks=np.zeros(0, dtype=np.intp),
        problems={},
        whole=np.full(len(HISTORIES), -1, dtype=np.int8),
    )


def fit(series: list[int]) -> BatchFit:
    batch = packed()
    return BatchFit.of(batch, DensePanel.of(batch), np.array(series))


def test_a_series_of_many_rows_is_fitted_once_and_one_without_a_row_never() -> None:
    batch = fit([2, 0, 2, 2])
    assert batch.series.tolist() == [0, 2]
    assert batch.row.tolist() == [1, 0, 1, 1]
    assert len(batch.weights) == 2


def test_outlooks_are_those_of_each_alone() -> None:
    batch, levels = fit([0, 1, 2]), np.array([0.05, 0.3, 0.5, 0.9])
    steps = np.array([5, 3, 5])
    said = PredictiveBatch.of(batch.filtered, batch.weights, batch.row, steps, batch.stillness)
    found = said.quantile(np.tile(levels, (3, 1)))
    for row, history, h in zip(found, HISTORIES, steps, strict=True):
        alone = StructuralMixture().fit(history).predict(2020 + int(h))
        assert_allclose(row, alone.quantile(levels), rtol=1e-7)


def test_undeclared_bounds_are_implied_and_declared_ones_stand() -> None:
    standardization = fit([0, 1, 2]).filtered.standardization
    assert standardization.lower.tolist() == [0.0, 0.0, 0.0]
    assert standardization.upper.tolist() == [100.0, np.inf, 100.0]


def test_years_to_a_limit_are_asked_only_where_wanted() -> None:
    batch = fit([0, 0, 1])
    limits = (np.array([70.0, 30.0, 200.0]), np.full(3, np.inf))
    years = batch.years_to(limits, np.array([True, True, False]), p=0.5, farthest=30)
    # 30 % is behind, so it holds next year; 200 was not asked.
    assert years[1] == 1.0
    assert years[0] > 1.0
    assert np.isnan(years[2])
