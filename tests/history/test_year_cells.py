"""Years in their spellings; what is none names the one to write."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import ReadError
from forecast.history.read_files import read_histories
from tests.history.reading import refused


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("2563", "a year of the Buddhist era. Write it as 2020."),
        (
            "2019/20",
            "a year that spans two. Write 2020 in all rows where the year it ends in counts, or 2019",
        ),
        ("FY2020", "a year that spans two. Write 2020"),
        ("2016-2018", "several years together. Write the last, 2018"),
        ("2020Q1", "part of a year"),
        ("202001", "part of a year"),
        ("2020-13-45", "which is not a whole year. Write it as 2020."),
        ("民国109年", "Write it as 2020."),
        ("2019-12-31T16:00:00Z", "midnight of another time zone"),
    ],
)
def test_a_year_that_is_none_names_the_one_to_write(year: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, f"indicator,year,value\nx,{year},1\n")


@pytest.mark.parametrize(
    "year", ["31.12.2020", "2020 (p)", "2020年", "2020年底", "2020.0", "2020-12-31", "2020*"]
)
def test_other_spellings_of_a_year(year: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f"indicator,year,value\nx,{year},1\n", encoding="utf-8")
    assert read_histories(tmp_path / "x.csv")["", "x"].last_year == 2020


def test_months_are_told_apart_from_a_value_given_twice(tmp_path: Path) -> None:
    said = refused(tmp_path, "indicator,year,value\nx,2020-01-31,1\nx,2020-02-29,2\n")
    assert "monthly or quarterly figures" in said


def test_dates_that_are_numbers_are_refused() -> None:
    shown = pd.DataFrame({"indicator": "x", "year": [datetime(1905, 7, 12)], "value": [1.0]})
    with pytest.raises(ReadError, match="which a spreadsheet shows for the number 2020"):
        read_histories(shown.astype({"year": object}))
    made = pd.DataFrame({"indicator": "x", "year": pd.to_datetime([2020]), "value": [1.0]})
    with pytest.raises(ReadError, match="the number 2020 was taken for nanoseconds"):
        read_histories(made)
