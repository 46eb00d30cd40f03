"""Nixtla's long frames, there and back, and forecasts under the names that statsforecast gives."""

from __future__ import annotations

import pandas as pd
import pytest

import forecast as fc

VALUES = [3.0, 4, 4, 5, 6, 6, 7, 8]
A = fc.History.of("gdp", range(2015, 2023), VALUES, unit="bn", area="A")
B = fc.History.of("coverage", [2015, 2017, 2018, 2021], [60.0, 63, 64, 70])


def test_there_and_back_nothing_is_lost() -> None:
    back = fc.from_nixtla(fc.to_nixtla([A, B]))
    assert list(back) == [("A", "gdp"), ("", "coverage")]
    for history in (A, B):
        mine = back[history.area, history.indicator]
        assert mine.years.tolist() == history.years.tolist()
        assert mine.values.tolist() == history.values.tolist()


def test_a_row_without_a_value_is_a_missing_year() -> None:
    frame = fc.to_nixtla(A)
    frame.loc[2, "y"] = float("nan")
    assert fc.from_nixtla(frame)["A", "gdp"].gaps == (2017,)


@pytest.mark.parametrize(
    "ds",
    [
        list(range(2015, 2023)),
        pd.period_range("2015", periods=8, freq="Y"),
        pd.date_range("2015-12-31", periods=8, freq="YE"),
    ],
    ids=["years", "periods", "dates"],
)
def test_years_come_in_three_ways(ds: object) -> None:
    frame = pd.DataFrame({"unique_id": "x", "ds": ds, "y": VALUES})
    assert fc.from_nixtla(frame)["", "x"].years.tolist() == list(range(2015, 2023))


def test_bounds_are_of_all_or_by_name() -> None:
    frame = fc.to_nixtla([A, B])
    assert fc.from_nixtla(frame, bounds=(0, 100))["A", "gdp"].bounds == (0, 100)
    named = fc.from_nixtla(frame, bounds={"coverage": (0, 100)})
    assert named["", "coverage"].bounds == (0, 100)
    assert named["A", "gdp"].bounds == (None, None)


def test_a_slash_in_an_area_stays_with_the_area() -> None:
    history = fc.History.of("x", [2020, 2021], [1.0, 2.0], area="A/B")
    assert list(fc.from_nixtla(fc.to_nixtla(history))) == [("A/B", "x")]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(fc.ForecastError, match="y is not there"):
        fc.from_nixtla(pd.DataFrame({"unique_id": [], "ds": [], "value": []}))


def test_the_intervals_are_those_of_the_outlook() -> None:
    frame = fc.nixtla_forecast([A, B], 2, level=[95, 80])
    assert frame.columns.tolist() == [
        "unique_id", "ds", "StructuralMixture", "StructuralMixture-lo-80", "StructuralMixture-hi-80",
        "StructuralMixture-lo-95", "StructuralMixture-hi-95",
    ]  # fmt: skip
    assert frame["unique_id"].tolist() == ["A/gdp"] * 2 + ["coverage"] * 2
    assert frame["ds"].dt.year.tolist() == [2023, 2024, 2022, 2023]
    outlook = fc.StructuralMixture().fit(A).predict(2024)
    row = frame.iloc[1]
    assert row["StructuralMixture"] == pytest.approx(outlook.median())
    low, high = row["StructuralMixture-lo-80"], row["StructuralMixture-hi-80"]
    assert (low, high) == pytest.approx(outlook.interval(0.8))


def test_any_model_and_any_name() -> None:
    frame = fc.nixtla_forecast(A, 1, level=[80], model=fc.Drift(), name="straight")
    assert frame.columns.tolist()[2:] == ["straight", "straight-lo-80", "straight-hi-80"]
    assert frame["straight"][0] == pytest.approx(8 + 5 / 7, abs=0.1)


@pytest.mark.parametrize(
    ("h", "level", "word"), [(0, [80], "years ahead"), (1, [0.8], "percents"), (1, [100], "percents")]
)
def test_what_makes_no_sense_is_refused(h: int, level: list[int], word: str) -> None:
    with pytest.raises(fc.ForecastError, match=word):
        fc.nixtla_forecast(A, h, level=level)
