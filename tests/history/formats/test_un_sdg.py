"""The UN's SDG database: dimensions in brackets, totals among them, bounds as figures."""

from __future__ import annotations

from tests.history.formats.written import Values, any_history, few, figures, lines, read

HEAD = (
    "Goal,Target,SeriesCode,SeriesDescription,GeoAreaCode,GeoAreaName,TimePeriod,Value,[Sex],[Nature],[Units]"
)


def row(year: int, value: object, sex: str = "BOTHSEX") -> str:
    return f"2,2.1,SN,Undernourished,4,Aland,{year},{value},{sex},E,PERCENT"


@few
@any_history
def test_a_history_is_read_back_by_its_total(values: Values) -> None:
    rows = (row(y, v, sex) for y, v in values.items() for sex, v in (("BOTHSEX", v), ("FEMALE", 1)))
    found = read(lines(HEAD, *rows), "sdg.csv")
    assert figures(found, "Aland", "Undernourished") == values
    assert "the rows with 'BOTHSEX' in the column 'sex' are read; left aside: FEMALE" in "".join(
        found.remarks
    )


def test_bounds_are_kept_as_derived_figures_with_a_note() -> None:
    history = read(lines(HEAD, row(2019, 3), row(2020, "<2.5"), row(2021, "NaN")), "sdg.csv")[
        "Aland", "Undernourished"
    ]
    assert history.values.tolist() == [3.0, 2.5]
    assert history.notes == ("", "<2.5")
    assert history.status[1] == "derived"
