"""The lines of a text: headings by their mark, tables by their strokes or tabs."""

from __future__ import annotations

import re

from forecast.target.draft.document import Builder

_MARK = re.compile(r"^(#{1,6})\s+(.*)")
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")


def add_lines(builder: Builder, text: str) -> None:
    """Add the lines of a text; lines of a Markdown or tab table become one table."""
    table: list[list[str]] = []
    for line in text.splitlines():
        cells = _cells(line)
        if cells is not None:
            table += [cells] if cells else []
            continue
        _close(builder, table)
        table = []
        mark = _MARK.match(line)
        if mark:
            builder.add(mark[2], "heading", len(mark[1]))
        else:
            builder.add(line)
    _close(builder, table)


def _cells(line: str) -> list[str] | None:
    """Cells of a table's line, an empty list for a rule under a header, None for text."""
    if line.lstrip().startswith("|") and line.count("|") > 1:
        if _RULE.match(line):
            return []
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    if line.strip().count("\t") >= 1 and len(line) < 400:
        return [cell.strip() for cell in line.strip("\n").split("\t")]
    return None


def _close(builder: Builder, table: list[list[str]]) -> None:
    if len(table) > 1 and max(map(len, table)) > 1:
        builder.add_table(table)
    else:
        for row in table:
            builder.add("\t".join(row))
