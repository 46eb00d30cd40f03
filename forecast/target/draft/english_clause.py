"""From one English sentence to the targets it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from forecast.language.message import Message
from forecast.target.draft.amounts import Amount
from forecast.target.draft.context import Context
from forecast.target.draft.english_amounts import covered, english_amounts, uncovered
from forecast.target.draft.english_forms import parts, stated_in, steps
from forecast.target.draft.english_names import (
    MAKING,
    NOUN_BEFORE,
    NOUN_BEHIND,
    Place,
    any_of,
    name_at,
    verbs_in,
)
from forecast.target.draft.english_words import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    LESS_IS_BETTER,
)
from forecast.target.draft.found import DOWN, UP, Stated
from forecast.target.draft.measures import Reading
from forecast.target.draft.plain import Plain

_EDGE_BEFORE = re.compile(
    rf"(?<![A-Za-z])(?:(?P<most>{any_of(AT_MOST)})|(?P<least>{any_of(AT_LEAST)})|(?P<about>{any_of(ABOUT)}))\s*(?:the\s+"
    rf"|a\s+(?:total\s+of\s+)?)?$",
    re.I,
)
_EDGE_BEHIND = re.compile(
    r"^\s*(?:(?P<most>or (?:less|below|lower|fewer))|(?P<least>or (?:more|above|higher)|and (?:above|more)))",
    re.I,
)
# A number that restates another: up 4 points, or even 30 %, another 30 GW.
_SKIPPED = re.compile(
    r"(?:,\s*(?:up|down)(?:\s+by)?|\bor\s+(?:even\s+)?(?:by\s+)?|\bdouble\s+(?:the\s+)?"
    r"|\binstead of (?:having\s+)?"
    r"|\banother"
    r"|\bcosts higher than)\s*$",
    re.I,
)
# Emissions must fall between 62 % and 81 %: by so much.
_AS_A_RANGE = re.compile(r"\bbetween\s*$", re.I)
# 13 % below the level of 2025: a change from that year.
_FROM_A_YEAR = re.compile(
    r"^\s*(?:(?P<fall>below|under|lower than|less than)|above|higher than|more than)(?:\s+in)?"
    r"(?:\s+(?:the|its|their))?(?:\s+(?:levels?|values?|figures?|that|those)\s+(?:of|in))?"
    r"(?:\s+the)?(?:\s+year)?\s+[\ue000-\ue0ff]{4}",
    re.I,
)
_PER_YEAR = re.compile(
    r"^\s*(?:per year|a year|annually|per annum|each year|every year|p\.a\.|yearly|on average)", re.I
)


def asked(
    sentence: Plain, context: Context, years: list[tuple[int, int]]
) -> tuple[list[Stated], tuple[str, ...]]:
    """Targets a sentence states, and the indicators it names; *years* are its years by place."""
    text = covered(sentence.text)
    stated = [*parts(sentence, text, context), *steps(sentence, context)]
    whole = context
    found = english_amounts(sentence.text)
    known = [each.indicator for each in stated] or list(context.names)
    base: float | None = None
    carried = ""
    for place in _places(text, found):
        if _SKIPPED.search(place.before) or _is_span(place):
            continue
        if stated and re.search(r"\bcompared (?:to|with)\s*$", place.before, re.I):
            stated[-1] = replace(stated[-1], base_value=place.amount.number)
            continue
        if re.search(
            r"\bfrom(?:\s+(?:the|a|its|present|current|level|of|about|around|existing|[\ue000-\ue0ff]+))*\s*$",
            place.before,
            re.I,
        ):
            base = place.amount.number
            carried = re.sub(r"\bfrom(?:\s+\S+){0,4}\s*$", "", place.before)
            if (
                stated
                and stated[-1].base_value is None
                and re.search(r"\bfrom\b", place.before)
                and not re.match(r"\s*(?:\w+\s+){0,2}to\b", place.behind)
            ):
                year = re.match(r"\s*(?:in|of)\s+([\ue000-\ue0ff]{4})", place.behind)
                since = int(uncovered(year[1])) if year else stated[-1].base_year
                stated[-1] = replace(stated[-1], base_value=base, base_year=since)
                base, carried = None, ""
            continue
        place = replace(place, before=carried + " " + place.before.lstrip()) if carried else place
        carried = ""
        context = _when(whole, years, place, found[0].start)
        reading = _read(place, context)
        if reading is None:
            continue
        name, sure = name_at(place, known)
        if not name:
            continue
        if reading.kind == "level":
            reading = replace(reading, kind=DOWN if _less(name) and not _share(place) else UP)
            reading = _ranged(reading, place.amount)
        if stated and place.amount.unit != "%" and _repeats(stated[-1], reading, name):
            stated.pop()
        doubts = reading.doubts if sure else (*reading.doubts, Message("draft_name_unsure"))
        each = stated_in(sentence, replace(reading, base_value=base, doubts=doubts), name, context)
        stated.append(each)
        known.append(name)
        base = None
    if re.search(r"\brespectively\b", sentence.text, re.I):
        stated = _respectively(stated)
    return stated, tuple(known[-1:])


def _respectively(stated: list[Stated]) -> list[Stated]:
    """Give each of the numbers told respectively the name in its place."""
    numbers = [each for each in stated if each.value is not None]
    if len(numbers) < 2:
        return stated
    names = re.split(r",\s*(?:and\s+)?|\s+and\s+", numbers[0].indicator)
    if len(names) != len(numbers):
        return stated
    tail = re.search(r"\s(?:per|in|of|from)\s.*$", names[-1])
    names = [
        name + tail[0] if tail and not re.search(r"\s(?:per|in|of|from)\s", name) else name for name in names
    ]
    kind, sign = (
        numbers[0].kind,
        -1.0 if isinstance(numbers[0].value, float) and numbers[0].value < 0 else 1.0,
    )
    told = [replace(each, indicator=name, kind=kind, base_year=numbers[0].base_year,
                    value=sign * abs(each.value) if isinstance(each.value, float) else each.value)
            for each, name in zip(numbers, names, strict=True)]  # fmt: skip
    return [*(each for each in stated if each.value is None), *told]


# A 51 % reduction by 2030: the year stands right behind.
_BY_WHEN = re.compile(r"[^,;]*?\bby\s+(?:the\s+)?(?:year\s+)?[\ue000-\ue0ff]{4}")


def _when(context: Context, years: list[tuple[int, int]], place: Place, first: int) -> Context:
    """Context with the year of an amount: the next one where years stand behind, else the last."""
    if len(years) < 2:
        return context
    at = place.amount.start
    behind = [year for there, year in years if there > at]
    before = [year for there, year in years if there < at]
    own = _BY_WHEN.match(place.behind)
    if own and behind:
        year = behind[0]
    elif years[0][0] > first:
        year = (behind or before)[0]
    else:
        year = before[-1] if before else years[0][1]
    return context if year == context.year else context.at(year, "clause")


def _is_span(place: Place) -> bool:
    """Whether an amount is a stretch of time that the sentence only mentions: over the five years."""
    timed = re.search(
        r"\b(?:over|within|in|during|for|every|next)\s+(?:the\s+)?(?:next|coming|past|last"
        r"|these)?\s*$",
        place.before,
        re.I,
    )
    return bool(timed) and bool(re.fullmatch(r"(?:years?|months?|days?|hours?)", place.amount.unit, re.I))


def _repeats(before: Stated, reading: Reading, name: str) -> bool:
    """Whether a level tells a doubling again, in numbers."""
    return before.kind == "change" and reading.kind in (UP, DOWN) and before.indicator.lower() == name.lower()


def _places(text: str, found: list[Amount]) -> Iterator[Place]:
    for i, amount in enumerate(found):
        start = found[i - 1].end if i else 0
        stop = found[i + 1].start if i + 1 < len(found) else len(text)
        before, behind = text[start : amount.start], text[amount.end : stop]
        side, about = "", False
        trimmed = before
        while edge := _EDGE_BEFORE.search(trimmed.rstrip()):
            trimmed = trimmed.rstrip()[: edge.start()]
            about = about or bool(edge["about"])
            side = side or (DOWN if edge["most"] else UP if edge["least"] else "")
        edge = _EDGE_BEHIND.match(behind)
        if edge:
            side = DOWN if edge["most"] else UP
            behind = behind[edge.end() :]
        yield Place(amount, trimmed, behind, text[: amount.start], side, about)


def _read(place: Place, context: Context) -> Reading | None:
    """What a number asks, or None where nothing shows that it is a target."""
    amount, before = place.amount, place.before
    verb = next(reversed(verbs_in(before)), None)
    way = next((key for key, word in verb.groupdict().items() if word), "") if verb else ""
    if not way and re.search(r"\band\b|,", before):
        # reduce A to 28 and B to 70: the verb holds for both.
        told = [match for match in verbs_in(place.lead) if match["rise"] or match["fall"]]
        way = ("rise" if told[-1]["rise"] else "fall") if told else ""
    behind = NOUN_BEHIND.match(place.behind)
    noun = NOUN_BEFORE.search(before)
    change = next(
        (key for match in (behind, noun) if match for key in ("fall", "growth", "rise") if match[key]), ""
    )
    if noun and noun["prep"] == "to" and change in ("fall", "rise"):
        way, change = change, ""
    if behind and behind["fewer"]:
        return Reading("change", -amount.number, amount.unit, base=context.base or context.base_for())
    percent = amount.unit == "%"
    points = amount.unit.lower() in ("percentage point", "percentage points", "pp", "points", "point")
    if context.base and (percent or points) and (apart := _FROM_A_YEAR.match(place.behind)):
        by_so_much = -amount.number if apart["fall"] else amount.number
        return _ranged(
            Reading("change", by_so_much, amount.unit, base=context.base, approximate=place.about), amount
        )
    yearly = bool(_PER_YEAR.match(place.behind)) or bool(
        re.search(r"\b(?:average annual|annual|per annum|yearly|annually|average)\b[^,;]*$", before, re.I)
    )
    by = bool(
        re.search(r"\bby\s*(?:a\s+further\s+|an?\s+(?:annual\s+)?average\s+(?:of\s+)?)?$", before, re.I)
    ) or (way in ("rise", "fall") and (points or _AS_A_RANGE.search(before) is not None))
    base = context.base
    if (
        percent
        and re.search(r"\b(?:CPI|consumer prices?(?: index)?|inflation)\b", before[-60:], re.I)
        and not by
    ):
        return _ranged(
            Reading("at_most", amount.number, "%", approximate=place.about, growth_rate=True), amount
        )
    if percent and (
        change == "growth"
        or (
            way == "rise"
            and re.search(r"\bgrow", before, re.I)
            and (by or re.search(r"\bat(?: a rate of)?\s*(?:an? )?[\w\s]*$", before, re.I))
        )
        or (yearly and change == "rise")
    ):
        first = base or context.base_for()
        return _ranged(
            Reading("average_growth", amount.number, "%", base=first, approximate=place.about), amount
        )
    if (change in ("fall", "rise") and (percent or points)) or (
        by and way in ("rise", "fall") and (percent or points or amount.unit)
    ):
        sign = -1.0 if "fall" in (change or way) else 1.0
        if yearly and percent:
            return Reading(
                "average_growth",
                sign * amount.number,
                "%",
                base=base or context.base_for(),
                approximate=place.about,
            )
        first = base or context.base_for()
        if percent and sign > 0 and first is not None and context.year == first + 1:
            return _ranged(
                Reading("average_growth", amount.number, "%", base=first, approximate=place.about), amount
            )
        return _ranged(
            Reading("change", sign * amount.number, amount.unit, base=first, approximate=place.about), amount
        )
    made = (
        way == "make"
        or MAKING.search(before)
        or re.search(
            r"\bto be (?:created|built|generated|added"
            r"|installed|planted|constructed|laid|on the roads?)\b",
            place.behind,
        )
    )
    if made and not percent and not re.search(r"\bto\s*$", before):
        first = context.base_for()
        return Reading(
            "cumulative", amount.number, amount.unit, base=first, approximate=place.about, direction=UP
        )
    to = bool(
        re.search(
            r"\b(?:to|up to|at|of|reach(?:ing|es)?|is|are|be|exceed|:|-|level of|height of|hit|touch|achieve"
            r"|attain|cover|have|=)\s*(?:the\s+level\s+of|a\s+height\s+of|an?\s+|the\s+)?\s*$",
            before,
            re.I,
        )
    )
    if not (amount.unit or to or place.side):
        return None
    if not amount.unit and not (to and (way or context.goal)):
        return None
    side = place.side or (DOWN if way == "fall" else UP if way == "rise" else "level")
    if place.side == UP and way == "fall" and not percent and re.search(r"as low as", before[-30:]):
        side = DOWN
    return _ranged(Reading(side, amount.number, amount.unit, approximate=place.about), amount)


def _less(name: str) -> bool:
    """Whether less of an indicator is better, by its name."""
    return any(word in name.lower() for word in LESS_IS_BETTER)


def _share(place: Place) -> bool:
    """Whether an amount is a share, so that more of it is not more of the whole: 40% of consumption."""
    return place.amount.unit == "%" and bool(
        re.match(
            r"\s*(?:share\s+)?(?:of|in)\s+(?!people|population"
            r"|the population)",
            place.behind,
        )
    )


def _ranged(reading: Reading, amount: Amount) -> Reading:
    """Range as one; which side a single number counts on may still be open."""
    if reading.kind == "level" or amount.low is None or not isinstance(reading.value, float):
        return reading
    sign = -1.0 if reading.value < 0 else 1.0
    lower, upper = sorted((sign * amount.low, reading.value))
    return replace(
        reading,
        kind="between",
        value=None,
        lower=lower,
        upper=upper,
        growth_rate=reading.kind == "average_growth" or reading.growth_rate,
    )
