from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

import forecast as fc
from forecast.report import document
from forecast.report.content.blocks import Cell, Chart, Facts, Table, unbroken, walk
from forecast.report.content.document import Document
from forecast.report.formats.docx import docx


@pytest.fixture(scope="module")
def packed(report: Document) -> bytes:
    return docx(report)


@pytest.fixture(scope="module")
def word(packed: bytes) -> Any:
    return Word(BytesIO(packed))


def _said(cell: Cell) -> str:
    return unbroken("\n".join((cell.text, *cell.details)))


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
            assert pairs == {unbroken(term): unbroken(cell.text) for term, cell in block.items}
            continue
        expected = [list(map(unbroken, block.columns))]
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
        held = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        if isinstance(block, Table) and len(block.rows) > 1:
            assert held == [True, True, *[None] * (len(block.rows) - 1)]


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
        assert unbroken(said).replace(str(n), "", 1) in captions
    shown, images = word.inline_shapes, [r for r in word.part.rels.values() if "image" in r.reltype]
    assert len(shown) == len(charts) == len(images)
    for shape in shown:
        blip = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        wide = word.part.related_parts[blip].image.px_width
        assert wide / shape.width.inches > 220


def test_the_contents_are_filled_in_and_lead_to_their_headings(report: Document, word: Any) -> None:
    entries = [p for p in word.paragraphs if p.style.name.startswith("toc")]
    shown = [unbroken(s.title) for level, s in walk(report.sections) if level <= 2]
    assert ["".join(p._p.xpath("./w:hyperlink/w:r/w:t/text()")) for p in entries] == shown
    places = {
        name: heading.text
        for heading in word.paragraphs
        if heading.style.name.startswith("Heading")
        for name in heading._p.xpath("./w:bookmarkStart/@w:name")
    }
    assert [places[p._p.xpath("./w:hyperlink/@w:anchor")[0]] for p in entries] == shown


def test_the_contents_are_one_field_that_word_can_fill_anew(word: Any) -> None:
    kinds = word.element.body.xpath(".//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", "end"]
    (code,) = word.element.body.xpath(".//w:instrText/text()")
    assert code.startswith('TOC \\o "1-2"')


def test_chinese_is_marked_as_the_chinese_of_the_mainland(report: Document, word: Any) -> None:
    (named,) = word.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert named.get(qn("w:eastAsia")) == "zh-CN"
    hint = word.styles["Normal"].element.rPr.rFonts.get(qn("w:hint"))
    assert hint == {"en": None, "zh": "eastAsia"}[report.language.code]


def test_no_style_is_slanted_or_spaced(word: Any) -> None:
    for name in {p.style.name for p in word.paragraphs}:
        style = word.styles[name]
        assert not style.font.italic, name
        assert not style.element.xpath("./w:rPr/w:spacing"), name


def test_no_picture_is_higher_than_its_paper(lang: str) -> None:
    history = fc.History.of("x", range(2014, 2024), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], area="A")
    aims = (fc.Target.at_least("x", 9 + i, year=2026) for i in range(90))
    items = tuple(fc.Item(str(i), aim, area="B" if i else "A") for i, aim in enumerate(aims))
    study = fc.assess_plan(fc.Plan(items), fc.Histories((history,)))
    made = Word(BytesIO(docx(document(study, lang=lang))))
    shape = made.inline_shapes[0]
    paper = made.sections[0]
    assert shape.height <= paper.page_height - paper.top_margin - paper.bottom_margin
    blip = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
    image = made.part.related_parts[blip].image
    assert shape.width / shape.height == pytest.approx(image.px_width / image.px_height, rel=1e-3)


def test_the_chapter_after_the_cards_begins_a_page(report: Document, word: Any) -> None:
    names = [section.id for section in report.sections]
    after = report.sections[names.index("cards") + 1].title
    (heading,) = [p for p in word.paragraphs if p.text == after and p.style.name == "Heading 1"]
    assert heading.paragraph_format.page_break_before


def test_no_line_of_text_can_end_before_a_percent_sign(word: Any) -> None:
    text = [p.text for p in word.paragraphs if p.style.name in ("Finding", "Normal", "List Bullet")]
    assert not [line for line in text if re.search(r"\d %", line)]


def test_a_summary_is_short_without_contents_and_turns_the_paper_once(study: fc.Study, lang: str) -> None:
    short = Word(BytesIO(docx(document(study, lang=lang, detail="summary"))))
    assert not [p for p in short.paragraphs if p.style.name.startswith("toc")]
    turned = [section.orientation for section in short.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
