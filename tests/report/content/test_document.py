"""What a report says, word for word, and that nothing in it contradicts the study.

The golden files are made anew with ``python -m tests.report.make_golden``; read the difference
before committing it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import forecast as fc
from forecast.assessment.forecast import Forecast
from forecast.language.language import Language
from forecast.report import document
from forecast.report.content.blocks import Chart, Table, walk
from forecast.report.content.document import Document
from forecast.report.content.wording import Wording, change_decimals, outlook_decimals
from tests.report.outline import outline
from tests.report.small import DAY

GOLDEN = Path(__file__).parents[2] / "golden"


def test_the_document_says_what_it_said(report: Document, lang: str) -> None:
    assert outline(report) == (GOLDEN / f"report-{lang}.txt").read_text(encoding="utf-8")


def test_the_date_stands_on_one_line_and_nowhere_else(study: fc.Study, report: Document, lang: str) -> None:
    other = outline(document(study, lang=lang, date=DAY.replace(day=2))).splitlines()
    unlike = [i for i, line in enumerate(outline(report).splitlines()) if line != other[i]]
    assert unlike == [2]


def test_both_languages_have_the_same_parts_and_figures(study: fc.Study) -> None:
    en, zh = (document(study, lang=lang, date=DAY) for lang in ("en", "zh"))
    assert [s.id for _, s in walk(en.sections)] == [s.id for _, s in walk(zh.sections)]

    def figures(report: Document) -> list[Any]:
        tables = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Table)]
        return [c.value for t in (*tables, report.full_table) for r in t.body for c in r.cells if c.numeric]

    # English counts 亿元 in millions of yuan, in whole hundreds where nothing finer is known.
    for said, counted in zip(figures(en), figures(zh), strict=True):
        assert said == counted or said == pytest.approx(100 * counted, rel=5e-3)


def test_every_target_has_a_row_and_every_one_with_figures_a_card(study: fc.Study, report: Document) -> None:
    table = next(b for _, s in walk(report.sections) for b in s.blocks if getattr(b, "id", "") == "targets")
    assert isinstance(table, Table)
    assert [row.cells[0].text for row in table.body] == [line.item.id for line in study.lines]
    cards = [s.line.item.id for _, s in walk(report.sections) if s.line is not None]
    assert cards == ["1", "2", "3", "4", "5"]


def test_a_stand_in_is_named_wherever_its_figures_stand(report: Document, lang: str) -> None:
    name = {"en": "Output, 乙省", "zh": "乙省产出"}[lang]
    card = next(s for _, s in walk(report.sections) if s.line is not None and s.line.item.id == "2")
    for block in card.blocks:
        if isinstance(block, Chart):
            assert name in block.caption
        if isinstance(block, Table) and block.id.startswith("series"):
            assert name in block.caption
            word = Language(lang).text("point.proxy")
            assert all(word in row.cells[2].text for row in block.body)
    main = report.sections[1].blocks[-1]
    assert isinstance(main, Table)
    assert name in main.body[1].cells[-1].text


_SEEN = [10, 12, 13, 15, 18, 19, 22, 23, 26, 27, 30]
_KINDS = {
    "between": fc.Target.between("x", 34, 40, year=2027),
    "equal": fc.Target.equal("x", 36, year=2027, tolerance=2),
    "course": fc.Target.declining("x", year=2027, rule="every_year"),
    "change": fc.Target.change("x", -0.18, year=2027, base_year=2020),
    "average": fc.Target.average_growth("x", 0.06, year=2027, base_year=2020),
    "sum": fc.Target.cumulative("x", 200, year=2027, since=2021),
    "kept": fc.Target.maintain("x", 20, year=2027),
    "past": fc.Target.at_least("x", 99, year=2023),
    "large": fc.Target.at_least("x", 35e12, year=2027, unit="yuan"),
    "small": fc.Target.at_least("x", 35e-12, year=2027),
}
_FINDINGS = {
    "course": "Meeting the target (lower in every year, up to 2027) is",
    "sum": "Meeting the target (at least 200 in all from 2021 to 2027) is",
    "kept": "The target (at least 20 in every year, up to 2027) is met now",
    "past": "The target (at least 99 in 2023) was missed.",
    "large": "Meeting the target (at least 35×10¹² yuan in 2027) is",
}


@pytest.mark.parametrize("name", _KINDS)
def test_every_kind_of_target_can_be_told(name: str, lang: str) -> None:
    size = {"large": 1e12, "small": 1e-12}.get(name, 1.0)
    target = _KINDS[name]
    h = fc.History.of("x", range(2013, 2024), [size * v for v in _SEEN], unit=target.unit)
    study = fc.assess_plan(fc.Plan((fc.Item("1", target),)), fc.Histories([h]), model=fc.Drift())
    said = outline(document(study, lang=lang, date=DAY))
    assert "0.000000 " not in said
    assert "000,000,000 yuan" not in said
    if lang == "en":
        assert _FINDINGS.get(name, "Meeting the target (") in said


def test_a_target_over_many_areas_has_a_page_area_by_area(lang: str, tmp_path: Path) -> None:
    villages = {"North": [8.0, 8.6, 9.1, 9.9, 10.3], "South": [9.1, 9.4, 10.2, 10.4, 11.0]}
    given = [fc.History.of("income", range(2019, 2024), v, area=a) for a, v in villages.items()]
    item = fc.Item("1", fc.Target.all_areas("income", 10, year=2025), {"en": "Income"}, area="County")
    study = fc.assess_plan(fc.Plan((item,)), fc.Histories(given), model=fc.Drift())
    together = study.lines[0].assessment.together
    assert together is not None
    section = next(s for s in document(study, lang=lang, date=DAY).sections if s.id == "areas")
    table = section.blocks[1]
    assert isinstance(table, Table)
    shown = {row.cells[0].text: row.cells[1].value for row in table.rows}
    assert shown == dict(zip(together.areas, together.each.tolist(), strict=True))
    assert list(shown.values()) == sorted(shown.values())
    read = fc.read_study(fc.write_report(study, tmp_path / "s.json", date=DAY))
    assert outline(document(read, lang=lang, date=DAY)) == outline(document(study, lang=lang, date=DAY))


def test_no_figures_and_figures_that_do_not_fit_are_told_apart() -> None:
    h = fc.History.of("share", range(2014, 2024), range(50, 60), unit="%", bounds=(0, 100))
    items = (
        fc.Item("1", fc.Target.at_least("gone", 1, year=2027)),
        fc.Item("2", fc.Target.all_areas("gone", 1, year=2027), area="County"),
        fc.Item("3", fc.Target.at_least("share", 120, year=2027, unit="%")),
    )
    study = fc.assess_plan(fc.Plan(items), fc.Histories([h]))
    w = Wording(Language("en"), study.histories.catalogue)
    keys = [w.reason(line).key for line in study.lines]
    assert keys == ["no_history_of_target", "no_history_of_target", "does_not_fit"]


@pytest.mark.parametrize(
    ("x", "decimals"), [(0.0, 1), (0.011, 2), (0.3, 1), (2.46, 1), (-0.0004, 4), (215.0, 0), (99.9, 1)]
)
def test_yearly_changes_have_few_decimals(x: float, decimals: int) -> None:
    assert change_decimals(x) == decimals


def test_a_forecast_is_rounded_to_what_its_interval_allows() -> None:
    def told(location: float, spread: float, scale: fc.Identity | fc.Log, x: float) -> int:
        outlook = fc.StudentTMixture.single(location, spread, np.inf, scale=scale)
        h = fc.History.of("x", [2020, 2021], [1.123456, 2.123456])
        return outlook_decimals(
            fc.Assessment(fc.Target.at_least("x", 1, year=2030), h, forecast=Forecast(outlook)), x
        )

    assert told(13.6, 1.3, fc.Identity(), 13.6) == 1  # 80 % interval 3.3 wide
    assert told(340.0, 30.0, fc.Identity(), 340.0) == 0  # 77 wide
    assert told(1e6, 3e4, fc.Identity(), 1e6) == -3  # 77,000 wide
    assert told(float(np.log(3400.0)), 1.3, fc.Log(), 577.0) == -1  # 640 to 18,000: two digits each


def test_a_long_plan_has_as_many_charts_as_pages_to_read_them() -> None:
    history = fc.History.of("x", range(2014, 2024), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], area="A")
    items = tuple(fc.Item(str(i), fc.Target.at_least("x", 9, year=2026), area="A") for i in range(50))
    study = fc.assess_plan(fc.Plan(items), fc.Histories((history,)), model=fc.Drift())
    charts = [b for b in document(study).sections[0].blocks if isinstance(b, Chart) and b.kind == "study"]
    assert [chart.ranks for chart in charts] == [(1, 17), (18, 34), (35, 50)]
    assert len({chart.caption for chart in charts}) == 3
