from __future__ import annotations

import pytest

import forecast as fc
from forecast.report import document
from forecast.report.content.blocks import Bullets, Chart, Paragraph, Table
from forecast.report.content.document import DETAILS
from forecast.report.content.summary import DECISIONS, decisions
from forecast.report.content.wording import Wording
from tests.report.random_study import random_study
from tests.report.small import DAY
from tests.report.statements import unproved


def test_the_short_form_opens_with_ten_lines_and_one_chart(study: fc.Study, lang: str) -> None:
    first, *_ = document(study, lang=lang, date=DAY, detail="summary").sections
    lines = sum(len(b.items) if isinstance(b, Bullets) else isinstance(b, Paragraph) for b in first.blocks)
    assert lines <= 10
    assert sum(isinstance(block, Chart) for block in first.blocks) == 1


def test_every_target_has_its_row_and_none_a_page(study: fc.Study, lang: str) -> None:
    made = document(study, lang=lang, date=DAY, detail="summary")
    (table,) = [b for s in made.sections if s.id == "targets" for b in s.blocks if isinstance(b, Table)]
    assert [row.cells[0].text for row in table.body] == [line.item.id for line in study.lines]
    assert not any(inner.line for section in made.sections for inner in section.sections)


def test_what_needs_a_decision_comes_with_the_least_likely_first() -> None:
    study = random_study(5, targets=24)
    w = Wording(fc.Language("en"), study.histories.catalogue)
    said = decisions(study, w)
    unlikely = sorted(
        (line for line in study.lines if (line.assessment.probability or 1) <= 0.33),
        key=lambda line: line.assessment.probability or 0,
    )
    assert len(unlikely) > DECISIONS, "a study that tests nothing"
    assert len(said) == DECISIONS + 1
    assert all(text.startswith(w.label(line.item)) for text, line in zip(said[:-1], unlikely, strict=False))
    assert said[-1].startswith(f"{len(unlikely) - DECISIONS} more")


def test_what_is_missing_is_one_row_each(study: fc.Study) -> None:
    made = document(study, date=DAY, detail="summary")
    (table,) = [b for s in made.sections if s.id == "collect" for b in s.blocks if isinstance(b, Table)]
    bare = [line.item.id for line in study.lines if line.assessment.history is None]
    assert [row.cells[0].text for row in table.body] == bare


@pytest.mark.parametrize("seed", range(6))
def test_sentences_of_the_short_form_fight_no_figure(seed: int, lang: str) -> None:
    assert unproved(document(random_study(seed), lang=lang, date=DAY, detail="summary")) == []


def test_another_detail_is_refused(study: fc.Study) -> None:
    with pytest.raises(fc.ReportError, match="summary"):
        document(study, detail="short")
    assert DETAILS == ("summary", "full")
