"""Text and Markdown files: lines, headings by their numbering, tables by their strokes."""

from __future__ import annotations

import re
from pathlib import Path

from forecast.errors import ReadError
from forecast.target.draft.document import LONGEST, Builder, Document

_MARK = re.compile(r"^(#{1,6})\s+(.*)")
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
# Encodings that Chinese and other files come in, tried in order; the last never fails.
_ENCODINGS = ("utf-8-sig", "gb18030", "big5", "latin-1")


def read_text(path: Path) -> Document:
    """Return the document of a text or Markdown file."""
    builder = Builder(path.name)
    from forecast.target.draft.line_tables import add_laid_out

    add_laid_out(builder, decoded_text(path))
    return builder.built()


def decoded_text(path: Path) -> str:
    """Return the text of a file in whatever encoding it has."""
    with path.open("rb") as file:
        raw = file.read(4 * LONGEST)
    if b"\x00" in raw[:4096] and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ReadError(str(path), ["it is not a text file. Give .txt, .md, .docx, .html, .pdf, .csv or .xlsx."])
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


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
    """Return the cells of a table's line, an empty list for a rule under a header, None for text."""
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
