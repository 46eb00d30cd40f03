"""FAOSTAT: years as columns with their flags, or a row a year."""

from __future__ import annotations

from tests.history.formats.written import Values, any_history, few, figures, lines, read


def wide(values: Values) -> str:
    years = ",".join(f"Y{year},Y{year}F" for year in values)
    cells = ",".join(f"{value},A" for value in values.values())
    return f"Area Code,Area,Item,Element,Unit,{years}\n1,Aland,Wheat,Production,t,{cells}\n"


def long(values: Values) -> str:
    rows = (f"QCL,1,Aland,Wheat,Production,{y},t,{v},E" for y, v in values.items())
    return lines("Domain Code,Area Code,Area,Item,Element,Year,Unit,Value,Flag", *rows)


@few
@any_history
def test_a_history_is_read_back(values: Values) -> None:
    for write in (wide, long):
        assert figures(read(write(values), "fao.csv"), "Aland", "Wheat, Production") == values


def test_flags_become_status() -> None:
    assert read(long({2020: 1.5}), "fao.csv")["Aland", "Wheat, Production"].status == ("derived",)
    assert read(wide({2020: 1.5, 2021: 2.5}), "fao.csv")["Aland", "Wheat, Production"].unit == "t"
