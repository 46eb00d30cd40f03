from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from forecast.report.content.blocks import Chart, Slider, unbroken, walk
from forecast.report.content.document import Document
from forecast.report.formats.html import html
from tests.report.small import FORMULA, SCRIPT


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def source(report: Document) -> str:
    return html(report)


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_nothing_is_fetched(source: str, page: Page) -> None:
    for _, attributes in page.elements:
        for name in ("src", "href", "xlink:href", "action", "srcset", "data"):
            assert str(attributes.get(name, "#")).startswith("#")
    assert not re.search(r"@import|url\((?!#)", source)
    assert "default-src 'none'" in source


def test_labels_and_notes_are_data(source: str, page: Page) -> None:
    assert SCRIPT not in source
    assert "&lt;script&gt;alert(1)" in source
    assert any(SCRIPT in words for words in page.words)
    assert any(FORMULA in words for words in page.words)
    assert len(page.all("script")) == 4, "one script, three tables of probabilities"


def test_ids_are_unique_and_links_lead_somewhere(page: Page) -> None:
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    targets = {str(a["href"])[1:] for a in page.all("a")}
    assert targets <= set(map(str, ids))


def test_headings_never_skip_a_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_chart_is_there_with_words_for_who_does_not_see_it(report: Document, page: Page) -> None:
    charts = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Chart)]
    drawn = [a["aria-label"] for a in page.all("svg")]
    assert drawn == [unbroken(f"{chart.caption}. {chart.description}") for chart in charts]


def test_every_handle_has_a_label_and_a_table(report: Document, source: str, page: Page) -> None:
    labels = {a["for"] for a in page.all("label")}
    handles = [a for a in page.all("input") if a["type"] == "range"]
    assert {a["id"] for a in handles} == labels
    tables = re.findall(r'<script type="application/json">(.*?)</script>', source)
    sliders = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Slider)]
    for text, handle, slider in zip(tables, handles, sliders, strict=True):
        table = json.loads(text)
        assert tuple(table["values"]) == tuple(map(unbroken, slider.value_texts))
        assert tuple(table["probabilities"]) == tuple(map(unbroken, slider.probability_texts))
        assert handle["value"] == str(slider.start)


def test_without_a_script_the_sliders_stay_away(source: str) -> None:
    assert source.count('class="slider"') == len(
        re.findall(r'<div class="slider" id="[\w-]+" hidden>', source)
    )


def test_the_language_is_named(page: Page, lang: str) -> None:
    assert page.all("html")[0]["lang"] == {"en": "en", "zh": "zh-Hans"}[lang]


def test_no_line_can_end_before_a_percent_sign(source: str, lang: str) -> None:
    assert not re.search(r"\d %", source)
    assert ("12\N{NO-BREAK SPACE}%" if lang == "en" else "12%") in source
