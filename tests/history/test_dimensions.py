"""Rows of one name by sex, age or place are never one series."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import ReadError
from forecast.history.catalogue import Catalogue
from forecast.history.read_files import read_histories
from forecast.history.read_frame import pack
from tests.history.reading import refused, values

SEXES = "indicator,year,sex,value\n" + "".join(
    f"x,{year},{sex},{value}\n"
    for year in (2020, 2021)
    for sex, value in (("", 5), ("Female", 4), ("Male", 6))
)


def test_rows_by_sex_are_never_one_series(tmp_path: Path) -> None:
    said = refused(tmp_path, "indicator,year,sex,value\nx,2020,Female,1\nx,2021,Male,2\n")
    assert "the column 'sex' tells rows of one name apart (Female, Male)" in said
    assert "--where sex=Female" in said
    assert values(tmp_path, SEXES) == [5, 5]
    assert values(tmp_path, SEXES, sex="male") == [6, 6]
    assert values(tmp_path, SEXES, sex="total") == [5, 5]
    with pytest.raises(ReadError, match=r"no row has 'men' in the column 'sex'. It holds: , Female, Male"):
        read_histories(tmp_path / "x.csv", where={"sex": "men"})
    with pytest.raises(ReadError, match="which no table has"):
        read_histories(tmp_path / "x.csv", where={"age": "1"})


def test_a_panel_refuses_rows_of_several_too() -> None:
    frame = pd.DataFrame({"indicator": "x", "year": [2020, 2021], "value": [1.0, 2], "sex": ["f", "m"]})
    assert "'sex' tells its rows apart (f, m)" in next(iter(pack(frame, Catalogue()).problems.values()))


def test_a_column_of_the_users_own_is_left_alone(tmp_path: Path) -> None:
    text = "indicator,year,value,page\nx,2020,1,12\nx,2021,2,14\n"
    assert values(tmp_path, text) == [1, 2]
