from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from forecast.report.blocks import Cell, Chart, Facts, Table, walk
from forecast.report.document import Document
from forecast.report.docx import docx


@pytest.fixture(scope="module")
def packed(report: Document) -> bytes:
    return docx(report)


@pytest.fixture(scope="module")
def word(packed: bytes) -> Any:
    return Word(BytesIO(packed))


def _said(cell: Cell) -> str:
    return "\n".join((cell.text, *cell.details))


def test_nothing_in_the_file_is_dated(packed: bytes) -> None:
    assert {entry.date_time for entry in ZipFile(BytesIO(packed)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_outline_is_that_of_the_document(report: Document, word: Any) -> None:
    found = [(int(p.style.name[-1]), p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert found == [(level, section.title) for level, section in walk(report.sections)]


def test_every_table_holds_the_documents_cells(report: Document, word: Any) -> None:
    blocks = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Table | Facts)]
    assert len(word.tables) == len(blocks)
    for table, block in zip(word.tables, blocks, strict=True):
        got = [[cell.text for cell in row.cells] for row in table.rows]
        if isinstance(block, Facts):
            pairs = {row[i]: row[i + 1] for row in got for i in (0, 2) if row[i]}
            assert pairs == {term: cell.text for term, cell in block.items}
            continue
        expected = [list(block.columns)]
        for row in block.rows:
            cells = [_said(cell) for cell in row.cells]
            expected.append(cells * len(block.columns) if row.heading else cells)
        assert got == expected


def test_table_heads_repeat_and_rows_stay_whole(report: Document, word: Any) -> None:
    blocks = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Table | Facts)]
    for table, block in zip(word.tables, blocks, strict=True):
        first, *_ = table.rows
        repeats = first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert repeats == isinstance(block, Table)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_every_style_names_a_font_for_chinese(word: Any) -> None:
    used = {p.style.name for p in word.paragraphs} | {"Cell"}
    for name in used:
        fonts = word.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "黑体"), name


def test_the_paper_is_a4_and_the_main_table_lies_across(word: Any) -> None:
    across = [s.orientation == WD_ORIENT.LANDSCAPE for s in word.sections]
    assert across == [False, True, False]
    for section, wide in zip(word.sections, across, strict=True):
        sides = (round(section.page_width.mm), round(section.page_height.mm))
        assert sides == ((297, 210) if wide else (210, 297))


def test_charts_have_captions_words_and_the_dots_of_print(report: Document, word: Any) -> None:
    charts = [b for _, s in walk(report.sections) for b in s.blocks if isinstance(b, Chart)]
    pictures = word.element.body.xpath(".//wp:docPr")
    assert [p.get("descr") for p in pictures] == [f"{c.caption}. {c.description}" for c in charts]
    captions = [p.text for p in word.paragraphs if p.style.name == "Caption"]
    for n, chart in enumerate(charts, start=1):
        said = report.language.text("caption.chart", {"n": n, "text": chart.caption})
        # The number is a field of Word's, so paragraphs read without it.
        assert said.replace(str(n), "", 1) in captions
    shown, images = word.inline_shapes, [r for r in word.part.rels.values() if "image" in r.reltype]
    assert len(shown) == len(charts) == len(images)
    for shape in shown:
        blip = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        wide = word.part.related_parts[blip].image.px_width
        assert wide / shape.width.inches > 250
