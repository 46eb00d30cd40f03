"""A report as one web page: nothing is fetched, charts are drawn in it, and it prints on A4."""

from __future__ import annotations

import json
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from forecast.report.content.blocks import Block, Chart, Slider, unbroken, walk
from forecast.report.content.document import Document
from forecast.report.formats.charts import Progress, draw_all, svg

_TEMPLATE = "report.html.j2"
_TAGS = {"en": "en", "zh": "zh-Hans"}


def html(report: Document, progress: Progress | None = None) -> str:
    """Document as an HTML page; every label and note is escaped."""
    charts = [block for block in _blocks(report) if isinstance(block, Chart)]
    numbers = {id(chart): n for n, chart in enumerate(charts, start=1)}
    images = draw_all(charts, report.wording, svg, progress=progress)
    page = (
        _environment()
        .get_template(_TEMPLATE)
        .render(
            report=report,
            tag=_TAGS[report.language.code],
            say=report.language.text,
            kind=lambda block: type(block).__name__,
            image=lambda chart: Markup(images[numbers[id(chart)] - 1]),
            number=lambda block: numbers[id(block)],
            data=_data,
            numeric=lambda table, i: table.numeric(i),
        )
        .lstrip()
    )
    return unbroken(page)


def _blocks(report: Document) -> list[Block]:
    return [block for _, section in walk(report.sections) for block in section.blocks]


def _data(slider: Slider) -> Markup:
    """Slider's table as JSON that is safe inside a script element."""
    table = {"values": slider.value_texts, "probabilities": slider.probability_texts}
    text = json.dumps(table, ensure_ascii=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


@cache
def _environment() -> Environment:
    loader = PackageLoader("forecast.report.formats", "templates")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
