from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from docx import Document as Word
from docx.oxml.ns import qn
from PIL import Image

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


def test_every_picture_has_a_number_a_file_and_the_width_asked(file: Any) -> None:
    paragraph, drawn = file.add_paragraph(), []
    for number, colour in enumerate(("red", "blue"), start=1):
        data = BytesIO()
        Image.new("RGB", (40, 20), colour).save(data, format="png")
        drawn.append(docx_xml.picture(file, data.getvalue(), number, 800))
        paragraph.add_run()._r.add_drawing(drawn[-1])
    assert [(shape.width, shape.height) for shape in file.inline_shapes] == [(800, 400)] * 2
    assert [each.docPr.id for each in drawn] == [1, 2]
    parts = [r.target_part.partname for r in file.part.rels.values() if "image" in r.reltype]
    assert sorted(parts) == ["/word/media/image1.png", "/word/media/image2.png"]
    docx_xml.resize(drawn[0], 90, 45)
    assert [(shape.width, shape.height) for shape in file.inline_shapes] == [(90, 45), (800, 400)]


def test_a_paragraph_is_of_its_style(file: Any) -> None:
    assert docx_xml.paragraph("Heading1").pPr.style == "Heading1"
