"""The header of a table of targets: which column holds what, and of which year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from forecast.target.draft.context import Context
from forecast.target.draft.periods import chinese_plans, english_plans

# What a header calls a column. The first that fits counts.
ROLES: tuple[tuple[str, str], ...] = (
    ("nature", r"^(?:指标)?(?:属性|性质)|^指标(?:类型|属性|性质)$|\bnature\b|^type of (?:target|indicator)"),
    ("unit", r"^(?:计量)?单位$|^units?(?: of measure.*)?$"),
    ("number", r"^(?:序号|编号|no\.?|#|s\.? ?no\.?)$"),
    ("notes", r"备注|责任|牵头|部门|数据来源|^notes?$|\bsource|^remarks?$|responsible"),
    ("yearly", r"年均|年度增长|累计|增速|增长率|average annual|annual growth|per year|cagr|growth rate"),
    (
        "base",
        r"现状|基期|基准|基年|基础值|实际|完成|现值|当前|初期|baseline|base year|base value|current|actual"
        r"|latest|present",
    ),
    ("target", r"目标|规划值|预期值|预期|规划|期末|要求|target|goal|objective|projected|planned"),
    (
        "category",
        r"^(?:类别|领域|类型|分类|维度|方面|目标类别|category|area|sector|theme|dimension|pillar)$|一级指标",
    ),
    ("name", r"指标|项目|名称|内容|二级指标|indicator|measure|item|description|name|target area|parameter"),
)
_ROLES = tuple((role, re.compile(pattern, re.I)) for role, pattern in ROLES)
_YEAR = re.compile(r"(20\d\d|19\d\d)")


@dataclass(frozen=True)
class Column:
    """A column: what it holds, and of which year."""

    role: str
    year: int | None = None


def years_of_columns(columns: list[Column], context: Context) -> Context:
    """Context with the years of the columns, for the columns that name none."""
    targets = [column.year for column in columns if column.role == "target" and column.year is not None]
    bases = [column.year for column in columns if column.role == "base" and column.year is not None]
    if context.year is not None or not targets:
        return context
    return context.at(max(targets), "heading", first=max(bases) + 1 if bases else None)


def header(texts: list[list[str]], context: Context) -> tuple[int, list[Column]]:
    """How many rows the header has, and its columns; no columns where it is no table of targets.

    Examples
    --------
    >>> header([["指标", "2025年", "2030年", "属性"]], Context(now=2026))[1][2]
    Column(role='target', year=2030)
    """
    if not texts:
        return 0, []
    size = 1
    while size < min(3, len(texts) - 1) and _still_header(texts[size]):
        size += 1
    width = max(map(len, texts))
    joined = [" ".join(dict.fromkeys(row[i] for row in texts[:size] if i < len(row))) for i in range(width)]
    columns = [_column(text) for text in joined]
    years = sorted(
        {
            column.year
            for column in columns
            if column.year is not None and column.role in ("year", "base", "target")
        }
    )
    columns = [_placed(column, years, context, joined) for column in columns]
    for i in range(1, len(columns)):
        # A head that spans two columns: the group, and the indicator within it.
        if columns[i].role == "" and columns[i - 1].role == "name" and not joined[i].strip():
            columns[i] = Column("name")
    if not any(column.role == "name" for column in columns):
        free = [i for i, column in enumerate(columns) if column.role in ("", "category")]
        if not free:
            return 0, []
        columns[free[-1] if columns[free[0]].role == "category" else free[0]] = Column("name")
    return size, columns


def _still_header(row: list[str]) -> bool:
    """Whether a row goes on with the header: words of roles or years, and no other numbers."""
    filled = [cell for cell in row if cell.strip()]
    hits = [
        cell
        for cell in filled
        if re.fullmatch(r"(?:20\d\d)年?.{0,8}", cell)
        or re.fullmatch(
            r"(?:年均|累计|基期|目标|现状|规划|实际|预期|〔〕|%|\(|\)|增速|增长|/|值|base|target|line|value)+",
            cell,
            re.I,
        )
    ]
    return len(hits) >= 2 and not any(
        re.fullmatch(r"[<>≥≤]?\d+(?:\.\d+)?%?", cell) and not re.fullmatch(r"20\d\d", cell) for cell in filled
    )


def _column(text: str) -> Column:
    """What one header says; a year alone is of a level."""
    year = _YEAR.findall(text)
    plans = chinese_plans(text) or english_plans(text)
    role = next((role for role, pattern in _ROLES if pattern.search(text.strip())), "")
    if (
        role in ("yearly",)
        and re.search(r"目标|target", text, re.I)
        and year
        and not re.search(r"年均|增", text)
    ):
        role = "target"
    if len(year) >= 1 and role in ("", "name", "category", "base", "target"):
        return Column(role if role in ("base", "target") else "year", int(year[-1]))
    if plans and role in ("", "target", "name", "category", "yearly", "base"):
        return Column("base" if role == "base" else "yearly" if role == "yearly" else "target", plans[-1][2])
    return Column(role)


def _placed(column: Column, years: list[int], context: Context, joined: list[str]) -> Column:
    """Year's column as one of targets, of the base, or of what was observed on the way."""
    if column.role != "year" or column.year is None:
        return column
    first = context.first or context.now
    asked = re.search(r"目标|属性|年均|规划|预期|target|goal", " ".join(joined), re.I)
    if first is not None:
        return replace(column, role="base" if column.year < first else "target")
    if len(years) == 1:
        return replace(column, role="target" if asked or context.goal else "")
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1 and not asked:
        return Column("")
    return replace(column, role="base" if column.year == years[0] else "target")
