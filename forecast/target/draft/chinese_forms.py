"""Targets of a Chinese clause that hold no amount: in step, a class, doubled or halved, falling steadily."""

from __future__ import annotations

import re

from forecast.target.draft.amounts import amounts
from forecast.target.draft.chinese_names import base_of, cleaned, measurable, several, verbs_off
from forecast.target.draft.chinese_words import CLASS_NAMES, FALLING, IN_STEP, MULTIPLES, STEADY_RISE
from forecast.target.draft.clause import Clause, NoTarget, base_year_of, restored, stated_in
from forecast.target.draft.found import DOWN, UP, Stated
from forecast.target.draft.measures import Reading

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
    r"(?:是|为|达到?|提高到|增加到|增长到)(?:(?P<base>(?:19|20)\d\d)年的)(?P<times>\d+(?:\.\d+)?"
    r"|[两二三四五])倍"
)


def in_step(clause: Clause) -> list[Stated]:
    """城乡居民收入增长与经济增长同步; 农村居民收入增长高于经济增长."""
    match = _IN_STEP.search(clause.text)
    if match is None or amounts(clause.text):
        return []
    name = cleaned(restored(verbs_off(clause.text[: match.start()])[0], clause.plain.text, 0))[0]
    if len(name) < 2 or not measurable(name):
        return []
    other = (match["other"] or match["above"]).strip()
    if re.match(r"(?:全国|全省|全市|全区|全县|世界|国家)", other):
        raise NoTarget("it is told against another indicator or area")
    way = DOWN if match["more"] and "低" in match["more"] and "不低" not in match["more"] else UP
    return [
        stated_in(
            clause,
            each,
            Reading("in_step_with", None, "", direction=way, growth=True),
            len(clause.text),
            other=other,
        )
        for each in several(name)
    ]


def ordinal(clause: Clause) -> list[Stated]:
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
    name = cleaned(restored(name, clause.plain.text, 0))[0]
    if not any(word in name for word in CLASS_NAMES) or not verbs or "率" in clause.text[match.end() :]:
        return []
    word = match[1]
    letter = _CLASS_WORD.get(word.removeprefix("劣"), word.removeprefix("劣"))
    value = ("劣" if word.startswith("劣") else "") + letter + "类"
    return [stated_in(clause, name, Reading("ordinal", value, ""), len(clause.text))]


def multiple(clause: Clause) -> list[Stated]:
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
    if clause.text[:start].endswith("个"):
        return []  # 四个翻番 counts what is to double, it doubles nothing
    named, rest = base_of(clause.text[:start])
    name = cleaned(restored(verbs_off(rest)[0], clause.plain.text, 0))[0]
    names = several(name) if len(name) >= 2 else list(clause.context.names)
    if not names or (not measurable(names[0]) and not clause.context.goal):
        return []
    base = base or base_year_of(named, clause.context)
    reading = Reading(
        "change", round(by, 6), "%", base=base, approximate="左右" in clause.text[end : end + 2]
    )
    return [stated_in(clause, each, reading, len(clause.text)) for each in names]


def course(clause: Clause) -> list[Stated]:
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
            return [stated_in(clause, each, Reading(kind, None, ""), len(clause.text)) for each in names]
    return []
