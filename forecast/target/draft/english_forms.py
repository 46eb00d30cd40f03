"""Targets of an English sentence that hold no amount: doubled, halved, cut by a third, in step."""

from __future__ import annotations

import re
from dataclasses import replace

from forecast.target.draft.context import Context
from forecast.target.draft.english_names import VERB, clean, last_part, until_break
from forecast.target.draft.english_words import BY_PARTS, MULTIPLY, TO_PARTS
from forecast.target.draft.found import Stated
from forecast.target.draft.measures import ASSUMED, Reading
from forecast.target.draft.plain import Plain

IN_STEP = re.compile(
    r"(?P<name>[A-Za-z][^,;:.]*?)\s+(?:to (?:grow|increase|rise) )?(?:in step with|in line with"
    r"|in tandem with|keep(?:ing)? pace with)\s+(?P<other>[a-z][a-z ]*?(?:growth|gdp|economy))",
    re.I,
)
# More than double the $3.5 billion of 2023 tells a number again.
_MEASURED = re.compile(r"\s+(?:to\s+)?(?:the\s+)?(?:Rs\.?\s?|[$€£₹])?\d")


def parts(sentence: Plain, text: str, context: Context) -> list[Stated]:
    """Changes told in words: double, halve, by one third, to half of; *text* has its figures covered."""
    found: list[tuple[str, float]] = []
    for pattern, value in BY_PARTS:
        match, verb = _with_verb(pattern, text)
        if match and verb and (verb["rise"] or verb["fall"]):
            name = (
                clean(re.sub(r"\bat least\s*$", "", text[verb.end() : match.start()]))
                or clean(until_break(text[match.end() :]))
                or clean(last_part(text[: verb.start()]))
            )
            found.append((name, -value if verb["fall"] else value))
    for pattern, value in TO_PARTS:
        match, verb = _with_verb(pattern, text)
        if match and verb and verb["fall"]:
            name = clean(text[verb.end() : match.start()]) or clean(last_part(text[: verb.start()]))
            found.append((name, value))
    for word, value in MULTIPLY:
        match = re.search(rf"\b{word}(?:s|d)?\b", text, re.I)
        if match and not found and not _MEASURED.match(text, match.end()):
            name = clean(until_break(text[match.end() :])) or clean(last_part(text[: match.start()]))
            found.append((name, value))
    base = context.base or context.base_for()
    return [
        stated_in(sentence, Reading("change", round(value, 6), "%", base=base), name, context)
        for name, value in found
        if name
    ]


def _with_verb(pattern: str, text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """Where a part is told, and the last verb before it."""
    match = re.search(pattern, text, re.I)
    verbs = list(VERB.finditer(text[: match.start()])) if match else []
    return match, verbs[-1] if verbs else None


def steps(sentence: Plain, context: Context) -> list[Stated]:
    """What is to grow in step with something else."""
    match = IN_STEP.search(sentence.text)
    if match is None:
        return []
    name = re.sub(r"^growth (?:in|of)\s+", "", clean(match["name"]), flags=re.I)
    return (
        [
            replace(
                stated_in(sentence, Reading("in_step_with", None, ""), name, context),
                other=clean(match["other"]),
            )
        ]
        if name
        else []
    )


def stated_in(sentence: Plain, reading: Reading, name: str, context: Context) -> Stated:
    """Target with its place, its sentence, and what it inherits."""
    start, end = sentence.span(0, len(sentence.text))
    inherited = context.inherited
    if reading.base is not None and context.base is None:
        inherited = (*inherited, ASSUMED)
    return Stated(
        name, reading.kind, reading.value, reading.unit, context.year, start, end,
        lower=reading.lower, upper=reading.upper, base_year=reading.base, base_value=reading.base_value,
        nature=context.nature, approximate=reading.approximate, growth_rate=reading.growth_rate,
        direction=reading.direction, inherited=inherited, doubts=reading.doubts,
            minor=not context.goal and context.where not in ("clause", "sentence"),
    )  # fmt: skip
