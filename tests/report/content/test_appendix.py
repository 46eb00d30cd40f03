from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import forecast as fc
from forecast.language.language import Language
from forecast.language.message import told
from forecast.report import document
from forecast.report.content.appendix import to_collect, undrawn
from forecast.report.content.blocks import Table
from forecast.report.content.wording import Wording
from tests.report.outline import outline
from tests.report.small import DAY, small_study


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


def test_what_has_no_figures_of_its_own_is_to_be_collected(study: fc.Study, lang: str) -> None:
    section = to_collect(study, Wording(Language(lang), study.histories.catalogue))
    assert section is not None
    table = section.blocks[-1]
    assert isinstance(table, Table)
    assert [row.cells[0].text for row in table.rows] == ["2", "4", "6"]
    assert table.rows[-1].cells[4].text == {"en": "The bureau", "zh": "生态环境局"}[lang]


def test_characters_that_charts_cannot_draw_are_named(study: fc.Study) -> None:
    w = Wording(Language("en"), study.histories.catalogue)
    assert undrawn(study, w) == ()
    odd = replace(study, plan=replace(study.plan, titles={"en": "A \U0001f9ff plan"}))
    (said,) = undrawn(odd, w)
    assert "U+1F9FF" in said.text
