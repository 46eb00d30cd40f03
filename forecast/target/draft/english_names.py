"""The name of the indicator that an English amount is of: before it, behind it, or told before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from forecast.target.draft.amounts import Amount
from forecast.target.draft.english_amounts import uncovered
from forecast.target.draft.english_words import FALL, LEADS, MAKE, REACH, RISE


def any_of(words: tuple[str, ...]) -> str:
    """Pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


VERB = re.compile(
    rf"\b(?:(?P<rise>{any_of(RISE)})|(?P<fall>{any_of(FALL)})|(?P<make>{any_of(MAKE)})"
    rf"|(?P<reach>{any_of(REACH)}))(?:e?[sd]?|ing|ed|es|tion|ment)?\b(?!-)",
    re.I,
)
# Forest cover is a noun; to cover 95% is a verb.
_COVERING = re.compile(r"(?:\bto|\bwill|\bshall|\bshould|\bmust|\band|^)\s*$", re.I)
# Disaster risk reduction strategies reduce no number, and value added adds none.
_COMPOUND = re.compile(r"\b(?:risk (?:reduction|mitigation)|value[ -]added)$", re.I)
NOUN_BEHIND = re.compile(
    r"^[\s\ue100-\ue1ff]*(?:net\s+|overall\s+|annual\s+|average\s+|binding\s+|real\s+)*(?:(?P<fall>cuts?"
    r"|reductions?|decreases?|drops?|declines?|falls?|savings?|lower)|(?P<growth>(?:annual "
    r"|average )*growth)|(?P<rise>increases?|improvements?|rises?|expansion|gains?|higher|more|additional)"
    r"|(?P<fewer>fewer|less))\b(?:\s+rates?)?"
    r"(?:\s+(?:in|of|for|to)\s+(?P<name>[^,;:()]+))?",
    re.I,
)
NOUN_BEFORE = re.compile(
    r"(?:(?P<fall>cuts?|reductions?|decreases?|drops?|declines?|falls?|saving)"
    r"|(?P<growth>growth(?:\s+rates?)?)|(?P<rise>increases?|improvements?|rises?|expansion))\s+(?:(?:in|of"
    r"|for)\s+(?P<inname>[^,;:]*?)\s+)?(?P<prep>of|by|at|to|target of|rate of|averaging)?\s*$",
    re.I,
)
# Renovation of 36 million apartments: what is made stands behind its number.
MAKING = re.compile(
    r"\b(?:construction|renovation|creation|generation|establishment|installation|training|plantation"
    r"|addition|provision)\s+of\s*$",
    re.I,
)
_BREAK = re.compile(
    r"\bis\b|\bare\b|\bshould\b|\bmust\b|\bshall\b|[,;:](?!\d)|\bwhile\b|\bwith\b"
    r"|\bby (?:the )?(?:end|year|20)|\bcompared\b"
    r"|\brelative to\b|\bfrom\b"
    r"|\bin order\b|\b(?:by|in|over|below) [\ue000-\ue0ff]|\bwill\b"
    r"|\band (?:to|will|reduc|increas|improv|rais|provid"
    r"|creat|bring)|\bthrough\b|\busing\b",
    re.I,
)
_TRAILING = re.compile(
    r"(?:\s*\ue128[\ue100-\ue1ff]*\ue124[\ue100-\ue1ff]*\ue129|\s+by an average(?: of)?|\s+(?:will|shall|to"
    r"|is|are|be|should|must|of|by|at|from|target|goal|has|have|for|in|up|and|or|the|a|an|level|reach|does"
    r"|do|did|between|(?:annual|average) rate of|it|over"
    r"|set|with|currently|present|further|on|that|least|at least|would|can|go|now|today"
    r"|kept|maintained|double|triple|larger|than|higher|last year|expected|anticipated|projected"
    r"|planned|scheduled|estimated|fold"
    r"|(?:two|three|four|five|six|ten)[- ]?fold)"
    r"|[,:;(\-\s]|[\ue000-\ue0ff])+$",
    re.I,
)
# 45 million jobs to be created in towns; cut X from current levels: no part of the name.
_TOLD_OF_IT = re.compile(
    r"\s+to be (?:created|built|generated|added|installed|planted|constructed|laid|on the roads?)\b"
    r"|\s+from (?:the )?(?:current|present|existing) levels?\b",
    re.I,
)
_LEADING = re.compile(rf"^(?:(?:[^\w\ue100-\ue1ff]|[\d_])+|(?![A-Z]{{2}})(?i:{any_of(LEADS)})\b\s*)")
_NO_NAMES = frozenset(
    [
        "average annual",
        "annual",
        "average",
        "annual average",
        "average yearly",
        "one",
        "two",
        "three",
        "four",
        "milestone",
        "threshold",
        "mark",
        "level",
        "levels",
        "rate",
        "rates",
        "target",
        "targets",
        "share",
        "original",
        "number",
        "least",
        "reduce",
        "increase",
        "it",
        "they",
        "this",
        "level",
        "total",
        "figure",
        "growth",
        "figures",
        "more",
        "share",
        "of",
        "year",
        "years",
        "date",
        "time",
        "back",
        "between",
        "the time",
    ]
)
_NO_NOUN = re.compile(r"(?:takes?|was|were|is|are|has|have|can|will|would|could|compared)\b", re.I)
_AIMS = re.compile(
    r"^.*\b(?:targets?|targeting|aims? (?:at|for)|sets?|pledge[sd]?|plans?|proposes?|projects"
    r"|envisages?|envisions?|includ(?:es?"
    r"|ing))\b(?=.*\w{3})",
    re.I,
)

