"""How the figures of a column are written: decimal point or comma, thousands marks, bounds, flags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from forecast.history.cells import EMPTY, PLAIN, Cell, RefusedCell, is_number, text_of
from forecast.language.message import Message

_WIDE = str.maketrans({"，": ",", "．": ".", "＜": "<", "＞": ">", "≤": "<", "≥": ">", "\u2212": "-"})
_BOUND = re.compile(r"^([<>])=?\s*([-+]?[\d.,]+)$")
_FLAGGED = re.compile(r"^([-+]?\d[\d.,' ]*|:)\s*[(\[]?\s*([a-z]{1,5})\s*[)\]]?$")
# Read the same by every program; nothing about its column could change it.
_SIMPLE = re.compile(r"^(?:-?\d{1,15}(?:\.\d{1,15})?)?$")
_FIGURE = re.compile(r"^[-+]?\d[\d.,'’ ]*$")
_GROUPED = re.compile(r"^[-+]?\d{1,3}(?:([ '’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$")
_THREE = re.compile(r"^[-+]?[1-9]\d{0,2}([.,])\d{3}$")
# Letters that publishers put beside a figure, and what they say of it.
FLAGS = {
    "p": "provisional", "e": "derived", "s": "derived", "i": "derived", "f": "provisional", "r": "final",
    "b": "final", "d": "final", "u": "final", "c": "final", "n": "final", "a": "final", "z": "final",
}  # fmt: skip


@dataclass
class Figures:
    """The cells of a value column, read as far as how they are written can be told.

    Parameters
    ----------
    cells : list of cells
        Numbers, None where empty, and what only the reader of single cells can refuse.
    bounds : dict of int to str
        Cells like "<2.5": their text; the cell is then the bound.
    flags : dict of int to str
        Letters that stood behind figures.
    empty : dict of str to int
        How often each sign for "no figure" stands in the column.
    """

    cells: list[Cell]
    bounds: dict[int, str]
    flags: dict[int, str]
    empty: dict[str, int]


def figures(cells: Sequence[Cell], *, delimiter: str = "", column: str = "value") -> Figures:
    """Figures of a column under the one way of writing that all its cells allow.

    Examples
    --------
    >>> figures(["5,2", "1.234,5", "0,5"]).cells
    [5.2, 1234.5, 0.5]
    >>> figures(["2,199.40", "-", "<2.5"]).cells
    [2199.4, None, 2.5]
    >>> print(figures(["5,2", "5.9"]).cells[0].message)
    value is '5,2', but other rows have a decimal point ('5.9'). Write 5.2.
    """
    found = Figures(list(cells), {}, {}, {})
    # A semicolon between cells leaves room for a decimal comma, and so for a point that marks thousands.
    if delimiter != ";" and all(type(cell) is str and _SIMPLE.match(cell) for cell in cells):
        return found
    texts: dict[int, str] = {}
    for i, cell in enumerate(cells):
        if isinstance(cell, str) and not isinstance(cell, RefusedCell):
            text = _taken_apart(i, cell, found)
            if text is not None:
                texts[i] = text
    if any("," in t or "." in t or not is_number(t) for t in texts.values()):
        _read(texts, found.cells, delimiter, column)
    return found


def _taken_apart(i: int, cell: str, found: Figures) -> str | None:
    """Figure of a cell without bound and flags; None where there is nothing to tell."""
    text = text_of(cell).translate(PLAIN).translate(_WIDE)
    if text in EMPTY:
        if text:
            found.empty[text] = found.empty.get(text, 0) + 1
        found.cells[i] = None
        return None
    bound = _BOUND.match(text)
    if bound:
        found.bounds[i] = text_of(cell)
        text = bound.group(2)
        found.cells[i] = text
    flagged = _FLAGGED.match(text)
    if flagged and not is_number(text) and all(letter in FLAGS for letter in flagged.group(2)):
        text = flagged.group(1).strip()
        found.flags[i] = flagged.group(2)
        if text in EMPTY:
            found.cells[i] = None
            return None
        found.cells[i] = text
    return text if _FIGURE.match(text) else None


def _read(texts: dict[int, str], cells: list[Cell], delimiter: str, column: str) -> None:
    """Turn the figures into numbers; mark those that can be read in two ways."""
    commas = [text for text in texts.values() if _decimal_mark(text) == ","]
    points = [text for text in texts.values() if _decimal_mark(text) == "."]
    for i, text in texts.items():
        read = None
        if commas and not points:
            read = text.replace(".", "").replace(",", ".")
        elif points and not commas:
            read = text.replace(",", "")
        elif _doubtful(text, delimiter):
            cells[i] = RefusedCell(text, _two_ways(text, column))
            continue
        elif commas and "," in text:
            other = points[0]
            said = Message("mixed_decimals", column=column, text=text, other=other, number=_plain(text))
            cells[i] = RefusedCell(text, said)
            continue
        elif "," not in text:
            read = text
        if read is not None:
            ungrouped = re.sub(r"[ '’]", "", read) if _GROUPED.match(text) else read
            if is_number(ungrouped) and " " not in ungrouped:
                cells[i] = float(ungrouped) if len(ungrouped) < 300 else ungrouped


def _decimal_mark(text: str) -> str:
    """Which mark a figure surely has before its decimals; nothing where it could be either."""
    comma, point = text.count(","), text.count(".")
    if comma and point:
        return "," if text.rfind(",") > text.rfind(".") else "."
    if comma > 1 or point > 1:
        return "." if comma > 1 else ","
    if not comma + point or _THREE.match(text):
        return ""
    return "," if comma else "."


def _doubtful(text: str, delimiter: str) -> bool:
    """Whether a figure could be thousands or decimals, with nothing in its column to tell."""
    three = _THREE.match(text)
    return three is not None and (three.group(1) == "," or delimiter == ";")


def _two_ways(text: str, column: str) -> Message:
    whole = re.sub(r"[.,]", "", text)
    return Message("two_ways", column=column, text=text, whole=whole, decimal=text.replace(",", ".") + "0")


def _plain(text: str) -> str:
    mark = max(text.rfind(","), text.rfind("."))
    return re.sub(r"[., '’]", "", text[:mark]) + "." + text[mark + 1 :]
