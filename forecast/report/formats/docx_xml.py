"""The parts of a Word file that python-docx has no words for: fields, links, fonts, lines, shades."""

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


def lines(table: Any, colour: str) -> None:
    """Draw lines between the rows of a table, and none between its columns."""
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        look = {"val": "single", "sz": "4", "space": "0", "color": colour}
        borders.append(_element(f"w:{side}", look))
    table._tbl.tblPr.append(borders)


def repeat(row: Any) -> None:
    """Repeat a table's first row on every page it runs over."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", {"val": "true"}))


def whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", {"val": "true"}))


def shade(cell: Any, colour: str) -> None:
    """Lay a colour behind a cell."""
    cell._tc.get_or_add_tcPr().append(_element("w:shd", {"val": "clear", "color": "auto", "fill": colour}))


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
