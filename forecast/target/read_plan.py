"""A plan from a TOML, CSV or XLSX file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import pandas as pd

from forecast.errors import ReadError, did_you_mean
from forecast.history.table import TABLES, SourceTable, TableRow, check_there, read_table, table_of
from forecast.history.text_file import decoded
from forecast.target.columns import COLUMNS, target_of
from forecast.target.plan import NATURES, PROXIES_FOR, Item, Plan, Spread

_COLUMNS = (
    "id", "indicator", "kind", "value", "unit", "year", "nature", "group", "group_en", "group_zh", "label_en",
    "label_zh", "note", "note_en", "note_zh", "area", "history_area", "history_indicator", "proxy_for",
    "proxy_en", "proxy_zh", "parents", "spread_low", "spread_high", "spread_level", "spread_en", "spread_zh",
    "quote", *COLUMNS,
)  # fmt: skip
# The probability that a spread holds, where it does not say.
LEVEL = 0.8
_HEAD = ("title", "title_en", "title_zh", "area", "base_year", "year", "target")
_ALIASES = {
    "序号": "id", "指标": "indicator", "类型": "kind", "目标值": "value", "单位": "unit", "年份": "year",
    "属性": "nature", "类别": "group", "名称": "label_zh", "备注": "note",
}  # fmt: skip
_Cell = TypeVar("_Cell")
_NATURE_WORDS = {"约束性": "binding", "预期性": "anticipatory"}


def read_plan(source: str | Path | pd.DataFrame) -> Plan:
    r"""Return the plan of a file, or of a DataFrame.

    Parameters
    ----------
    source : path or pandas.DataFrame
        TOML: ``title, area, base_year, year``, then ``[[target]]`` tables. CSV, XLSX or a DataFrame: the
        same keys as columns, one target a row. Keys of a target: ``id, indicator, kind, value, unit, year,
        nature, group, label_en, label_zh, note, quote``;
        for a proxy ``history_area``, ``history_indicator``,
        ``proxy_for``, ``proxy_en``, ``proxy_zh``; to borrow strength ``parents``: areas or ``indicator
        (area)``, the nearest first (a list, in a table separated by semicolons); and for an area without
        figures ``spread_low``, ``spread_high``, ``spread_level`` (default 0.8), ``spread_en``,
        ``spread_zh``: where it lies around the nearest parent, and why.

    Raises
    ------
    ReadError
        With every problem of the file, each with its row or target.

    Notes
    -----
    What each kind takes besides; what stands in brackets may be left out:

    ==================== =====================================================================
    at_least, at_most    value, [decimals]: values that round to it count
    between              lower, upper
    equal                value, tolerance
    about                value, [tolerance]: without one, what rounds to the number as printed
    declining, rising    [rule: net, every_year, on_average], [base_year]
    change               value, unit, base_year, [base_value], [direction]. With the unit % the value
                         is percent of the base value (-18); with points, or the indicator's
                         unit, a difference
    average_growth       value in % a year, unit %, base_year, [base_value], [direction]
    cumulative           value: the total, since: its first year, [direction]
    maintain             value, [since], [direction], [decimals]
    milestones           milestones: ``{2024 = 65, 2026 = 70}``, in a table ``2024: 65; 2026: 70``;
                         [direction]
    ordinal              value: a class, scale: the classes, best first (a list, in a table separated
                         by semicolons), [rule: every_year, in_year], [since]
    relative_to          value, other: an indicator, ``indicator (area)`` for another area's,
                         [form: ratio, difference], [direction]
    in_step_with         other: the indicator whose growth is to be kept up with, [base_year], [direction]
    all_areas            value, [direction]
    at_least_k_areas     value, k, [direction]
    ==================== =====================================================================

    ``growth_rate = true`` says of any of them that the indicator is itself a growth rate: growth of it is
    a difference in points, and rules that compare growth withhold their figure. ``direction`` is at_least
    or at_most. ``year`` and ``base_year`` may stand in the head of a TOML plan; ``since`` defaults to the
    year after the base year.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "plan.csv"
    ...     header = "indicator,kind,value,unit,year,base_year"
    ...     _ = path.write_text(f"{header}\nemissions,change,-18,%,2025,2020\n")
    ...     target = read_plan(path)["1"].target
    >>> target.kind.name, target.value, target.year
    ('change', -0.18, 2025)
    """
    path = Path("DataFrame" if isinstance(source, pd.DataFrame) else source)
    if isinstance(source, pd.DataFrame):
        head, rows, problems = _from_table(path, table_of(source))
    elif path.suffix.lower() == ".toml":
        head, rows, problems = _from_toml(path)
    else:
        head, rows, problems = _from_table(path, _table(path))
    items: list[Item] = []
    ids: set[str] = set()
    for row in rows:
        item, wrong = _item(row, head)
        name = row.text("id") or str(row.number)
        if name in ids:
            wrong.append(f"the id {name!r} is used twice.")
        ids.add(name)
        problems += [f"{_place(row, path)}: {problem}" for problem in wrong]
        items += [item] if item is not None else []
    if not rows and not problems:
        problems.append("it holds no target. Give one in each row, or in each [[target]] of a TOML file.")
    if problems:
        raise ReadError(str(path), problems)
    return Plan(
        tuple(items),
        _by_language(head, "title"),
        head.text("area"),
        head.year_in("base_year"),
        head.year_in("year"),
    )


def _from_toml(path: Path) -> tuple[TableRow, list[TableRow], list[str]]:
    check_there(path)
    try:
        content = tomllib.loads(decoded(path))
    except tomllib.TOMLDecodeError as problem:
        raise ReadError(str(path), [f"it is not TOML: {problem}"]) from None
    problems = _unknown(content, _HEAD, "the head")
    tables = content.get("target", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ReadError(str(path), ["targets are written as [[target]] tables."])
    rows = [TableRow(i, table) for i, table in enumerate(tables, start=1)]
    for row in rows:
        problems += _unknown(row.cells, _COLUMNS, _place(row, path))
    head = TableRow(0, {key: value for key, value in content.items() if key != "target"})
    for key in ("base_year", "year"):
        try:
            head.year_in(key)
        except ValueError as problem:
            raise ReadError(str(path), [*problems, f"the head: {problem}"]) from None
    return head, rows, problems


def _table(path: Path) -> SourceTable:
    if path.exists() and path.suffix.lower() not in TABLES:
        raise ReadError(str(path), [f"a plan is a TOML, CSV or XLSX file; got {path.suffix or 'no suffix'}."])
    return read_table(path)


def _from_table(path: Path, named: SourceTable) -> tuple[TableRow, list[TableRow], list[str]]:
    table = named.renamed(_ALIASES)
    problems: list[str] = [*table.twice(), *table.lacking(("indicator", "kind", "year"))]
    problems += _unknown(dict.fromkeys(table.columns), _COLUMNS, "the header")
    if problems:
        raise ReadError(str(path), problems)
    rows = [row if row.text("id") else TableRow(row.number, {**row.cells, "id": str(i)})
            for i, row in enumerate(table.rows, start=1)]  # fmt: skip
    return TableRow(0, {"title": path.stem}), rows, []


def _unknown(keys: Mapping[str, object], known: tuple[str, ...], place: str) -> list[str]:
    return [f"{place}: {key!r} is not known. {did_you_mean(key, known)}" for key in keys if key not in known]


def _place(row: TableRow, path: Path) -> str:
    if path.suffix.lower() != ".toml":
        return f"row {row.number}"
    return f"target {row.text('id')}" if row.text("id") else f"the target in place {row.number}"


def _item(row: TableRow, head: TableRow) -> tuple[Item | None, list[str]]:
    """Return the item of one row, or None, and every problem of the row."""
    target, problems = target_of(row, head)
    nature = _NATURE_WORDS.get(row.text("nature"), row.text("nature").lower())
    if nature not in NATURES:
        problems.append(f"nature is {nature!r}. Use binding, anticipatory, or leave it empty.")
    proxy_for = row.text("proxy_for") or "level"
    if proxy_for not in PROXIES_FOR:
        problems.append(f"proxy_for is {proxy_for!r}. Use one of: {', '.join(PROXIES_FOR)}.")
    base_year = _cell(row.year_in, "base_year", problems)
    base_value = _cell(row.number_in, "base_value", problems)
    spread = _spread(row, problems)
    if target is None or problems:
        return None, problems
    area = row.text("area") or head.text("area")
    judged_on = None
    if row.text("history_area") or row.text("history_indicator"):
        judged_on = (row.text("history_area") or area, row.text("history_indicator") or target.indicator)
    item = Item(
        id=row.text("id") or str(row.number),
        target=target,
        labels=_by_language(row, "label"),
        area=area,
        group=row.text("group"),
        groups=_by_language(row, "group"),
        nature=nature,
        base_year=base_year or head.year_in("base_year"),
        base_value=base_value,
        notes=_by_language(row, "note"),
        judged_on=judged_on,
        proxies=_by_language(row, "proxy"),
        proxy_for=proxy_for,
        parents=_parents(row, target.indicator),
        spread=spread,
        quote=row.text("quote"),
    )
    return item, []


def _parents(row: TableRow, indicator: str) -> tuple[tuple[str, str], ...]:
    """Return area and indicator of each parent; ``energy_index (Jilin)`` names another indicator."""
    cell = row.cells.get("parents")
    names = cell if isinstance(cell, list) else row.text("parents").split(";")
    found = []
    for name in filter(None, (str(each).strip() for each in names)):
        other, _, area = name.removesuffix(")").rpartition(" (")
        found.append((area, other or indicator))
    return tuple(found)


def _spread(row: TableRow, problems: list[str]) -> Spread | None:
    """Return where an area without figures lies, if the row says so and why."""
    low, high, level = (_cell(row.number_in, f"spread_{end}", problems) for end in ("low", "high", "level"))
    reasons = _by_language(row, "spread")
    if low is None and high is None and level is None and not reasons:
        return None
    if low is None or high is None or not low < high:
        problems.append(f"a spread needs spread_low below spread_high; got {low} and {high}.")
        return None
    level = LEVEL if level is None else level
    if not 0 < level < 1:
        problems.append(f"spread_level is {level:g}, which is no proportion between 0 and 1.")
    if not reasons:
        problems.append("a spread is an assumption and needs its reason: write spread_en or spread_zh.")
    return Spread(low, high, level, reasons)


def _cell(read: Callable[[str], _Cell], column: str, problems: list[str]) -> _Cell | None:
    """Return what *read* makes of a column, or None and a problem."""
    try:
        return read(column)
    except ValueError as problem:
        # A kind that works with that column has said so already.
        if str(problem) not in problems:
            problems.append(str(problem))
        return None


def _by_language(row: TableRow, column: str) -> dict[str, str]:
    """Return ``label_en``, ``label_zh`` as a mapping; a bare column counts for the languages without one."""
    bare = row.text(column)
    texts = {"en": row.text(f"{column}_en") or bare, "zh": row.text(f"{column}_zh") or bare}
    return {lang: text for lang, text in texts.items() if text}