# Every 10,000 people to have 3.3 patents: patents per 10,000 people.
_OF_EACH = re.compile(r"(?:every|each|per)\s+(\d[\d,]*\s.+)", re.I)
# We will reach a 20 % share of X: the subject is who acts, not the indicator.
_REACHED = re.compile(r"reach|achiev|attain|secur|deliver|meet|set|get|ensur|bring|take|realis|realiz", re.I)


@dataclass(frozen=True)
class Place:
    """An amount of a sentence with the words before and behind it, up to its neighbours."""

    amount: Amount
    before: str
    behind: str
    lead: str
    side: str
    about: bool


def verbs_in(text: str) -> list[re.Match[str]]:
    """Verbs of a text, in order."""
    return [
        match
        for match in VERB.finditer(text)
        if (match[0].lower() != "cover" or _COVERING.search(text[: match.start()]))
        and not _COMPOUND.search(text[: match.end()])
    ]


def name_at(place: Place, known: list[str]) -> tuple[str, bool]:
    """Indicator's name, and whether the words around it leave no doubt."""
    # 12.5 percent of GDP and life expectancy to 80: what the number before is a share of ends at the and.
    place = replace(place, before=re.sub(r"^\s*of\s[^,;]*?\sand\s(?=.*\bto\s*$)", " ", place.before))
    behind = NOUN_BEHIND.match(place.behind)
    if behind and behind["name"]:
        return clean(until_break(behind["name"])), True
    if behind and (behind["fewer"] or behind[0].strip() in ("more", "additional")):
        return clean(until_break(place.behind[behind.end() :])), True
    if MAKING.search(place.before) or _TOLD_OF_IT.search(until_break(place.behind)):
        return clean(until_break(place.behind)), True
    noun = NOUN_BEFORE.search(place.before)
    if noun:
        inside = clean(noun["inname"] or "") or clean(_after_verb(last_part(place.before[: noun.start()])))
        if not inside:
            told = re.match(r"\s*(?:in|of|for)\s+(.*)", place.behind)
            inside = clean(until_break(told[1])) if told else ""
        if inside:
            return inside, True
    after = clean(until_break(re.sub(r"^\s*(?:share\s+)?(?:of|in|from|for)\s+(?:the\s+)?", "", place.behind)))
    elliptic = re.match(r"\s*(?:in|of|for)\s+\w", place.behind)
    verbs = verbs_in(place.before)
    verb = verbs[-1] if verbs else None
    if verb is not None:
        between = clean(last_part(place.before[verb.end() :]))
        made = bool(verb["make"]) or bool(
            re.search(r"\bmore than\s*$|\bover\s*$", place.before[verb.end() :])
        )
        if between and not (verb["make"] and after):
            return between, True
        if not place.before[verb.end() :].strip() and after and (verb["fall"] or verb["rise"]):
            return after, True
        ordered = not clean(last_part(place.before[: verb.start()]))
        if ordered and after and (verb["fall"] or verb["rise"]):
            return after, True
        subject = clean(_AIMS.sub("", last_part(place.before[: verb.start()])))
        each = _OF_EACH.match(subject)
        if each and after:
            return f"{after} per {each[1]}", True
        pronoun = subject.lower() in ("it", "this", "they", "which", "that", "we", "")
        if made and after:
            return after, True
        if not pronoun and not (elliptic and after and _REACHED.match(verb[0])):
            return subject, True
        if elliptic and after:
            return after, True
        if pronoun and known and not after:
            return known[-1], False
        if pronoun and known and re.search(r"\bit\b", place.before, re.I):
            return known[-1], False
    subject = clean(last_part(place.before))
    if elliptic and after and place.amount.unit == "%":
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
    """Subject of a list of shares: the RES share in A, in B and in C."""
    head = re.search(r"(?:for|of)\s+(?:the\s+)?([\w\s]*?share)\b", place.lead, re.I)
    if head:
        return clean(head[1])
    return known[-1].partition(" in ")[0] if known else ""


def _after_verb(text: str) -> str:
    """What stands behind the last verb of a rise or fall: aimed at increasing X."""
    text = _AIMS.sub("", text)
    verb = next(
        reversed([match for match in verbs_in(text) if match["rise"] or match["fall"] or match["reach"]]),
        None,
    )
    return text[verb.end() :] if verb and clean(text[verb.end() :]) else text


def until_break(text: str) -> str:
    """Text up to where another clause begins."""
    match = _BREAK.search(text)
    return text[: match.start()] if match else text


def last_part(text: str) -> str:
    """What stands behind the last comma, colon or conjunction of two clauses."""
    if re.search(r"[,;]\s*(?:and\s*)?$|\band\s*$", text):
        return ""
    text = re.sub(r"\([^)]*$", "", text)
    parts = re.split(r"[,;:](?!\d)|\band (?=(?:the )?[a-zA-Z]+ (?:rate|share|of)\b)|\bthat\b", text)
    if len(parts) > 1 and re.search(r"\b(?:including|targeting|namely|such as)\s*$", parts[-1]):
        return ""
    parts = [part for part in parts if clean(part)]
    return parts[-1] if parts else ""


def clean(name: str) -> str:
    """Name without what stands before and behind it."""
    name = _TOLD_OF_IT.sub("", name.strip())
    for _ in range(12):
        short = _TRAILING.sub("", _LEADING.sub("", name, count=1).strip()).strip()
        if short == name:
            break
        name = short
    name = re.sub(
        r"^\(?\d{1,2}(?:\.\d+)*[.)]?\s+(?=\D)", "", " ".join(uncovered(name).split()).strip("[]\"' ")
    )
    if name.count("(") != name.count(")"):
        name = name.strip("()") if name.count("(") < 2 else name
        name = name + ")" if name.count("(") > name.count(")") else name.replace(")", "")
    return "" if name.lower() in _NO_NAMES or _NO_NOUN.match(name) else name
