"""What a report says, word for word, and that nothing in it contradicts the study.

The golden files are made anew with ``python -m tests.report.make_golden``; read the difference
before committing it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.assessment.forecast import Forecast
from forecast.language.language import LANGUAGES, Language
from forecast.language.message import told
from forecast.report import document
from forecast.report.content.blocks import Chart, Paragraph, Slider, Table, walk
from forecast.report.content.document import Document
from forecast.report.content.findings import disagreement, judgement
from forecast.report.content.wording import Wording, change_decimals, outlook_decimals
from forecast.report.formats.markdown import markdown
from forecast.rules.base import Verdict
from tests.report.outline import outline
from tests.report.small import DAY, small_study

GOLDEN = Path(__file__).parents[2] / "golden"


def test_the_document_says_what_it_said(report: Document, lang: str) -> None:
    assert outline(report) == (GOLDEN / f"report-{lang}.txt").read_text(encoding="utf-8")


def test_the_markdown_says_what_it_said(report: Document, lang: str) -> None:
    assert markdown(report) == (GOLDEN / f"report-{lang}.md").read_text(encoding="utf-8")


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
    main = report.sections[1].blocks[0]
    assert isinstance(main, Table)
    assert name in main.body[1].cells[-1].text


def test_a_slider_holds_the_librarys_own_probabilities(study: fc.Study, report: Document) -> None:
    found = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Slider)]
    assert [slider.id for slider in found] == ["slider-1", "slider-2", "slider-3"]
    for slider, line in zip(found, study.lines[:3], strict=True):
        a, kind = line.assessment, line.item.target.kind
        assert a.outlook is not None
        ask = a.outlook.at_least if kind.direction > 0 else a.outlook.at_most
        assert_allclose(slider.probabilities, ask(slider.values), atol=1e-6)
        assert slider.values[slider.start] == kind.value
        assert slider.probabilities[slider.start] == a.probability
        assert (np.diff(slider.values) > 0).all()


def test_changes_are_told_against_an_earlier_study(lang: str) -> None:
    now = document(small_study(later=True), lang=lang, since=small_study(), date=DAY)
    section = next(s for s in now.sections if s.id == "changes")
    table = section.blocks[1]
    assert isinstance(table, Table)
    assert [row.cells[0].text for row in table.rows] == ["1", "4"]
    assert "2023" in table.rows[0].cells[-1].text
    assert "12" in table.rows[0].cells[3].text
    same = document(small_study(), lang=lang, since=small_study(), date=DAY)
    assert len(next(s for s in same.sections if s.id == "changes").blocks) == 1


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
    "large": "Meeting the target (at least 35,000 billion yuan in 2027) is",
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


def test_arithmetic_and_forecast_that_disagree_are_set_side_by_side(study: fc.Study) -> None:
    line, w = study.lines[0], Wording(Language("en"), study.histories.catalogue)
    sunny = (Verdict("destatis", 0.01, "sun", "projected_shortfall"),)
    hopeful = replace(line, assessment=replace(line.assessment, rules=sunny))
    said = disagreement(hopeful, w)
    assert said == (
        "The official arithmetic is favourable (Destatis (Germany): sun), but the forecast gives only 12 %."
    )
    cloudy = replace(line.assessment, rules=(Verdict("destatis", 0.5, "cloud", "projected_shortfall"),))
    assert not disagreement(
        replace(line, assessment=cloudy), Wording(Language("en"), study.histories.catalogue)
    )


def test_a_calibration_record_is_quoted_for_its_own_model_only(
    study: fc.Study, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bins = [{"stated": 0.3, "said": 50, "came_true": 14}, {"stated": 0.72, "said": 1000, "came_true": 693}]
    record = {"model": "Drift", "source": {"en": "A test.", "zh": "测试。"}, "bins": bins}
    monkeypatch.setattr("forecast.report.content.appendix.calibration_record", lambda: record)

    def said(model: str) -> str:
        made = document(replace(study, model=model), lang=lang, date=DAY)
        return outline(made).partition(Language(lang).text("section.calibration"))[2]

    quoted = {
        "en": "Of 1,000 statements near 72 %, 693 came true.",
        "zh": "1000次概率约为72%的判断中，有693次",
    }
    assert quoted[lang] in said("Drift")
    assert "693" not in said("Theta")


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


def test_chinese_markdown_has_chinese_colons_and_semicolons(study: fc.Study) -> None:
    text = markdown(document(study, lang="zh", date=DAY))
    assert not re.search("[\u4e00-\u9fff）][:;] ", text)
    assert "* 目标：2026年不低于72%" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_says_where_the_charts_are(study: fc.Study, lang: str) -> None:
    words = Language(lang)
    assert f"*{words.text('page.without_charts')}*" in markdown(document(study, lang=lang)).splitlines()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "One has no usable figures. One is decided: its year has passed. "
            "One has figures that allow no probability.",
        ),
        ("zh", "另有1项没有可用数据。1项目标年已过，结果已定。1项虽有数据，但不足以给出概率。"),
    ],
)
def test_the_counts_of_the_judgement_add_up(study: fc.Study, lang: str, said: str) -> None:
    first, *_ = judgement(study, Wording(Language(lang), study.histories.catalogue))
    assert said in first


def test_the_rules_say_from_which_year_they_count(study: fc.Study) -> None:
    """The growth they print is that from the base they name to the last figure."""
    cards = {s.line.item.id: s for _, s in walk(document(study, lang="en").sections) if s.line is not None}
    told = [b.text for b in cards["3"].blocks if isinstance(b, Paragraph) and "the base here" in b.text]
    assert told == [Language("en").text("rules.since", {"start": 2015, "period": "2015–2021"})]
    a = cards["3"].line.assessment
    (observed,) = [v.value for v in a.rules if v.convention == "observed_compound"]
    assert_allclose(observed, (a.history.value_in(2021) / a.history.value_in(2015)) ** (1 / 6) - 1)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_targets_that_could_not_be_read_stand_in_the_report(lang: str, tmp_path: Path) -> None:
    plan = pd.DataFrame(
        {
            "id": ["1", "2"],
            "indicator": "x",
            "kind": ["at_least", "change"],
            "value": 20,
            "year": 2030,
            "base_year": 2020,
        }
    )
    figures = pd.DataFrame({"indicator": "x", "year": range(2015, 2024), "value": range(10, 19)})
    study = fc.assess_plan(fc.read_plan(plan), fc.read_histories(figures))
    assert [each.id for each in study.plan.unread] == ["2"]
    why = told(study.plan.unread[0].problems[0], lang)
    sections = {section.id: section for section in document(study, lang=lang).sections}
    table = sections["unread"].blocks[-1]
    assert isinstance(table, Table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["2", "x", why]]
    for ending in (".md", ".html", ".docx", ".xlsx", ".json", ".csv"):
        written = fc.write_report(study, tmp_path / f"report{ending}", lang=lang)
        if ending in (".json", ".csv"):  # the machine-readable ones keep English
            assert "a change needs it" in written.read_text(encoding="utf-8-sig")
        assert written.stat().st_size > 0
    assert study.to_frame()["id"].tolist() == ["1", "2"]
    assert fc.read_study(tmp_path / "report.json").plan.unread == study.plan.unread


def test_a_plan_read_as_a_whole_has_no_section_for_the_unread(study: fc.Study) -> None:
    assert "unread" not in {section.id for section in document(study).sections}
