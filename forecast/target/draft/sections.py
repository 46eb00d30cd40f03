"""What headings say of the text below: achieved or planned, when, and whether the targets stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forecast.target.draft.chinese_words import GOAL, PAST_HEADINGS, PLAN_HEADINGS
from forecast.target.draft.periods import chinese_plans, chinese_spans, english_plans

_NUMBERED = (
    (1, re.compile(r"^第[一二三四五六七八九十百\d]+[篇编部]|^[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"^第[一二三四五六七八九十百\d]+章")),
    (3, re.compile(r"^\([一二三四五六七八九十]{1,3}\)|^第[一二三四五六七八九十百\d]+[节條条]|^[(〔]?专栏")),
    (4, re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.、 ](?=\D)")),
)
_ENGLISH_PAST = re.compile(
    r"\b(achievements?|review|progress|background|performance|current status|where we are|in review|so far"
    r"|past)\b",
    re.I,
)
_ENGLISH_GOAL = re.compile(
    r"\b(targets?|goals?|objectives?|resolutions?|commitments?|indicators?|vision|pledges?|aims?)\b", re.I
)
_GOAL = re.compile("|".join(GOAL))
_BINDING = (("约束性", "binding"), ("预期性", "anticipatory"))
LONGEST_HEADING = 45
_UNNUMBERED = 5


@dataclass(frozen=True)
class Heading:
    """A heading: its rank, 1 the highest, and what it says."""

    rank: int
    text: str
    past: bool | None
    goal: bool
    first: int | None
    year: int | None
    nature: str = ""


def heading_of(text: str, level: int = 0) -> Heading | None:
    """Heading that a line in plain characters is, or None; *level* is the format's own.

    Examples
    --------
    >>> heading_of("二、2026年工作安排").year
    2026
    >>> heading_of("一、工作回顾").past
    True
    """
    rank = level or rank_of(text) or (_UNNUMBERED if _says(text) else 0)
    if (
        not rank
        or len(text) > (200 if level else LONGEST_HEADING)
        or (not level and text.endswith(("。", ";", ".", ",")) and len(text) > 25)
    ):
        return None
    return said(text, rank)


def _says(text: str) -> bool:
    """Whether a short line without a number or a stop says what stands below it: 主要预期目标."""
    bare = text.lstrip("●■◆▪○◇□★* ")
    if not 3 < len(bare) <= 30 or re.search(r"[。,;:!?]", bare) or re.search(r"\d(?!\d{0,3}年)", bare):
        return False
    return bool(
        re.search(
            r"目标$|指标$|成绩单|工作回顾|工作总结|成就$|工作安排|目标任务$|重点工作$|主要目标.{0,4}$"
            r"|工作要求",
            bare,
        )
    )


def inline_heading(text: str) -> tuple[str, str] | None:
    """Heading a paragraph opens with, (一)发展目标。到2030年 ..., and the rest."""
    if not rank_of(text):
        return None
    head, stop, rest = text.partition("。")
    return (head, rest) if stop and len(head) <= LONGEST_HEADING and "," not in head else None


def rank_of(text: str) -> int:
    """Rank of a numbered line, 0 where it is not numbered."""
    return next((rank for rank, pattern in _NUMBERED if pattern.match(text)), 0)


def said(text: str, rank: int) -> Heading:
    """What a heading says."""
    goal = bool(_GOAL.search(text)) or "目标" in text or bool(_ENGLISH_GOAL.search(text))
    past: bool | None = None
    if any(word in text for word in PAST_HEADINGS) or _ENGLISH_PAST.search(text):
        past = True
    if any(word in text for word in PLAN_HEADINGS) or goal:
        past = False if past is None or goal else past
    first, year = period_of(text)
    nature = next((key for word, key in _BINDING if word in text), "")
    return Heading(rank, text, past, goal, first, year, nature)


def period_of(text: str, *, china: bool = False) -> tuple[int | None, int | None]:
    """First and the last year that a heading or a title is about.

    Examples
    --------
    >>> period_of('"十四五"国民健康规划'), period_of("2026年政府工作报告"), period_of("by the year 2030")
    ((2021, 2025), (2026, 2026), (None, 2030))
    """
    plans = chinese_plans(text) or chinese_spans(text) or english_plans(text, china=china)
    if plans:
        return plans[0][1], plans[0][2]
    until = re.search(
        r"(?:到|至)(20\d\d)年|(20\d\d)年(?:远景)?目标|\b(?:by|to|until|for|target|vision|agenda|europe"
        r"|strategy"
        r"|goals?)\s+(?:the\s+)?(?:year\s+)?(20\d\d)\b"
        r"|\b(20\d\d)\s+(?:headline\s+)?(?:targets?|goals?|objectives?|vision|agenda|framework|climate"
        r"|strategy)",
        text,
        re.I,
    )
    if until:
        return None, int(until[1] or until[2] or until[3] or until[4])
    # China sets 2026 economic growth target: a plan of that year, unless plans end with it.
    sole = re.search(r"\b(20\d\d)\s+(?:[a-z]+\s+){1,3}(?:targets?|goals?)\b", text, re.I)
    if sole:
        return (None if int(sole[1]) % 5 == 0 else int(sole[1])), int(sole[1])
    year = re.search(r"(20\d\d)年(?!代|前|以来)", text)
    if year:
        return int(year[1]), int(year[1])
    roc = re.search(r"民国(1\d\d)年", text)
    return (int(roc[1]) + 1911, int(roc[1]) + 1911) if roc else (None, None)
