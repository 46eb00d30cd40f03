"""Years and values of every kind that Python has."""

from __future__ import annotations

import pandas as pd
import pytest

from forecast.errors import HistoryError
from forecast.history.history import History


def test_years_of_every_python_kind() -> None:
    index = [pd.period_range("2014", "2016", freq="Y"), pd.date_range("2014-12-31", periods=3, freq="YE"),
             ["2014", "2015", "2016"]]  # fmt: skip
    for years in index:
        assert History.of("x", years, [1.0, 2.0, 3.0]).last_year == 2016
    assert History.of("x", pd.Series([1.0, 2.0], index=[2020, 2021])).last_year == 2021
    series = pd.Series([1.0], index=pd.MultiIndex.from_tuples([("A", "2014")]), name="x")
    with pytest.raises(HistoryError, match="several levels"):
        History.from_series(series)
    with pytest.raises(HistoryError, match="outlook_table"):
        History.of("x", [2020], [1.0]).steps_to([2021, 2022])  # type: ignore[arg-type]
