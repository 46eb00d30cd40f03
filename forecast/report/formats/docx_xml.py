"""Parts of a Word file that python-docx has no words for, or slow ones: fields, links, fonts, pictures."""

from __future__ import annotations

from typing import Any


def field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that Word works out, with what it shows until then."""
    holder = _element("w:fldSimple", {"instr": code})
    run = paragraph.add_run(shown)
    holder.append(run._r)
    paragraph._p.append(holder)


def begin_field(paragraph: Any, code: str) -> None:
    """Begin a field over several paragraphs; what follows is what it shows until Word works it out."""
    paragraph.add_run()._r.append(_element("w:fldChar", {"fldCharType": "begin"}))
    asked = _element("w:instrText")
    asked.text = code
    paragraph.add_run()._r.append(asked)
    paragraph.add_run()._r.append(_element("w:fldChar", {"fldCharType": "separate"}))


def end_field(paragraph: Any) -> None:
    """End a field that was begun."""
    paragraph.add_run()._r.append(_element("w:fldChar", {"fldCharType": "end"}))


def bookmark(paragraph: Any, number: int) -> None:
    """Make a paragraph a place that links lead to."""
    name = {"id": str(number), "name": _place(number)}
    paragraph._p.insert_element_before(_element("w:bookmarkStart", name), "w:r")
    paragraph._p.append(_element("w:bookmarkEnd", {"id": str(number)}))


def link(paragraph: Any, number: int, text: str) -> None:
    """Add words that lead to a bookmark."""
    holder = _element("w:hyperlink", {"anchor": _place(number), "history": "1"})
    holder.append(paragraph.add_run(text)._r)
    paragraph._p.append(holder)


def fonts(style: Any, latin: str, chinese: str, *, hint: bool) -> None:
    """Name the fonts of both scripts; *hint*: quotation marks and dashes, which both have, are Chinese."""
    from docx.oxml.ns import qn

    named = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        named.attrib.pop(qn(f"w:{theme}"), None)
    for script, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", chinese)):
        named.set(qn(f"w:{script}"), font)
    if hint:
        named.set(qn("w:hint"), "eastAsia")


def languages(file: Any, latin: str) -> None:
    """Which language the text is in: without it Chinese may be drawn with the letters of another."""
    from docx.oxml.ns import qn

    (named,) = file.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    named.set(qn("w:val"), latin)
    named.set(qn("w:eastAsia"), "zh-CN")


def paragraph(style: str) -> Any:
    """Empty paragraph of the style with that id."""
    made = _element("w:p")
    made.get_or_add_pPr().style = style
    return made


def picture(file: Any, data: bytes, number: int, width: int) -> Any:
    """Bitmap as a drawing of so many EMU, its height in proportion; *number*: different for each.

    python-docx compares each picture with all before it, and looks for a free number through all of the file.
    """
    from docx.image.image import Image
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml.shape import CT_Inline
    from docx.parts.image import ImagePart

    image = Image.from_blob(data)
    part = ImagePart.from_image(image, PackURI(f"/word/media/image{number}.{image.ext}"))
    link = file.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    return CT_Inline.new_pic_inline(number, link, image.filename, *image.scaled_dimensions(width, None))


def resize(drawing: Any, width: int, height: int) -> None:
    """Give a picture so many EMU."""
    inner = drawing.graphic.graphicData.pic.spPr
    for size in (drawing.extent, inner):
        size.cx, size.cy = width, height


def _element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        element.set(qn(f"w:{name}"), value)
    return element


def _place(number: int) -> str:
    """Name of a bookmark: Word hides those that begin with a line."""
    return f"_Section{number}"
