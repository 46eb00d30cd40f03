"""From one English sentence to the targets it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from forecast.target.draft.amounts import Amount
from forecast.target.draft.context import Context
from forecast.target.draft.english_amounts import covered, english_amounts, uncovered
from forecast.target.draft.english_words import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    BY_PARTS,
    FALL,
    LEADS,
    LESS_IS_BETTER,
    MAKE,
    MULTIPLY,
    REACH,
    RISE,
    TO_PARTS,
)
from forecast.target.draft.found import DOWN, UP, Stated
from forecast.target.draft.measures import Reading
from forecast.target.draft.plain import Plain


def _words(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_EDGE_BEFORE = re.compile(
    rf"(?:(?P<most>{_words(AT_MOST)})|(?P<least>{_words(AT_LEAST)})|(?P<about>{_words(ABOUT)}))\s*(?:the\s+|a\s+(?:total\s+of\s+)?)?$",
    re.I,
)
_EDGE_BEHIND = re.compile(
    r"^\s*(?:(?P<most>or (?:less|below|lower|fewer))|(?P<least>or (?:more|above|higher)|and (?:above|more)))",
    re.I,
)
_VERB = re.compile(
    rf"\b(?:(?P<rise>{_words(RISE)})|(?P<fall>{_words(FALL)})|(?P<make>{_words(MAKE)})|(?P<reach>{_words(REACH)}))(?:e?[sd]?|ing|ed|es|tion|ment)?\b",
    re.I,
)
_NOUN_BEHIND = re.compile(
    r"^\s*(?:net\s+|overall\s+|annual\s+|average\s+|binding\s+|real\s+)*(?:(?P<fall>cuts?|reductions?|decreases?|drops?|declines?|falls?|savings?|lower)|(?P<growth>(?:annual |average )*growth)|(?P<rise>increases?|improvements?|rises?|expansion|gains?|higher))\b(?:\s+rates?)?"
    r"(?:\s+(?:in|of|for|to)\s+(?P<name>[^,;:()]+))?",
    re.I,
)
_NOUN_BEFORE = re.compile(
    r"(?:(?P<fall>cuts?|reductions?|decreases?|drops?|declines?|falls?|saving)|(?P<growth>growth(?:\s+rates?)?)|(?P<rise>increases?|improvements?|rises?|expansion))\s+(?:(?:in|of|for)\s+(?P<inname>[^,;:]*?)\s+)?(?:of|by|at|to|target of|rate of|averaging)?\s*$",
    re.I,
)
_PER_YEAR = re.compile(
    r"^\s*(?:per year|a year|annually|per annum|each year|every year|p\.a\.|yearly|on average)", re.I
)
_BREAK = re.compile(
    r"[,;:](?!\d)|\bwhile\b|\bwith\b|\bby (?:the )?(?:end|year|20)|\bcompared\b|\brelative to\b|\bfrom\b|\bin order\b|\b(?:by|in|over|below) [\ue000-\ue0ff]|\band (?:to|will|reduc|increas|improv|rais|provid|creat)|\bthrough\b|\busing\b",
    re.I,
)
_TRAILING = re.compile(
    r"(?:\s+(?:will|shall|to|is|are|be|should|must|of|by|at|from|target|goal|has|have|for|in|up|and|or|the|a|an|level|reach|does|do|did|rate of|it|set|with|currently|present|further|on|that|least|at least|would|can|fold|(?:two|three|four|five|six|ten)[- ]?fold)|[,:;(\-\s]|[\ue000-\ue0ff])+$",
    re.I,
)
_LEADING = re.compile(rf"^(?:[\W\d_]+|(?![A-Z]{{2}})(?i:{_words(LEADS)})\b\s*)")
_NO_NAMES = frozenset(
    "rate rates target targets share original number least reduce increase it they this level total figure growth figures more share of year years date".split()
)
_AIMS = re.compile(
    r"^.*\b(?:targets?|targeting|aims? (?:at|for)|sets?|pledge[sd]?|plans?|proposes?|includ(?:es?|ing))\b(?=.*\w{3})",
    re.I,
)
IN_STEP = re.compile(
    r"(?P<name>[A-Za-z][^,;:.]*?)\s+(?:to (?:grow|increase|rise) )?(?:in step with|in line with|in tandem with|keep(?:ing)? pace with)\s+(?P<other>[a-z][a-z ]*?(?:growth|gdp|economy))",
    re.I,
)


@dataclass(frozen=True)
class Place:
    """An amount of a sentence with the words before and behind it, up to its neighbours."""

    amount: Amount
    before: str
    behind: str
    lead: str
    side: str
    about: bool


def asked(
    sentence: Plain, context: Context, years: list[tuple[int, int]]
) -> tuple[list[Stated], tuple[str, ...]]:
    """Return the targets a sentence states, and the indicators it names; *years* are its years by place."""
    text = covered(sentence.text)
    stated = [*_parts(sentence, text, context), *_steps(sentence, context)]
    whole = context
    known = [each.indicator for each in stated] or list(context.names)
    base: float | None = None
    carried = ""
    for place in _places(text, english_amounts(sentence.text)):
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
                stated[-1] = replace(stated[-1], base_value=base)
                base, carried = None, ""
            continue
        place = replace(place, before=carried + " " + place.before.lstrip()) if carried else place
        carried = ""
        context = _when(whole, years, place.amount.start)
        reading = _read(place, context)
        if reading is None:
            continue
        name, sure = _name(place, known)
        if not name:
            continue
        if reading.kind == "level":
            reading = replace(reading, kind=DOWN if _less(name) else UP)
            reading = _ranged(reading, place.amount)
        if stated and _repeats(stated[-1], reading, name):
            stated.pop()
        doubts = reading.doubts if sure else (*reading.doubts, "where the name begins and ends is not sure")
        stated.append(_stated(sentence, replace(reading, base_value=base, doubts=doubts), name, context))
        known.append(name)
        base = None
    return stated, tuple(known[-1:])


def _when(context: Context, years: list[tuple[int, int]], at: int) -> Context:
    """Return the context with the year nearest before an amount, else the first behind it."""
    if len(years) < 2:
        return context
    before = [year for place, year in years if place < at]
    year = before[-1] if before else years[0][1]
    return context if year == context.year else context.at(year, "clause")


def _repeats(before: Stated, reading: Reading, name: str) -> bool:
    """Say whether a level tells a doubling again, in numbers."""
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
    """Return what a number asks, or None where nothing shows that it is a target."""
    amount, before = place.amount, place.before
    verb = next(reversed(list(_VERB.finditer(before))), None)
    way = next((key for key, word in verb.groupdict().items() if word), "") if verb else ""
    behind = _NOUN_BEHIND.match(place.behind)
    noun = _NOUN_BEFORE.search(before)
    change = next(
        (key for match in (behind, noun) if match for key in ("fall", "growth", "rise") if match[key]), ""
    )
    percent = amount.unit == "%"
    points = amount.unit.lower() in ("percentage point", "percentage points", "pp", "points", "point")
    yearly = bool(_PER_YEAR.match(place.behind)) or bool(
        re.search(r"\b(?:average annual|annual|per annum|yearly|annually|average)\b[^,;]*$", before, re.I)
    )
    by = bool(re.search(r"\bby\s*(?:a\s+further\s+)?$", before, re.I)) or (points and way in ("rise", "fall"))
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
        first = base or context.base_for(yearly=True)
        return _ranged(
            Reading("average_growth", amount.number, "%", base=first, approximate=place.about), amount
        )
    if (
        change in ("fall", "rise")
        and (percent or points)
        or (by and way in ("rise", "fall") and (percent or points or amount.unit))
    ):
        sign = -1.0 if "fall" in (change or way) else 1.0
        if yearly and percent:
            return Reading(
                "average_growth",
                sign * amount.number,
                "%",
                base=base or context.base_for(yearly=True),
                approximate=place.about,
            )
        first = base or context.base_for(yearly=False)
        if percent and sign > 0 and first is not None and context.year == first + 1:
            return _ranged(
                Reading("average_growth", amount.number, "%", base=first, approximate=place.about), amount
            )
        return _ranged(
            Reading("change", sign * amount.number, amount.unit, base=first, approximate=place.about), amount
        )
    if way == "make" and not percent and not re.search(r"\bto\s*$", before):
        first = context.base_for(yearly=False)
        return Reading(
            "cumulative", amount.number, amount.unit, base=first, approximate=place.about, direction=UP
        )
    to = bool(
        re.search(
            r"\b(?:to|up to|at|of|reach(?:ing|es)?|is|are|be|exceed|:|-|level of|height of|hit|touch|achieve|attain|cover|have|=)\s*(?:the\s+level\s+of|a\s+height\s+of|an?\s+|the\s+)?\s*$",
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
    """Say whether less of an indicator is better, by its name."""
    return any(word in name.lower() for word in LESS_IS_BETTER)


def _ranged(reading: Reading, amount: Amount) -> Reading:
    """Return a range as one; which side a single number counts on may still be open."""
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


def _name(place: Place, known: list[str]) -> tuple[str, bool]:
    """Return the indicator's name, and whether the words around it leave no doubt."""
    behind = _NOUN_BEHIND.match(place.behind)
    if behind and behind["name"]:
        return _clean(_until(behind["name"])), True
    noun = _NOUN_BEFORE.search(place.before)
    if noun:
        inside = _clean(noun["inname"] or "") or _clean(_after_verb(_last_part(place.before[: noun.start()])))
        if not inside:
            after = re.match(r"\s*(?:in|of|for)\s+(.*)", place.behind)
            inside = _clean(_until(after[1])) if after else ""
        if inside:
            return inside, True
    after = _clean(_until(re.sub(r"^\s*(?:share\s+)?(?:of|in|from|for)\s+(?:the\s+)?", "", place.behind)))
    elliptic = re.match(r"\s*(?:in|of|for)\s+\w", place.behind)
    verbs = list(_VERB.finditer(place.before))
    verb = verbs[-1] if verbs else None
    if verb is not None:
        between = _clean(_last_part(place.before[verb.end() :]))
        made = bool(verb["make"]) or bool(
            re.search(r"\bmore than\s*$|\bover\s*$", place.before[verb.end() :])
        )
        if between and not (verb["make"] and after):
            return between, True
        ordered = not place.before[: verb.start()].strip(" ,") or bool(
            re.search(r"(?:,|\bto|\bwill)\s*$", place.before[: verb.start()])
        )
        if ordered and after and (verb["fall"] or verb["rise"]):
            return after, True
        subject = _clean(_last_part(place.before[: verb.start()]))
        pronoun = subject.lower() in ("it", "this", "they", "which", "that", "we", "")
        if made and after:
            return after, True
        if not pronoun and not (elliptic and place.amount.unit == "%" and after and verb["reach"]):
            return subject, True
        if elliptic and after:
            return after, True
        if pronoun and known and not after:
            return known[-1], False
        if pronoun and known and re.search(r"\bit\b", place.before, re.I):
            return known[-1], False
    subject = _clean(_last_part(place.before))
    if elliptic and place.amount.unit == "%":
        lead = (
            subject
            if subject and not subject.lower().startswith(("objective", "target", "goal"))
            else _shared(place, known)
        )
        return (f"{lead} in {after}" if lead and place.behind.strip().startswith("in ") else after), bool(
            after
        )
    if subject and len(subject) > 2:
        return subject, True
    if after:
        return after, not known
    return (known[-1], False) if known else ("", False)


