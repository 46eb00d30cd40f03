from __future__ import annotations

from typing import Any

import pytest
from docx import Document as Word
from docx.oxml.ns import qn

from forecast.report.formats import docx_xml


@pytest.fixture
def file() -> Any:
    return Word()


def names(element: Any) -> list[str]:
    return [str(child.tag).rpartition("}")[2] for child in element]


def test_a_field_shows_its_text_until_word_works_it_out(file: Any) -> None:
    paragraph = file.add_paragraph()
    docx_xml.field(paragraph, "PAGE", "1")
    (holder,) = paragraph._p
    assert holder.get(qn("w:instr")) == "PAGE"
    assert holder.xpath("string(.)") == "1"


def test_a_field_over_paragraphs_is_begun_asked_separated_and_ended(file: Any) -> None:
    first, last = file.add_paragraph(), file.add_paragraph()
    docx_xml.begin_field(first, "TOC")
    docx_xml.end_field(last)
    kinds = [mark.get(qn("w:fldCharType")) for mark in file.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert [asked.text for asked in file.element.iter(qn("w:instrText"))] == ["TOC"]


def test_a_link_leads_to_its_bookmark(file: Any) -> None:
    place, words = file.add_paragraph("Here"), file.add_paragraph()
    docx_xml.bookmark(place, 7)
    docx_xml.link(words, 7, "there")
    assert names(place._p) == ["bookmarkStart", "r", "bookmarkEnd"]
    (start,), (link,) = place._p.xpath("./w:bookmarkStart"), words._p.xpath("./w:hyperlink")
    assert link.get(qn("w:anchor")) == start.get(qn("w:name"))
    assert link.xpath("string(.)") == "there"
    assert start.get(qn("w:name")).startswith("_")  # hidden from the list a reader sees


@pytest.mark.parametrize("hint", [True, False])
def test_a_style_names_a_font_for_each_script_and_no_theme(file: Any, hint: bool) -> None:
    style = file.styles["Title"]
    docx_xml.fonts(style, "Arial", "黑体", hint=hint)
    named = style.element.rPr.rFonts
    assert [named.get(qn(f"w:{key}")) for key in ("ascii", "hAnsi", "eastAsia")] == ["Arial", "Arial", "黑体"]
    assert named.get(qn("w:hint")) == ("eastAsia" if hint else None)
    assert not [key for key in named.attrib if key.endswith("Theme")]


def test_the_languages_are_those_of_the_text_and_chinese(file: Any) -> None:
    docx_xml.languages(file, "en-GB")
    (named,) = file.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert (named.get(qn("w:val")), named.get(qn("w:eastAsia"))) == ("en-GB", "zh-CN")


def test_a_table_has_lines_between_rows_a_repeated_head_and_whole_rows(file: Any) -> None:
    table = file.add_table(2, 2)
    docx_xml.lines(table, "AABBCC")
    docx_xml.repeat(table.rows[0])
    docx_xml.whole(table.rows[1])
    docx_xml.shade(table.cell(0, 1), "EEEEEE")
    (borders,) = table._tbl.tblPr.xpath("./w:tblBorders")
    assert names(borders) == ["top", "bottom", "insideH"]
    assert {side.get(qn("w:color")) for side in borders} == {"AABBCC"}
    assert [names(row._tr.trPr) for row in table.rows] == [["tblHeader"], ["cantSplit"]]
    assert table.cell(0, 1)._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "EEEEEE"
    assert table.cell(0, 0)._tc.tcPr.find(qn("w:shd")) is None
