"""Our World in Data: Entity, Code, Year, then an indicator a column."""

from __future__ import annotations

from tests.history.formats.written import Values, any_history, few, figures, lines, read


@few
@any_history
def test_a_history_is_read_back(values: Values) -> None:
    text = lines("Entity,Code,Year,Share", *(f"Aland,ALD,{y},{v}" for y, v in values.items()))
    assert figures(read(text, "share.csv"), "Aland", "Share") == values


def test_every_column_of_figures_is_an_indicator_and_notes_are_none() -> None:
    text = lines(
        "Entity,Code,Year,Share,Number,Share-annotations,World region according to OWID",
        "Aland,ALD,2020,1.5,9,estimate,Europe",
    )
    assert {name for _, name in read(text, "x.csv")} == {"Share", "Number"}
