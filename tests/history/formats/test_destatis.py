"""Destatis: the flat file of GENESIS, and the table with title lines and days as columns."""

from __future__ import annotations

from tests.history.formats.written import Values, any_history, few, figures, lines, read

HEAD = (
    "statistics_code;time;1_variable_label;1_variable_attribute_label;2_variable_label;"
    "2_variable_attribute_label;value;value_unit;value_variable_label"
)


def german(value: float) -> str:
    return str(value).replace(".", ",")


def flat(values: Values) -> str:
    rows = (
        f"12411;{y}-12-31;Bundesländer;Aland;Geschlecht;{sex};{german(v)};Anzahl;Bevölkerung"
        for y, v in values.items()
        for sex, v in (("Insgesamt", v), ("weiblich", 1.5))
    )
    return lines(HEAD, *rows)


def table(values: Values) -> str:
    days = ";".join(f"31.12.{year}" for year in values)
    cells = ";".join(map(german, values.values()))
    head = lines("Tabelle: 12411-0010", "Bevölkerung: Bundesländer, Stichtag")
    return f"{head}Bundesland;{days}\nAland;{cells}\n© Amt\n"


@few
@any_history
def test_a_history_is_read_back(values: Values) -> None:
    assert figures(read(table(values), "12411.csv"), "Aland", "12411") == values
    found = read(flat(values), "12411_flat.csv")
    assert figures(found, "Aland", "Bevölkerung") == values
    assert "left aside: weiblich" in "".join(found.remarks)


def test_the_offices_signs_for_no_figure() -> None:
    text = lines("Bundesland;2018;2019;2020;2021;2022", "Aland;1,5;-;...;.;2,5")
    assert figures(read(text, "x.csv", "cp1252"), "Aland", "x") == {2018: 1.5, 2022: 2.5}
