from __future__ import annotations

from io import BytesIO
from math import log10
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import load_workbook

import forecast as fc
from forecast.assessment.study import Line
from forecast.plot.axis_values import outlook_decimals
from forecast.report.content.blocks import Chart, Table, walk
from forecast.report.content.document import Document
from forecast.report.formats.xlsx import _width, sheet_name, xlsx
from tests.report.small import FORMULA

# Columns of the sheet that stand in Study.to_frame() under another name, or under the same.
SAME = {
    "id": "id", "base_year": "base_year", "base_value": "base_value", "last_year": "last_year",
    "last_value": "last_value", "target": "target", "target_year": "target_year", "completion": "completion",
    "schedule": "schedule", "effort_ratio": "effort_ratio", "median": "median", "low": "low", "high": "high",
    "probability": "probability", "evidence": "evidence",
}  # fmt: skip

ESTIMATES = ("median", "low", "high")
IN_UNIT = ("base_value", "last_value", "target", *ESTIMATES)


@pytest.fixture(scope="module")
def packed(report: Document) -> bytes:
    return xlsx(report)


@pytest.fixture(scope="module")
def book(packed: bytes) -> Any:
    return load_workbook(BytesIO(packed))


def _sheet(book: Any, report: Document) -> Any:
    return book[report.sections[1].title]


def _factor(line: Line, report: Document) -> float:
    """Return how many of the unit in the table one of the target's own unit is."""
    w, target = report.wording, line.item.target
    return w.language.plain_unit(w.unit(target.indicator, target.unit))[0]


