"""Numbers with their units, as English texts write them."""

from __future__ import annotations

import re

from forecast.target.draft.amounts import ENDLESS, Amount
from forecast.target.draft.english_words import SCALES, UNITS, WORDS

_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_PER = (
    r"(?:\s?(?:per|/)\s?(?:\d[\d,]*\s?)?(?:(?:live|unit|capita|million|one lakh live|lakh live|lakh"
    r"|one million|uninfected|total|GDP|thousand|year)\s?)?(?:births?|population|people|inhabitants"
    r"|persons?|capita|year|day|households?|hectare|ha|women|GDP|unit|children|km|m3|annum|vehicles?"
    r"|adults?|million|1,?000|person)(?:\s(?:population|people))?)?"
)
_MONEY = r"(?:Rs\.?|₹|INR|US\$|USD|\$|€|EUR|RMB|¥|£)"
_VALUE = re.compile(
    rf"(?<![\w.,/-])(?P<money>{_MONEY})?\s?(?:(?<!from )(?P<low>{_NUMBER})\s?(?P<lowunit>%"
    rf"|per ?cent)?\s?(?:-|to)\s?(?=\d)"
    rf"|(?<=between )(?P<low2>{_NUMBER})\s?(?:%|per ?cent)?\s?and\s?(?=\d))?"
    rf"(?P<number>{_NUMBER}|\b(?:{'|'.join(WORDS)})\b(?=\s(?:{_SCALE}|{_UNIT})\b))"
    rf"(?P<scale>(?:[\s-](?:{_SCALE})\b)*)(?:\s(?P<second>\d+(?:\.\d+)?)\s(?P<secondscale>{_SCALE})\b)?"
    rf"(?P<unit>\s?(?:{_UNIT})(?![A-Za-z]))?(?P<per>{_PER})",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"(?<![\d.,])(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)?\d\d))?(?![\d%]|,\d|\.\d| ?(?:MW|GW|km|million|ha"
    r"|people|crore|lakh|per ?cent)\b)"
)
# Figures that are names, not amounts.
NOT_AMOUNTS = (
    r"\b(?i:one|two|three|four|five|ten|\d+)(?:-(?i:year)\b|[- ](?i:year)s?[- ](?i:plan|period|action"
    r"|agenda)\b)",
    r"\((?:or|and|from|currently|\$|US\$|USD|€|EUR|i\.e|about|around|approximately)[^()]*\d[^()]*\)",
    r"\b\d+ to \d+ years?(?: old| of age)?", r"\b\d+\s?-\s?\d+-years?-olds?", r"\baged \d+ to \d+",
    r"\b(?i:every|each|per) [\d,]+ (?:people|population|inhabitants|persons)\b",
    r"\((?:aged? )?\d+\s?-\s?\d+\s?(?:years?|months?)[^)]*\)",
    r"\baged? (?:\d+\s?-\s?\d+|\d+)(?: years?)?(?: and (?:over|above|older))?",
    r"\b\d+\s?-\s?\d+ (?:years?[- ]olds?|age group|years? age)", r"\b[Uu]nder-(?:\d+|[Ff]ive)s?\b",
    r"\b[Uu]nder (?:\d|[Ff]ive)s?\b(?=\s+(?:mortality|child|death|years))",
    r"\b[A-Za-z][A-Za-z&]*-?\d+(?:\.\d+)?\w*\b(?<!\$)",
    r"\b\d+(?:\.\d+)?-(?:year|hour|bed|day|month|minute|point|lane|fold|storey|star)\w*\b",
    r"(?<=\s)\d{1,2}\)\s(?=\w)", r"\b\d+[- ]bedded\b", r"^\s*\(?\d+(?:\.\d+)*[.)]?\s(?=[A-Z])",
    r"^\s*\(?[a-z]\)\s",
    r"\b(?:Article|Section|Chapter|Goal|Goals|Target|Table|Figure|SDG|Annex|Phase|Box|Page"
    r"|No\.)\s\d+(?:\.\d+|\.[a-z])*(?:\s?(?:-|and)\s?\d+)?",
    r"\b\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{1,2}\b",
    r"\b\d+(?:st|nd|rd|th)\b", r"\b24\s?[x/]\s?7\b", r"\b1\.5\s?°?\s?C\b",
    r"\b\d+(?:\.\d+)?\s?(?:°\s?C|degrees)", r"\b\d+ out of \d+\b", r"\[\d+\]",
)  # fmt: skip
_NAMES = re.compile("|".join(f"(?:{each})" for each in NOT_AMOUNTS))


# Letters of the private area stand for those covered, one for one, so that a name can be uncovered again.
_YEARS_AT, _NAMES_AT = 0xE000, 0xE100


def covered(text: str) -> str:
    """*text* with every figure covered that is no amount."""
    short = ENDLESS.sub(lambda match: _cover(match[0], _NAMES_AT), text)
    hidden = YEAR.sub(lambda match: _cover(match[0], _YEARS_AT), short)
    return _NAMES.sub(lambda match: _cover(match[0], _NAMES_AT), hidden)


def uncovered(text: str) -> str:
    """Text with its covered figures in sight again.

    Examples
    --------
    >>> uncovered(covered("under-5 mortality"))
    'under-5 mortality'
    """
    return "".join(
        chr((ord(each) - _YEARS_AT) % 0x100) if _YEARS_AT <= ord(each) < 0xE200 else each for each in text
    )


def _cover(text: str, at: int) -> str:
    return "".join(chr(at + ord(each)) if ord(each) < 0x100 else each for each in text)


def english_amounts(text: str) -> list[Amount]:
    """Amounts of a text, in order.

    Examples
    --------
    >>> text = "to 2 lakh 80 thousand from 29 thousand Megawatt, 12 per 1,000 live births"
    >>> [(each.number, each.unit) for each in english_amounts(text)]
    [(2.8, 'lakh'), (29.0, 'thousand Megawatt'), (12.0, 'per 1,000 live births')]
    >>> english_amounts("Rs 45 lakh crore by 2030")[0].unit
    'Rs lakh crore'
    """
    found = []
    for match in _VALUE.finditer(covered(text)):
        found.append(_amount(match))
    for i in range(len(found) - 2, -1, -1):
        between = text[found[i].end : found[i + 1].start]
        if not found[i].unit and re.search(r"\band\b", between) and found[i + 1].unit.startswith("per "):
            found[i] = Amount(found[i].start, found[i].end, found[i].number, found[i + 1].unit)
    return found


def _amount(match: re.Match[str]) -> Amount:
    number = _read(match["number"])
    scale = " ".join(match["scale"].replace("-", " ").split())
    if match["second"] and scale:
        number += (
            float(match["second"]) * SCALES[match["secondscale"].lower()] / SCALES[scale.split()[-1].lower()]
        )
        number = round(number, 9)
    unit = " ".join(
        part for part in ((match["money"] or "").strip(), scale, (match["unit"] or "").strip()) if part
    )
    per = (match["per"] or "").strip()
    joint = "" if per.startswith("/") or not unit or not per else " "
    unit = unit + joint + per
    if unit.lower() in ("per cent", "percent", "pct"):
        unit = "%"
    first = match["low"] or match["low2"]
    low = _read(first) if first else None
    end = match.end() - (len(match[0]) - len(match[0].rstrip()))
    start = match.start() + (len(match[0]) - len(match[0].lstrip()))
    return Amount(start, end, number, unit, low)


def _read(text: str) -> float:
    return float(WORDS[text.lower()]) if text.lower() in WORDS else float(text.replace(",", ""))
