"""Rows by sex, age or place under one name: which column tells them apart, and which rows are the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forecast.errors import shortened
from forecast.history.cells import Cell, text_of
from forecast.history.columns import COLUMNS
from forecast.history.formats.layout import ObservationTable
from forecast.language.message import Message, suggestion

# Columns that say of whom a figure is; two of their values are never one series.
KNOWN = frozenset(
    [
        *(
            "sex",
            "gender",
            "age",
            "age_group",
            "agegroup",
            "residence",
            "urbanisation",
            "disability",
            "education",
        ),
        *("ethnicity", "nationality", "quantile", "quintile", "income_group", "religion", "marital_status"),
        *("unit_mult", "unit_multiplier", "multiplier", "scenario", "geschlecht", "altersgruppe", "sexe"),
        *("性别", "年龄", "年龄组", "民族", "城乡", "户籍", "受教育程度", "学历", "口径", "情景"),
    ]
)
_VALUES = frozenset(
    [
        *("female", "male", "females", "males", "women", "men", "girls", "boys", "urban", "rural"),
        *("男", "女", "男性", "女性", "城镇", "农村", "乡村", "weiblich", "männlich", "frauen", "männer"),
    ]
)
_TOTAL = frozenset(
    [
        *("", "total", "all", "t", "_t", "_z", "both", "bothsex", "both sexes", "both_sexes", "persons"),
        *("allage", "all ages", "all_ages", "allarea", "all areas", "all_areas", "no breakdown"),
        *("both sexes or no breakdown by sex", "all age ranges or no breaks by age", "total or no breakdown"),
        *("all areas or no breakdown by location", "insgesamt", "gesamt", "ensemble"),
        *("合计", "总计", "全部", "全体", "不分", "全年龄", "全市", "全区"),
    ]
)


def choose(table: ObservationTable, where: Mapping[str, str]) -> list[Message]:
    """Leave one series under each name; return what is wrong where that cannot be told.

    Rows are chosen by *where*, column by column; else, where rows differ in a column that has an obvious
    total, the total is taken and that is remarked.
    """
    for column, wanted in where.items():
        name = next((c for c in table.columns if c.casefold() == column.casefold()), None)
        if name is not None:
            cells = [text_of(cell).casefold() for cell in table.columns[name]]
            asked = wanted.strip().casefold()
            keep = [cell == asked or (asked in _TOTAL and cell in _TOTAL) for cell in cells]
            if not any(keep):
                known = shortened(sorted({text_of(cell) for cell in table.columns[name]}))
                return [Message("nothing_chosen", column=column, wanted=wanted, known=known)]
            table.only(keep)
    for column in _told_apart(table):
        cells = [text_of(cell) for cell in table.columns[column]]
        total = [cell.casefold() in _TOTAL for cell in cells]
        if any(total) and not all(total) and _covers(table, total):
            kept = next(cell for cell, yes in zip(cells, total, strict=True) if yes)
            others = sorted({cell for cell, yes in zip(cells, total, strict=True) if not yes})
            table.only(total)
            key = "total_taken" if kept else "empty_taken"
            table.remarks.append(Message(key, column=column, total=kept, names=shortened(others)))
    apart = _told_apart(table)
    return [_refusal(table, column) for column in apart[:3]]


def columns_asked(tables: Sequence[ObservationTable], where: Mapping[str, str]) -> list[Message]:
    """What is wrong with the columns that rows are to be chosen by."""
    names = {name for table in tables for name in table.columns}
    folded = {name.casefold() for name in names}
    return [
        Message("no_such_column", name=column, hint=suggestion(column, names))
        for column in where
        if tables and column.casefold() not in folded
    ]


def _refusal(table: ObservationTable, column: str) -> Message:
    values = sorted({text_of(cell) for cell in table.columns[column]})
    example = next((value for value in values if value), "")
    return Message("told_apart", column=column, names=shortened([v or '""' for v in values]), example=example)


def _told_apart(table: ObservationTable) -> list[str]:
    """Columns in which rows of one series differ that should not."""
    extras = [name for name in table.columns if name not in COLUMNS and name != "unique_id"]
    dims = [*extras, *(["unit"] if "unit" in table.dimensions else [])]
    if not dims or not len(table):
        return []
    keys = _keys(table)
    suspects = [name for name in dims if _differs(keys, table.columns[name])]
    if not suspects:
        return []
    years = [f"{key}\0{text_of(year)}" for key, year in zip(keys, table.columns["year"], strict=True)]
    doubled = {year for year, twice in _seen_twice(years).items() if twice}
    at = [i for i, year in enumerate(years) if year in doubled]
    found = []
    for name in suspects:
        cells = table.columns[name]
        certain = name in table.dimensions or name.replace(" ", "_") in KNOWN or _is_known(cells)
        among = _differs([years[i] for i in at], [cells[i] for i in at])
        if among or (certain and name not in ("note", "footnote")):
            found.append(name)
    if doubled and len(found) > 1:
        # The sharpest first: those that tell doubled rows apart.
        found.sort(
            key=lambda name: not _differs([years[i] for i in at], [table.columns[name][i] for i in at])
        )
    return found


def _is_known(cells: Sequence[Cell]) -> bool:
    return any(text_of(cell).casefold() in _VALUES for cell in cells)


def _keys(table: ObservationTable) -> list[str]:
    if "unique_id" in table.columns:
        return [text_of(cell) for cell in table.columns["unique_id"]]
    none: list[Cell] = [None] * len(table)
    pairs = zip(table.columns.get("area", none), table.columns.get("indicator", none), strict=True)
    return [f"{text_of(area)}\0{text_of(indicator)}" for area, indicator in pairs]


def _differs(keys: Sequence[str], cells: Sequence[Cell]) -> bool:
    """Whether any key has two different cells."""
    first: dict[str, str] = {}
    return any(
        first.setdefault(key, text) != text for key, text in zip(keys, map(text_of, cells), strict=True)
    )


def _seen_twice(years: Sequence[str]) -> dict[str, bool]:
    seen: dict[str, bool] = {}
    for year in years:
        seen[year] = year in seen
    return seen


def _covers(table: ObservationTable, total: Sequence[bool]) -> bool:
    """Whether every series has rows of the total."""
    keys = _keys(table)
    return {key for key, yes in zip(keys, total, strict=True) if yes} == set(keys)
