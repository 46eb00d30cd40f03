from __future__ import annotations

import re

import pytest

import forecast as fc
from forecast.language.language import LANGUAGES, Language
from forecast.report import document
from forecast.report.content.document import Document
from forecast.report.formats.markdown import escaped, markdown
from tests.report.content.test_document import GOLDEN
from tests.report.small import DAY


def test_the_markdown_says_what_it_said(report: Document, lang: str) -> None:
    assert markdown(report) == (GOLDEN / f"report-{lang}.md").read_text(encoding="utf-8")


def test_chinese_markdown_has_chinese_colons_and_semicolons(study: fc.Study) -> None:
    text = markdown(document(study, lang="zh", date=DAY))
    assert not re.search("[\u4e00-\u9fff）][:;] ", text)
    assert "* 目标：2026年不低于72%" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_says_where_the_charts_are(study: fc.Study, lang: str) -> None:
    words = Language(lang)
    assert f"*{words.text('page.without_charts')}*" in markdown(document(study, lang=lang)).splitlines()


@pytest.mark.parametrize("text", ["a_b_c", "1 | 2", "# no heading", "[x](y)", "<b>", "`code`", "~~x~~", "*"])
def test_nothing_in_a_text_is_read_as_markdown(text: str) -> None:
    said = escaped(text)
    assert said.replace("\\", "") == text
    assert not re.search(r"(?<!\\)[`*_\[\]<>|#~]", said)


def test_a_text_of_several_lines_is_one_line() -> None:
    assert escaped("a\n  b\tc") == "a b c"
