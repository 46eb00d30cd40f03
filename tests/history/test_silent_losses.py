"""What used to be read wrongly without a word: read rightly, or refused with advice that is right."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from forecast.errors import ForecastError, HistoryError, ReadError
from forecast.history.catalogue import Catalogue
from forecast.history.history import History
from forecast.history.read_files import read_histories
from forecast.history.read_frame import pack


def values(folder: Path, text: str, encoding: str = "utf-8", **where: str) -> list[float]:
    path = folder / "x.csv"
    path.write_bytes(text.encode(encoding))
    found = read_histories(path, where=where)
    assert len(found) == 1
    return next(iter(found.values())).values.tolist()


def refused(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = folder / "x.csv"
    path.write_bytes(text.encode(encoding))
    with pytest.raises(ReadError) as caught:
        read_histories(path)
    return "\n".join(caught.value.problems)


def rows(*cells: str, delimiter: str = ";") -> str:
    lines = [f"x{delimiter}{2015 + i}{delimiter}{cell}" for i, cell in enumerate(cells)]
    return "\n".join([delimiter.join(("indicator", "year", "value")), *lines]) + "\n"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("5,2", "5,0", "0,5"), [5.2, 5.0, 0.5]),
        (("1.234,5", "1.012"), [1234.5, 1012.0]),
        (("1 234,5", "987,0"), [1234.5, 987.0]),
        (("2,199.40", "1,012"), [2199.4, 1012.0]),
        (("1,234,567", "999"), [1234567.0, 999.0]),
        (("1'234.5", "2.5"), [1234.5, 2.5]),
        (("..", "3", "n/a", "…", "4"), [3.0, 4.0]),
    ],
)
def test_one_way_of_writing_is_read(cells: tuple[str, ...], expected: list[float], tmp_path: Path) -> None:
    assert values(tmp_path, rows(*cells)) == expected


def test_advice_gives_the_right_figure(tmp_path: Path) -> None:
    said = refused(tmp_path, rows("941", "987", "1.012"))
    assert "value is '1.012': thousands or decimals? Write 1012, or 1.0120." in said
    assert values(tmp_path, rows("941", "987", "1012")) == [941, 987, 1012]
    assert values(tmp_path, rows("0.9", "1.0120")) == [0.9, 1.012]
    said = refused(tmp_path, rows("5,2", "5.9"))
    assert "value is '5,2', but other rows have a decimal point ('5.9'). Write 5.2." in said


def test_a_thousands_mark_in_a_file_of_commas_is_seen_by_its_leap(tmp_path: Path) -> None:
    said = refused(tmp_path, rows("941", "987", "1.012", delimiter=","))
    assert "from 987 in 2016 to 1.012 in 2017: is the point a thousands mark? Write 1012" in said


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Österreich", "cp1252"), ("Côte d'Or", "cp1252"), ("出生率の推移", "shift_jis"), ("吉林省", "gb18030"),
     ("Österreich", "utf-16-le"), ("吉林省", "utf-16")],
)  # fmt: skip
def test_letters_are_read_as_they_were_written(name: str, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(f"area,indicator,year,value\n{name},x,2020,1\n".encode(encoding))
    assert read_histories(tmp_path / "x.csv").areas == (name,)


def test_letters_that_are_not_sure_are_refused(tmp_path: Path) -> None:
    assert "neither UTF-8 nor GB18030" in refused(tmp_path, rows("1").replace("x;", "Москва;"), "cp1251")


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


def test_bounds_are_kept_and_marked(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("indicator,year,value\nx,2018,3\nx,2019,<2.5\nx,2020,NaN\nx,2021,>95\n")
    history = read_histories(tmp_path / "x.csv")["", "x"]
    assert history.values.tolist() == [3.0, 2.5, 95.0]
    assert history.status == ("final", "derived", "derived")
    assert history.notes == ("", "<2.5", ">95")


@pytest.mark.parametrize(("text", "said"), [("1e-400", "not of a size"), ("9" * 400, "not finite")])
def test_numbers_that_no_float_holds(text: str, said: str, tmp_path: Path) -> None:
    problem = refused(tmp_path, rows(text))
    assert said in problem
    assert len(problem) < 400


def test_much_of_the_same_is_said_once(tmp_path: Path) -> None:
    said = refused(tmp_path, rows(*["?"] * 400))
    assert said.count("\n") == 0
    assert "row 2 to row 401 (400 rows): value is '?'" in said


def test_years_of_every_python_kind() -> None:
    index = [pd.period_range("2014", "2016", freq="Y"), pd.date_range("2014-12-31", periods=3, freq="YE"),
             ["2014", "2015", "2016"]]  # fmt: skip
    for years in index:
        assert History.of("x", years, [1.0, 2.0, 3.0]).last_year == 2016
    assert History.of("x", pd.Series([1.0, 2.0], index=[2020, 2021])).last_year == 2021
    series = pd.Series([1.0], index=pd.MultiIndex.from_tuples([("A", "2014")]), name="x")
    with pytest.raises(HistoryError, match="several levels"):
        History.from_series(series)
    with pytest.raises(HistoryError, match="outlook_table"):
        History.of("x", [2020], [1.0]).steps_to([2021, 2022])  # type: ignore[arg-type]


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