def _shared(place: Place, known: list[str]) -> str:
    """Return the subject of a list of shares: the RES share in A, in B and in C."""
    head = re.search(r"(?:for|of)\s+(?:the\s+)?([\w\s]*?share)\b", place.lead, re.I)
    if head:
        return _clean(head[1])
    return known[-1].partition(" in ")[0] if known else ""


def _after_verb(text: str) -> str:
    """Return what stands behind the last verb of a rise or fall: aimed at increasing X."""
    text = _AIMS.sub("", text)
    verb = next(
        reversed(
            [match for match in _VERB.finditer(text) if match["rise"] or match["fall"] or match["reach"]]
        ),
        None,
    )
    return text[verb.end() :] if verb and _clean(text[verb.end() :]) else text


def _until(text: str) -> str:
    match = _BREAK.search(text)
    return text[: match.start()] if match else text


def _last_part(text: str) -> str:
    """Return what stands behind the last comma, colon or conjunction of two clauses."""
    if re.search(r"[,;]\s*(?:and\s*)?$|\band\s*$", text):
        return ""
    text = re.sub(r"\([^)]*$", "", text)
    parts = re.split(r"[,;:](?!\d)|\band (?=(?:the )?[a-zA-Z]+ (?:rate|share|of)\b)|\bthat\b", text)
    parts = [part for part in parts if _clean(part)]
    return parts[-1] if parts else ""


