"""Yearly periods of pandas, there and back."""

from __future__ import annotations

import math

import pandas as pd

import forecast as fc

HISTORY = fc.History.of("x", [2018, 2020, 2021], [1.0, 3.0, 4.5])


def test_there_and_back() -> None:
    for whole in (False, True):
        series = fc.to_periods(HISTORY, whole=whole)
        assert isinstance(series.index, pd.PeriodIndex)
        back = fc.History.from_series(series)
        assert back.years.tolist() == [2018, 2020, 2021]
        assert back.values.tolist() == [1.0, 3.0, 4.5]


def test_a_missing_year_is_left_out_or_nan() -> None:
    assert len(fc.to_periods(HISTORY)) == 3
    whole = fc.to_periods(HISTORY, whole=True)
    assert whole.index.year.tolist() == [2018, 2019, 2020, 2021]
    assert math.isnan(whole.iloc[1])
