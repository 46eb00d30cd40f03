"""The lines of a text: headings by their mark, tables by their strokes, tabs, or rows of indicators."""

from __future__ import annotations

import re

from forecast.target.draft.document import Builder

_MARK = re.compile(r"^(#{1,6})\s+(.*)")
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")

# A row of indicators after a PDF or a text file lost the strokes of its table.
_NUMBER = (
    r"[<>≥≤＞＜]?[〔\[【]?[<>≥≤＞＜]?\d[\d,.]*[*%％]?[*]?(?:左右|以上|以内)?[〕\]】]?(?:左右|以上|以内|万亿"
    r"|亿|万)?[*]?"
)
_VALUE = (
    rf"(?:{_NUMBER}|[-—–―－/]+|保持在合理区间\S*|与\S+同步|高于\S+|快于\S+|完成\S+|\S*国家下达\S*"
    rf"|\S{{0,4}}合理区间\S*"
    rf"|[<>≥≤]?\d[\d.]*[、,，]\S+)"
)
_NATURE = r"(?:约束性|预期性|[\[〔【]?约束[\]〕】]?|预期)"
_ROW = re.compile(
    rf"^\s*(?P<name>\S.*?\D)\s+(?P<values>{_VALUE}(?:\s+{_VALUE})*)\s*(?P<nature>{_NATURE})\s*$"
)
_BARE_ROW = re.compile(rf"^\s*(?P<name>\S.*?\D)\s+(?P<values>{_VALUE}(?:\s+{_VALUE})+)\s*$")
_HEAD = re.compile(r"(?:19|20)\d\d\s*年?.*(?:19|20)\d\d\s*年?")
_HEAD_CELLS = re.compile(
    r"(?:19|20)\d\d\s*年?\s*(?:\([^)]*\)|（[^）]*）|目标值?|规划值?|现状值?|实际值?|基期值?|预期值?)?"
    r"|年均(?:增长"
    r"|增速)?(?:\s*[\[〔（(]\s*累计\s*[\]〕）)])?(?:\s*[（(]%[)）])?|[\[〔【]?累计[\]〕】]?|指标属性|属性"
    r"|单位"
)


def add_laid_out(builder: Builder, text: str) -> None:
    """Add the lines of a text; a run of rows of indicators under a head of years becomes a table."""
    lines = text.splitlines()
    plain: list[str] = []
    i = 0
    while i < len(lines):
        rows, stop = _table(lines, i)
        if rows:
            add_lines(builder, "\n".join(plain))
            plain = []
            builder.add_table(rows)
            i = stop
            continue
        plain.append(lines[i])
        i += 1
    add_lines(builder, "\n".join(plain))


def _table(lines: list[str], start: int) -> tuple[list[list[str]], int]:
    """Table that begins with the head at *start*, and the line after it."""
    if not _HEAD.search(lines[start]) or len(lines[start]) > 120:
        return [], start
    heads = [match[0].strip() for match in _HEAD_CELLS.finditer(lines[start])]
    rows: list[list[str]] = []
    missed, i, open_name = 0, start + 1, ""
    while i < len(lines) and missed < 6:
        line = lines[i].strip()
        match = (
            _ROW.match(line)
            or _BARE_ROW.match(line)
            or (_ROW.match(f"{open_name} {line}") if open_name else None)
        )
        if match is None:
            missed += bool(line)
            open_name = line if 3 < len(line) < 40 and not line.endswith("。") else ""
        else:
            values = re.findall(_VALUE, match["values"])
            nature = match.groupdict().get("nature") or ""
            rows.append([match["name"].strip(), *values, nature])
            missed, open_name, last = 0, "", i
        i += 1
    if len(rows) < 3:
        return [], start
    heads = [each for each in heads if each not in ("属性", "指标属性", "单位")]
    width = max(len(row) - 2 for row in rows)
    heads = (heads + ["年均"] * width)[:width] if len(heads) < width else heads[:width]
    table = [["指标", *heads, "属性"]]
    for row in rows:
        values = row[1:-1]
        table.append([row[0], *values, *[""] * (width - len(values)), row[-1]])
    return table, last + 1


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
