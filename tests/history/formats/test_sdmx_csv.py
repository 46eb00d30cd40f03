"""SDMX-CSV of Eurostat, the OECD and others."""

from __future__ import annotations

import pytest

from forecast.errors import ReadError
from tests.history.formats.written import Values, any_history, few, figures, lines, read

HEAD = "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"


def written(values: Values) -> str:
    return lines(HEAD, *(f"ESTAT:TPS(1.0),26/01/26,A,PC,Aland,{y},{v}," for y, v in values.items()))


@few
@any_history
def test_a_history_is_read_back(values: Values) -> None:
    assert figures(read(written(values), "tps_linear.csv"), "Aland", "TPS") == values


def test_flags_become_status() -> None:
    text = written({2019: 1.5, 2020: 2.5}).replace("2.5,", "2.5,p")
    assert read(text, "x.csv")["Aland", "TPS"].status == ("final", "provisional")


def test_a_power_of_ten_is_in_the_values() -> None:
    text = lines("REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT", "A,x,2020,1.1,3", "A,x,2021,2000,0")
    found = read(text, "x.csv")
    assert figures(found, "A", "x") == {2020: 1100.0, 2021: 2000.0}
    assert "the powers of ten of UNIT_MULT are in the values" in found.remarks[-1]


def test_the_label_beside_a_code_is_the_name() -> None:
    head = "STRUCTURE,REF_AREA,Reference area,MEASURE,Measure,TIME_PERIOD,Time period,OBS_VALUE"
    text = lines(head, "DATAFLOW,AUT,Austria,GDP,Gross product,2020,,5.5")
    assert figures(read(text, "oecd.csv"), "Austria", "Gross product") == {2020: 5.5}


def test_two_values_of_a_dimension_are_told_apart() -> None:
    text = lines("REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE", "A,x,F,2020,1", "A,x,M,2020,2")
    with pytest.raises(ReadError, match="--where sex=F"):
        read(text, "x.csv")