def _clean(name: str) -> str:
    """Return a name without what stands before and behind it."""
    name = name.strip()
    for _ in range(12):
        short = _TRAILING.sub("", _LEADING.sub("", name, count=1).strip()).strip()
        if short == name:
            break
        name = short
    name = " ".join(uncovered(name).split()).strip("[]\"' ")
    if name.count("(") != name.count(")"):
        name = name.strip("()") if name.count("(") < 2 else name
        name = name + ")" if name.count("(") > name.count(")") else name.replace(")", "")
    return "" if name.lower() in _NO_NAMES else name


def _parts(sentence: Plain, text: str, context: Context) -> list[Stated]:
    """Return changes told in words: double, halve, by one third, to half of."""
    found = []
    original = sentence.text
    for pattern, value in BY_PARTS:
        match = re.search(pattern, text, re.I)
        verb = next(reversed(list(_VERB.finditer(text[: match.start()]))), None) if match else None
        if match and verb and (verb["rise"] or verb["fall"]):
            name = (
                _clean(re.sub(r"\bat least\s*$", "", text[verb.end() : match.start()]))
                or _clean(_until(text[match.end() :]))
                or _clean(_last_part(text[: verb.start()]))
            )
            found.append((name, -value if verb["fall"] else value))
    for pattern, value in TO_PARTS:
        match = re.search(pattern, text, re.I)
        verb = next(reversed(list(_VERB.finditer(text[: match.start()]))), None) if match else None
        if match and verb and verb["fall"]:
            found.append(
                (_clean(text[verb.end() : match.start()]) or _clean(_last_part(text[: verb.start()])), value)
            )
    for word, value in MULTIPLY:
        match = re.search(rf"\b{word}(?:s|d)?\b", text, re.I)
        if match and not found:
            name = _clean(_until(text[match.end() :]))
            found.append((name or _clean(_last_part(text[: match.start()])), value))
    base = context.base or context.base_for(yearly=False)
    del original
    return [
        _stated(sentence, Reading("change", round(value, 6), "%", base=base), name, context)
        for name, value in found
        if name
    ]


def _steps(sentence: Plain, context: Context) -> list[Stated]:
    """Return what is to grow in step with something else."""
    match = IN_STEP.search(sentence.text)
    if match is None:
        return []
    name = re.sub(r"^growth (?:in|of)\s+", "", _clean(match["name"]), flags=re.I)
    return (
        [
            replace(
                _stated(sentence, Reading("in_step_with", None, ""), name, context),
                other=_clean(match["other"]),
            )
        ]
        if name
        else []
    )


def _stated(sentence: Plain, reading: Reading, name: str, context: Context) -> Stated:
    start, end = sentence.span(0, len(sentence.text))
    inherited = () if context.where in ("clause", "sentence") else (f"year from the {context.where}",)
    return Stated(
        name, reading.kind, reading.value, reading.unit, context.year, start, end,
        lower=reading.lower, upper=reading.upper, base_year=reading.base, base_value=reading.base_value,
        nature=context.nature, approximate=reading.approximate, growth_rate=reading.growth_rate,
        direction=reading.direction, inherited=inherited, doubts=reading.doubts, minor=not context.goal and context.where not in ("clause", "sentence"),
    )  # fmt: skip
