"""Plain tables: a row a year, a column a year, or a column an indicator."""

from __future__ import annotations

import pytest

from forecast.errors import ReadError
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.history.tidy_csv import tidy_csv
from tests.history.formats.written import Values, any_history, few, figures, lines, read


def yearbook(values: Values) -> str:
    years, cells = (",".join(row) for row in ([f"{y}年" for y in values], [str(v) for v in values.values()]))
    head = lines("数据库：年度数据", "时间：最近5年")
    return f"{head}指标,{years}\n地区生产总值(亿元),{cells}\n数据来源：国家统计局\n"


@few
@any_history
def test_a_history_is_read_back_from_each_layout(values: Values) -> None:
    own = History.of("x", values, values.values(), unit="%", area="Aland")
    assert figures(read(tidy_csv(Histories([own])), "x.csv"), "Aland", "x") == values
    found = read(yearbook(values), "年度数据.csv", "gb18030")
    assert figures(found, "", "地区生产总值") == values
    assert found["", "地区生产总值"].unit == "亿元"
    columns = lines("年份,GDP(亿元),人口(万人)", *(f"{y},{v},5" for y, v in values.items()))
    assert figures(read(columns, "gdp.csv"), "", "GDP") == values


def test_a_unit_in_a_line_above() -> None:
    text = lines("主要指标", "单位：亿元", "指标,2020年,2021年", "总产值,1,2")
    assert read(text, "a.csv", "gb18030")["", "总产值"].unit == "亿元"


def test_a_table_of_no_known_head_is_refused_with_what_it_has() -> None:
    with pytest.raises(ReadError, match=r"column 'year' is missing. Available: a, b."):
        read("a,b\n1,2\n", "a.csv")


def test_a_number_a_row_is_no_indicator() -> None:
    found = read(lines("No.,year,GDP", "1,2020,5.5", "2,2021,6.5"), "x.csv")
    assert [*found] == [("", "GDP")]
