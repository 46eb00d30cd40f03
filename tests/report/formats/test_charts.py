from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from forecast.report.content.blocks import Chart, walk
from forecast.report.content.document import Document
from forecast.report.formats.charts import draw_all, png, svg


def charts_of(report: Document) -> list[Chart]:
    return [
        block for _, section in walk(report.sections) for block in section.blocks if isinstance(block, Chart)
    ]


def test_charts_keep_their_order_and_tell_of_each(report: Document) -> None:
    told: list[tuple[int, int]] = []
    charts = charts_of(report)
    drawn = draw_all(charts, report.wording, svg, progress=lambda done, total: told.append((done, total)))
    assert [f'id="chart{n}-' in text for n, text in enumerate(drawn, start=1)] == [True] * len(charts)
    assert told[-1] == (len(charts), len(charts))


def test_two_processes_draw_the_same_bytes(report: Document, lang: str) -> None:
    if lang == "zh":
        pytest.skip("one start of a process is enough")
    charts = charts_of(report)
    assert draw_all(charts, report.wording, svg, n_jobs=2) == draw_all(charts, report.wording, svg, n_jobs=1)


def test_a_bitmap_has_a_palette_and_white_paper(report: Document) -> None:
    picture = Image.open(BytesIO(png(charts_of(report)[0], report.wording)))
    assert picture.mode == "P"
    assert picture.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert png(charts_of(report)[0], report.wording) == png(charts_of(report)[0], report.wording)
