"""How one cell of a table is read: as text, as a number, as a year, as a yes or no."""

from __future__ import annotations

import math
import unicodedata
from datetime import date

import pandas as pd

from forecast.history.history import FIRST_YEAR, LAST_YEAR
from forecast.language.message import Message

Cell = object
# Beyond this a float has no last digit to show.
_EXACT = 1e15
# What a yes and a no are written as.
TRUE, FALSE = ("1", "true", "yes", "是"), ("", "0", "false", "no", "否")
# Full-width figures, and the typographic minus, are spellings of the same number.
PLAIN = str.maketrans("０１２３４５６７８９．－＋％，−", "0123456789.-+%,-")


class UnreadableCellError(ValueError):
    """A cell that is something else than its column asks for; *message* says so."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


def text_of(cell: Cell) -> str:
    r"""Return a cell as text, ``""`` where it is missing or empty; names in one Unicode form.

    Examples
    --------
    >>> text_of(2020.0), text_of(None), text_of(" Co\u0302te  d'Or ") == "Côte d'Or"
    ('2020', '', True)
    """
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
    """Return a cell as a finite number; None where it is empty.

    Raises
    ------
    UnreadableCellError
        Where it is something else.
    """
    text = text_of(cell)
    if not text:
        return None
    plain = text.translate(PLAIN)
    if not is_number(plain):
        raise UnreadableCellError(Message("not_a_number", column=column, text=text, advice=advice_for(text)))
    number = float(plain)
    if not math.isfinite(number):
        raise UnreadableCellError(Message("not_finite", column=column, text=text))
    return number


def year_of(cell: Cell, column: str) -> int | None:
    """Return a cell as a year; a date counts as its year; None where it is empty.

    Raises
    ------
    UnreadableCellError
        Where it is something else.
    """
    if isinstance(cell, date) and not pd.isna(cell):
        return cell.year
    text = text_of(cell)
    short = text.removesuffix("年")
    if not short:
        return None
    day = short.split("T")[0].split(" ")[0].replace("/", "-").split("-")
    dated = len(day) == 3 and all(part.isdigit() for part in day)
    number = float(day[0] if dated else short) if dated or is_number(short) else math.nan
    if not number.is_integer():
        raise UnreadableCellError(
            Message("not_a_year", column=column, text=text, advice=Message("write_year", year=2026))
        )
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise UnreadableCellError(
            Message("no_such_year", column=column, text=text, first=FIRST_YEAR, last=LAST_YEAR)
        )
    return int(number)


def flag_of(cell: Cell, column: str) -> bool:
    """Return a cell as yes or no; no where it is empty.

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
    """Return what to write in place of a text that is no number."""
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
    """Say whether a text is a number as programs write it."""
    try:
        float(text)
    except ValueError:
        return False
    # Python reads 1_000 as a number; nobody else does.
    return "_" not in text
