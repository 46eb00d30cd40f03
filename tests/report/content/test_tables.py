from __future__ import annotations

import pytest

import forecast as fc
from forecast.assessment.study import Line
from forecast.language.language import Language
from forecast.report import document
from forecast.report.content.blocks import Cell, Table, walk
from forecast.report.content.document import Document
from forecast.report.content.tables import full_table, main_table
from forecast.report.content.wording import Wording


def _yearly(report: Document) -> dict[str, tuple[Line, Table]]:
    return {
        section.line.item.id: (section.line, block)
        for _, section in walk(report.sections)
        if section.line is not None
        for block in section.blocks
        if isinstance(block, Table) and block.id.startswith("yearly")
    }


def test_the_years_run_from_the_last_figure_to_the_target(report: Document) -> None:
    for line, table in _yearly(report).values():
        assert line.assessment.history is not None
        years = [row.cells[0].value for row in table.rows]
        assert years == list(range(line.assessment.history.last_year + 1, line.assessment.target.year + 1))


def test_each_year_shows_the_models_own_outlook(report: Document) -> None:
    line, table = _yearly(report)["3"]
    assert line.assessment.fitted is not None
    for row in table.rows:
        year, median, low, high, _ = (cell.value for cell in row.cells)
        outlook = line.assessment.fitted.predict(int(str(year)))
        assert (median, low, high) == pytest.approx((outlook.median(), *outlook.interval(0.8)))


def test_the_target_stands_in_its_year_alone(report: Document) -> None:
    _, table = _yearly(report)["3"]
    assert [row.cells[-1].value for row in table.rows] == [None] * (len(table.rows) - 1) + [20.0]


def test_what_is_over_or_shows_the_pace_alone_has_no_outlook(report: Document) -> None:
    assert set(_yearly(report)) == {"1", "2", "3"}


def test_a_target_of_classes_has_no_outlook_of_values() -> None:
    grades = ("I", "II", "III", "IV")
    history = fc.History.of("water", range(2012, 2024), [3, 3, 3, 2, 3, 2, 2, 2, 3, 2, 2, 2], area="A")
    target = fc.Target.ordinal("water", "II", year=2026, scale=grades)
    study = fc.assess_plan(fc.Plan((fc.Item("1", target, area="A"),)), fc.Histories((history,)))
    assert not _yearly(document(study))


def test_chapters_are_gathered_and_an_empty_column_of_notes_is_left_out():
    history = fc.History.of("x", range(2010, 2024), range(14), area="T")
    target = fc.Target.at_least("x", 20, year=2026)
    items = tuple(fc.Item(str(i), target, area="T", group=g) for i, g in enumerate("abab"))
    study = fc.assess_plan(fc.Plan(items), fc.Histories((history,)), model=fc.Drift())
    table = main_table(study, Wording(Language("en"), study.histories.catalogue))
    assert [row.cells[0].text for row in table.rows] == ["a", "0", "2", "b", "1", "3"]
    assert "note" not in table.keys


def _full(history: fc.History, target: fc.Target) -> tuple[dict[str, Cell], Wording]:
    """The row of a plan of one target, by column, as a spreadsheet has it."""
    plan = fc.Plan((fc.Item("1", target, base_year=2020),))
    study = fc.assess_plan(plan, fc.Histories((history,)), model=fc.Drift())
    w = Wording(Language("zh"), study.histories.catalogue)
    table = full_table(study, w)
    return dict(zip(table.keys, table.body[0].cells, strict=True)), w


def test_a_series_has_one_step_of_digits() -> None:
    """A Gini coefficient of 0.31 among 0.315 and 0.322 is 0.310."""
    history = fc.History.of("x", range(2018, 2025), [0.33, 0.322, 0.315, 0.32, 0.316, 0.312, 0.31])
    cells, w = _full(history, fc.Target.at_most("x", 0.3, year=2028))
    assert [(cells[key].text, cells[key].decimals) for key in ("base_value", "last_value")] == [
        ("0.315", 3),
        ("0.310", 3),
    ]
    assert (w.bare(history, 0.31), w.of_history(history, 0.33)) == ("0.310", "0.330")
    assert w.bare(history, 0.3125) == "0.3125"  # what is finer than the series keeps its digits


def test_a_growth_that_is_asked_for_is_a_percentage() -> None:
    history = fc.History.of("x", range(2018, 2025), [80, 84, 90, 93, 99, 101, 108], unit="亿元")
    for target, text in (
        (fc.Target.average_growth("x", 0.065, year=2027, base_year=2020), "6.5%"),
        (fc.Target.change("x", 0.13, year=2027, base_year=2020), "13%"),
    ):
        asked = _full(history, target)[0]["target"]
        assert (asked.text, asked.kind, asked.value) == (text, "percent", target.value)


def test_classes_are_named_in_every_column() -> None:
    history = fc.History.of("water", range(2018, 2025), [3, 3, 2, 3, 2, 2, 2], unit="")
    cells, _ = _full(history, fc.Target.ordinal("water", "II", year=2027, scale=("I", "II", "III")))
    assert [cells[key].text for key in ("base_value", "last_value", "target")] == ["II"] * 3
    assert {cells[key].text for key in ("median", "low", "high")} <= {"I", "II", "III"}
    assert not any(cells[key].numeric for key in ("last_value", "target", "median"))
