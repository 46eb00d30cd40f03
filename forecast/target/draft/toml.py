"""A draft as a plan file: what can be asked as [[target]], the rest behind # for a person to decide."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from forecast.history.units import POINTS, same_unit
from forecast.language.message import Message, told
from forecast.target.draft.chinese_words import WATER_CLASSES
from forecast.target.draft.found import DOWN, UP, Stated
from forecast.target.draft.names import Match, matched
from forecast.target.draft.plain import is_chinese, plain

Keys = dict[str, object]


def written(
    title: str, area: str, rows: Sequence[tuple[Stated, Match, str]], minor: Sequence[tuple[Stated, Match,
        str]],
    remarks: Iterable[str] = (), lang: str = "en",
) -> str:  # fmt: skip
    """Text of a plan file; each row is a target, its match, and its quote; comments are in *lang*."""
    lines = [f"# {_line(told(remark, lang))}" for remark in (Message("draft_head"), *remarks)] + [""]
    of_title = "zh" if is_chinese(title) else "en"
    head: Keys = {"title": title, f"title_{of_title}": title, "area": area}
    years = Counter(each.year for each, _, _ in rows if each.year is not None)
    if len(years) == 1:
        head["year"] = next(iter(years))
    lines += [_pair(key, value) for key, value in head.items() if value not in ("", None)]
    for number, (each, match, quote) in enumerate(rows, start=1):
        lines += ["", *target_lines(str(number), each, match, quote, lang)]
    if minor:
        lines += ["", f"# {Message('draft_minor').in_language(lang)}"]
    for number, (each, match, quote) in enumerate(minor, start=len(rows) + 1):
        block = target_lines(str(number), each, match, quote, lang)
        lines += ["", *(line if line.startswith("#") else f"# {line}" for line in block)]
    return "\n".join(lines) + "\n"


def target_lines(id: str, each: Stated, match: Match, quote: str, lang: str = "en") -> list[str]:
    """Lines of one target; behind # where the library has no question for it yet."""
    keys, problem = keys_of(each, match)
    reasons = (*each.inherited, *each.doubts) or (Message("draft_all_there"),)
    why = ("；" if lang == "zh" else "; ").join(told(reason, lang) for reason in reasons)
    said = [Message("draft_confidence", share=f"{each.confidence:.2f}", why=why)]
    if not match.name and match.near:
        said.append(Message("draft_near", names=", ".join(match.near)))
    if problem:
        said.append(Message("draft_not_asked", problem=problem))
    comment = [f"# {_line(one.in_language(lang))}" for one in said]
    of_name = "zh" if is_chinese(each.indicator) else "en"
    rest: Keys = {f"label_{of_name}": each.indicator, "nature": each.nature, "quote": quote}
    body = [
        "[[target]]",
        _pair("id", id),
        *(_pair(k, v) for k, v in {**keys, **rest}.items() if v not in ("", None)),
    ]
    return [*comment, *(f"# {line}" for line in body)] if problem else [*comment, *body]


def keys_of(each: Stated, match: Match) -> tuple[Keys, str]:
    """Keys of a plan file that ask a target, and why it cannot be asked, or ``""``.

    Examples
    --------
    >>> fall = Stated("emissions", "change", -18.0, "%", 2025, 0, 1, base_year=2020)
    >>> keys_of(fall, Match())[0]["value"], keys_of(fall, Match())[1]
    (-18.0, '')
    """
    name = match.name or each.indicator
    keys: Keys = {"indicator": name, "kind": each.kind, "value": each.value, "unit": _unit(each.unit),
        "year": each.year,
                  "base_year": each.base_year, "base_value": each.base_value}  # fmt: skip
    if each.growth_rate and each.kind != "between":
        keys |= {"indicator": each.indicator, "growth_rate": True}
    if each.kind in ("change", "average_growth") and each.base_year is None:
        return keys, Message("draft_no_base_year")
    if each.kind == "between":
        keys, problem = _between(keys, each)
        return keys, problem
    if each.kind in ("change", "average_growth", "maintain", "all_areas", "cumulative"):
        keys["direction"] = each.direction if each.direction == DOWN or each.kind != "change" else ""
    if each.kind == "change" and not keys["unit"]:
        keys["unit"] = "points"
    if each.kind == "cumulative":
        keys |= {"since": each.base_year + 1 if each.base_year is not None else each.year, "base_year": None}
    if each.kind == "ordinal":
        keys |= {"scale": list(WATER_CLASSES)}
        if each.value not in WATER_CLASSES:
            return keys, Message("draft_own_scale")
    if each.kind == "in_step_with":
        return keys | {"other": matched(each.other).name or each.other, "direction": each.direction}, ""
    # 控制在5.5%左右 has a side of its own; 25%左右 is near it from both.
    if each.approximate and each.kind in (UP, DOWN) and isinstance(each.value, float) and not each.direction:
        keys["kind"] = "about"
    return keys, ""


def _between(keys: Keys, each: Stated) -> tuple[Keys, str]:
    """How a range is asked: of a level as one, of a growth or a change by its nearer end."""
    lower, upper = each.lower or 0.0, each.upper or 0.0
    if each.growth_rate and each.base_year is not None:
        note = f"the text gives a range, {lower:g} to {upper:g} %"
        return keys | {"kind": "average_growth", "value": lower, "note": note}, ""
    if each.base_year is not None and each.base_value is None and (lower < 0 or each.direction):
        near = upper if upper < 0 else lower
        return keys | {
            "kind": "change",
            "value": near,
            "note": f"the text gives a range, {lower:g} to {upper:g}",
        }, ""
    return {**keys, "value": None, "lower": lower, "upper": upper, "base_year": each.base_year}, ""


def _unit(unit: str) -> str:
    """Unit as plan files write it: points for percentage points, simplified characters."""
    written = plain(unit).text
    points = same_unit(written) == POINTS or written.lower() in ("percentage point", "percentage points")
    return POINTS if points else written


def _pair(key: str, value: object) -> str:
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    if isinstance(value, float):
        whole = abs(value) < 1e15 and value == int(value)
        return f"{key} = {int(value)}" if whole else f"{key} = {value:.12g}"
    # JSON's strings and lists are TOML's too, but for the control character 0x7f.
    return f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "")


def _line(text: str) -> str:
    return " ".join(text.split())
