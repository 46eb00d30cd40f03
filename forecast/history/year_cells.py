"""A year as people write it; what could be two years, or half of one, is refused with the way out."""

from __future__ import annotations

import re
from datetime import date, datetime

import pandas as pd

from forecast.history.cells import PLAIN, Cell, RefusedCell, UnreadableCellError, is_number, text_of
from forecast.history.history import FIRST_YEAR, LAST_YEAR
from forecast.language.message import Message

# Years of the Buddhist era that are 1900 to 2100.
BUDDHIST, _BUDDHA = (2443, 2643), 543
# What a spreadsheet shows for the numbers 1900 to 2100 in a date format.
_SERIAL_DATES, _DAY_ZERO = (date(1905, 3, 14), date(1905, 9, 30)), date(1899, 12, 30)
_MARKED = re.compile(
    r"^(\d{4})(?:\.0+)?\s*(?:年度?|年末|年底)?\s*(?:[a-z]?|[(（\[](?:[a-z]|\d|预计|快报)[)）\]]|\s\d[)）]|\*+)$",
    re.IGNORECASE,
)
_ISO = re.compile(r"^(\d{4})(?:[-/]|[.](?=\d\d?[.]))(\d\d?)(?:[-/.](\d\d?))?(?:[T ](\d\d?):(\d\d)\S*)?$")
_CHINESE = re.compile(r"^(\d{4})年(\d\d?)月(?:(\d\d?)日)?$")
_DAY_FIRST = re.compile(r"^(\d\d?)[-/.](\d\d?)[-/.](\d{4})$")
_SPAN = re.compile(r"^(?:FY\s*)?(\d{4})\s*[-/–—~至到]\s*(\d\d|\d{4})(?:年度?)?$", re.IGNORECASE)
_FISCAL = re.compile(r"^FY\s*'?(\d{4}|\d\d)$", re.IGNORECASE)
_PART = re.compile(
    r"^(\d{4})\s*(?:[-/]?\s*[QMSH]\s*\d{1,2}|年?第?[一二三四1-4]季度?)$|^(\d{4})(0[1-9]|1[0-2])$",
    re.IGNORECASE,
)
_REPUBLIC = re.compile(r"^(?:民国|民國)\s*(\d{1,3})\s*年?$")


def year_of(cell: Cell, column: str) -> int | None:
    """Cell as a year; a date counts as its year; None where it is empty.

    Raises
    ------
    UnreadableCellError
        Where it is something else: no year, two of them, part of one, or one of another calendar.

    Examples
    --------
    >>> [year_of(cell, "year") for cell in ("2020年", "2020 (p)", "31.12.2020", 2020.0, "2020-12-31")]
    [2020, 2020, 2020, 2020, 2020]
    """
    if isinstance(cell, RefusedCell):
        raise UnreadableCellError(cell.message)
    if isinstance(cell, date) and not pd.isna(cell):
        return _of_date(cell, column)
    text = text_of(cell)
    if not text:
        return None
    plain = text.translate(PLAIN).removesuffix("年")
    if len(plain) == 4 and plain.isdecimal():
        return _checked(int(plain), text, column)
    found = _ISO.match(plain) or _CHINESE.match(text)
    if found:
        return _of_day(found, text, column)
    day = _DAY_FIRST.match(plain)
    if (
        day
        and max(int(day.group(1)), int(day.group(2))) <= 31
        and min(int(day.group(1)), int(day.group(2))) <= 12
    ):
        return _checked(int(day.group(3)), text, column)
    marked = _MARKED.match(text.translate(PLAIN))
    if marked:
        return _checked(int(marked.group(1)), text, column)
    _refuse_other_years(plain, text, column)
    if is_number(plain) and len(plain) < 30 and float(plain).is_integer():
        return _checked(int(float(plain)), text, column)
    named = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", plain)
    advice = Message("write_year", year=named.group(1) if named else 2026)
    raise UnreadableCellError(Message("not_a_year", column=column, text=text, advice=advice))


