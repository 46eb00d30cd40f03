"""Tables of a Word file, written as they stand in it: python-docx takes ten times as long for a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from forecast.report.content.blocks import Cell, unbroken

# Twentieths of a point, as Word measures columns, in a millimetre.
_TWIPS = 1440 / 25.4
_BREAKS = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Place:
    """One cell as it is printed.

    Parameters
    ----------
    cell : Cell
    bold, right : bool
        Printed bold, and flush right.
    keep : bool
        On the page of the row that follows.
    colour, shade : str
        Of the text and of the ground behind it, ``RRGGBB``; empty: that of the style, none.
    span : int
        How many columns it takes.
    """

    cell: Cell
    bold: bool = False
    right: bool = False
    keep: bool = False
    colour: str = ""
    shade: str = ""
    span: int = 1


@dataclass(frozen=True)
class Look:
    """How tables of a file look.

    Parameters
    ----------
    style : str
        Id of the paragraphs' style.
    rule : str
        Colour of the lines between rows; there are none between columns.
    details : str
        Colour of the smaller lines of a cell.
    small : float
        Size of those, in points.
    """

    style: str
    rule: str
    details: str
    small: float


def table(rows: Sequence[Sequence[Place]], widths: Sequence[float], look: Look, *, heads: int = 0) -> Any:
    """Table with columns of so many millimetres, whose first *heads* rows every page repeats."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    wide = [int(width * _TWIPS) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in wide)
    body = "".join(_row(row, wide, look, head=i < heads) for i, row in enumerate(rows))
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:type="auto" w:w="0"/>{_borders(look.rule)}<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def _borders(rule: str) -> str:
    sides = ("top", "bottom", "insideH")
    lines = "".join(f'<w:{each} w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>' for each in sides)
    return f"<w:tblBorders>{lines}</w:tblBorders>"


def _row(places: Sequence[Place], widths: Sequence[int], look: Look, *, head: bool) -> str:
    """One row, which no page divides."""
    cells, at = "", 0
    for place in places:
        cells += _cell(place, sum(widths[at : at + place.span]), look)
        at += place.span
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(place: Place, width: int, look: Look) -> str:
    about = f'<w:tcW w:type="dxa" w:w="{width}"/>'
    about += f'<w:gridSpan w:val="{place.span}"/>' if place.span > 1 else ""
    about += f'<w:shd w:val="clear" w:color="auto" w:fill="{place.shade}"/>' if place.shade else ""
    paragraph = f"<w:pStyle w:val={quoteattr(look.style)}/>" + ("<w:keepNext/>" if place.keep else "")
    paragraph += '<w:jc w:val="right"/>' if place.right else ""
    bold = "<w:b/>" if place.bold else ""
    runs = _run(place.cell.text, bold + (f'<w:color w:val="{place.colour}"/>' if place.colour else ""))
    small = f'<w:color w:val="{look.details}"/><w:sz w:val="{round(2 * look.small)}"/>'
    runs += "".join(_run(line, small, before="<w:br/>") for line in place.cell.details)
    return f"<w:tc><w:tcPr>{about}</w:tcPr><w:p><w:pPr>{paragraph}</w:pPr>{runs}</w:p></w:tc>"


def _run(text: str, look: str, before: str = "") -> str:
    """Text of one look, nothing for none; a line break in it is one of Word's."""
    lines = _BREAKS.split(unbroken(text))
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{before}{texts}</w:r>"
