"""Years and values of every kind that Python has."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecast.errors import HistoryError
from forecast.history.entries import asked_year
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


def test_an_answer_is_asked_for_by_any_year() -> None:
    for year in (2030, 2030.0, "2030", pd.Timestamp("2030-12-31"), pd.Period("2030", freq="Y")):
        assert asked_year("x", year) == 2030
    for none in (2030.5, None, "soon", "20300"):
        with pytest.raises(HistoryError, match="is not a year"):
            asked_year("x", none)
    for several in ([2026, 2027], range(2026, 2028), np.array([2026, 2027])):
        with pytest.raises(HistoryError, match=r"several years at once \(\[2026, 2027\]\).*outlook_table"):
            asked_year("x", several)


def test_months_and_quarters_are_told_apart_from_a_year_given_twice() -> None:
    months, quarters = (pd.period_range("2020-01", periods=3, freq=f) for f in ("M", "Q"))
    for dates in (months, quarters, pd.date_range("2020-01-31", periods=3, freq="ME")):
        with pytest.raises(HistoryError, match="monthly or quarterly figures"):
            History.of("x", dates, [1.0, 2.0, 3.0])
    with pytest.raises(HistoryError, match=r"more than one value for \[2020\]"):
        History.of("x", [2020, 2020], [1.0, 2.0])


def test_a_mapping_and_a_series_stand_for_years_and_values() -> None:
    assert History.of("x", {2020: 1.0, 2021: 2.0}).values.tolist() == [1.0, 2.0]
    assert History.of(pd.Series([1.0], index=[2020], name="x")).indicator == "x"  # type: ignore[arg-type]
