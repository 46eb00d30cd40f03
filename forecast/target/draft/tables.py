"""A table of targets: which column holds what, and what each row asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from forecast.target.draft.amounts import Amount
from forecast.target.draft.chinese import read_paragraph
from forecast.target.draft.chinese_names import listed, verbs_off
from forecast.target.draft.context import Context
from forecast.target.draft.document import Block, Cell
from forecast.target.draft.found import DOWN, UP, Left, Stated
from forecast.target.draft.measures import POINT_UNITS, direction_of, less_is_better
from forecast.target.draft.periods import chinese_plans, english_plans
from forecast.target.draft.plain import is_chinese, plain
from forecast.target.draft.table_cells import Name, Reached, name_of, nature_of, reached

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
_NUMBERING = re.compile(r"^\s*\d{1,3}[.、．]\s*(?=\D|\d{1,2}\s*岁)")
_STAR = re.compile(r"(?:\*|※|①|注)[^。\n]{0,30}?(20\d\d)年")
_MOST_ROWS = 5000


@dataclass(frozen=True)
class Column:
    """A column: what it holds, and of which year."""

    role: str
    year: int | None = None


def read_table(block: Block, context: Context, source: str) -> tuple[list[Stated], list[Left]]:
    """Return what a table states; a table of something else is read as prose, cell by cell."""
    rows = block.rows[:_MOST_ROWS]
    texts = [[plain(_NUMBERING.sub("", cell.text)).text for cell in row] for row in rows]
    head, columns = header(texts, context)
    if not columns or not any(column.role in ("target", "yearly") for column in columns):
        return _prose(block, context, source)
    after = plain(source[block.end : block.end + 800]).text
    star = _STAR.search(after)
    context = replace(_of_columns(columns, context), goal=True, past=False)
    stated: list[Stated] = []
    left: list[Left] = []
    parent = ""
    for row, words in zip(rows[head:], texts[head:], strict=True):
        found, name = _row(row, words, columns, context, parent, int(star[1]) if star else None)
        stated += found
        if not found and any(re.search(r"\d", word) for word in words):
            left.append(
                Left(
                    source[row[0].start : row[-1].end],
                    "the row holds no number in a column of targets",
                    row[0].start,
                    row[-1].end,
                )
            )
        if name and not name.startswith(("其中", "#", "-")):
            parent = name
    return stated, left


def _of_columns(columns: list[Column], context: Context) -> Context:
    """Return the context with the years of the columns, for the columns that name none."""
    targets = [column.year for column in columns if column.role == "target" and column.year is not None]
    bases = [column.year for column in columns if column.role == "base" and column.year is not None]
    if context.year is not None or not targets:
        return context
    return context.at(max(targets), "heading", first=max(bases) + 1 if bases else None)


def header(texts: list[list[str]], context: Context) -> tuple[int, list[Column]]:
    """Return how many rows the header has, and its columns; no columns where it is no table of targets.

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
    """Say whether a row goes on with the header: words of roles or years, and no other numbers."""
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
    """Return what one header says; a year alone is of a level."""
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
    """Return a year's column as one of targets, of the base, or of what was observed on the way."""
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


def _row(
    row: tuple[Cell, ...],
    words: list[str],
    columns: list[Column],
    context: Context,
    parent: str,
    star: int | None,
) -> tuple[list[Stated], str]:
    """Return what one row asks, and its name."""
    at = {
        role: i
        for i, column in reversed(list(enumerate(columns)))
        if (role := column.role) and i < len(words)
    }
    if "name" not in at:
        return [], ""
    names = [i for i, column in enumerate(columns) if column.role == "name" and i < len(words)]
    place = next((i for i in reversed(names) if words[i].strip()), names[0])
    unit = words[at["unit"]].strip() if "unit" in at else ""
    title = words[place].strip()
    name = name_of(title, "" if unit in ("-", "—") else unit)
    above = next(
        (words[i].strip() for i in names if i < place and words[i].strip() and words[i].strip() != title),
        parent,
    )
    group = name_of(above) if above else None
    if (
        group is not None
        and not name.unit
        and not name.change
        and (group.unit or group.change)
        and place != names[0]
    ):
        name = replace(name, unit=group.unit, change=group.change, text=f"{name.text}({group.text})")
    if title.startswith(("其中", "#", "-")) and parent:
        name = replace(name, text=re.sub(r"^(?:其中[:：]?|#|-+)\s*", "", name.text))
    nature = (nature_of(words[at["nature"]]) if "nature" in at else "") or name.nature or context.nature
    base = next(((column.year, got) for i, column in enumerate(columns)
                 if column.role == "base" and i < len(words) and (got := reached(words[i]))),
                     None)  # fmt: skip
    stated: list[Stated] = []
    levels = False
    for i, column in enumerate(columns):
        if column.role not in ("target", "yearly") or i >= len(words) or i == place:
            continue
        got = _cell(words[i], name, column, context, levels)
        levels = levels or (column.role == "target" and bool(got))
        for each in got:
            stated.append(_complete(each, row, place, i, base, star, nature or nature_of(words[i]), column))
    return stated, title


def _cell(text: str, name: Name, column: Column, context: Context, levels: bool) -> list[Stated]:
    """Return what a cell of a target asks, without its place."""
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
    """Return the indicators of a row that holds several, A / B with x / y, or A、B with 分别达x、y."""
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
    """Return the target of one number in a cell."""
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
    """Return what stands in the brackets of a five-year total: a change, or a sum of a flow."""
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
    """Return a target without its place; ranges are told apart here."""
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


def _complete(
    each: Stated, row: tuple[Cell, ...], place: int, i: int, base: tuple[int | None, Reached] | None,
        star: int | None,
    nature: str, column: Column,
) -> Stated:  # fmt: skip
    """Return a target with its place in the document and the base of its row."""
    first, last = min(place, i), max(place, i)
    inherited = () if column.year is not None else ("year from the heading",)
    found = replace(each, start=row[first].start, end=row[last].end, nature=nature, inherited=inherited)
    if base is None or found.base_value is not None:
        return found
    year, got = base
    if got.marked:
        year = star or (year - 1 if year is not None else None)
        found = replace(found, doubts=() if star else ("the mark at the base is not explained",))
    if found.kind in (UP, DOWN, "maintain", "between") and not got.total:
        way = found.kind
        if way == UP and isinstance(found.value, float) and _falls(found, got.amount):
            found = replace(
                found, doubts=(*found.doubts, "the target lies below its base: at most, or at least?")
            )
        return replace(found, base_year=year, base_value=got.amount.number)
    return replace(found, base_year=year if found.base_year is None else found.base_year)


def _falls(found: Stated, base: Amount) -> bool:
    return isinstance(found.value, float) and found.value < base.number


def _prose(block: Block, context: Context, source: str) -> tuple[list[Stated], list[Left]]:
    """Return what the sentences in the cells of any other table state."""
    stated: list[Stated] = []
    left: list[Left] = []
    for row in block.rows[:_MOST_ROWS]:
        for cell in row:
            if len(cell.text) > 15 and is_chinese(cell.text):
                text = plain(source[cell.start : cell.end], cell.start)
                got = read_paragraph(
                    text, context, source, planned=not context.past, tense_known=context.goal
                )
                stated += got.stated
                left += got.left
    return stated, left
