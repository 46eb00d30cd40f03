"""A Chinese paragraph, sentence by sentence and clause by clause, with what each inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from forecast.target.draft.amounts import amounts
from forecast.target.draft.chinese_clause import read_clause
from forecast.target.draft.chinese_names import base_of
from forecast.target.draft.chinese_words import GOALS_TOLD, PAST
from forecast.target.draft.clause import NoTarget
from forecast.target.draft.context import Context
from forecast.target.draft.found import Left, Stated
from forecast.target.draft.periods import chinese_plans, chinese_spans
from forecast.target.draft.plain import Plain

# A stop of the West between Chinese words is one, too.
_STOP = re.compile(r"[。!?\n]|(?<=[^\d]);|;(?=[^\d])|(?<=[\u4e00-\u9fff%]{2})\.(?=[\u4e00-\u9fff-])")
_BREAK = re.compile(r",(?!\d{3}(?!\d))|:(?!\d)|(?<!\d):|[;。!?]|(?<=[\d%人元个])、(?=其中)")
_GOAL = re.compile("|".join(GOALS_TOLD))
_PAST = re.compile("|".join(PAST))
_UNTIL = re.compile(
    r"(?:到|至|截至|截止)(20\d\d)年(?:底|末)?(?:前)?(?!的\d)|(?:^|[,:;])(20\d\d)年(?:底|末)?(?:前)?(?=,|$)"
    r"|(?:力争|争取|希望|期望|目标|致力"
    r"|提出|计划|拟|承诺|力求|目标是|目标为)(?:用\D{1,4}年时间)?[在于到]?(20\d\d)年"
    r"|[在于](20\d\d)年(?:或之前|之前|前|底前)?(?:把|将|达|实现)"
)
# 2025年全市发展主要预期目标是: the goals of that one year.
_YEAR_S_GOAL = re.compile(
    r"(?<![到至\d])(20\d\d)年[^。;到]{0,30}?(?:主要)?预期目标|(?<![到至\d])(20\d\d)年度?"
    r"(?:主要|(?:国家|经济|社会|总体|全[国省市])*(?:发展|经济|工作|建设))?目标(?:[是为:,]|包括|部[分份])"
)
_OPEN_YEAR = re.compile(r"^(?:在)?((?:19|20)\d\d)年(?!前|基础|的基础|相比)")
_AHEAD = re.compile(r"力争|争取|要|将|目标|确保|计划|预计|以上|不低于")
_TOGETHER = re.compile(r"20\d\d年(?:(?:、|和|及)20\d\d年)+")
_SPAN_PAST = re.compile(r"(?:(?:19|20)\d\d)年?(?:-|至|到)((?:19|20)\d\d)年")
_THIS_YEAR = re.compile(r"今年|本年度?")
_NEXT_YEARS = re.compile(r"(?:未来|今后|用)([三五])年(?:时间|内|左右)?")
_FIGURE = re.compile(r"\d|翻[一两]?番|减半|倍增")
# 率为87%,同比上升5个百分点: the clause before tells what was reached, too.
_COMPARED = re.compile(r"同比(?:上升|下降|增长|提高|减少|增加|降低|改善|增|降)\d")
_MADE_CONTEXT = re.compile(r"这五年|五年来|过去五年|过去一年|一年来")
# What runs on for longer is a list without stops, or an attack on the rules' patience.
LONGEST_SENTENCE = 4000


@dataclass
class Paragraph:
    """What reading a paragraph gave: targets, sentences left, and the context at its end."""

    stated: list[Stated]
    left: list[Left]
    context: Context


def read_paragraph(
    text: Plain, context: Context, source: str, *, planned: bool, tense_known: bool
) -> Paragraph:
    """What a paragraph states.

    Parameters
    ----------
    text : Plain
    context : Context
        What its headings and the document say.
    source : str
        The document's text, for the sentences that are left.
    planned : bool
        Its section tells what is planned, so that a year looked back to holds for its own sentence only.
    tense_known : bool
        A heading or the title says which; else only its own words can.
    """
    result = Paragraph([], [], context)
    known = tense_known
    for sentence in sentences(text):
        if len(sentence.text) > LONGEST_SENTENCE:
            start, end = sentence.at[0], sentence.at[-1] + 1
            result.left.append(Left(source[start:end], "it is too long to be a sentence", start, end))
            continue
        opening = _opened(sentence.text, result.context)
        known = known or opening is not result.context
        found, left, after = _sentence(sentence, opening, known=known)
        result.stated += found
        for reason, clause in left[:1]:
            start, end = sentence.at[0], sentence.at[-1] + 1
            del clause
            result.left.append(Left(source[start:end], reason, start, end))
        past = after.past and not planned
        if planned and _MADE_CONTEXT.search(sentence.text):
            past = True
        known = known or after.where in ("clause", "sentence", "paragraph")
        where = "paragraph" if after.where in ("clause", "sentence") else after.where
        result.context = replace(after, past=past, where=where, base=after.base)
    return result


def sentences(text: Plain) -> Iterator[Plain]:
    """Yield the sentences; a semicolon ends one too, its context goes on."""
    start = 0
    for stop in _STOP.finditer(text.text):
        if stop.start() > start:
            yield text.cut(start, stop.start())
        start = stop.end()
    if start < len(text.text):
        yield text.cut(start, len(text.text))


def clauses(sentence: Plain) -> Iterator[Plain]:
    """Yield the clauses: what stands between commas, colons, and outside brackets."""
    start, depth = 0, 0
    breaks = {match.start(): match.end() for match in _BREAK.finditer(sentence.text)}
    for i, letter in enumerate(sentence.text):
        depth += letter in "(〔"
        depth -= letter in ")〕" and depth > 0
        if i in breaks and not depth:
            if i > start:
                yield sentence.cut(start, i)
            start = breaks[i]
    if start < len(sentence.text):
        yield sentence.cut(start, len(sentence.text))


def _opened(text: str, context: Context) -> Context:
    """Context with what a whole sentence says: that targets are told, that it looks back."""
    if _GOAL.search(text):
        context = replace(context, goal=True, past=False)
    yearly = _YEAR_S_GOAL.search(text)
    if yearly and (context.now is None or int(yearly[1] or yearly[2]) >= context.now):
        context = context.at(int(yearly[1] or yearly[2]), "sentence", first=int(yearly[1] or yearly[2]))
    if _MADE_CONTEXT.search(text) or (_COMPARED.search(text) and not _AHEAD.search(text)):
        context = replace(context, past=True)
    return context


def _sentence(
    sentence: Plain, context: Context, *, known: bool
) -> tuple[list[Stated], list[tuple[str, str]], Context]:
    found: list[Stated] = []
    left: list[tuple[str, str]] = []
    base: int | None = context.base
    for clause in clauses(sentence):
        context = _timed(clause.text, context)
        named = base_of(clause.text)[0]
        base = named if isinstance(named, int) else base
        context = replace(context, base=base)
        if not _FIGURE.search(clause.text) and context.past:
            continue
        if context.past:
            left += [("it tells what was achieved", clause.text)] if amounts(clause.text) else []
            names = _names_only(clause, context)
            context = replace(
                context, names=names or context.names, named_at=clause.at[0] if names else context.named_at
            )
            continue
        try:
            stated, names = read_clause(clause, context)
        except NoTarget as reason:
            left.append((str(reason), clause.text))
            continue
        if names:
            context = replace(context, names=names, named_at=clause.at[0])
        if stated and context.year is None:
            left.append(("no year is stated; give year=", clause.text))
        elif stated and not known and context.where not in ("clause", "sentence", "paragraph"):
            left.append(("no word tells whether it is planned or achieved", clause.text))
        else:
            found += stated
    return found, left, context


def _names_only(clause: Plain, context: Context) -> tuple[str, ...]:
    try:
        return read_clause(clause, context)[1]
    except NoTarget:
        return ()


def _timed(text: str, context: Context) -> Context:
    """Context with the years and the tense that a clause itself tells."""
    now = context.now
    bare = re.sub(
        r"(?:(?:比|较|与|由|从)(?:19|20)\d\d年(?:底|末)?(?:的)?(?:基础上?|相比|水平|水准)?|(?:在|以)(?:19"
        r"|20)\d\d年(?:底"
        r"|末)?(?:的)?(?:基础|水平|为基|相比))",
        "",
        text,
    )
    if re.search(r"今年是\D", bare) and chinese_plans(bare):
        # 今年是“十三五”的重要一年: of the plan only one year is spoken of.
        return context.at(now, "sentence", first=now) if now is not None else context
    spans = [(a, b) for _, a, b in [*chinese_plans(bare), *chinese_spans(bare)]]
    span = spans[0] if spans else None
    until = _UNTIL.search(bare)
    joined = _TOGETHER.search(bare)
    together = tuple(int(each) for each in re.findall(r"(20\d\d)年", joined[0])) if joined else ()
    context = replace(context, years=together or context.years)
    if until and until[2] and context.past:
        return context
    if until and span is None:
        year = int(until[1] or until[2] or until[3] or until[4])
        looked_back = now is not None and (year < now or (year == now and "截至" in bare and not until[3]))
        if looked_back:
            return replace(context, past=True)
        # A plan that says by when it wants something states a target, wherever it stands.
        return replace(context.at(year, "sentence"), goal=context.goal or not context.report)
    if span is not None:
        if now is not None and span[1] < now:
            return replace(context, past=True) if not _is_base(bare) else context
        if now is None and context.first is not None and span[1] < context.first:
            return replace(context, past=True)
        looked_back = now is None and not chinese_plans(bare) and not _AHEAD.search(bare)
        if looked_back and context.year is not None and span[1] < context.year:
            return replace(context, past=True)
        return context.at(span[1], "sentence", first=span[0])
    opening = _OPEN_YEAR.search(bare)
    if opening and context.past:
        return context
    if opening:
        year = int(opening[1])
        between = context.year is not None and year < context.year and not _AHEAD.search(bare)
        if (now is not None and year < now) or (between and (now is None or year > now)):
            return replace(context, past=True)
        if now is not None or year > 2025:
            return context.at(year, "sentence", first=year if year == now else None)
    if _THIS_YEAR.search(bare) and now is not None:
        context = context.at(now, "sentence", first=now)
    elif _THIS_YEAR.search(bare) and context.where == "argument" and context.year is not None:
        context = context.at(context.year, "sentence", first=context.year)
    if "明年" in bare and now is not None:
        context = context.at(now + 1, "sentence", first=now + 1)
    coming = _NEXT_YEARS.search(bare)
    if coming and now is not None:
        years = {"三": 3, "五": 5}[coming[1]]
        context = context.at(now + years - 1, "sentence", first=now)
    if _PAST.search(bare) and not re.search(r"力争|目标|到20\d\d年|预期", bare):
        return replace(context, past=True)
    return context


def _is_base(text: str) -> bool:
    """Whether a plan of the past is only what a change is counted from."""
    return bool(re.search(r"(?:比|较|相比|与)\"?十.五", text))
