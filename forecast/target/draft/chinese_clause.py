"""From one Chinese clause to the targets it states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from forecast.target.draft.amounts import COVER, Amount, amounts
from forecast.target.draft.chinese_names import base_of, cleaned, listed, measurable, several, verbs_off
from forecast.target.draft.chinese_words import (
    CLASS_NAMES,
    COUNTED,
    EDGES,
    FALLING,
    IN_STEP,
    MADE,
    MULTIPLES,
    STEADY_RISE,
)
from forecast.target.draft.context import Context
from forecast.target.draft.found import DOWN, UP, Stated
from forecast.target.draft.measures import Reading, measured
from forecast.target.draft.plain import Plain

_EDGE = re.compile(
    "|".join(f"(?P<{side}>{'|'.join(sorted(words, key=len, reverse=True))})" for side, words in EDGES.items())
)
_LINK = re.compile(r"^(?:、|和|及|以及|与|并|且|或|/|,|;|的)+")
_PARENS = re.compile(r"[(〔][^()〔〕]*[)〕]")
_IN_STEP = re.compile(IN_STEP)
_CLASS = re.compile(r"(劣?[ⅠⅡⅢⅣⅤ]|劣?[一二三四五]|劣?(?:III|II|IV|V|I))类(?:水?(?:体|质)?)?")
_CLASS_WORD = {
    "一": "Ⅰ",
    "二": "Ⅱ",
    "三": "Ⅲ",
    "四": "Ⅳ",
    "五": "Ⅴ",
    "I": "Ⅰ",
    "II": "Ⅱ",
    "III": "Ⅲ",
    "IV": "Ⅳ",
    "V": "Ⅴ",
}
_FALLING = re.compile(f"^(?P<names>.+?)(?:的?(?:{FALLING}))$")
_RISE = re.compile(f"^(?P<names>.+?)(?:{STEADY_RISE})$")
_MULTIPLES = [(re.compile(pattern), by) for pattern, by in MULTIPLES]
_TIMES = re.compile(
    r"(?:是|为|达到?|提高到|增加到|增长到)(?:(?P<base>(?:19|20)\d\d)年的)(?P<times>\d+(?:\.\d+)?|[两二三四五])倍"
)
_RATIO_ENDS = ("率", "比重", "占比", "比例", "年限", "寿命", "系数", "强度", "指数")
_NAME_AFTER = re.compile(r"^的([\u4e00-\u9fffA-Za-z、()]{2,20})")
_PRONOUN = re.compile(r"^(?:期望|希望)?(?:该|其|此|上述|这一)(?:比例|比重|数字|指标|水平|占比|比率)可?$")
_YEAR_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff)])((?:19|20)\d\d)年(?:底|末)?$")
_WITHIN = re.compile(r"^(.{3,}?)(?:力争|要|将|应)?(达到|占到|占|超过)[\u4e00-\u9fff]{2,10}$")
_RELATIVE = re.compile(
    r"(?:高于|低于|高出|快于|优于|超过|超|领先)(?:全国|全省|全市|世界|上年|去年|GDP|经济|同期|平均|东部|中部|西部|国家)[\u4e00-\u9fff]*$"
)


@dataclass(frozen=True)
class Clause:
    """One clause: as the rules read it, without its brackets, and where it stands."""

    plain: Plain
    text: str
    context: Context

    @property
    def start(self) -> int:
        """Return where its words begin in the document."""
        return self.plain.at[0]


class NoTarget(Exception):  # noqa: N818 - it is an answer, not an error
    """Why a clause with a number states no target."""


def read_clause(plain: Plain, context: Context) -> tuple[list[Stated], tuple[str, ...]]:
    """Return the targets a clause states, and the indicators it names for the clauses after it.

    Raises
    ------
    NoTarget
        With the reason, where the clause holds a number that is none.
    """
    bare = _PARENS.sub(lambda match: COVER * len(match[0]), plain.text)
    clause = Clause(plain, bare, context)
    for read in (_in_step, _ordinal, _multiple, _counted, _course):
        found = read(clause)
        if found:
            return found, tuple(dict.fromkeys(each.indicator for each in found))
    names = _restored(verbs_off(base_of(bare)[1])[0], plain.text, 0)
    return [], (cleaned(names)[0],) if measurable(names) else ()


def _in_step(clause: Clause) -> list[Stated]:
    """城乡居民收入增长与经济增长同步; 农村居民收入增长高于经济增长."""
    match = _IN_STEP.search(clause.text)
    if match is None or amounts(clause.text):
        return []
    name = cleaned(_restored(verbs_off(clause.text[: match.start()])[0], clause.plain.text, 0))[0]
    if len(name) < 2 or not measurable(name):
        return []
    other = (match["other"] or match["above"]).strip()
    kind = "in_step_with" if match["other"] else "relative_to"
    way = DOWN if match["more"] and "低" in match["more"] and "不低" not in match["more"] else UP
    return [
        _stated(
            clause, each, Reading(kind, None, "", direction=way, growth=True), len(clause.text), other=other
        )
        for each in several(name)
    ]


def _ordinal(clause: Clause) -> list[Stated]:
    """主要河流水质保持在Ⅱ类水体标准."""
    match = _CLASS.search(clause.text)
    if (
        match is None
        or amounts(clause.text[match.end() :])
        or "比例" in clause.text
        or "-" in clause.text[: match.start()][-2:]
    ):
        return []
    name, verbs = verbs_off(base_of(clause.text[: match.start()])[1])
    name = cleaned(_restored(name, clause.plain.text, 0))[0]
    if not any(word in name for word in CLASS_NAMES) or not verbs or "率" in clause.text[match.end() :]:
        return []
    word = match[1]
    letter = _CLASS_WORD.get(word.removeprefix("劣"), word.removeprefix("劣"))
    value = ("劣" if word.startswith("劣") else "") + letter + "类"
    return [_stated(clause, name, Reading("ordinal", value, ""), len(clause.text))]


def _multiple(clause: Clause) -> list[Stated]:
    """总产值翻一番; 比2020年减半; 是2020年的2倍."""
    times = _TIMES.search(clause.text)
    hit = next(((match, by) for pattern, by in _MULTIPLES if (match := pattern.search(clause.text))), None)
    if times is not None:
        word = times["times"]
        number = (
            float(word) if word[0].isdigit() else float({"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}[word])
        )
        start, by, base = times.start(), round(100 * (number - 1), 6), int(times["base"])
        end = times.end()
    elif hit is not None:
        start, by, end, base = hit[0].start(), hit[1], hit[0].end(), None
    else:
        return []
    named, rest = base_of(clause.text[:start])
    name = cleaned(_restored(verbs_off(rest)[0], clause.plain.text, 0))[0]
    names = several(name) if len(name) >= 2 else list(clause.context.names)
    if not names or (not measurable(names[0]) and not clause.context.goal):
        return []
    base = base or _as_base(named, clause.context)
    reading = Reading(
        "change", round(by, 6), "%", base=base, approximate="左右" in clause.text[end : end + 2]
    )
    return [_stated(clause, each, reading, len(clause.text)) for each in names]


def _course(clause: Clause) -> list[Stated]:
    """单位GDP能源消耗和主要污染物排放稳步下降."""
    for pattern, kind in ((_FALLING, "declining"), (_RISE, "rising")):
        match = pattern.match(base_of(clause.text)[1].rstrip("。.;"))
        if match is None:
            continue
        name = cleaned(verbs_off(match["names"])[0])[0]
        names = several(name)
        if kind == "declining" and "达峰后" in name:
            names = [name.partition("达峰")[0]]
        if all(measurable(each) and len(each) > 2 for each in names):
            return [_stated(clause, each, Reading(kind, None, ""), len(clause.text)) for each in names]
    return []


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
        piece = Piece(head, before, amount, edge[0], edge[1], edge[2], clause.text[edge[2] : stop])
        before = edge[2]
        opening = re.search(r"(?:从|由)(?:\D{0,3}?((?:19|20)\d\d)年(?:底|末)?的?)?(?:约)?$", head)
        if opening is None and re.search(r"(?:从|由)\d*$", head):
            opening = re.search(r"(?:从|由)$", head)
        if opening is not None and i + 1 < len(found):
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
            piece = replace(piece, head=held[2] + _LINK.sub("", verb), start=held[3], base=held[0], base_year=held[1],
                            year=int(year[1]) if year else None)  # fmt: skip
            held = None
        yield piece


def _edge(text: str, at: int) -> tuple[str, bool, int]:
    """Return which side an amount is the edge of, whether it is about, and where these words end."""
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
    """Return the targets of one amount."""
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
        rest, verbs = within[1], [(within[2], "reach")]
    if of_year and clause.context.first and int(of_year[1]) < clause.context.first:
        raise NoTarget("it tells what was achieved")
    raw = _restored(rest, clause.plain.text, piece.start)
    name, opened = cleaned(raw)
    doubts: list[str] = []
    inherited: list[str] = []
    made = next((word for word in MADE if name.startswith(word)), "")
    if len(name) < 2 or _PRONOUN.match(name):
        after = _NAME_AFTER.match(piece.after)
        if after is not None and not verbs:
            raise NoTarget("the number belongs to what follows it")
        if after is not None and any(kind in ("reach", "floor", "hold") for _, kind in verbs):
            name, names = after[1], [after[1]]
            doubts.append("the name stands behind the number")
        else:
            names = list(before)
            inherited.append("name from the clause before")
    else:
        names = several(name)
    if not names:
        raise NoTarget("no indicator stands by the number")
    project = bool(made) and _counts(piece.amount.unit) and not name.endswith(_RATIO_ENDS)
    if opened and not any(kind in ("rise", "fall", "reach", "drop", "cap", "floor") for _, kind in verbs):
        verbs = [*verbs, ("", opened)]
    stated = bool(piece.side or piece.about) or any(kind not in ("more", "both") for _, kind in verbs)
    if project:
        thing = re.match(r"^[\u4e00-\u9fffA-Z\"()、]{2,24}", piece.after)
        bare = name[len(made) :] if made != "新增" else name
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
    base = piece.base_year or _as_base(named, context)
    reading = measured(names[0], verbs, piece.amount, piece.side, piece.about, context, base, made=project)
    if not stated:
        doubts.append("no word says that the number is to be reached")
    reading = replace(reading, base_value=piece.base)
    return [
        _stated(
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
    """Say whether a bare number counts something that the clause only mentions: 3大战略."""
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
    name, opened = cleaned(_restored(rest, clause.plain.text, 0))
    verbs = [*verbs, ("", opened)] if opened else verbs
    edges = [_edge(clause.text, amount.end) for amount in values]
    last = edges[-1]
    years = [int(each) for each in re.findall(r"((?:19|20)\d\d)年", clause.plain.text[:cut])]
    inherited: tuple[str, ...] = ()
    if len(years) == len(values) and len(several(name)) != len(values):
        names, contexts = [name] * len(values), [clause.context.at(year, "clause") for year in years]
    else:
        names = listed(name, len(values)) if name else list(clause.context.names)
        inherited = () if name else ("name from the clause before",)
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
        base = _as_base(named, contexts[i])
        reading = measured(
            each, own, amount, side, about, contexts[i], base, made=bool(made) and _counts(amount.unit)
        )
        stated.append(_stated(clause, each, reading, last[2], context=contexts[i], inherited=inherited))
    return stated


def _measured_unit(unit: str) -> bool:
    """Say whether a unit measures an indicator, where no word does: not 3个, 5项."""
    return bool(unit) and unit not in COUNTED


def _counts(unit: str) -> bool:
    return unit in COUNTED or unit.lstrip("万亿千百十") in COUNTED


def _as_base(named: int | str | None, context: Context) -> int | None:
    if named == "prior":
        return None if context.year is None else context.year - 1
    return named if isinstance(named, int) else None


def _restored(name: str, text: str, start: int) -> str:
    """Return a name with what its covered brackets hold."""
    at = text.find(name, start) if COVER not in name else -1
    if COVER not in name:
        return name if at >= 0 or not name else name
    pattern = re.escape(name).replace(re.escape(COVER), ".").replace(COVER, ".")
    match = re.compile(pattern, re.DOTALL).search(text, start)
    restored = match[0] if match else name.replace(COVER, "")
    return re.sub(r"\((?:[^()]*(?:约束性|预期性|20\d\d|下同|以下简称)[^()]*)\)", "", restored)


def _stated(
    clause: Clause,
    name: str,
    reading: Reading,
    end: int,
    *,
    context: Context | None = None,
    inherited: tuple[str, ...] = (),
    doubts: tuple[str, ...] = (),
    other: str = "",
) -> Stated:
    """Return the target with its place in the document; what it inherits is named."""
    context = context or clause.context
    start, stop = clause.plain.span(0, end)
    if "name from the clause before" in inherited:
        start = min(start, context.named_at) if context.named_at else start
    more = (
        []
        if context.where in ("clause", "sentence")
        else [f"year from the {context.where}"]
        if context.where
        else []
    )
    if reading.base_inherited:
        more.append(reading.base_inherited)
    return Stated(
        name, reading.kind, reading.value, reading.unit, context.year, start, stop,
        lower=reading.lower, upper=reading.upper, base_year=reading.base, base_value=reading.base_value,
        nature=context.nature, approximate=reading.approximate, growth_rate=reading.growth_rate,
        direction=reading.direction, other=other, inherited=(*inherited, *more),
        doubts=(*doubts, *reading.doubts), minor=not context.goal,
    )  # fmt: skip
