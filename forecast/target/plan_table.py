"""Plans as tables: the columns people give them, and the indicator table of a five-year plan."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forecast.history.cells import PLAIN, Cell, RefusedCell, is_number, text_of
from forecast.history.numerals import figures
from forecast.history.units import name_and_unit, same_unit
from forecast.language.message import Message

# Other names of the columns of a plan; used where a table has no column of the library's own name.
_OTHER_NAMES = {
    "id": "序号 编号 no no.",
    "indicator": "指标 指标名称 指标名 indicator_name",
    "kind": "类型 目标类型 type 要求",
    "value": "目标值 目标 target target_value 规划目标 数值",
    "unit": "单位 计量单位 units",
    "year": "年份 目标年 目标年份 年度 target_year 完成年",
    "nature": "属性 指标属性 性质 约束性",
    "group": "类别 领域 章节",
    "label_zh": "名称",
    "note": "备注 说明 notes",
    "base_year": "基期 基年 基准年 基期年 基期年份 baseline_year",
    "base_value": "基期值 基数 基准值 现状值 现状 baseline_value baseline",
    "area": "地区 区域 行政区 country region",
    "direction": "方向 指标方向",
    "milestones": "里程碑 分年目标 年度目标",
    "lower": "下限",
    "upper": "上限",
    "tolerance": "容差 允许偏差",
    "decimals": "小数位数",
    "since": "起始年 起始年份",
    "rule": "判定 判定方式",
    "scale": "等级表 等级标准",
    "other": "比较指标 比较对象",
    "form": "比较方式",
    "k": "地区数 达标地区数",
    "history_area": "替代地区",
    "history_indicator": "替代指标",
    "proxy_zh": "替代说明",
    "parents": "上级 上级地区",
    "quote": "原文 规划原文",
}
_TARGET_OF = {
    other.replace("_", " "): ours for ours, names in _OTHER_NAMES.items() for other in names.split()
}
_NUMBERS = ("value", "base_value", "lower", "upper", "tolerance")
_YEAR_HEAD = re.compile(r"^(20\d\d|19\d\d)\s*年?\s*(?:实际|实绩|基期|现状|基数|目标|预期|规划)?(?:值|数)?$")
_RATE_HEAD = re.compile(r"年均|累计|增速")
_OPERATORS = {"≥": "at_least", ">": "at_least", ">=": "at_least", "不低于": "at_least", "不少于": "at_least",
              "≤": "at_most", "<": "at_most", "<=": "at_most", "不高于": "at_most", "不超过": "at_most",
              "以上": "at_least", "以内": "at_most", "以下": "at_most", "左右": "about"}  # fmt: skip
_STATED = re.compile(
    r"^(≥|>=?|≤|<=?|不低于|不少于|不高于|不超过)?\s*([\[〔【(（])?\s*([-+]?[\d.,，]+)\s*([%％])?\s*[\]〕】)）]?\s*(以上|以内|以下|左右)?$"
)
_FALLING = re.compile(r"(?:累计)?(?:降低|下降|减少|削减)(?:率|幅度)?$")
_SHARE = re.compile(r"率|比重|占比|比例|水平|覆盖")


@dataclass(frozen=True)
class Stated:
    """A number as a plan states it: with its direction, as a sum over the period, in percent."""

    number: str
    kind: str
    cumulative: bool
    percent: bool


def stated(cell: Cell) -> Stated | None:
    """What a cell of a plan states, or None where it is no such number.

    Examples
    --------
    >>> stated("≥75").kind, stated("〔13.5〕").cumulative, stated(">5%").number, stated("about 5")
    ('at_least', True, '5', None)
    """
    found = _STATED.match(
        text_of(cell).replace("＞", ">").replace("＜", "<").translate(PLAIN).replace(" ", "")
    )
    if not found:
        return None
    before, bracket, number, percent, after = found.groups()
    kind = _OPERATORS.get(before or "", "") or _OPERATORS.get(after or "", "")
    return Stated(number, kind, bool(bracket) and bracket not in "(（", bool(percent))


def plan_names(columns: Sequence[str]) -> list[str]:
    """Names this library uses for the columns of a plan; others in small letters.

    Examples
    --------
    >>> plan_names(["指标", "目标年", "基期值", "2030年"])
    ['indicator', 'year', 'base_value', '2030年']
    """
    plain = [" ".join(column.strip().lower().split()) for column in columns]
    taken = set(plain)
    names = []
    for name in plain:
        ours = _TARGET_OF.get(name.replace("_", " "), name)
        if ours != name and ours in taken:
            ours = name
        taken.add(ours)
        names.append(ours)
    return names


def is_header(columns: list[str]) -> bool:
    """Whether a row holds the names of a plan's columns."""
    names = set(plan_names(columns))
    years = sum(bool(_YEAR_HEAD.match(name)) for name in names)
    return "indicator" in names and bool({"kind", "value", "milestones", "year"} & names or years)


def years_of(names: Sequence[str]) -> dict[int, str]:
    """Columns that hold values of a year, by year, the first first."""
    found = {int(match.group(1)): name for name in names if (match := _YEAR_HEAD.match(name))}
    return dict(sorted(found.items()))


