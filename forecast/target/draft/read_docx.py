"""Word files: paragraphs and tables in document order, headings by their style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from forecast.errors import ReadError
from forecast.language.message import Message
from forecast.target.draft.document import Builder, Document
from forecast.target.draft.zipped import check_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题|überschrift|titre)\s*(\d)", re.I)


def read_docx(path: Path) -> Document:
    """Document of a Word file."""
    check_zip(path)
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        file = docx.Document(str(path))
    except (OpcError, XMLSyntaxError, BadZipFile, KeyError, ValueError, AttributeError) as problem:
        raise ReadError(str(path), [Message("draft_not_word", why=str(problem))]) from None
    builder = Builder(path.name)
    styles = _levels(file)
    for element in _blocks(file.element.body):
        if builder.full:
            break
        if element.tag == f"{_W}p":
            level = _level(element, styles)
            builder.add(_text(element), "heading" if level else "text", level)
        else:
            builder.add_table([[_cell(cell) for cell in row] for row in _rows(element)])
    if not builder.blocks:
        builder.remarks.append(Message("draft_no_text"))
    return builder.built()


def _levels(file: Any) -> dict[str, int]:
    """Heading level of each style that has one."""
    levels = {}
    for style in file.styles:
        match = _HEADING.match(str(style.name or ""))
        if match:
            levels[str(style.style_id)] = int(match[1])
        elif str(style.name or "").lower() in ("title", "标题"):
            levels[str(style.style_id)] = 1
    return levels


def _blocks(body: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, those inside content controls too."""
    for element in body:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag == f"{_W}sdt":
            content = element.find(f"{_W}sdtContent")
            yield from (
                each
                for each in (content if content is not None else ())
                if each.tag in (f"{_W}p", f"{_W}tbl")
            )


def _level(element: Any, styles: dict[str, int]) -> int:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    return 0 if style is None else styles.get(str(style.get(f"{_W}val")), 0)


def _text(element: Any) -> str:
    """Words of a paragraph; what was deleted under tracked changes is no longer there."""
    parts = []
    for each in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        parts.append(each.text or "" if each.tag == f"{_W}t" else " ")
    return "".join(parts)


def _rows(table: Any) -> Iterator[list[Any]]:
    """Yield the cells of each row; one that spans columns stands in each of them."""
    above: list[Any] = []
    for row in table.iter(f"{_W}tr"):
        cells: list[Any] = []
        for cell in row.findall(f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            number = str(span.get(f"{_W}val")) if span is not None else "1"
            width = min(int(number), 100) if number.isdigit() else 1
            for _ in range(max(width, 1)):
                goes_on = (
                    merged is not None and merged.get(f"{_W}val") != "restart" and len(cells) < len(above)
                )
                cells.append(above[len(cells)] if goes_on else cell)
        above = cells
        yield cells


def _cell(cell: Any) -> str:
    return " ".join(_text(each) for each in cell.iter(f"{_W}p"))
