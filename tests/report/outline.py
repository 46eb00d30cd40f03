"""A document as plain lines, for golden files."""

from __future__ import annotations

from forecast.report.content.blocks import Block, Bullets, Chart, Facts, Paragraph, Slider, Table, walk
from forecast.report.content.document import Document


def outline(report: Document) -> str:
    """Return everything a document says, one line a cell row, sentence or fact."""
    lines = [report.title, report.subtitle, report.dated]
    for level, section in walk(report.sections):
        lines += ["", f"{'#' * level} {section.title} {section.badge}".rstrip()]
        for block in section.blocks:
            lines += _lines(block)
    lines += ["", *_lines(report.full_table)]
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [f"[{block.role}] {block.text}" if block.role else block.text]
    if isinstance(block, Bullets):
        return [f"- {item}" for item in block.items]
    if isinstance(block, Facts):
        return [f"{term} = {cell.text}" for term, cell in block.items]
    if isinstance(block, Chart):
        return [f"({block.kind}) {block.caption}: {block.description}"]
    if isinstance(block, Slider):
        first, last = block.value_texts[0], block.value_texts[-1]
        return [f"({block.id}) {block.label}: {len(block.values)} from {first} to {last}"]
    assert isinstance(block, Table)
    rows = [" | ".join("; ".join((cell.text, *cell.details)) for cell in row.cells) for row in block.rows]
    return [f"<{block.id}> {block.caption}", " | ".join(block.columns), *rows]