def completed(
    rows: Sequence[Mapping[str, Cell]], names: Sequence[str], delimiter: str
) -> list[dict[str, Cell]]:
    """Rows of a table with kind, value and base as the library's own columns say them."""
    years = {} if "year" in names else years_of(names)
    rate = next((name for name in names if _RATE_HEAD.search(name)), "") if years else ""
    made = [_of_five_years(row, years, rate) if years else _with_kind(row) for row in rows]
    for column in _NUMBERS:
        cells = [row.get(column) for row in made]
        if any(isinstance(cell, str) and not isinstance(cell, RefusedCell) for cell in cells):
            numeric = [cell if _figure_like(cell) else None for cell in cells]
            read = figures(numeric, delimiter=delimiter, column=column)
            for row, cell, number in zip(made, cells, read.cells, strict=True):
                # A plain number stays as it is printed: its last digit tells how exactly it is meant.
                plain = isinstance(cell, str) and is_number(cell.translate(PLAIN).strip())
                if _figure_like(cell) and (not plain or isinstance(number, RefusedCell)):
                    row[column] = number
    return made


def _figure_like(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(re.match(r"^[-+−]?[\d０-９]", cell.strip())) and "%" not in cell


def _with_kind(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Row whose value stands alone; a sign before it is its kind where none is given."""
    made = dict(row)
    nature = text_of(row.get("nature"))
    if nature in ("是", "否"):
        made["nature"] = "约束性" if nature == "是" else "预期性"
    value = stated(row.get("value"))
    kind = text_of(row.get("kind"))
    if not kind and text_of(row.get("direction")) in _WAYS:
        made["kind"], made["direction"] = _WAYS[text_of(row.get("direction"))], None
        kind = text_of(made["kind"])
    if value is None or value.cumulative or value.kind == "about" or not isinstance(row.get("value"), str):
        return made
    if value.kind and (not kind or _KINDS.get(kind, kind) == value.kind):
        made["kind"], made["value"] = value.kind, value.number
    unit = same_unit(text_of(row.get("unit")))
    if value.percent and unit == "%" and (not value.kind or made["value"] == value.number):
        made["value"] = value.number
    return made


_KINDS = {
    "不低于": "at_least",
    "至少": "at_least",
    "不高于": "at_most",
    "不超过": "at_most",
    "不少于": "at_least",
}
_WAYS = {
    "at_least": "at_least", "at_most": "at_most", "≥": "at_least", ">=": "at_least", ">": "at_least",
    "≤": "at_most", "<=": "at_most", "<": "at_most", "不低于": "at_least", "不高于": "at_most",
    "不少于": "at_least", "不超过": "at_most", "正向": "at_least", "逆向": "at_most", "负向": "at_most",
    "越高越好": "at_least", "越低越好": "at_most", "上升": "at_least", "下降": "at_most",
}  # fmt: skip


def _of_five_years(row: Mapping[str, Cell], years: Mapping[int, str], rate: str) -> dict[str, Cell]:
    """One row of a five-year plan's indicator table as a target.

    The last year's number is the target, the first one's the base. A target above its base asks for at
    least that much, one below it for at most; where the plan states no number for the year, the mean
    growth a year or the sum over the period, in 〔〕, is the target.
    """
    last = max(years)
    base_year = min(years) if len(years) > 1 else None
    name, unit = name_and_unit(text_of(row.get("indicator")))
    kept = {key: cell for key, cell in row.items() if key not in (*years.values(), rate)}
    made: dict[str, Cell] = {
        **kept,
        "indicator": name,
        "unit": text_of(row.get("unit")) or unit,
        "year": last,
    }
    target, base = stated(row.get(years[last])), stated(row.get(years[base_year])) if base_year else None
    growth = stated(row.get(rate)) if rate else None
    made["base_year"] = made.get("base_year") or base_year
    if base is not None and base_year:
        made["base_value"] = base.number
    if text_of(row.get("kind")):
        made["value"] = target.number if target else row.get(years[last])
        return made
    if target is not None and not target.cumulative:
        made["kind"] = target.kind or _WAYS.get(text_of(row.get("direction")), "") or _from_base(target, base)
        made["value"] = target.number
        made["direction"] = None
        if not made["kind"]:
            made["kind"] = RefusedCell("", Message("no_direction", name=name, number=target.number))
    elif target is not None or (growth is not None and growth.cumulative):
        _cumulated(made, target or growth, name)  # type: ignore[arg-type]
    elif growth is not None:
        made |= {"kind": "average_growth", "value": growth.number, "unit": "%"}
        made["direction"] = growth.kind or None
    else:
        shown = text_of(row.get(years[last])) or text_of(row.get(rate))
        made["kind"] = RefusedCell("", Message("no_number", name=name, text=shown, year=last))
    return made


def _from_base(target: Stated, base: Stated | None) -> str:
    """Direction that the plan's own two numbers state."""
    if base is None or not (is_number(base.number) and is_number(target.number)):
        return ""
    return "at_most" if float(target.number) < float(base.number) else "at_least"


def _cumulated(made: dict[str, Cell], total: Stated, name: str) -> None:
    """Write down a sum over the period: a fall by so much, a rise in points, or a total."""
    unit = same_unit(text_of(made["unit"]))
    if _FALLING.search(name):
        made |= {
            "indicator": _FALLING.sub("", name),
            "kind": "change",
            "value": f"-{total.number}",
            "unit": unit or "%",
        }
    elif unit == "%" and _SHARE.search(name):
        made |= {"kind": "change", "value": total.number, "unit": "points"}
    elif unit and unit != "%":
        made |= {"kind": "cumulative", "value": total.number}
    else:
        made["kind"] = RefusedCell("", Message("which_sum", name=name, number=total.number))
