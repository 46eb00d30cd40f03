"""The catalogue of a folder: what it gives the histories, and every problem of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import forecast as fc


def write(folder: Path, text: str, name: str = "x.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def folder_with(folder: Path, indicators: str, data: str) -> Path:
    write(folder, indicators, "indicators.csv")
    write(folder, data, "data.csv")
    return folder


def test_a_folder_with_its_catalogue(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "indicator,label_en,unit,lower,upper,decimals,classes\nx,Ex,%,0,100,1,\ndays,Days,days,0,366,0,\n"
        "water,Water,class,,,,I;II;III;worse than III\n",
        "area,indicator,year,value,unit\nJ,x,2020,60,%\nJ,days,2020,351,days\nJ,water,2020,II,class\n"
        "J,water,2021,worse than iii,class\nJ,water,2022,1,class\n",
    )
    write(
        tmp_path, "area,label_en,level,part_of\nJ,Jilin,province,China\nChina,China,country,\n", "areas.csv"
    )
    write(tmp_path, "not a table", "README.md")
    histories = fc.read_histories(tmp_path)
    assert histories["J", "x"].bounds == (0, 100)
    assert histories.catalogue.indicator("x").decimals == 1
    assert histories.catalogue.indicator("days").decimals == 0
    assert histories.catalogue.indicator("water").classes == ("I", "II", "III", "worse than III")
    assert histories["J", "water"].values.tolist() == [2.0, 4.0, 1.0]
    assert histories.catalogue.area("J").part_of == "China"


def test_every_problem_of_a_catalogue_entry_at_once(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "indicator,lower,upper,decimals\nx,none,0%,1.5\ny,5,0,x\n",
        "indicator,year,value\nx,2020,1\n",
    )
    with pytest.raises(fc.ReadError) as caught:
        fc.read_histories(tmp_path)
    assert [problem.removeprefix("indicators.csv, ") for problem in caught.value.problems] == [
        "row 2: lower is 'none', which is not a number. Leave the cell empty where there is none.",
        "row 2: upper is '0%', which is not a number. Write 0, and % as the unit.",
        "row 2: decimals is '1.5'. Write a whole number, 0 or more, or leave it empty.",
        "row 3: y: the lower bound must be below the upper; got [5, 0].",
        "row 3: decimals is 'x'. Write a whole number, 0 or more, or leave it empty.",
    ]


def test_a_catalogue_with_chinese_headers(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "指标,名称,单位,下限,上限,小数位数\n绿化率,绿化覆盖率,%,0,100,1\n",
        "地区,指标,年份,数值\n江源区,绿化率,2020,38.1\n白山市,绿化率,2020,40\n",
    )
    write(tmp_path, "地区,级别,上级地区\n江源区,区,白山市\n白山市,市,\n", "areas.csv")
    histories = fc.read_histories(tmp_path)
    assert histories["江源区", "绿化率"].bounds == (0, 100)
    assert histories.catalogue.indicator("绿化率").label("zh") == "绿化覆盖率"
    assert histories.catalogue.ancestors("江源区") == ("白山市",)
