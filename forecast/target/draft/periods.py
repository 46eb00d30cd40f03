"""The years that plans are named after."""

from __future__ import annotations

import re

_DIGITS = "一二三四五六七八九"
# 十五五 is the fifteenth plan, 2026-2030; the ordinal runs on by five years each.
_NTH_PLAN = re.compile(rf"第(十[{_DIGITS}]?|二十)个五年")
_CHINESE_PLAN = re.compile(
    rf'"?(十[{_DIGITS}]?|二十)五"?(?=[时期规末以之间开收目发的主国经社综专重工第]|"|$)'
)
_ORDINALS = {
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "10th": 10, "11th": 11, "12th": 12, "13th": 13, "14th": 14, "15th": 15,
}  # fmt: skip
_ENGLISH_PLAN = re.compile(
    rf"\b({'|'.join(_ORDINALS)})\s+(?:(?:Five|5)[- ]Year\s+Plan|Plan\b|FYP\b)", re.IGNORECASE
)
# India's plans ran from April to March and are written 2012-2017.
_INDIAN = {10: (2002, 2007), 11: (2007, 2012), 12: (2012, 2017)}
_SPAN = re.compile(r"\b((?:19|20)\d\d)\s*(?:-|to|/)\s*((?:19|20)?\d\d)\b(?!\s*%)")
_CHINESE_SPAN = re.compile(r"((?:19|20)\d\d)年?(?:-|至|到)((?:19|20)\d\d)(?=年|\))")


def chinese_number(text: str) -> int | None:
    """Number of a Chinese numeral up to 99.

    Examples
    --------
    >>> chinese_number("十五"), chinese_number("二十"), chinese_number("两")
    (15, 20, 2)
    """
    text = text.replace("两", "二")
    tens, ten, ones = text.partition("十")
    if any(each not in _DIGITS for each in tens + ones) or len(tens) > 1 or len(ones) > 1 or not text:
        return None
    if not ten:
        return _DIGITS.index(tens) + 1
    return 10 * (_DIGITS.index(tens) + 1 if tens else 1) + (_DIGITS.index(ones) + 1 if ones else 0)


def chinese_plans(text: str) -> list[tuple[int, int, int]]:
    """Five-year plans a text names: where it stands, the first year, the last.

    Examples
    --------
    >>> chinese_plans('"十五五"时期')
    [(0, 2026, 2030)]
    """
    found = []
    for match in _CHINESE_PLAN.finditer(text):
        number = chinese_number(match[1])
        if number is not None and 9 < number < 25 and not text[max(0, match.start() - 1)].isdigit():
            found.append((match.start(), 1951 + 5 * number, 1955 + 5 * number))
    for match in _NTH_PLAN.finditer(text):
        nth = chinese_number(match[1])
        found += [(match.start(), 1951 + 5 * nth, 1955 + 5 * nth)] if nth is not None else []
    return sorted(found)


def chinese_spans(text: str) -> list[tuple[int, int, int]]:
    """Stretches of years a text writes in figures: 2021-2025年."""
    return [(m.start(), int(m[1]), int(m[2])) for m in _CHINESE_SPAN.finditer(text) if int(m[1]) < int(m[2])]


def english_plans(text: str, *, china: bool = False) -> list[tuple[int, int, int]]:
    """Plans and stretches of years a text names; with *china* its plans are China's.

    Examples
    --------
    >>> english_plans("by the end of the Twelfth Five-Year Plan (2012-2017)")
    [(18, 2012, 2017), (42, 2012, 2017)]
    """
    found = []
    spans = [(m.start(), *_full(m[1], m[2])) for m in _SPAN.finditer(text)]
    for match in _ENGLISH_PLAN.finditer(text):
        number = _ORDINALS[match[1].lower()]
        # China counts by fives from the same ordinal; only a stretch in the text can tell the two apart.
        first, last = _INDIAN.get(number, (1951 + 5 * number, 1955 + 5 * number))
        if china or any((1951 + 5 * number, 1955 + 5 * number) == (a, b) for _, a, b in spans):
            first, last = 1951 + 5 * number, 1955 + 5 * number
        found.append((match.start(), first, last))
    return sorted(found + [span for span in spans if 0 < span[2] - span[1] <= 30])


def _full(first: str, last: str) -> tuple[int, int]:
    """Both years of 2012-17 in full."""
    return int(first), int(last) if len(last) == 4 else int(first[:2] + last)
