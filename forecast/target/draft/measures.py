"""What kind of target a number is, by the words around it and by its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from forecast.language.message import Message
from forecast.target.draft.amounts import Amount
from forecast.target.draft.chinese_words import GROWS_BY_YEAR, GROWTH_NOUNS, LESS_IS_BETTER
from forecast.target.draft.context import Context
from forecast.target.draft.found import DOWN, UP

POINT_UNITS = ("个百分点", "百分点", "percentage points")
PRICES = ("价格", "物价", "CPI", "通胀", "通货膨胀")
CARRIED = Message("draft_base_before")
ASSUMED = Message("draft_base_assumed")


@dataclass(frozen=True)
class Reading:
    """A number as a target: its kind and what the kind needs."""

    kind: str
    value: float | str | None
    unit: str
    lower: float | None = None
    upper: float | None = None
    base: int | None = None
    base_value: float | None = None
    base_inherited: str = ""
    approximate: bool = False
    growth_rate: bool = False
    growth: bool = False
    direction: str = ""
    doubts: tuple[str, ...] = ()


def measured(
    name: str,
    verbs: list[tuple[str, str]],
    amount: Amount,
    side: str,
    about: bool,
    context: Context,
    base: int | None,
    *,
    made: bool = False,
) -> Reading:
    """What a number asks, in the order of the rules of docs/draft-rules.md."""
    classes = [kind for _, kind in verbs]
    about = about or "about" in classes
    growing = name.endswith(GROWTH_NOUNS) or any(word in ("增速", "增幅") for word, _ in verbs)
    changes = [kind for kind in classes if kind in ("rise", "fall")]
    if (
        amount.unit == "%"
        and any(word in name for word in PRICES)
        and ("rise" in classes or name.endswith(("涨幅", "率")))
    ):
        reading = Reading("at_most", amount.number, "%", growth_rate=True)
    elif amount.unit == "%" and growing:
        reading = _growth(amount.number, context, base)
    elif made or ("total" in classes and not changes and amount.unit not in ("%", *POINT_UNITS)):
        reading = _flow(name, amount, context, made=made)
    elif changes:
        reading = _changed(name, classes, amount, side, context, base)
    else:
        reading = _level(name, classes, amount, side, context, base)
    reading = replace(reading, approximate=about)
    if amount.low is None:
        return reading
    sign = -1.0 if isinstance(reading.value, float) and reading.value < 0 else 1.0
    ends = sorted((sign * amount.low, sign * amount.number))
    grows = reading.kind in ("average_growth",)
    return replace(
        reading, kind="between", value=None, lower=ends[0], upper=ends[1],
        growth_rate=reading.growth_rate or grows, growth=grows,
    )  # fmt: skip


def direction_of(name: str, classes: list[str], side: str) -> str:
    """Which way a level counts: by its edge, else by its verb, else by what the indicator is.

    Examples
    --------
    >>> direction_of("城镇登记失业率", ["reach"], ""), direction_of("森林覆盖率", ["reach"], "")
    ('at_most', 'at_least')
    """
    if side:
        return side
    if "cap" in classes or "drop" in classes:
        return DOWN
    if "floor" in classes:
        return UP
    return DOWN if less_is_better(name) else UP


def less_is_better(name: str) -> bool:
    """Whether less of an indicator is better, by its name."""
    if re.search(
        r"(?:达标|合格|下降|降低|减少|处理|处置|利用|治理|救治|改善|完成|控制|减排|去除|降幅|整改|优良"
        r"|好于)[\u4e00-\u9fff]{0,4}(?:率|比例|比率|天数|幅度)?$",
        name,
    ):
        return False
    # The share of A in B is judged by A: 非化石能源占能源消费总量比重.
    return any(word in re.split("占(?!用|比)", name)[0] for word in LESS_IS_BETTER)


def _growth(rate: float, context: Context, base: int | None) -> Reading:
    """Yearly rate, counted from its base."""
    found, how = _base(context, base, yearly=True)
    return Reading("average_growth", rate, "%", base=found, base_inherited=how)


def _flow(name: str, amount: Amount, context: Context, *, made: bool) -> Reading:
    """What is to be made, or to come together over the plan; a yearly flow in a plan of a year."""
    base = context.base_for()
    if not made and context.year is not None and base == context.year - 1:
        return Reading("at_least", amount.number, amount.unit)
    return Reading(
        "cumulative", amount.number, amount.unit, base=base, direction=DOWN if less_is_better(name) else UP
    )


def _changed(
    name: str, classes: list[str], amount: Amount, side: str, context: Context, base: int | None
) -> Reading:
    sign = -1.0 if "fall" in classes else 1.0
    value = sign * amount.number
    edge = ("cap" in classes or side == DOWN) and sign > 0
    direction = DOWN if edge else ""
    found, how = _base(context, base, yearly="yearly" in classes)
    if amount.unit == "%":
        yearly = "yearly" in classes or "每年" in name
        one_year = found is not None and context.year is not None and found == context.year - 1
        if yearly or (one_year and sign > 0 and base is None) or (sign > 0 and one_year):
            return Reading("average_growth", value, "%", base=found, base_inherited=how, direction=direction)
        loose = base is None and how in (ASSUMED, CARRIED) and "total" not in classes and sign > 0
        if loose and amount.number <= 15 and any(word in name for word in GROWS_BY_YEAR):
            doubts = (Message("draft_yearly_unsaid"),)
            return Reading("average_growth", value, "%", base=found, base_inherited=how, doubts=doubts)
        return Reading("change", value, "%", base=found, base_inherited=how, direction=direction)
    if amount.unit == "倍":
        return Reading("change", 100 * value, "%", base=found, base_inherited=how)
    if amount.unit not in POINT_UNITS and "rise" in classes and base is None and not _absolute(amount.unit):
        return _flow(name, amount, context, made=False)
    return Reading("change", value, amount.unit, base=found, base_inherited=how, direction=direction)


def _absolute(unit: str) -> bool:
    """Whether a rise by so much is one of a level, as of years of life, and not a flow that adds up."""
    return unit in ("岁", "年", "分", "位", "天", "小时", "")


def _level(
    name: str, classes: list[str], amount: Amount, side: str, context: Context, base: int | None
) -> Reading:
    way = direction_of(name, classes, side)
    if amount.unit == "倍" and base is not None:
        return Reading("change", 100 * (amount.number - 1), "%", base=base)
    if amount.unit == "%" and "yearly" in classes:
        return _growth(amount.number, context, base)
    if "all" in classes or name.startswith(("各", "所有", "每个")):
        return Reading("all_areas", amount.number, amount.unit, direction=way)
    if "hold" in classes and (side or "cap" in classes or "floor" in classes):
        return Reading("maintain", amount.number, amount.unit, direction=way, base=None)
    first = context.base_for()
    several = first is not None and context.year is not None and first < context.year - 1
    if "新增" in name and several and amount.unit not in ("%", *POINT_UNITS) and "yearly" not in classes:
        return Reading("cumulative", amount.number, amount.unit, base=first, direction=way)
    own = way if side or "cap" in classes or "floor" in classes or "drop" in classes else ""
    return Reading(way, amount.number, amount.unit, direction=own)


def _base(context: Context, base: int | None, *, yearly: bool) -> tuple[int | None, str]:
    """Base year of a change, and from where it was taken."""
    if base is not None:
        return base, ""
    if context.base is not None and not yearly:
        return context.base, CARRIED
    found = context.base_for()
    return found, ASSUMED if found is not None else Message("draft_no_base")
