from __future__ import annotations

import pytest

import forecast as fc
from forecast.assessment.study import Line
from forecast.language.language import Language
from forecast.report import document
from forecast.report.content.blocks import Table, walk
from forecast.report.content.document import Document
from forecast.report.content.tables import main_table
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
