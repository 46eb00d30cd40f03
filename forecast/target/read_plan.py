"""A plan from a TOML, CSV or XLSX file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

import pandas as pd

from forecast.errors import ForecastError, ReadError, near_name
from forecast.history.cells import UnreadableCellError, text_of
from forecast.history.grid import Grid
from forecast.history.other_frames import as_pandas
from forecast.history.table import (
    TABLES,
    SourceTable,
    TableRow,
    check_there,
    rows_below,
    sheets_of,
    table_of,
)
from forecast.history.text_file import decoded
from forecast.language.message import Message, suggestion
from forecast.target.columns import COLUMNS, target_of
from forecast.target.plan import NATURES, PROXIES_FOR, Item, Plan, Spread, Unread
from forecast.target.plan_table import completed, is_header, plan_names, stated, years_of

_COLUMNS = (
    "id", "indicator", "kind", "value", "unit", "year", "nature", "group", "group_en", "group_zh", "label_en",
    "label_zh", "note", "note_en", "note_zh", "area", "history_area", "history_indicator", "proxy_for",
    "proxy_en", "proxy_zh", "parents", "spread_low", "spread_high", "spread_level", "spread_en", "spread_zh",
    "quote", *COLUMNS,
)  # fmt: skip
# The probability that a spread holds, where it does not say.
LEVEL = 0.8
_HEAD = ("title", "title_en", "title_zh", "area", "base_year", "year", "target")
# Of keys that are not known, so many are named.
_MOST_UNKNOWN = 20
_Cell = TypeVar("_Cell")
_NATURE_WORDS = {"约束性": "binding", "预期性": "anticipatory"}


def read_plan(source: str | Path | pd.DataFrame) -> Plan:
    r"""Plan of a file, or of a DataFrame.

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
        With every problem of the file, each with its row or target, where the file as a whole or none of
        its targets can be read. Else a target that cannot be read stands in ``Plan.unread``.

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
    source = cast(str | Path | pd.DataFrame, as_pandas(source))
    if not isinstance(source, str | Path | pd.DataFrame):
        raise ForecastError(Message("plan_form", kind=type(source).__name__))
    path = Path("DataFrame" if isinstance(source, pd.DataFrame) else source)
    if isinstance(source, pd.DataFrame):
        head, rows, problems = _from_table(path, table_of(source), {})
    elif path.suffix.lower() == ".toml":
        head, rows, problems = _from_toml(path)
    else:
        head, rows, problems = _from_table(path, *_table(path))
    items: list[Item] = []
    unread: list[Unread] = []
    ids: set[str] = set()
    for row in rows:
        item, wrong = _item(row, head)
        wrong = [*problems.pop(row.number, []), *wrong]
        name = row.text("id") or str(row.number)
        if name in ids:
            wrong.append(Message("id_twice", name=name))
        ids.add(name)
        if item is not None and not wrong:
            items.append(item)
        else:
            said = tuple(Message("at", place=_place(row, path), problem=problem) for problem in wrong)
            unread.append(Unread(name, row.text("indicator"), said))
    of_file = [problem for each in problems.values() for problem in each]
    if not rows and not of_file:
        of_file.append(Message("no_target"))
    if of_file or not items:
        raise ReadError(str(path), [*of_file, *(problem for each in unread for problem in each.problems)])
    return Plan(
        tuple(items),
        _by_language(head, "title"),
        head.text("area"),
        head.year_in("base_year"),
        head.year_in("year"),
        tuple(unread),
    )


_Problems = dict[int, list[str]]
# TOML is read by recursion, and a number of any length: both are cut off before they can hang or crash.
_DEEPEST, _LONGEST_NUMBER, _MOST_BYTES = 50, re.compile(r"(?<![\w\"'])[\d_]{400,}"), 5_000_000


