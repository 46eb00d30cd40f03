"""Which publisher a table is of: the first whose head it has, and none where it has none."""

from __future__ import annotations

import pytest

from forecast.history.formats.recognise import FORMATS, recognised
from forecast.history.text_file import grid_of_text
from forecast.language.message import message_keys

HEADS = {
    "kind_world_bank": "Country Name,Country Code,Indicator Name,Indicator Code,2020,2021\nA,A,x,X,1,2",
    "kind_eurostat": "freq,geo\\TIME_PERIOD\t2020\t2021\nA,AT\t1\t2",
    "kind_sdmx": "DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\nF,AT,2020,1",
    "kind_un_sdg": "SeriesDescription,GeoAreaName,TimePeriod,Value\nx,A,2020,1",
    "kind_faostat": "Area,Item,Element,Year,Value\nA,x,y,2020,1",
    "kind_owid": "Entity,Code,Year,Share\nA,A,2020,1",
    "kind_destatis": "time;value;value_variable_label\n2020;1;x",
    "kind_open_sdg": "Year,Units,GeoCode,Value\n2020,%,,1",
    "kind_tidy": "area,indicator,year,value\nA,x,2020,1",
    "kind_wide": "indicator,2020,2021\nx,1,2",
    "kind_columns": "year,GDP,jobs\n2020,1,2",
}


@pytest.mark.parametrize("kind", HEADS)
def test_each_head_is_that_of_one_publisher(kind: str) -> None:
    grid = grid_of_text(HEADS[kind] + "\n", "x.csv")
    table = recognised(grid)
    assert table is not None
    assert table.kind.key == kind
    # The plain tables come last; of the others no two take the same head.
    takers = [form for form in FORMATS[:-1] if form.read(grid) is not None]
    assert len(takers) == (kind not in ("kind_tidy", "kind_wide", "kind_columns"))


def test_every_kind_that_can_be_said_is_tried() -> None:
    assert set(HEADS) == {key for key in message_keys("en") if key.startswith("kind_")} - {
        "kind_empty",
        "kind_unknown",
    }


def test_prose_is_of_nobody() -> None:
    assert recognised(grid_of_text("Figures, as collected\nby the office\n", "readme.txt")) is None
