"""A report as Markdown: every word and figure, and where its charts are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forecast.language.language import Language
from forecast.report.content.blocks import Block, Bullets, Cell, Facts, Paragraph, Table, walk
from forecast.report.content.document import Document

# Characters that Markdown, or HTML inside it, would read as its own.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def markdown(report: Document) -> str:
    """Document as Markdown text.

    Charts and sliders are left out, and the text says so: their figures stand in the tables.
    """
    words = report.language
    parts = [f"# {escaped(report.title)}", escaped(report.subtitle), f"*{escaped(report.dated)}*"]
    parts.append(f"*{escaped(words.text('page.without_charts'))}*")
    for level, section in walk(report.sections):
        parts.append(f"{'#' * (level + 1)} {escaped(section.title)}")
        parts += [f"**{escaped(section.badge)}**"] if section.badge else []
        parts += [_block(block, words) for block in section.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    r"""Text in which nothing is read as Markdown or HTML, on one line.

    Examples
    --------
    >>> print(escaped("<b>1 | 2*</b>"))
    \<b\>1 \| 2\*\</b\>
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _block(block: Block, words: Language) -> str:
    if isinstance(block, Paragraph):
        text = escaped(block.text)
        return {"strong": f"**{text}**", "note": f"*{text}*"}.get(block.role, text)
    if isinstance(block, Bullets):
        return "\n".join(f"* {escaped(item)}" for item in block.items)
    if isinstance(block, Facts):
        pairs = ({"label": escaped(term), "text": _cell(cell, words)} for term, cell in block.items)
        return "\n".join(f"* {words.text('line.labelled', pair)}" for pair in pairs)
    return _table(block, words) if isinstance(block, Table) else ""


def _table(table: Table, words: Language) -> str:
    sides = ("--:" if table.numeric(i) else ":--" for i in range(len(table.columns)))
    lines = [_row(escaped(name) for name in table.columns), _row(sides)]
    for row in table.rows:
        cells = [_cell(cell, words) for cell in row.cells]
        cells = [f"**{cells[0]}**"] if row.heading else cells
        lines.append(_row([*cells, *[""] * (len(table.columns) - len(cells))]))
    return f"**{escaped(table.caption)}**\n\n" + "\n".join(lines)


def _cell(cell: Cell, words: Language) -> str:
    return words.text("number.semicolon").join(escaped(text) for text in (cell.text, *cell.details))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
