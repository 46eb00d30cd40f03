"""From one Chinese clause to the targets it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from forecast.language.message import Message
from forecast.target.draft.amounts import COVER, Amount, amounts
from forecast.target.draft.chinese_forms import course, in_step, multiple, ordinal
from forecast.target.draft.chinese_names import base_of, cleaned, listed, measurable, several, verbs_off
from forecast.target.draft.chinese_words import (
    COUNTED,
    EDGES,
    MADE,
    MADE_ENDS,
)
from forecast.target.draft.clause import Clause, NoTarget, base_year_of, restored, stated_in
from forecast.target.draft.context import Context
from forecast.target.draft.found import DOWN, UP, Stated
from forecast.target.draft.measures import measured
from forecast.target.draft.plain import Plain

_EDGE = re.compile(
    "|".join(f"(?P<{side}>{'|'.join(sorted(words, key=len, reverse=True))})" for side, words in EDGES.items())
)
_LINK = re.compile(r"^(?:、|和|及|以及|与|并|且|或|/|,|;|的)+")
_PARENS = re.compile(r"[(〔][^()〔〕]*[)〕]")
_RATIO_ENDS = ("率", "比重", "占比", "比例", "年限", "寿命", "系数", "强度", "指数")
_NAME_AFTER = re.compile(r"^的([\u4e00-\u9fffA-Za-z、()]{2,20})")
# 确定10%的增长目标: what is told of a target that stands elsewhere; 保持10%的年均增长水平: a rate.
_TOLD_AGAIN = re.compile(r"^的[\u4e00-\u9fff]{0,6}目标")
_RATE_AFTER = re.compile(r"^的(?:年均|平均|年度)?(?:增长|增速|增幅)")
# 寿命较目前的76岁继续增长: of the clause only the name goes on to the next.
_TODAY = re.compile(r"[从由比较](?:目前|现在|当前)的?\d.*$")
_PRONOUN = re.compile(r"^(?:期望|希望)?(?:该|其|此|上述|这一)(?:比例|比重|数字|指标|水平|占比|比率)可?$")
_THING = re.compile(r"^[\u4e00-\u9fffA-Z\"()、]{2,24}")
_YEAR_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff)])((?:19|20)\d\d)年(?:底|末)?$")
_WITHIN = re.compile(r"^(.{3,}?)(?:力争|要|将|应)?(达到|占到|占|超过)[\u4e00-\u9fff]{2,10}$")
_RELATIVE = re.compile(
    r"(?:高于|低于|高出|快于|优于|超过|超|领先)(?:全国|全省|全市|世界|上年|去年|GDP|经济|同期|平均|东部"
    r"|中部|西部|国家)[\u4e00-\u9fff]*$"
)


def read_clause(plain: Plain, context: Context) -> tuple[list[Stated], tuple[str, ...]]:
    """Targets a clause states, and the indicators it names for the clauses after it.

    Raises
    ------
    NoTarget
        With the reason, where the clause holds a number that is none.
    """
    bare = _PARENS.sub(lambda match: COVER * len(match[0]), plain.text)
    clause = Clause(plain, bare, context)
    for read in (in_step, ordinal, multiple, _counted, course):
        found = read(clause)
        if found:
            return found, tuple(dict.fromkeys(each.indicator for each in found))
    named = _TODAY.sub("", bare)
    names = restored(verbs_off(base_of(named)[1])[0], plain.text, 0)
    return [], (cleaned(names)[0],) if measurable(names) else ()


def _counted(clause: Clause) -> list[Stated]:
    found = amounts(clause.text)
    if not found:
        return []
    if "分别" in clause.text and len(found) > 1:
        return _respectively(clause, found)
    stated: list[Stated] = []
    reasons: list[str] = []
    names = clause.context.names
    for piece in _pieces(clause, found):
        try:
            each = _one(clause, piece, names)
        except NoTarget as reason:
            reasons.append(str(reason))
            continue
        stated += each
        names = tuple(dict.fromkeys(one.indicator for one in each)) or names
    if not stated and reasons:
        raise NoTarget(reasons[0])
    return stated


@dataclass(frozen=True)
class Piece:
    """A head, the amount behind it, and the edge behind that."""

    head: str
    start: int
    amount: Amount
    side: str
    about: bool
    end: int
    after: str
    base: float | None = None
    base_year: int | None = None
    year: int | None = None


def _pieces(clause: Clause, found: list[Amount]) -> Iterator[Piece]:
    """Yield each amount with the words before it and behind it; 从A提高到B is one piece with its base."""
    before = 0
    held: tuple[float, int | None, str, int] | None = None
    for i, amount in enumerate(found):
        head = clause.text[before : amount.start]
        edge = _edge(clause.text, amount.end)
        stop = found[i + 1].start if i + 1 < len(found) else len(clause.text)
        if (
            clause.text[edge[2] :].startswith("的")
            and i + 1 < len(found)
            and verbs_off(clause.text[edge[2] : stop])[1]
        ):
            # 规模超过1万亿元的集群达到5个: the first number is part of the name.
            continue
        piece = Piece(head, before, amount, edge[0], edge[1], edge[2], clause.text[edge[2] : stop])
        before = edge[2]
        opening = re.search(
            r"(?:从|由|[比较](?=目前|现在|当前))(?:\D{0,3}?((?:19|20)\d\d)年(?:底|末)?的?)?(?:人均|目前的?|现在的?|现有的?|当前的?"
            r"|约)*$",
            head,
        )
        if opening is None and re.search(r"(?:从|由)\d*$", head):
            opening = re.search(r"(?:从|由)$", head)
        if opening is not None and (i + 1 < len(found) or opening[0][0] in "比较"):
            held = (
                amount.number,
                int(opening[1]) if opening[1] else None,
                head[: opening.start()],
                piece.start,
            )
            continue
        if held is not None:
            year = re.search(r"((?:19|20)\d\d)年(?:底|末)?的?$", head)
            verb = head[: year.start()] if year else head
            piece = replace(piece, head=held[2] + _LINK.sub("", verb), start=held[3], base=held[0],
                base_year=held[1],
                            year=int(year[1]) if year else None)  # fmt: skip
            held = None
        yield piece


def _edge(text: str, at: int) -> tuple[str, bool, int]:
    """Which side an amount is the edge of, whether it is about, and where these words end."""
    side, about = "", False
    while match := _EDGE.match(text, at):
        if match["about"]:
            about = True
        elif match["least"] in ("多", "余"):
            pass
        else:
            side = UP if match["least"] else DOWN
        at = match.end()
    return side, about, at


def _one(clause: Clause, piece: Piece, before: tuple[str, ...]) -> list[Stated]:
    """Targets of one amount."""
    head = _LINK.sub("", piece.head) if piece.start else piece.head
    named, head = base_of(head)
    if _RELATIVE.search(head):
        raise NoTarget("it is told against another indicator or area")
    of_year = re.search(r"((?:19|20)\d\d)年(?:底|末)?的$", head)
    head = head[: of_year.start()] if of_year else head
    rest, verbs = verbs_off(head)
    inside = _YEAR_INSIDE.search(rest)
    if inside:
        rest, of_year = rest[: inside.start()], inside
    within = _WITHIN.match(rest) if not verbs else None
    if within:
        rest, verbs = rest if within[2].startswith("占") else within[1], [(within[2], "reach")]
    if of_year and clause.context.first and int(of_year[1]) < clause.context.first:
        raise NoTarget("it tells what was achieved")
    raw = restored(rest, clause.plain.text, piece.start)
    name, opened = cleaned(raw)
    doubts: list[str] = []
    inherited: list[str] = []
    made = next((word for word in MADE if name.startswith(word)), "")
    ended = next((word for word in MADE_ENDS if name.endswith(word) and len(name) > 4), "")
    thing = _THING.match(piece.after)
    if len(name) < 2 and verbs and verbs[0][0] in MADE and _counts(piece.amount.unit) and thing:
        name = verbs[0][0] + thing[0]
        made = verbs[0][0]
    if len(name) < 2 or _PRONOUN.match(name):
        after = _NAME_AFTER.match(piece.after)
        if after is not None and not verbs:
            raise NoTarget("the number belongs to what follows it")
        if after is not None and any(kind in ("reach", "floor", "hold") for _, kind in verbs):
            name, names = after[1], [after[1]]
            doubts.append(Message("draft_name_behind"))
        else:
            names = list(before)
            inherited.append(Message("draft_name_before"))
    else:
        names = several(name)
    if head.endswith("等") and _counts(piece.amount.unit):
        raise NoTarget("the number counts what stands before it")
    if not names:
        raise NoTarget("no indicator stands by the number")
    if _TOLD_AGAIN.match(piece.after) and not measurable(names[0]):
        raise NoTarget("the number belongs to what follows it")
    if piece.amount.unit == "%" and _RATE_AFTER.match(piece.after):
        verbs = [*verbs, ("增速", "rise")]
    project = bool(made or ended) and _counts(piece.amount.unit) and not name.endswith(_RATIO_ENDS)
    if opened and not any(kind in ("rise", "fall", "reach", "drop", "cap", "floor") for _, kind in verbs):
        verbs = [*verbs, ("", opened)]
    stated = bool(piece.side or piece.about) or any(kind not in ("more", "both") for _, kind in verbs)
    if project:
        bare = name[len(made) :] if made != "新增" and not ended else name
        bare = bare.strip("\"'")
        names = [bare if len(bare) >= 2 else thing[0] if thing else name]
    elif (
        not stated
        and not measurable(names[0])
        and not (clause.context.goal and _measured_unit(piece.amount.unit))
    ):
        raise NoTarget("no word says that the number is to be reached")
    elif not stated and not piece.amount.unit:
        raise NoTarget("neither a unit nor a word stands by the number")
    if not piece.amount.unit and _is_name_part(piece):
        raise NoTarget("the number belongs to what follows it")
    context = clause.context
    if piece.year is not None or of_year:
        context = context.at(piece.year or int(of_year[1] if of_year else 0), "clause")
    base = piece.base_year or base_year_of(named, context)
    reading = measured(names[0], verbs, piece.amount, piece.side, piece.about, context, base, made=project)
    if not stated:
        doubts.append(Message("draft_not_to_be_reached"))
    reading = replace(reading, base_value=piece.base, base=reading.base or piece.base_year)
    return [
        stated_in(
            clause,
            each,
            reading,
            piece.end,
            context=context,
            inherited=tuple(inherited),
            doubts=tuple(doubts),
        )
        for each in names
    ]


def _is_name_part(piece: Piece) -> bool:
    """Whether a bare number counts something that the clause only mentions: 3大战略."""
    return bool(re.match(r"^[\u4e00-\u9fff]{2,}", piece.after)) and not piece.side and not piece.about


def _respectively(clause: Clause, found: list[Amount]) -> list[Stated]:
    """A、B分别达到1和2: as many names, or years, as numbers."""
    cut = clause.text.index("分别")
    values = [amount for amount in found if amount.start > cut]
    if not values:
        raise NoTarget("分别 stands behind its numbers")
    named, head = base_of(clause.text[: values[0].start])
    rest, verbs = verbs_off(head)
    if _RELATIVE.search(head):
        raise NoTarget("it is told against another indicator or area")
    name, opened = cleaned(restored(rest, clause.plain.text, 0))
    verbs = [*verbs, ("", opened)] if opened else verbs
    edges = [_edge(clause.text, amount.end) for amount in values]
    last = edges[-1]
    years = [int(each) for each in re.findall(r"((?:19|20)\d\d)年", clause.plain.text[:cut])]
    years = years or list(clause.context.years)
    inherited: tuple[str, ...] = ()
    if len(years) == len(values) and len(several(name)) != len(values):
        names, contexts = [name] * len(values), [clause.context.at(year, "clause") for year in years]
    else:
        names = listed(name, len(values)) if name else list(clause.context.names)
        inherited = () if name else (Message("draft_name_before"),)
        contexts = [clause.context] * len(values)
    if len(names) != len(values):
        raise NoTarget(f"分别 joins {len(names)} names with {len(values)} numbers")
    stated = []
    made = next((word for word in MADE if name.startswith(word)), "")
    for i, (each, amount, edge) in enumerate(zip(names, values, edges, strict=True)):
        side, about = edge[0] or last[0], edge[1] or last[1]
        own = verbs
        if i:
            between = _LINK.sub("", clause.text[edges[i - 1][2] : amount.start])
            own = verbs_off(between)[1] or verbs
        base = base_year_of(named, contexts[i])
        reading = measured(
            each, own, amount, side, about, contexts[i], base, made=bool(made) and _counts(amount.unit)
        )
        stated.append(stated_in(clause, each, reading, last[2], context=contexts[i], inherited=inherited))
    return stated


def _measured_unit(unit: str) -> bool:
    """Whether a unit measures an indicator, where no word does: not 3个, 5项."""
    return bool(unit) and unit not in COUNTED


def _counts(unit: str) -> bool:
    return unit in COUNTED or unit.lstrip("万亿千百十") in COUNTED
