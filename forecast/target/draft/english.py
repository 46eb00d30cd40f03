"""An English paragraph, sentence by sentence: what it asks, of what, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from forecast.target.draft.chinese import LONGEST_SENTENCE
from forecast.target.draft.context import Context
from forecast.target.draft.english_amounts import english_amounts
from forecast.target.draft.english_clause import asked
from forecast.target.draft.english_forms import IN_STEP
from forecast.target.draft.english_names import any_of
from forecast.target.draft.english_words import BASES, FALL, MAKE, PAST, PLANNED, REACH, RISE
from forecast.target.draft.found import Left, Stated
from forecast.target.draft.periods import english_plans
from forecast.target.draft.plain import Plain

_STOP = re.compile(
    r"(?<![A-Z])(?<!\bi\.e)(?<!\be\.g)(?<!\bRs)(?<!\bNo)(?<!\bapprox)(?<!\bvs)[.!?](?=\s+[A-Z0-9(·•\"-]"
    r"|\s*$)|;|\n|\s[·•■]\s"
)
_UNTIL = re.compile(
    r"\b(?:by|in|for|until|till|to|through|before|towards?|year|than|target(?:s)? (?:for"
    r"|of))\s+(?:the\s+)?(?:end[- ](?:of\s+)?)?(?:the\s+)?(?:year\s+|FY\s?"
    r"|fiscal year\s+)?(20\d\d)(?:[-/](\d\d)\b)?|\bbetween\s+(?:19|20)\d\d\s+and\s+(20\d\d)|\b(?:Vision"
    r"|Agenda|Europe|Strategy)\s+(20\d\d)"
    r"|\b(20\d\d)\s+(?:headline )?(?:targets?|goals?|objectives?)",
    re.I,
)
_BASE = re.compile(
    rf"\b{BASES}\s+(?:the\s+)?(?:base\s?line\s+|base year\s+)?(?:levels?\s+(?:of|in)\s+|values?\s+of\s+"
    rf"|year\s+)?((?:19|20)\d\d)(?:[- ](?:levels?|baseline|values?))?|\bbetween ((?:19|20)\d\d)\b|\b((?:19"
    rf"|20)\d\d) (?:levels?|baseline"
    rf"|base year)"
)
# For the 2026-2030 period: not by 2026.
_SPAN_GOES_ON = re.compile(r"\s?-\s?(?:19|20)\d\d")
_PLANNED = re.compile("|".join(PLANNED), re.I)
_PAST = re.compile("|".join(PAST), re.I)
_ORDER = re.compile(
    rf"^\W*(?:\(?[a-z0-9.]+[).]\s*)?(?:to\s+)?(?:by \S+,?\s*)?(?:substantially |further "
    rf"|progressively )?(?:{any_of((*RISE, *FALL, *MAKE, *REACH))}|double|triple|halve"
    rf"|eliminate|end|provide|at least|at most|over|more than)",
    re.I,
)

_GOAL = re.compile(r"\b(?:targets?|goals?|objectives?|resolutions?|commitments?|pledges?)\b", re.I)
_WILL = re.compile(
    r"\b(?:will|shall|must|should|to be|aims? to|aimed at|targets? (?:of|to|is|are)|plans? to|sets?"
    r"|envisions?|seeks?|proposes?|targets? at|aims?|commits?|to have"
    r"|by (?:the )?(?:end of )?(?:the )?(?:year )?20[2-9]\d)\b",
    re.I,
)
_FIGURE = re.compile(r"\d|\b(?:double|triple|halve|half|one[- ]third|quarter)\b", re.I)


def read_english(text: Plain, context: Context, source: str) -> tuple[list[Stated], list[Left], Context]:
    """Targets a paragraph states, and its sentences with numbers that state none."""
    stated: list[Stated] = []
    left: list[Left] = []
    listing = context
    for sentence in _sentences(text):
        if len(sentence.text) > LONGEST_SENTENCE:
            start, end = sentence.at[0], sentence.at[-1] + 1
            left.append(Left(source[start:end], "it is too long to be a sentence", start, end))
            continue
        if (
            not _FIGURE.search(sentence.text)
            and not english_amounts(sentence.text)
            and not IN_STEP.search(sentence.text)
        ):
            listing = _timed(sentence.text, listing)
            continue
        listing = _timed(sentence.text, listing)
        if _GOAL.search(sentence.text) and not _PAST.search(sentence.text):
            listing = replace(listing, goal=True)
        reason = _told(sentence.text, listing)
        found: list[Stated] = []
        if not reason:
            found, names = asked(sentence, listing, years_of(sentence.text, listing))
            if found and stated and _tells_again(sentence.text, found[0], stated[-1]):
                stated.pop()
            listing = replace(listing, names=names or listing.names)
            reason = "" if found else "no pattern of a target fits it"
        if found and listing.year is None:
            found, reason = [], "no year is stated; give year="
        stated += found
        if reason and english_amounts(sentence.text):
            start, end = sentence.at[0], sentence.at[-1] + 1
            left.append(Left(source[start:end], reason, start, end))
        where = "paragraph" if listing.where in ("clause", "sentence") else listing.where
        listing = replace(listing, where=where, base=None)
    return stated, left, listing


def _tells_again(text: str, found: Stated, before: Stated) -> bool:
    """Whether a sentence tells in figures what the one before told as a doubling: It will be 2.8 lakh."""
    again = before.kind == "change" and found.base_value is not None and found.indicator == before.indicator
    return again and bool(re.match(r"\W*(?:it|this|they)\b", text, re.I))


def _sentences(text: Plain) -> Iterator[Plain]:
    start = 0
    for stop in _STOP.finditer(text.text):
        if re.fullmatch(r"[\W\d]*", text.text[start : stop.start()]):
            continue
        if text.text[start : stop.start()].strip():
            yield _trimmed(text.cut(start, stop.start()))
        start = stop.end()
    if text.text[start:].strip():
        yield _trimmed(text.cut(start, len(text.text)))


def _trimmed(text: Plain) -> Plain:
    body = text.text
    start = len(body) - len(body.lstrip(" ·•■*-\t"))
    return text.cut(start, len(body.rstrip()))


def years_of(text: str, context: Context) -> list[tuple[int, int]]:
    """Years by which a sentence asks something, each with its place; those of a base are none."""
    base = _BASE.search(text)
    taken = base.span() if base else (0, 0)
    years = []
    for match in _UNTIL.finditer(text):
        if taken[0] <= match.start() < taken[1] and not match[3]:
            continue
        if _SPAN_GOES_ON.match(text, match.end()):
            continue
        year = int(next(match[i] for i in (1, 3, 4, 5) if match[i]))
        if match[2] and int(match[2]) == (year + 1) % 100:
            year += 1
        if context.now is None or year >= context.now:
            years.append((match.start(), year))
    return years


def _timed(text: str, context: Context) -> Context:
    """Context with the years that a sentence tells."""
    base = _BASE.search(text)
    context = replace(context, base=int(base[1] or base[2] or base[3]) if base else None)
    if base and base[2] and (int(base[2]), context.year) == (context.first, _last(text, base)):
        # Between 2026 and 2030, in the plan of these years: its growth counts as the plan's does.
        context = replace(context, base=None)
    plans = english_plans(text, china=context.china)
    years = years_of(text, context)
    if years:
        year = years[0][1]
        since = next((first for _, first, last in plans if last == year), None)
        since = context.first if since is None and year == context.year else since
        return context.at(year, "sentence", first=since)
    if re.search(r"\bthis year\b", text, re.I) and context.now is not None:
        return context.at(context.now, "sentence", first=context.now)
    if plans and (context.year is None or plans[-1][2] != context.base):
        return context.at(plans[0][2], "sentence", first=plans[0][1])
    return context


def _last(text: str, base: re.Match[str]) -> int | None:
    """Year that a stretch between two ends with."""
    until = _UNTIL.search(text, base.start())
    return int(until[3]) if until and until[3] else None


def _told(text: str, context: Context) -> str:
    """Why a sentence tells of no target, or ``""``."""
    planned = bool(_PLANNED.search(text) or _ORDER.search(text))
    if _PAST.search(text) and not (planned and _WILL.search(text)):
        return "it tells what was achieved"
    if context.past and not planned:
        return "it tells what was achieved"
    if not planned and not context.goal:
        return "no word tells whether it is planned or achieved"
    return ""
