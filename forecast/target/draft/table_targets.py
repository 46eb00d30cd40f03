"""What the cell of a target asks of the indicator of its row."""

from __future__ import annotations

import re
from dataclasses import replace

from forecast.target.draft.chinese_names import listed, verbs_off
from forecast.target.draft.context import Context
from forecast.target.draft.found import DOWN, UP, Stated
from forecast.target.draft.measures import POINT_UNITS, direction_of, less_is_better
from forecast.target.draft.plain import is_chinese
from forecast.target.draft.table_cells import Name, Reached, name_of, reached
from forecast.target.draft.table_header import Column


def cell_targets(text: str, name: Name, column: Column, context: Context, levels: bool) -> list[Stated]:
    """What a cell of a target asks, without its place."""
    year = column.year or name.year or context.year
    parts = [part for part in re.split(r";", text) if part.strip()]
    if not parts:
        return []
    split = _two(name, parts[0])
    if split:
        return [each for one, cell in split if (each := _asked(cell, one, column, context, year, levels))]
    main = _asked(parts[0], name, column, context, year, levels)
    more = []
    for part in parts[1:]:
        got = reached(part)
        rest, verbs = verbs_off(part[: got.amount.start]) if got else ("", [])
        if got and len(rest) >= 3:
            inner = replace(name_of(rest), growth=any(kind == "yearly" for _, kind in verbs))
            each = _asked(part[len(rest) :], inner, column, context, year, False)
            more += [each] if each else []
    return [*([main] if main else []), *more]


def _two(name: Name, text: str) -> list[tuple[Name, str]]:
    """Indicators of a row that holds several, A / B with x / y, or A、B with 分别达x、y."""
    joint = "/" if "/" in name.text else "、"
    if joint not in name.text:
        return []
    if "分别" in text:
        head, _, tail = text.partition("分别")
        verb = re.match(r"\D*", tail)
        cells = re.split(r"[、/和,]", tail[verb.end() if verb else 0 :])
        cells = [head + (verb[0] if verb else "") + cell for cell in cells]
    else:
        cells = [
            cell
            for cell in re.split(r"(?<![A-Za-z\u4e00-\u9fff])/|/(?=\s*[≥≤<>\d])|、(?=\d)", text)
            if cell.strip()
        ]
    names = listed(name.text.replace(" ", ""), len(cells)) if len(cells) > 1 else []
    if len(names) != len(cells) or not all(reached(cell) for cell in cells):
        return []
    return [(replace(name, text=each), cell) for each, cell in zip(names, cells, strict=True)]


def _asked(
    text: str, name: Name, column: Column, context: Context, year: int | None, levels: bool
) -> Stated | None:
    """Target of one number in a cell."""
    got = reached(text, name.unit)
    if got is None:
        if re.search(r"同步|高于|快于", text) and is_chinese(text):
            other = re.search(
                r"(?:高于|快于|与|和)([A-Z\u4e00-\u9fff]{2,10}?)(?:增长|增速)?(?:基本)?(?:同步|$)", text
            )
            return (
                _bare(
                    name,
                    "in_step_with",
                    None,
                    "",
                    year,
                    context,
                    other=other[1] if other else "",
                    direction=UP,
                )
                if other
                else None
            )
        return None
    year = got.year if got.year and got.year > (context.first or 0) else year
    kinds = [kind for _, kind in got.verbs]
    unit = got.amount.unit or name.unit
    number = got.amount.number
    if got.total:
        return None if levels and not name.change else _summed(name, got, unit, year, context)
    rate = column.role == "yearly" or name.growth or "yearly" in kinds
    if rate and (unit in ("%", "") or name.growth):
        if less_is_better(name.text) and not name.growth and not name.change:
            return _bare(name, got.side or DOWN, number, unit or "%", year, context, got)
        if (
            not name.growth
            and not name.change
            and column.role == "yearly"
            and got.amount.unit == ""
            and name.unit == "%"
            and not levels
            and "yearly" not in kinds
        ):
            return _bare(name, got.side or UP, number, "%", year, context, got)
        sign = -1.0 if name.change < 0 or "fall" in kinds else 1.0
        return _bare(name, "average_growth", sign * number, "%", year, context, got, based=True)
    if name.change or "rise" in kinds or "fall" in kinds:
        sign = -1.0 if name.change < 0 or "fall" in kinds else 1.0
        if name.change > 0 and unit == "%" and "rise" not in kinds:
            unit = "%"
        return _bare(name, "change", sign * number, unit, year, context, got, based=True)
    way = direction_of(name.text, kinds, got.side)
    if "hold" in kinds and got.side:
        return _bare(name, "maintain", number, unit, year, context, got, direction=got.side)
    return _bare(name, way, number, unit, year, context, got)


def _summed(name: Name, got: Reached, unit: str, year: int | None, context: Context) -> Stated:
    """What stands in the brackets of a five-year total: a change, or a sum of a flow."""
    flow = re.search(r"新增|脱贫|改造|累计|转移|投资|建设|培训|造林", name.text) and unit not in (
        "%",
        *POINT_UNITS,
    )
    if flow:
        way = got.side or (DOWN if less_is_better(name.text) else UP)
        return _bare(
            name, "cumulative", got.amount.number, unit, year, context, got, direction=way, based=True
        )
    sign = -1.0 if name.change < 0 else 1.0
    if unit == "%" and not name.change:
        unit = "个百分点"
    return _bare(name, "change", sign * got.amount.number, unit, year, context, got, based=True)


def _bare(
    name: Name, kind: str, value: float | None, unit: str, year: int | None, context: Context,
    got: Reached | None = None, *, other: str = "", direction: str = "", based: bool = False,
) -> Stated:  # fmt: skip
    """Target without its place; ranges are told apart here."""
    base = got.base_year if got else None
    if based and base is None:
        base = replace(context, year=year, first=context.first if year == context.year else None).base_for()
    stated = Stated(
        name.text, kind, value, unit, year, 0, 0, base_year=base, base_value=got.base_value if got else None,
        approximate=bool(got and got.about), direction=direction, other=other,
    )  # fmt: skip
    low = got.amount.low if got else None
    if low is None or not isinstance(value, float):
        return stated
    sign = -1.0 if value < 0 else 1.0
    lower, upper = sorted((sign * low, value))
    return replace(
        stated, kind="between", value=None, lower=lower, upper=upper, growth_rate=kind == "average_growth"
    )
