"""How one cell of a table is read: as text, as a number, as a year, as a yes or no."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Self

import pandas as pd

from forecast.language.message import Message

Cell = object
# Beyond this a float has no last digit to show.
_EXACT = 1e15
# What a yes and a no are written as.
TRUE, FALSE = ("1", "true", "yes", "是"), ("", "0", "false", "no", "否")
# What publishers write where there is no figure.
EMPTY = frozenset(
    ["", "..", "...", "…", ":", "-", "–", "—", ".", "/", "NaN", "nan", "NA", "N/A", "n/a", "na", "null",
     "NULL", "#N/A", "n.a.", "N.A."]
)  # fmt: skip
# A digit that is not zero before the exponent: 1e-400 is too small for any computer, not nothing.
_NOT_ZERO = re.compile(r"^[^eE]*[1-9]")
# Full-width figures, and the typographic minus, are spellings of the same number.
_QUOTED = re.compile(r'"[^"]*"|\\.|_.')
PLAIN = str.maketrans("０１２３４５６７８９．－＋％，−", "0123456789.-+%,-")


class PercentCell(float):
    """A number that a spreadsheet shows as a percentage: 0.6 for 60 %."""


def shows_percent(number_format: object) -> bool:
    """Whether a spreadsheet's format multiplies by a hundred: a % in quotes is only written behind."""
    return "%" in str(number_format) and "%" in _QUOTED.sub("", str(number_format))


class RefusedCell(str):
    """A cell that holds no figure, and the message that says why, where anyone wants to read it."""

    message: Message

    def __new__(cls, text: str, message: Message) -> Self:
        """Keep the text with its message."""
        cell = super().__new__(cls, text)
        cell.message = message
        return cell


class UnreadableCellError(ValueError):
    """A cell that is something else than its column asks for; *message* says so."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


def text_of(cell: Cell) -> str:
    r"""Cell as text, ``""`` where it is missing or empty; names in one Unicode form.

    Examples
    --------
    >>> text_of(2020.0), text_of(None), text_of(" Co\u0302te  d'Or ") == "Côte d'Or"
    ('2020', '', True)
    """
    if type(cell) is str and cell.isascii():
        return cell if cell.isalnum() else " ".join(cell.split())
    if cell is None or (isinstance(cell, float) and math.isnan(cell)) or cell is pd.NA or cell is pd.NaT:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    text = str(cell)
    if not text.isascii():
        # A Mac writes ô as o and a circumflex: the same name to every reader.
        text = unicodedata.normalize("NFC", text).replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())


def number_of(cell: Cell, column: str) -> float | None:
    """Cell as a finite number; None where it is empty.

    Raises
    ------
    UnreadableCellError
        Where it is something else.
    """
    if isinstance(cell, RefusedCell):
        raise UnreadableCellError(cell.message)
    text = text_of(cell)
    if isinstance(cell, PercentCell):
        shown = f"{100 * cell:.12g}"
        raise UnreadableCellError(Message("percent_format", column=column, text=text, number=shown))
    if text in EMPTY:
        return None
    plain = text.translate(PLAIN)
    if not is_number(plain):
        raise UnreadableCellError(Message("not_a_number", column=column, text=text, advice=advice_for(text)))
    number = float(plain)
    if not math.isfinite(number):
        raise UnreadableCellError(Message("not_finite", column=column, text=text))
    if number == 0 and _NOT_ZERO.search(plain):
        raise UnreadableCellError(Message("not_a_size", column=column, text=text))
    return number


def flag_of(cell: Cell, column: str) -> bool:
    """Cell as yes or no; no where it is empty.

    Raises
    ------
    UnreadableCellError
        Where it is something else.
    """
    word = text_of(cell).lower()
    if word not in TRUE + FALSE:
        raise UnreadableCellError(Message("not_yes_or_no", column=column, text=text_of(cell)))
    return word in TRUE


def advice_for(text: str) -> Message:
    """What to write in place of a text that is no number."""
    text = text.translate(PLAIN)
    ungrouped = text.replace(",", "").replace(" ", "")
    if ungrouped != text and is_number(ungrouped):
        return Message("write_ungrouped")
    if text.endswith("%") and is_number(text[:-1]):
        return Message("write_percent", number=text[:-1])
    if any(letter.isdigit() for letter in text):
        return Message("write_number_alone")
    return Message("leave_empty")


def is_number(text: str) -> bool:
    """Whether a text is a number as programs write it."""
    try:
        float(text)
    except ValueError:
        return False
    # Python reads 1_000 as a number; nobody else does.
    return "_" not in text