def _from_toml(path: Path) -> tuple[TableRow, list[TableRow], _Problems]:
    check_there(path)
    text = decoded(path)
    nested = max((len(run) for run in re.findall(r"[\[{][\[{\s]*", text)), default=0)
    if (
        nested > _DEEPEST
        or _LONGEST_NUMBER.search(text)
        or len(text) > _MOST_BYTES
        or _dotted(text) > _DEEPEST
    ):
        raise ReadError(str(path), [Message("toml_too_deep")])
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise ReadError(str(path), [Message("no_toml", why=str(problem).splitlines()[0])]) from None
    problems: _Problems = {0: [*_unknown(content, _HEAD, Message("the_head"))]}
    tables = content.get("target", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ReadError(str(path), [Message("no_target_tables")])
    rows = [TableRow(i, _plain(table)) for i, table in enumerate(tables, start=1)]
    for row in rows:
        problems[row.number] = [*_unknown(row.cells, _COLUMNS)]
    head = TableRow(0, _plain({key: value for key, value in content.items() if key != "target"}))
    for key in ("base_year", "year"):
        try:
            head.year_in(key)
        except UnreadableCellError as problem:
            said = Message("at", place=Message("the_head"), problem=problem.message)
            raise ReadError(str(path), [*problems[0], said]) from None
    return head, rows, {number: each for number, each in problems.items() if each}


def _dotted(text: str) -> int:
    """Most dots in one key."""
    return max((line.split("=")[0].count(".") for line in text.splitlines()), default=0)


def _plain(table: Mapping[str, object]) -> dict[str, object]:
    """TOML table with whole numbers that no float holds as text, to be refused."""
    return {
        key: str(value)[:100] if isinstance(value, int) and abs(value) > _LARGEST else value
        for key, value in table.items()
    }


_LARGEST = 10**300


def _table(path: Path) -> tuple[SourceTable, dict[str, str]]:
    """Rows of a plan's table, and its title and delimiter."""
    if path.exists() and path.suffix.lower() not in TABLES:
        raise ReadError(str(path), [Message("no_plan_file", suffix=path.suffix or "no suffix")])
    grids = sheets_of(path).grids
    found = next(((grid, at) for grid in grids if (at := grid.header(is_header)) is not None), (grids[0], 0))
    grid, at = found
    above = [[text for cell in cells if (text := text_of(cell))] for _, cells in grid.lines[:at]]
    title = next((texts[0] for texts in above if len(texts) == 1), "")
    return rows_below(_without_notes(grid, at), at), {"title": title, "delimiter": grid.delimiter}


def _without_notes(grid: Grid, at: int) -> Grid:
    """Sheet without the lines of one text below its table: sources and notes."""
    lines = list(grid.lines)
    while len(lines) > at + 2 and sum(bool(text_of(cell)) for cell in lines[-1][1]) == 1:
        lines.pop()
    return replace(grid, lines=lines)


def _from_table(
    path: Path, table: SourceTable, about: Mapping[str, str]
) -> tuple[TableRow, list[TableRow], _Problems]:
    names = plan_names(table.columns)
    years = {} if "year" in names else years_of(names)
    rates = [name for name in names if "年均" in name or "累计" in name or "增速" in name] if years else []
    known = set(names) | ({"kind", "year"} if years else set())
    named = replace(table, columns=tuple(names))
    problems: list[str] = [*named.twice()]
    needed: tuple[str, ...] = (
        ("indicator", "kind", "year") if "milestones" not in known else ("indicator", "kind")
    )
    if "direction" in known or _stated_kinds(table, names):
        needed = tuple(name for name in needed if name != "kind")
    lacking = [name for name in needed if name not in known]
    problems += [
        Message("column_missing", name=name, where=table.where, hint=suggestion(name, names))
        for name in lacking
    ]
    own = [name for name in dict.fromkeys(names) if name and name not in (*years.values(), *rates)]
    # Columns of a five-year plan's table that nobody asks about may have any name.
    unknown = [] if years else _unknown(dict.fromkeys(own), _COLUMNS, Message("the_header"))
    if problems or unknown:
        raise ReadError(str(path), [*problems, *unknown])
    cells = [dict(zip(names, [row.cells.get(c) for c in table.columns], strict=True)) for row in table.rows]
    made = completed(cells, names, about.get("delimiter", ""))
    kept = [{name: cell for name, cell in row.items() if not years or name in _COLUMNS} for row in made]
    rows = [
        TableRow(row.number, {**each, "id": text_of(each.get("id")) or str(i)})
        for i, (row, each) in enumerate(zip(table.rows, kept, strict=True), start=1)
        if not years or text_of(each.get("indicator"))
    ]
    return TableRow(0, {"title": about.get("title") or path.stem}), rows, {}


def _stated_kinds(table: SourceTable, names: list[str]) -> bool:
    """Whether every value says by a sign before it what kind of target it is."""
    if "value" not in names:
        return False
    column = table.columns[names.index("value")]
    found = [stated(row.cells.get(column)) for row in table.rows]
    return bool(found) and all(each is not None and each.kind for each in found)


def _unknown(
    keys: Mapping[str, object], known: tuple[str, ...], place: Message | None = None
) -> list[Message]:
    said = []
    for key in keys:
        if key not in known:
            near = near_name(key, known)
            hint = Message("did_you_mean", name=near) if near else Message("see_columns")
            problem = Message("key_unknown", name=key, hint=hint)
            said.append(problem if place is None else Message("at", place=place, problem=problem))
    return said[:_MOST_UNKNOWN]


def _place(row: TableRow, path: Path) -> Message:
    if path.suffix.lower() != ".toml":
        return Message("row", row=row.number)
    return (
        Message("target_id", id=row.text("id")) if row.text("id") else Message("target_place", n=row.number)
    )


def _item(row: TableRow, head: TableRow) -> tuple[Item | None, list[str]]:
    """Item of one row, or None, and every problem of the row."""
    target, problems = target_of(row, head)
    nature = _NATURE_WORDS.get(row.text("nature"), row.text("nature").lower())
    if nature not in NATURES:
        problems.append(Message("nature_unknown", text=nature))
    proxy_for = row.text("proxy_for") or "level"
    if proxy_for not in PROXIES_FOR:
        problems.append(Message("proxy_for_unknown", text=proxy_for, known=", ".join(PROXIES_FOR)))
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
    """Area and indicator of each parent; ``energy_index (Jilin)`` names another indicator."""
    cell = row.cells.get("parents")
    names = cell if isinstance(cell, list) else row.text("parents").replace("；", ";").split(";")
    found = []
    for name in filter(None, (str(each).strip() for each in names)):
        other, _, area = name.removesuffix(")").rpartition(" (")
        found.append((area, other or indicator))
    return tuple(found)


def _spread(row: TableRow, problems: list[str]) -> Spread | None:
    """Where an area without figures lies, if the row says so and why."""
    low, high, level = (_cell(row.number_in, f"spread_{end}", problems) for end in ("low", "high", "level"))
    reasons = _by_language(row, "spread")
    if low is None and high is None and level is None and not reasons:
        return None
    if low is None or high is None or not low < high:
        problems.append(Message("spread_ends", low=low, high=high))
        return None
    level = LEVEL if level is None else level
    if not 0 < level < 1:
        problems.append(Message("spread_level_form", level=level))
    if not reasons:
        problems.append(Message("spread_reason"))
    return Spread(low, high, level, reasons)


def _cell(read: Callable[[str], _Cell], column: str, problems: list[str]) -> _Cell | None:
    """What *read* makes of a column, or None and a problem."""
    try:
        return read(column)
    except ValueError as problem:
        # A kind that works with that column has said so already.
        if str(problem) not in problems:
            problems.append(problem.args[0])
        return None


def _by_language(row: TableRow, column: str) -> dict[str, str]:
    """``label_en``, ``label_zh`` as a mapping; a bare column counts for the languages without one."""
    bare = row.text(column)
    texts = {"en": row.text(f"{column}_en") or bare, "zh": row.text(f"{column}_zh") or bare}
    return {lang: text for lang, text in texts.items() if text}
