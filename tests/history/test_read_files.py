"""Histories from whatever offices keep them in, and every problem of a file in one error."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.errors import ForecastError, ReadError
from forecast.history.catalogue import Catalogue
from forecast.history.read_files import read_histories
from forecast.history.read_frame import pack
from tests.history.reading import HEADER, LINES, check, rows

TEXT = "\n".join(LINES) + "\n"


def write(folder: Path, text: str, name: str = "x.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_text_as_it_comes(tmp_path: Path, encoding: str, separator: str, newline: str) -> None:
    check(
        fc.read_histories(
            write(tmp_path, TEXT.replace(",", separator).replace("\n", newline), encoding=encoding)
        )
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("１２．３", 12.3), ("１２.３", 12.3), ("−5", -5.0), ("－５", -5.0), ("1e5", 1e5), (" 7 ", 7.0)],
)
def test_other_spellings_of_a_number(tmp_path: Path, text: str, value: float) -> None:
    path = write(tmp_path, f"indicator,year,value\nx,２０２０,{text}\n")
    assert fc.read_histories(path)["", "x"].value_in(2020) == value


def test_a_frame() -> None:
    rows = [line.split(",") for line in LINES[1:]]
    frame = pd.DataFrame(rows, columns=HEADER.split(","))
    check(fc.read_histories(frame))
    check(fc.read_histories(frame.astype({"year": int, "value": float})))
    check(fc.read_histories(frame.assign(year=[date(int(y), 12, 31) for y in frame["year"]])))
    check(fc.read_histories(frame.assign(year=pd.to_datetime(frame["year"] + "-12-31"))))


def test_the_columns_of_forecasting_frames() -> None:
    frame = pd.DataFrame(
        {
            "unique_id": ["J/x", "J/x", "y"],
            "ds": pd.to_datetime(["2020-12-31", "2021-12-31", "2021-01-01"]),
            "y": [1, 2, 3.0],
        }
    )
    histories = fc.read_histories(frame)
    assert histories["J", "x"].values.tolist() == [1.0, 2.0]
    assert histories["", "y"].years.tolist() == [2021]


def test_chinese_headers_and_words(tmp_path: Path) -> None:
    text = (
        "地区,指标,年份,数值,单位,状态,来源\n吉林,x,2020年,1.5,%,最终数,年鉴\n吉林,x,2021,1.6,%,快报数,公报\n"
    )
    history = fc.read_histories(write(tmp_path, text))["吉林", "x"]
    assert history.status == ("final", "provisional")


@pytest.mark.parametrize(
    "header", ["Indicator,Year,Value", " indicator , year , value ", "INDICATOR,YEAR,VALUE"]
)
def test_case_and_blanks_of_a_header_do_not_matter(tmp_path: Path, header: str) -> None:
    assert fc.read_histories(write(tmp_path, f"{header}\nx,2020,1\n"))["", "x"].last_value == 1.0


def test_an_empty_value_is_a_missing_year_and_the_order_is_free(tmp_path: Path) -> None:
    text = "indicator,year,value\nx,2022,3\nx,2021,\nx,2020,1\n\n,,\n"
    history = fc.read_histories(write(tmp_path, text))["", "x"]
    assert history.years.tolist() == [2020, 2022]
    assert history.gaps == (2021,)


def test_a_break_is_marked(tmp_path: Path) -> None:
    text = "indicator,year,value,break\nx,2020,1,\nx,2021,9,1\nx,2022,9,0\n"
    assert fc.read_histories(write(tmp_path, text))["", "x"].breaks == (2021,)


def folder_with(folder: Path, indicators: str, data: str) -> Path:
    write(folder, indicators, "indicators.csv")
    write(folder, data, "data.csv")
    return folder


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "the file is empty"),
        ("\n \n", "the file is empty"),
        ("indicator,year,value\n", "there is no row with a value"),
        ("indicator,year,value\nx,2020,\n", "there is no row with a value"),
        ("indicator,year\nx,2020\n", "column 'value' is missing"),
        ("indicator,year,vlaue\nx,2020,1\n", "column 'value' is missing. Did you mean 'vlaue'?"),
        ("indicator,year,value,unti\nx,2020,1,%\n", "column 'unti' is not known. Did you mean 'unit'?"),
        ("indicator,year,value,value\nx,2020,1,2\n", "column 'value' stands twice"),
        ("indicator,year,value\nx,2020,about 5\n", "'about 5', which is not a number. Write the number"),
        ("indicator,year,value\nx,2020,130亿元\n", "'130亿元', which is not a number. Write the number"),
        ("indicator,year,value\nx,2020,12.3%\n", "which is not a number. Write 12.3, and % as the unit."),
        ("indicator,year,value\nx,2020,１２％\n", "which is not a number. Write 12, and % as the unit."),
        ("indicator,year,value\nx,2020,１，２３４\n", "row 2: value is '1,234': thousands or decimals?"),
        ("indicator,year,value\nx,2020,1_000\n", "value is '1_000', which is not a number. Write the number"),
        ("area,indicator,year,value\nJ,x,2020,1\n,x,2021,2\n",
         "row 3: area is empty, but 'J' in row 2. Name an area in every row, or in none."),
        ('indicator,year,value\nx,2020,"1,234"\n', "row 2: value is '1,234': thousands or decimals?"),
        ("indicator,year,value\nx,2020,inf\n", "row 2: value is 'inf', which is not finite"),
        ("indicator,year,value\nx,2020.5,1\n", "row 2: year is '2020.5', which is not a whole year"),
        ("indicator,year,value\nx,20201,1\n", "row 2: year is 20201. Give a whole year between 1000"),
        ("indicator,year,value\nx,soon,1\n", "row 2: year is 'soon', which is not a whole year"),
        ("indicator,year,value\nx,,1\n", "row 2: year is empty"),
        ("indicator,year,value\n,2020,1\n", "row 2: indicator is empty"),
        ("indicator,year,value\nx,2020,1\nx,2021,2\nx,2020,3\n",
         "row 4: x has a second value for 2020 (the first is in row 2)"),
        ("indicator,year,value,unit\nx,2020,1,%\nx,2021,2,‰\n",
         "row 3: x has the unit '‰', but '%' in row 2"),
        ("indicator,year,value,status\nx,2020,1,guessed\n", "row 2: status is 'guessed'. Use one of: final"),
        ("indicator,year,value,break\nx,2020,1,maybe\n", "row 2: break is 'maybe'. Write 1"),
        ("indicator,year,value\nx,2020,1,5\n", "row 2: 4 cells for 3 columns. Quote text"),
    ],
)  # fmt: skip
def test_one_problem(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(fc.ReadError) as caught:
        fc.read_histories(write(tmp_path, text))
    assert len(caught.value.problems) == 1
    assert problem in caught.value.problems[0]


def test_every_problem_at_once_with_its_row(tmp_path: Path) -> None:
    folder_with(
        tmp_path,
        "indicator,unit,lower,upper,classes\nx,%,0,100,\nwater,class,,,I;II\nshare,%,100,0,\n",
        "area,indicator,year,value,unit,status\n"
        "J,x,2020,60,%,final\n"
        "J,x,2021,160,%,final\n"
        "J,x,soon,?,%,wrong\n"
        "J,x,2020,61,‰,final\n"
        "J,water,2020,III,class,\n"
        "J,watre,2020,I,class,\n",
    )
    write(tmp_path, "indicator,year\nx,2020\n", "other.csv")
    write(tmp_path, "", "empty.csv")
    with pytest.raises(fc.ReadError) as caught:
        fc.read_histories(tmp_path)
    assert sorted(caught.value.problems) == sorted(
        [
            "empty.csv: the file is empty. Give a header line and at least one row.",
            "indicators.csv, row 4: share: the lower bound must be below the upper; got [100, 0].",
            "data.csv, row 3: value is 160, outside the bounds [0, 100]. Correct the value, its unit, or the "
            "bounds.",
            "data.csv, row 4: year is 'soon', which is not a whole year. Write it as 2026.",
            "data.csv, row 4: value is '?', which is not a number. Leave the cell empty where there is none.",
            "data.csv, row 4: status is 'wrong'. Use one of: final, provisional, derived, proxy.",
            "data.csv, row 5: x in J has a second value for 2020 (the first is in data.csv, row 2). Keep one "
            "value a year.",
            "data.csv, row 5: x in J has the unit '‰', but '%' in data.csv, row 2. Use one unit a series.",
            "data.csv, row 6: value is 'III', which is not a class. Use one of: I, II.",
            "data.csv, row 7: value is 'I', which is not a number. Leave the cell empty where there is none.",
            "data.csv, row 7: indicators.csv has no 'watre'. Did you mean 'water'?",
            "other.csv, column 'value' is missing. Available: indicator, year.",
        ]
    )


def test_one_series_over_two_files_names_both(tmp_path: Path) -> None:
    write(tmp_path, "indicator,year,value\nx,2020,1\n", "a.csv")
    write(tmp_path, "indicator,year,value\nx,2021,1\nx,2020,2\n", "b.csv")
    with pytest.raises(
        fc.ReadError, match=r"b\.csv, row 3: x has a second value for 2020 \(the first is in a\.csv, row 2\)"
    ):
        fc.read_histories(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("x.csv", bytes(range(256)), "this is a binary file"),
        ("x.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "this is a binary file"),
        ("x.csv", b"indicator,year,value\nx,2020,\xff\n", "neither UTF-8 nor GB18030"),
        ("x.xlsx", b"no workbook", "it cannot be read as XLSX"),
        ("x.xlsx", b"", "the file is empty"),
        ("x.pdf", b"%PDF", ".pdf is not a table"),
    ],
)
def test_what_is_no_table(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(fc.ReadError) as caught:
        fc.read_histories(tmp_path / name)
    assert problem in str(caught.value)


def test_a_file_that_is_not_there_suggests_one(tmp_path: Path) -> None:
    write(tmp_path, TEXT, "forest_cover.csv")
    with pytest.raises(fc.ReadError, match=r"there is no such file\. Did you mean 'forest_cover\.csv'\?"):
        fc.read_histories(tmp_path / "forrest_cover.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(fc.ReadError, match=r"the folder holds no histories"):
        fc.read_histories(tmp_path / "empty")


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("value", np.inf, "row 1: value is 'inf', which is not finite"),
        ("value", True, "row 1: value is 'True', which is not a number"),
        ("year", 2020.5, "row 1: year is '2020.5', which is not a whole year"),
        ("year", None, "row 1: year is empty"),
    ],
)
def test_a_frame_with_a_problem(column: str, cell: object, problem: str) -> None:
    frame = pd.DataFrame({"indicator": ["x", "x"], "year": [2020, 2021], "value": [1.0, 2.0]}, dtype=object)
    frame.loc[0, column] = cell
    with pytest.raises(fc.ReadError) as caught:
        fc.read_histories(frame)
    assert problem in str(caught.value)


def test_a_missing_value_of_a_frame_is_a_missing_year() -> None:
    frame = pd.DataFrame({"indicator": "x", "year": [2020, 2021, 2022], "value": [1.0, None, 2.0]})
    assert fc.read_histories(frame)["", "x"].gaps == (2021,)
    assert fc.read_histories(frame.convert_dtypes())["", "x"].gaps == (2021,)


def test_a_row_given_twice_is_read_once_and_said(tmp_path: Path) -> None:
    path = write(tmp_path, "indicator,year,value\nx,2020,1\nx,2021,2\nx,2020,1.0\n", "a.csv")
    found = fc.read_histories(path)
    assert found["", "x"].values.tolist() == [1.0, 2.0]
    assert [str(each) for each in found.remarks] == [
        "rows that stand twice are read once: 1 left out, the first in row 4."
    ]
    frame = pd.DataFrame({"indicator": "x", "year": [2020, 2021, 2020], "value": [1.0, 2.0, 1.0]})
    assert pack(frame, Catalogue()).values.tolist() == [1.0, 2.0]


def test_a_hundred_thousand_second_values_are_one_sentence(tmp_path: Path) -> None:
    rows = "".join(f"x,{2000 + i % 5},{i}\n" for i in range(20_000))
    path = write(tmp_path, f"indicator,year,value\n{rows}", "a.csv")
    with pytest.raises(fc.ReadError) as refused:
        fc.read_histories(path)
    assert refused.value.problems == (
        "row 7: x has a second value for 2000 (the first is in row 2). Keep one value a year. "
        "(19994 more rows alike, to row 20001.)",
    )


def test_other_sources(tmp_path: Path) -> None:
    import io

    text = rows("1", "2")
    assert len(read_histories(io.StringIO(text))) == len(read_histories(io.BytesIO(text.encode()))) == 1
    (tmp_path / "a.csv").write_text(text)
    (tmp_path / "b.csv").write_text(text.replace("x;", "y;"))
    assert len(read_histories([tmp_path / "a.csv", tmp_path / "b.csv"])) == 2
    assert read_histories(pd.Series([1.0, 2.0], index=[2020, 2021], name="x"))["", "x"].last_value == 2.0
    for wrong in ({"a": 1}, 3, None):
        with pytest.raises(ForecastError, match="read_histories: give a path"):
            read_histories(wrong)  # type: ignore[arg-type]
    with pytest.raises(ReadError, match="an address on the web"):
        read_histories("https://example.org/a.csv")


def test_an_open_workbook_is_read_as_its_path_is(tmp_path: Path) -> None:
    frame = pd.DataFrame({"indicator": "x", "year": [2020, 2021], "value": [1.0, 2.0]})
    frame.to_excel(tmp_path / "x.xlsx", index=False)
    with (tmp_path / "x.xlsx").open("rb") as file:
        assert fc.read_histories(file)["", "x"].values.tolist() == [1.0, 2.0]


def test_a_frame_with_years_or_indicators_as_columns() -> None:
    wide = pd.DataFrame([["x", 1.0, 2.0]], columns=["indicator", 2020, 2021])
    assert fc.read_histories(wide)["", "x"].to_series().to_dict() == {2020: 1.0, 2021: 2.0}
    several = pd.DataFrame(
        {"gdp": [1.0, 2.0], "jobs": [3.0, None]}, index=pd.Index([2020, 2021], name="year")
    )
    found = fc.read_histories(several)
    assert found["", "gdp"].values.tolist() == [1.0, 2.0]
    assert found["", "jobs"].years.tolist() == [2020]


def test_a_frame_that_does_not_say_of_what_its_values_are() -> None:
    for years in ("ds", "year"):
        frame = pd.DataFrame({years: [2020], ("y" if years == "ds" else "value"): [1.0]})
        with pytest.raises(fc.ReadError, match=r"'indicator' is missing\. It says what .*assign\("):
            fc.read_histories(frame)


def test_a_text_given_as_a_path() -> None:
    with pytest.raises(fc.ForecastError, match=r"not a path\. Give io\.StringIO"):
        fc.read_histories("indicator,year,value\nx,2020,1\n")


def test_many_columns_cost_little(tmp_path: Path) -> None:
    wide = (
        "area,indicator,year,value,"
        + ",".join(f"c{i}" for i in range(20_000))
        + "\nA,x,2020,1"
        + "," * 20_000
    )
    (tmp_path / "wide.csv").write_text(wide + "\n", encoding="utf-8")
    assert read_histories(tmp_path / "wide.csv")["A", "x"].values.tolist() == [1.0]
