"""Every publisher's table read as it comes, and a random history written in each and read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forecast.errors import ReadError
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.history.read_files import read_histories
from forecast.history.tidy_csv import tidy_csv

Values = dict[int, float]


def world_bank(values: Values) -> str:
    years, cells = ('","'.join(map(str, row)) for row in (values, values.values()))
    head = '"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-06-30",\n\n'
    names = '"Country Name","Country Code","Indicator Name","Indicator Code"'
    return f'{head}{names},"{years}",\n"Aland","ALD","Access (% of people)","EG.X","{cells}",\n'


def databank(values: Values) -> str:
    years = ",".join(f"{year} [YR{year}]" for year in values)
    cells = ",".join(map(str, values.values()))
    names = "Country Name,Country Code,Series Name,Series Code"
    return f"{names},{years}\nAland,ALD,Access (% of people),EG.X,{cells}\n\n\nData from database: WDI\n"


def eurostat(values: Values) -> str:
    years, cells = ("\t".join(f"{each} " for each in row) for row in (values, values.values()))
    return f"freq,unit,geo\\TIME_PERIOD\t{years}\nA,PC,Aland\t{cells}\n"


def sdmx(values: Values) -> str:
    names = "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"
    rows = (f"ESTAT:TPS(1.0),26/01/26,A,PC,Aland,{year},{value}," for year, value in values.items())
    return "\n".join([names, *rows])


def un_sdg(values: Values) -> str:
    names = "Goal,Target,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,[Sex],[Nature]"
    names += ",[Units]"
    rows = (f'2,2.1,SN,Undernourished,4,Aland,{y},{v},{s},E,PERCENT' for y, v in values.items()
            for s, v in (("BOTHSEX", v), ("FEMALE", 1)))  # fmt: skip
    return "\n".join([names, *rows])


def faostat(values: Values) -> str:
    years = ",".join(f"Y{year},Y{year}F" for year in values)
    cells = ",".join(f"{value},A" for value in values.values())
    return f"Area Code,Area,Item,Element,Unit,{years}\n1,Aland,Wheat,Production,t,{cells}\n"


def owid(values: Values) -> str:
    return "\n".join(["Entity,Code,Year,Share", *(f"Aland,ALD,{y},{v}" for y, v in values.items())])


def open_sdg(values: Values) -> str:
    rows = (f"{y},{sex},%,,{v}" for y, v in values.items() for sex, v in (("", v), ("Female", 3)))
    return "\n".join(["Year,Sex,Units,GeoCode,Value", *rows])


def yearbook(values: Values) -> str:
    years, cells = (",".join(row) for row in ([f"{y}年" for y in values], [str(v) for v in values.values()]))
    return (
        f"数据库：年度数据\n时间：最近5年\n指标,{years}\n地区生产总值(亿元),{cells}\n数据来源：国家统计局\n"
    )


def destatis(values: Values) -> str:
    days = ";".join(f"31.12.{year}" for year in values)
    cells = ";".join(str(value).replace(".", ",") for value in values.values())
    return (
        f"Tabelle: 12411-0010\nBevölkerung: Bundesländer, Stichtag\nBundesland;{days}\nAland;{cells}\n© Amt\n"
    )


def columns(values: Values) -> str:
    return "\n".join(["年份,GDP(亿元),人口(万人)", *(f"{y},{v},5" for y, v in values.items())])


def tidy(values: Values) -> str:
    history = History.of("x", values, values.values(), unit="%", area="Aland")
    return tidy_csv(Histories([history]))


FORMATS: list[tuple[Callable[[Values], str], str, tuple[str, str]]] = [
    (world_bank, "API_EG.csv", ("Aland", "Access (% of people)")),
    (databank, "databank.csv", ("Aland", "Access (% of people)")),
    (eurostat, "tps.tsv", ("Aland", "tps")),
    (sdmx, "tps_linear.csv", ("Aland", "TPS")),
    (un_sdg, "sdg.csv", ("Aland", "Undernourished")),
    (faostat, "fao.csv", ("Aland", "Wheat, Production")),
    (owid, "share.csv", ("Aland", "Share")),
    (open_sdg, "indicator_1-1-1.csv", ("", "indicator_1-1-1")),
    (yearbook, "年度数据.csv", ("", "地区生产总值")),
    (destatis, "12411.csv", ("Aland", "12411")),
    (columns, "gdp.csv", ("", "GDP")),
    (tidy, "x.csv", ("Aland", "x")),
]


@pytest.mark.parametrize(("write", "name", "key"), FORMATS, ids=[name for _, name, _ in FORMATS])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(
        st.integers(1960, 2025), st.integers(-99_999, 99_999).map(lambda n: n / 100), min_size=2, max_size=12
    )
)
def test_a_history_is_read_back(
    write: Callable[[Values], str], name: str, key: tuple[str, str], values: Values, tmp_path: Path
) -> None:
    values = dict(sorted(values.items()))
    path = tmp_path / name
    path.write_text(write(values), encoding="utf-8")
    found = read_histories(path)[key]
    assert dict(zip(found.years.tolist(), found.values.tolist(), strict=True)) == values


def test_what_was_recognised_is_said(tmp_path: Path) -> None:
    path = tmp_path / "API.csv"
    path.write_text(world_bank({2010: 1.5, 2011: 2.5}).replace('"2.5"', '""'), encoding="utf-8")
    said = read_histories(path).remarks[0]
    assert said == "API.csv: World Bank indicator file, 2010-2011, 1 cells empty."


def test_flags_become_status_and_break(tmp_path: Path) -> None:
    path = tmp_path / "tps.tsv"
    path.write_text("unit,geo\\TIME_PERIOD\t2018 \t2019 \t2020 \t2021 \nPC,AT\t12.3 \t12.5 p\t: \t13 be\n")
    history = read_histories(path)["AT", "tps"]
    assert history.status == ("final", "provisional", "derived")
    assert history.years.tolist() == [2018, 2019, 2021]


def test_a_power_of_ten_is_in_the_values(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nA,x,2020,1.1,3\nA,x,2021,2000,0\n")
    assert read_histories(path)["A", "x"].values.tolist() == [1100.0, 2000.0]


def test_years_as_dates_in_a_workbook_and_a_grouped_head(tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    for row in (["indicator", datetime(2020, 12, 31), datetime(2021, 12, 31)], ["x", 1, 2]):
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    assert read_histories(tmp_path / "x.xlsx")["", "x"].years.tolist() == [2020, 2021]
    book = Workbook()
    for row in (["area", "GDP", None, "Jobs", None], [None, 2019, 2020, 2019, 2020], ["A", 1, 2, 3, 4]):
        book.active.append(row)
    book.save(tmp_path / "y.xlsx")
    found = read_histories(tmp_path / "y.xlsx")
    assert found["A", "Jobs"].values.tolist() == [3.0, 4.0]


def test_units_of_a_row_and_of_a_line_above(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "主要指标\n单位：亿元\n指标,2020年,2021年\n总产值,1,2\n", encoding="gb18030"
    )
    assert read_histories(tmp_path / "a.csv")["", "总产值"].unit == "亿元"


def test_a_table_of_no_known_head_is_refused_with_what_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ReadError, match=r"column 'year' is missing. Available: a, b."):
        read_histories(tmp_path / "a.csv")
