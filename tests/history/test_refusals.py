"""Rows that contradict each other are refused, and told once."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pandas as pd
import pytest

from forecast.history.catalogue import Catalogue
from forecast.history.read_frame import pack
from tests.history.reading import refused, rows, values


def test_one_name_in_two_unicode_forms_is_one_series(tmp_path: Path) -> None:
    other = unicodedata.normalize("NFD", "Côte d'Or")
    text = f"area,indicator,year,value\nCôte d'Or,x,2020,1\n{other},x,2021,2\n"
    assert values(tmp_path, text) == [1.0, 2.0]


@pytest.mark.parametrize("other", ["unemployment rate", "Unemployment–rate", "Ｕnemployment rate"])
def test_one_name_in_two_spellings_is_refused_in_file_and_panel(other: str, tmp_path: Path) -> None:
    text = f"indicator,year,value\nUnemployment rate,2020,1\n{other},2021,2\n"
    assert "differ only in spelling" in refused(tmp_path, text)
    frame = pd.DataFrame(
        {"indicator": ["Unemployment rate", other], "year": [2020, 2021], "value": [1.0, 2.0]}
    )
    assert set(pack(frame, Catalogue()).problems) == {0, 1}


def test_units_in_several_spellings_are_one(tmp_path: Path) -> None:
    text = "indicator,year,value,unit\nx,2020,1,%\nx,2021,2,percent\nx,2022,3,\nx,2023,4,％\n"
    assert values(tmp_path, text) == [1, 2, 3, 4]


def test_a_thousands_mark_in_a_file_of_commas_is_seen_by_its_leap(tmp_path: Path) -> None:
    said = refused(tmp_path, rows("941", "987", "1.012", delimiter=","))
    assert "from 987 in 2016 to 1.012 in 2017: is the point a thousands mark? Write 1012" in said


def test_much_of_the_same_is_said_once(tmp_path: Path) -> None:
    said = refused(tmp_path, rows(*["?"] * 400))
    assert said.count("\n") == 0
    assert "row 2 to row 401 (400 rows): value is '?'" in said
