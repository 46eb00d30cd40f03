"""Open SDG: one file an indicator, headline rows where the columns of groups are empty."""

from __future__ import annotations

from tests.history.formats.written import Values, any_history, few, figures, lines, read


@few
@any_history
def test_the_headline_is_read_back(values: Values) -> None:
    rows = (f"{y},{sex},%,,{v}" for y, v in values.items() for sex, v in (("", v), ("Female", 3)))
    found = read(lines("Year,Sex,Units,GeoCode,Value", *rows), "indicator_1-1-1.csv")
    assert figures(found, "", "indicator_1-1-1") == values
    assert "the figures are called 'indicator_1-1-1'" in "".join(found.remarks)
    assert "the rows where the column 'sex' is empty are read; left aside: Female" in "".join(found.remarks)