def _checked(year: int, text: str, column: str) -> int:
    if BUDDHIST[0] <= year <= BUDDHIST[1]:
        raise UnreadableCellError(Message("buddhist", column=column, text=text, year=year - _BUDDHA))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnreadableCellError(
            Message("no_such_year", column=column, text=text, first=FIRST_YEAR, last=LAST_YEAR)
        )
    return year


def _of_date(day: date, column: str) -> int:
    plain = day.date() if isinstance(day, datetime) else day
    if _SERIAL_DATES[0] <= plain <= _SERIAL_DATES[1]:
        number = (plain - _DAY_ZERO).days
        raise UnreadableCellError(
            Message("date_is_number", column=column, text=plain.isoformat(), year=number)
        )
    if isinstance(day, pd.Timestamp) and day.year == 1970 and FIRST_YEAR <= day.value <= LAST_YEAR:
        raise UnreadableCellError(Message("number_made_date", column=column, text=str(day), year=day.value))
    if isinstance(day, datetime):
        _refuse_moved(day.month, day.day, day.hour, day.minute, str(day), column)
    return _checked(plain.year, str(day), column)


def _of_day(found: re.Match[str], text: str, column: str) -> int:
    year, month, day = (int(part) if part else 1 for part in found.groups()[:3])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        two = _SPAN.match(text)
        if two and int(two.group(2)[-2:]) == (int(two.group(1)) + 1) % 100:
            raise UnreadableCellError(_two_years(two, text, column))
        raise UnreadableCellError(
            Message("not_a_year", column=column, text=text, advice=Message("write_year", year=year))
        )
    two = _SPAN.match(text)
    if two and found.group(3) is None and int(two.group(2)) == (year + 1) % 100 and month > 9:
        # 2009-10 is a fiscal year or an October; the year before it tells no more.
        raise UnreadableCellError(_two_years(two, text, column))
    groups = found.groups()
    if len(groups) > 3 and groups[3] is not None:
        _refuse_moved(month, day, int(groups[3]), int(groups[4]), text, column)
    return _checked(year, text, column)


def _refuse_moved(month: int, day: int, hour: int, minute: int, text: str, column: str) -> None:
    """Refuse a moment near the turn of the year that is midnight of another time zone."""
    if minute == 0 and (
        ((month, day) == (12, 31) and 9 <= hour <= 23) or ((month, day) == (1, 1) and 1 <= hour <= 14)
    ):
        raise UnreadableCellError(Message("time_zone", column=column, text=text))


def _refuse_other_years(plain: str, text: str, column: str) -> None:
    two, fiscal, part, republic = (
        _SPAN.match(plain),
        _FISCAL.match(plain),
        _PART.match(plain),
        _REPUBLIC.match(plain),
    )
    if two:
        raise UnreadableCellError(_two_years(two, text, column))
    if fiscal:
        year = int(fiscal.group(1)) if len(fiscal.group(1)) == 4 else 2000 + int(fiscal.group(1))
        raise UnreadableCellError(Message("fiscal_year", column=column, text=text, first=year - 1, last=year))
    if part:
        raise UnreadableCellError(
            Message("part_of_year", column=column, text=text, year=part.group(1) or part.group(2))
        )
    if republic:
        year = 1911 + int(republic.group(1))
        raise UnreadableCellError(
            Message("not_a_year", column=column, text=text, advice=Message("write_year", year=year))
        )


def _two_years(found: re.Match[str], text: str, column: str) -> Message:
    first, end = int(found.group(1)), found.group(2)
    last = (
        int(end) if len(end) == 4 else first - first % 100 + int(end) + (100 if int(end) < first % 100 else 0)
    )
    key = "fiscal_year" if last == first + 1 else "several_years"
    return Message(key, column=column, text=text, first=first, last=last)
