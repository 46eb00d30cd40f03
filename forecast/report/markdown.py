"""A report as Markdown: every word and figure, without charts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forecast.report.blocks import Block, Bullets, Cell, Facts, Paragraph, Section, Table, walk
from forecast.report.document import Document

# Characters that Markdown, or HTML inside it, would read as its own.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def markdown(report: Document) -> str:
    """Return the document as Markdown text.

    Charts and sliders are left out: their figures stand in the tables.
    """
    parts = [f"# {escaped(report.title)}", escaped(report.subtitle), f"*{escaped(report.dated)}*"]
    for level, section in walk(report.sections):
        parts += [f"{'#' * (level + 1)} {escaped(section.title)}", *_blocks(section)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    r"""Return text in which nothing is read as Markdown or HTML, on one line.

    Examples
    --------
    >>> print(escaped("<b>1 | 2*</b>"))
    \<b\>1 \| 2\*\</b\>
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _blocks(section: Section) -> list[str]:
    return [_block(block) for block in section.blocks]


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        text = escaped(block.text)
        return {"strong": f"**{text}**", "note": f"*{text}*"}.get(block.role, text)
    if isinstance(block, Bullets):
        return "\n".join(f"* {escaped(item)}" for item in block.items)
    if isinstance(block, Facts):
        return "\n".join(f"* {escaped(term)}: {_cell(cell)}" for term, cell in block.items)
    return _table(block) if isinstance(block, Table) else ""


def _table(table: Table) -> str:
    sides = ("--:" if table.numeric(i) else ":--" for i in range(len(table.columns)))
    lines = [_row(escaped(name) for name in table.columns), _row(sides)]
    for row in table.rows:
        cells = [f"**{_cell(row.cells[0])}**"] if row.heading else [_cell(cell) for cell in row.cells]
        lines.append(_row([*cells, *[""] * (len(table.columns) - len(cells))]))
    return f"**{escaped(table.caption)}**\n\n" + "\n".join(lines)


def _cell(cell: Cell) -> str:
    return "; ".join(escaped(text) for text in (cell.text, *cell.details))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
