"""World Bank files: the indicator CSV, DataBank's export, tables of wbgapi."""

from __future__ import annotations

import pytest

from forecast.history.formats.world_bank import read as table_of
from forecast.history.text_file import grid_of_text
from tests.history.formats.written import Values, any_history, few, figures, lines, read


def indicator_file(values: Values) -> str:
    years, cells = ('","'.join(map(str, row)) for row in (values, values.values()))
    head = '"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-06-30",\n\n'
    names = '"Country Name","Country Code","Indicator Name","Indicator Code"'
    return f'{head}{names},"{years}",\n"Aland","ALD","Access (% of people)","EG.X","{cells}",\n'


def databank(values: Values) -> str:
    years = ",".join(f"{year} [YR{year}]" for year in values)
    cells = ",".join(map(str, values.values()))
    names = "Country Name,Country Code,Series Name,Series Code"
    return f"{names},{years}\nAland,ALD,Access (% of people),EG.X,{cells}\n\n\nData from database: WDI\n"


@few
@any_history
def test_a_history_is_read_back(values: Values) -> None:
    for write in (indicator_file, databank):
        assert figures(read(write(values), "API_EG.csv"), "Aland", "Access (% of people)") == values


def test_what_was_recognised_is_said() -> None:
    text = indicator_file({2010: 1.5, 2011: 2.5}).replace('"2.5"', '""')
    said = read(text, "API.csv").remarks[0]
    assert said == "API.csv: World Bank indicator file, 2010-2011, 1 cell empty."


def test_the_banks_sign_for_no_figure_is_an_empty_cell() -> None:
    found = read(databank({2010: 1.5, 2011: 2.5, 2012: 3.5}).replace(",2.5", ",.."), "x.csv")
    assert figures(found, "Aland", "Access (% of people)") == {2010: 1.5, 2012: 3.5}
    assert found.remarks[0] == "x.csv: World Bank indicator file, 2010-2012, 1 cell empty."


@pytest.mark.parametrize("head", ["economy,Series,YR2020,YR2021", "economy,series,2020,2021"])
def test_a_table_of_wbgapi(head: str) -> None:
    found = read(lines(head, "ALD,Access,1.5,2.5"), "wb.csv")
    assert figures(found, "ALD", "Access") == {2020: 1.5, 2021: 2.5}


def test_another_head_is_not_taken() -> None:
    assert table_of(grid_of_text("Country,Year,Value\nAland,2020,1\n", "x.csv")) is None