def test_nothing_in_the_file_is_dated(packed: bytes) -> None:
    assert {entry.date_time for entry in ZipFile(BytesIO(packed)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_figure_is_that_of_the_study(study: fc.Study, report: Document, book: Any) -> None:
    sheet, keys, frame = _sheet(book, report), report.full_table.keys, study.to_frame()
    for i in range(len(frame)):
        row = frame.iloc[i]
        factor = _factor(study.lines[i], report)
        for key, name in SAME.items():
            got, expected = sheet.cell(i + 2, keys.index(key) + 1).value, row[name]
            if isinstance(expected, str):
                assert got == expected
            elif pd.isna(expected):
                assert got == "–", (key, row["id"])
            else:
                asked = expected * (factor if key in IN_UNIT else 1.0)
                if key in ESTIMATES:
                    places = outlook_decimals(study.lines[i].assessment, expected) - round(log10(factor))
                    asked = round(asked, places) if places < 0 else asked
                assert got == pytest.approx(asked, rel=1e-14), (key, row["id"])
        for side in ("observed", "required"):
            got = sheet.cell(i + 2, keys.index(side) + 1).value
            linear, compound = row[f"{side}_per_year"], row[f"{side}_compound"]
            if pd.isna(linear):
                assert got == "–"
            else:
                assert got == pytest.approx(linear if row["judged_on_indicator"] == "share" else compound)


def test_numbers_are_numbers_with_native_formats(report: Document, book: Any) -> None:
    sheet, keys = _sheet(book, report), report.full_table.keys
    column = keys.index("probability") + 1
    cells = [sheet.cell(row, column) for row in (2, 3, 4)]
    assert {cell.data_type for cell in cells} == {"n"}
    gap = {"en": " ", "zh": ""}[report.language.code]
    assert {c.number_format for c in cells} == {f'[<0.01]"<1{gap}%";[>0.99]">99{gap}%";0{gap}%'}
    assert sheet.cell(2, keys.index("completion") + 1).number_format == f"0{gap}%;−0{gap}%"
    assert sheet.cell(2, keys.index("observed") + 1).number_format.startswith(
        {"en": '+#,##0.0" pp"', "zh": '+0.0"个百分点"'}[report.language.code]
    )
    assert sheet.cell(2, keys.index("target_year") + 1).number_format == "0"


def test_the_goal_is_told_in_the_unit_beside_it(report: Document, book: Any) -> None:
    sheet, keys = _sheet(book, report), report.full_table.keys
    goal, unit = (sheet.cell(3, keys.index(key) + 1).value for key in ("goal", "unit"))
    assert (goal, unit) == {"en": ("≥ 19,000", "million yuan"), "zh": ("≥190", "亿元")}[report.language.code]


def test_what_looks_like_a_formula_is_text(report: Document, book: Any) -> None:
    sheet, keys = _sheet(book, report), report.full_table.keys
    label = sheet.cell(4, keys.index("indicator") + 1)
    assert (label.value, label.data_type) == (FORMULA, "s")
    group = sheet.cell(4, keys.index("group") + 1)
    assert str(group.value).startswith("@")
    assert group.data_type == "s"
    formulas = [c for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
    assert not formulas


def test_the_table_has_filters_a_frozen_head_and_bars(report: Document, book: Any) -> None:
    sheet = _sheet(book, report)
    (table,) = sheet.tables.values()
    assert table.autoFilter is not None
    assert table.ref.startswith("A1:")
    assert sheet.freeze_panes == "D2"
    (rules,) = sheet.conditional_formatting
    bar = rules.rules[0].dataBar
    assert [(end.type, end.val) for end in bar.cfvo] == [("num", 0), ("num", 1)]


def test_every_indicator_has_a_sheet_with_its_series(study: fc.Study, report: Document, book: Any) -> None:
    cards = [s for _, s in walk(report.sections) if s.line is not None]
    for card in cards:
        assert card.line is not None
        history = card.line.assessment.history
        assert history is not None
        series = next(b for b in card.blocks if isinstance(b, Table) and b.id.startswith("series"))
        sheet = book[sheet_name(card.title, set())]
        start = next(
            c.row
            for c in sheet["A"]
            if c.value == series.columns[0] and sheet.cell(c.row, 2).value == series.columns[1]
        )
        got = [
            (sheet.cell(start + i, 1).value, sheet.cell(start + i, 2).value)
            for i in range(1, len(history) + 1)
        ]
        factor = report.wording.measure(history)[0]
        assert got == [(y, x * factor) for y, x in zip(history.years, history.values, strict=True)]


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("a/b\\c:d*e?f[g]", set(), "a b c d e f g"),
        ("'quoted'", set(), "quoted"),
        ("", set(), "1"),
        ("x" * 40, set(), "x" * 31),
        ("X" * 40, {"x" * 31}, "X" * 29 + " 2"),
    ],
)
def test_sheet_names_are_made_safe(title: str, taken: set[str], name: str) -> None:
    assert sheet_name(title, taken) == name


def _card(report: Document, book: Any, number: str) -> tuple[Line, Any]:
    card = next(s for _, s in walk(report.sections) if s.line is not None and s.line.item.id == number)
    assert card.line is not None
    return card.line, book[sheet_name(card.title, set())]


def test_a_promise_is_a_number_that_says_which_side(report: Document, book: Any) -> None:
    _, sheet = _card(report, book, "1")
    shown = {"en": '"at least "#,##0.0" %"', "zh": '"不低于"0.0"%"'}[report.language.code]
    found = [c for row in sheet.iter_rows() for c in row if c.number_format.startswith(shown)]
    assert len(found) == 5
    assert [c.value for c in found] == sorted(c.value for c in found)


def test_the_chart_draws_the_cells_of_its_sheet(report: Document, book: Any) -> None:
    line, sheet = _card(report, book, "3")
    a = line.assessment
    (chart,) = sheet._charts
    drawn = [_read(book, s.xVal.numRef.f, s.yVal.numRef.f) for s in chart.series]
    assert a.history is not None
    assert a.fitted is not None
    assert drawn[0] == dict(zip(a.history.years.tolist(), a.history.values.tolist(), strict=True))
    years = range(a.history.last_year + 1, a.target.year + 1)
    assert drawn[1] == pytest.approx({year: a.fitted.predict(year).median() for year in years})
    for at, i in ((2, 0), (3, 1)):
        assert drawn[at] == pytest.approx({y: a.fitted.predict(y).interval(0.8)[i] for y in years})
    assert drawn[4] == {2026: 20}


def _read(book: Any, categories: str, values: str) -> dict[int, float]:
    """Return what two references of a chart point to."""
    found = []
    for reference in (categories, values):
        name, cells = reference.rsplit("!", 1)
        picked = book[name.strip("'")][cells.replace("$", "")]
        rows = picked if isinstance(picked, tuple) else ((picked,),)
        found.append([cell.value for row in rows for cell in row])
    return dict(zip(*found, strict=True))


def test_a_chart_tells_what_it_shows(packed: bytes, report: Document) -> None:
    charts = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Chart)]
    told = next(c for c in charts if c.kind == "outlook")
    with ZipFile(BytesIO(packed)) as archive:
        drawings = [archive.read(n).decode() for n in archive.namelist() if "drawings/drawing" in n]
    assert any(escape(told.caption) in drawing for drawing in drawings)


def test_no_sentence_is_cut_off(book: Any) -> None:
    for sheet in book:
        wide = [d for d in sheet.column_dimensions.values() if d.customWidth]
        widths = {column: d.width for d in wide for column in range(d.min, d.max + 1)}
        for merged in sheet.merged_cells.ranges:
            room = sum(widths.get(column, 8.43) for column in range(1, merged.max_col + 1))
            cell = sheet.cell(merged.min_row, 1)
            needed = _width(cell.value) * cell.font.size / 10 * 0.9
            lines = (sheet.row_dimensions[merged.min_row].height or 15) / (1.5 * cell.font.size)
            assert lines * room >= needed, (sheet.title, cell.value)


def test_the_first_sheet_leads_to_every_other(book: Any) -> None:
    first, *others = book.worksheets
    links = [c.hyperlink.location for row in first.iter_rows() for c in row if c.hyperlink]
    assert links == [f"'{sheet.title}'!A1" for sheet in others]


def test_a_bar_is_as_long_as_its_probability(packed: bytes, report: Document) -> None:
    with ZipFile(BytesIO(packed)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert '<dataBar minLength="0" maxLength="100">' in sheet
