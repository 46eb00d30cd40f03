"""A table of targets, row by row: its name, its base, its nature, and what its cells ask."""

from __future__ import annotations

import re
from dataclasses import replace

from forecast.language.message import Message
from forecast.target.draft.amounts import Amount
from forecast.target.draft.chinese import read_paragraph
from forecast.target.draft.context import Context
from forecast.target.draft.document import Block, Cell
from forecast.target.draft.found import DOWN, UP, Left, Stated
from forecast.target.draft.plain import is_chinese, plain
from forecast.target.draft.table_cells import Reached, name_of, nature_of, reached
from forecast.target.draft.table_header import Column, header, years_of_columns
from forecast.target.draft.table_targets import cell_targets

_NUMBERING = re.compile(r"^\s*\d{1,3}[.、．]\s*(?=\D|\d{1,2}\s*岁)")
_STAR = re.compile(r"(?:\*|※|①|注)[^。\n]{0,30}?(20\d\d)年")
_MOST_ROWS = 5000


def read_table(block: Block, context: Context, source: str) -> tuple[list[Stated], list[Left]]:
    """What a table states; a table of something else is read as prose, cell by cell."""
    rows = block.rows[:_MOST_ROWS]
    texts = [[plain(_NUMBERING.sub("", cell.text)).text for cell in row] for row in rows]
    head, columns = header(texts, context)
    if not columns or not any(column.role in ("target", "yearly") for column in columns):
        return _prose(block, context, source)
    after = plain(source[block.end : block.end + 800]).text
    star = _STAR.search(after)
    context = replace(years_of_columns(columns, context), goal=True, past=False)
    stated: list[Stated] = []
    left: list[Left] = []
    parent = ""
    for row, words in zip(rows[head:], texts[head:], strict=True):
        found, name = _row(row, words, columns, context, parent, int(star[1]) if star else None)
        stated += found
        if not found and any(re.search(r"\d", word) for word in words):
            left.append(
                Left(
                    source[row[0].start : row[-1].end],
                    "the row holds no number in a column of targets",
                    row[0].start,
                    row[-1].end,
                )
            )
        if name and not name.startswith(("其中", "#", "-")):
            parent = name
    return stated, left


def _row(
    row: tuple[Cell, ...],
    words: list[str],
    columns: list[Column],
    context: Context,
    parent: str,
    star: int | None,
) -> tuple[list[Stated], str]:
    """What one row asks, and its name."""
    at = {
        role: i
        for i, column in reversed(list(enumerate(columns)))
        if (role := column.role) and i < len(words)
    }
    if "name" not in at:
        return [], ""
    names = [i for i, column in enumerate(columns) if column.role == "name" and i < len(words)]
    place = next((i for i in reversed(names) if words[i].strip()), names[0])
    unit = words[at["unit"]].strip() if "unit" in at else ""
    title = words[place].strip()
    name = name_of(title, "" if unit in ("-", "—") else unit)
    above = next(
        (words[i].strip() for i in names if i < place and words[i].strip() and words[i].strip() != title),
        parent,
    )
    group = name_of(above) if above else None
    if (
        group is not None
        and not name.unit
        and not name.change
        and (group.unit or group.change)
        and place != names[0]
    ):
        name = replace(name, unit=group.unit, change=group.change, text=f"{name.text}({group.text})")
    if title.startswith(("其中", "#", "-")) and parent:
        name = replace(name, text=re.sub(r"^(?:其中[:：]?|#|-+)\s*", "", name.text))
    nature = (nature_of(words[at["nature"]]) if "nature" in at else "") or name.nature or context.nature
    base = next(((column.year, got) for i, column in enumerate(columns)
                 if column.role == "base" and i < len(words) and (got := reached(words[i]))),
                     None)  # fmt: skip
    stated: list[Stated] = []
    levels = False
    for i, column in enumerate(columns):
        if column.role not in ("target", "yearly") or i >= len(words) or i == place:
            continue
        asked = cell_targets(words[i], name, column, context, levels)
        levels = levels or (column.role == "target" and bool(asked))
        for each in asked:
            stated.append(_complete(each, row, place, i, base, star, nature or nature_of(words[i]), column))
    return stated, title


def _complete(
    each: Stated, row: tuple[Cell, ...], place: int, i: int, base: tuple[int | None, Reached] | None,
        star: int | None,
    nature: str, column: Column,
) -> Stated:  # fmt: skip
    """Target with its place in the document and the base of its row."""
    first, last = min(place, i), max(place, i)
    inherited = () if column.year is not None else (Message("draft_year_from_heading"),)
    found = replace(each, start=row[first].start, end=row[last].end, nature=nature, inherited=inherited)
    if base is None or found.base_value is not None:
        return found
    year, got = base
    if got.marked:
        year = star or (year - 1 if year is not None else None)
        found = replace(found, doubts=() if star else (Message("draft_mark_unsaid"),))
    if found.kind in (UP, DOWN, "maintain", "between") and not got.total:
        way = found.kind
        if way == UP and isinstance(found.value, float) and _falls(found, got.amount):
            found = replace(found, doubts=(*found.doubts, Message("draft_below_base")))
        return replace(found, base_year=year, base_value=got.amount.number)
    return replace(found, base_year=year if found.base_year is None else found.base_year)


def _falls(found: Stated, base: Amount) -> bool:
    return isinstance(found.value, float) and found.value < base.number


def _prose(block: Block, context: Context, source: str) -> tuple[list[Stated], list[Left]]:
    """What the sentences in the cells of any other table state."""
    stated: list[Stated] = []
    left: list[Left] = []
    for row in block.rows[:_MOST_ROWS]:
        for cell in row:
            if len(cell.text) > 15 and is_chinese(cell.text):
                text = plain(source[cell.start : cell.end], cell.start)
                got = read_paragraph(
                    text, context, source, planned=not context.past, tense_known=context.goal
                )
                stated += got.stated
                left += got.left
    return stated, left
