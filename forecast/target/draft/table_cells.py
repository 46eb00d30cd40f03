"""One cell of a table of targets: its number with edge, base and nature, and the name beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from forecast.target.draft.amounts import Amount, amounts, is_unit
from forecast.target.draft.chinese_names import verbs_off
from forecast.target.draft.chinese_words import EDGES, FALL_NOUNS, GROWTH_NOUNS
from forecast.target.draft.found import DOWN, UP

_NATURES = (("约束性", "binding"), ("预期性", "anticipatory"), ("binding", "binding"), ("anticipatory",
    "anticipatory"),
            ("mandatory", "binding"), ("indicative", "anticipatory"), ("约束", "binding"), ("预期",
                "anticipatory"))  # fmt: skip
_SIGNS = {">": UP, "≥": UP, ">=": UP, "<": DOWN, "≤": DOWN, "<=": DOWN}
_SUFFIX = re.compile(
    "|".join(f"(?P<{side}>{'|'.join(sorted(words, key=len, reverse=True))})" for side, words in EDGES.items())
)
_TOTAL = re.compile(
    r"[〔\[【]\s*([<>≥≤]=?)?\s*(-?\d[\d,]*(?:\.\d+)?)\s*([^〕\]】]*)[〕\]】]"
    r"|^(?:五年)?累计[^\d]{0,6}(?P<more>\d[\d,.]*)"
)
_BASE_IN = re.compile(r"(20\d\d)年?(?:为|约|达|是)*(\d[\d,]*(?:\.\d+)?)")
_YEAR = re.compile(r"(?:到|至|by|in)?\s*(20\d\d)年?")
_NUMBERING = re.compile(
    r"^[\s(]*(?:\d{1,3}(?:\.\d{1,2})*[.、)\s](?!\d)\s*|[一二三四五六七八九十]{1,3}[、.]|[①-⑳]|[*※#]+|-+\s*"
    r"|·\s*)+"
)
_MARKS = re.compile(r"[*※①-⑳†‡#¹²³]+")
_LAST_PAREN = re.compile(r"\(([^()]*)\)\s*$")
_NEGATIVE = re.compile(r"(?:降低|下降|减少|削减|降幅|下降率|降低率|节约|reduc|decreas|decline)", re.I)
_CHANGING = re.compile(
    r"(提高|增加|增长|上升|提升|降低|下降|减少|削减|降低率|下降率|降幅|累计降低|累计下降|累计提高)(?:幅度"
    r"|率|比例|值)?$"
)


@dataclass(frozen=True)
class Name:
    """What a table calls a row: the indicator, its unit, and what the name says of the numbers."""

    text: str
    unit: str = ""
    year: int | None = None
    nature: str = ""
    growth: bool = False
    change: int = 0


@dataclass(frozen=True)
class Reached:
    """What a cell gives: an amount with its side, or nothing."""

    amount: Amount
    side: str = ""
    about: bool = False
    total: bool = False
    verbs: tuple[tuple[str, str], ...] = ()
    base_year: int | None = None
    base_value: float | None = None
    year: int | None = None
    marked: bool = False


def nature_of(text: str) -> str:
    """Nature a cell or a name states, or ``""``.

    Examples
    --------
    >>> nature_of("约束性"), nature_of("年均增长5.0%左右(预期性)"), nature_of("人")
    ('binding', 'anticipatory', '')
    """
    return next((key for word, key in _NATURES if word in text.lower()), "")


def name_of(text: str, unit: str = "") -> Name:
    """What the name of a row says.

    Examples
    --------
    >>> name_of("14. 单位GDP二氧化碳排放降低(%)")
    Name(text='单位GDP二氧化碳排放', unit='%', year=None, nature='', growth=False, change=-1)
    >>> name_of("GDP年均增速").growth
    True
    """
    nature = nature_of(text) if "性" in text else ""
    name = _MARKS.sub("", _NUMBERING.sub("", text)).strip()
    year = None
    for _ in range(3):
        paren = _LAST_PAREN.search(name)
        if paren is None:
            break
        inside = paren[1].strip()
        if re.fullmatch(r"20\d\d年?", inside):
            year = int(inside[:4])
        elif is_unit(inside):
            unit = unit or inside
        elif not re.search(r"约束|预期|特色|核心|以下简称|累计|当年价|可比价|现价|不变价", inside):
            break
        name = name[: paren.start()].rstrip()
    growth = name.endswith(GROWTH_NOUNS) or bool(re.search(r"(?:年均)?(?:增长|增速|增幅)(?:率)?$", name))
    if growth:
        name = re.sub(
            r"(?:年均|平均|年度|实际)?(?:增长率|增长速度|增长幅度|增长|增速|增幅|成长率)$", "", name
        )
    changed = _CHANGING.search(name) if not growth else None
    change = 0
    if changed:
        change = -1 if _NEGATIVE.search(changed[0]) else 1
        name = re.sub(r"累计$", "", name[: changed.start()]) or name
    return Name(name.strip(" :、,"), unit, year, nature, growth, change)


def reached(text: str, unit: str = "") -> Reached | None:
    """What a cell gives, or None where it holds no number.

    Examples
    --------
    >>> reached(">22").side, reached("〔17〕").total, reached("—") is None, reached("1.45左右").about
    ('at_least', True, True, True)
    """
    text = text.strip()
    total = _TOTAL.search(text)
    if total is not None:
        number = float((total[2] or total["more"]).replace(",", "").rstrip("."))
        amount = Amount(0, len(text), number, (total[3] or "").strip(" *以上左右内") or unit)
        side = _SIGNS.get(total[1] or "", "") or (UP if "以上" in text else DOWN if "以内" in text else "")
        return Reached(amount, side, "左右" in text, True)
    if re.fullmatch(r"[-\s—/无N/A.]*", text):
        return None
    outer = re.sub(r"\([^()]*\)", lambda m: "\x00" * len(m[0]), text)
    base = next(iter(_BASE_IN.findall(" ".join(re.findall(r"\(([^()]*)\)", text)))), None)
    found = amounts(outer) or _bare(outer)
    if not found:
        inner = amounts(text.replace("(", " ").replace(")", " "))
        if not inner or base:
            return None
        outer, found = text, inner
    amount = found[0]
    if len(found) > 1 and re.search(r"(?:从|由)[^\d]*$", outer[: amount.start]):
        base = base or ("", str(amount.number))
        amount = found[1]
    before, after = outer[: amount.start], outer[amount.end :].lstrip()
    sign = re.search(r"([<>≥≤]=?)\s*$", before)
    edge = _SUFFIX.match(after.replace(" ", ""))
    side = _SIGNS.get(sign[1], "") if sign else ""
    about = before.rstrip().endswith(("约", "~"))
    if edge:
        about = about or bool(edge["about"])
        side = side or (UP if edge["least"] else DOWN if edge["most"] else "")
    verbs = verbs_off(before)[1] or _verbs_within(before)
    year = _YEAR.search(before)
    return Reached(
        replace(amount, unit=amount.unit or unit), side, about, False, tuple(verbs),
        int(base[0]) if base and base[0] else None, float(base[1].replace(",", "")) if base else None,
        int(year[1]) if year else None, bool(_MARKS.search(text)),
    )  # fmt: skip


def _bare(text: str) -> list[Amount]:
    """Number of a cell that is nothing but one, a year's figure included."""
    match = re.fullmatch(r"\s*[<>≥≤=约~]*\s*(-?\d[\d,]*(?:\.\d+)?)\s*[*※①-⑳†‡#]*\s*", text)
    if match is None:
        return []
    return [Amount(match.start(1), match.end(1), float(match[1].replace(",", "")), "")]


def _verbs_within(text: str) -> list[tuple[str, str]]:
    """First words of a prose cell that say which way: 高于陆域国土面积35%."""
    for word, kind in (("不低于", "floor"), ("不少于", "floor"), ("高于", "floor"), ("不高于", "cap"),
        ("不超过", "cap"),
        ("控制", "cap"), ("低于", "cap"),
                       ("年均", "yearly"), ("降至", "drop"), ("达", "reach")):  # fmt: skip
        if word in text:
            return [(word, kind)]
    return []


def changes_sign(name: str) -> bool:
    """Whether a name tells of a fall, so that its numbers are falls."""
    return name.endswith(FALL_NOUNS) or bool(_NEGATIVE.search(name))
