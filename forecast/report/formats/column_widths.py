"""How wide the columns of a printed table are, by what stands in them: no word is broken that has room."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from forecast.report.content.blocks import Cell, Table

# A line may end before any Chinese character, and after a space; a short Chinese word stays whole.
_WORDS = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]{1,4}|[^\s\u2e80-\u9fff\uff00-\uffef]+")
# Smaller lines below a cell, as parts of its text; air beside a text, in Latin letters.
_DETAIL, _AIR = 0.88, 4.0
# A column of long texts asks for no more than so many Latin letters: it takes more lines instead.
_LONGEST = 60.0


def column_widths(table: Table, room: float) -> list[float]:
    """Width of each column, in Latin letters; together they are *room*, how many a line of the page holds.

    Each column gets what its longest word takes, and of the rest a share by how much longer its longest
    cell is. Where not even the words have room, all shrink alike,
    and where all have more than they ask for, all grow alike.

    Examples
    --------
    >>> from forecast.report.content.blocks import Row, plain
    >>> rows = (Row((plain("1"), plain("Urbanization rate"), plain("-"))),)
    >>> table = Table("t", "", ("id", "name", "note"), ("No.", "Name", "Note"), rows)
    >>> [round(x, 1) for x in column_widths(table, 40)]
    [7.8, 23.3, 8.9]
    """
    columns = [[Cell(head), *(row.cells[i] for row in table.body)] for i, head in enumerate(table.columns)]
    least = [max(map(_longest_word, column)) + _AIR for column in columns]
    wanted = [min(max(map(_whole, column)), _LONGEST) + _AIR for column in columns]
    more = [max(want - low, 0.0) for want, low in zip(wanted, least, strict=True)]
    left = room - sum(least)
    if left <= 0:
        return [room * low / sum(least) for low in least]
    if left >= sum(more):
        asked = [low + extra for low, extra in zip(least, more, strict=True)]
        return [room * each / sum(asked) for each in asked]
    return [low + left * extra / sum(more) for low, extra in zip(least, more, strict=True)]


def _longest_word(cell: Cell) -> float:
    words = [(word, 1.0) for word in _WORDS.findall(cell.text)]
    words += [(word, _DETAIL) for line in cell.details for word in _WORDS.findall(line)]
    return max((part * text_width(word) for word, part in words), default=0.0)


def _whole(cell: Cell) -> float:
    return max(text_width(cell.text), *(_DETAIL * text_width(line) for line in cell.details), 0.0)


def text_width(text: str) -> float:
    """Width of a text in Latin letters; a Chinese one counts twice."""
    return sum(2.0 if east_asian_width(c) in "WF" else 1.0 for c in text)
