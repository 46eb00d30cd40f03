"""The catalogue of a folder: ``indicators.csv`` and ``areas.csv`` beside its tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from forecast.errors import ForecastError, ReadError
from forecast.history.catalogue import Area, Bounds, Catalogue, Indicator, checked_bounds
from forecast.history.cells import UnreadableCellError
from forecast.history.table import SourceTable, TableRow, read_table
from forecast.language.message import Message

CATALOGUES = ("indicators.csv", "areas.csv")
_CHINESE_NAMES = {
    "指标": "indicator", "单位": "unit", "下限": "lower", "上限": "upper", "小数位数": "decimals",
    "等级": "classes", "定义": "definition_zh", "发布单位": "publisher_zh", "名称": "label_zh",
    "地区": "area", "级别": "level", "上级地区": "part_of", "所属地区": "part_of",
}  # fmt: skip


def read_catalogue(folder: Path) -> Catalogue:
    """Catalogue of a folder: empty where it holds no ``indicators.csv`` or ``areas.csv``.

    Raises
    ------
    ReadError
        With every problem of the two files.
    """
    catalogue, problems = catalogue_beside(folder)
    if problems:
        raise ReadError(str(folder), problems)
    return catalogue


def catalogue_beside(folder: Path) -> tuple[Catalogue, list[str]]:
    """Catalogue of a folder as far as it can be read, and every problem of its two files."""
    tables: dict[str, SourceTable] = {}
    problems: list[str] = []
    for name in CATALOGUES:
        try:
            if (folder / name).is_file():
                tables[name] = read_table(folder / name)
        except ReadError as error:
            problems += [Message("at", place=name, problem=problem) for problem in error.problems]
    return catalogue_of(tables, problems), problems


def catalogue_of(by_name: Mapping[str, SourceTable], problems: list[str]) -> Catalogue:
    """Catalogue of ``indicators.csv`` and ``areas.csv``; add what is wrong to *problems*."""
    indicators: dict[str, Indicator] = {}
    areas: dict[str, Area] = {}
    for row in _entries(by_name, "indicators.csv", "indicator", problems):
        name = row.text("indicator")
        wrong: list[str] = []
        bounds = _bounds(row, name, wrong)
        places = row.text("decimals")
        if places and not places.isdecimal():
            wrong.append(Message("decimals_form", text=places))
            places = ""
        place = Message("row_of", file="indicators.csv", row=row.number)
        problems += [Message("at", place=place, problem=each) for each in wrong]
        if name in indicators:
            problems.append(Message("at", place=place, problem=Message("entry_twice", name=name)))
        indicators[name] = Indicator(
            name,
            unit=row.text("unit"),
            bounds=bounds,
            labels=_by_language(row, "label"),
            units=_by_language(row, "unit"),
            definitions=_by_language(row, "definition"),
            publishers=_by_language(row, "publisher"),
            decimals=int(places) if places else None,
            classes=_classes(row),
        )
    for row in _entries(by_name, "areas.csv", "area", problems):
        name = row.text("area")
        areas[name] = Area(name, _by_language(row, "label"), row.text("level"), row.text("part_of"))
    catalogue = Catalogue(indicators, areas)
    problems += [Message("at", place="areas.csv", problem=each) for each in catalogue.strays()]
    return catalogue


def _classes(row: TableRow) -> tuple[str, ...]:
    """Classes of an indicator, best first."""
    return tuple(word.strip() for word in row.text("classes").replace("；", ";").split(";") if word.strip())


def _bounds(row: TableRow, name: str, problems: list[str]) -> Bounds:
    """Bounds of an indicator; none, and every problem, where they cannot be used."""
    sides: list[float | None] = []
    for column in ("lower", "upper"):
        try:
            sides.append(row.number_in(column))
        except UnreadableCellError as problem:
            problems.append(problem.message)
            sides.append(None)
    try:
        return checked_bounds(name, (sides[0], sides[1]))
    except ForecastError as problem:
        problems.append(problem.args[0])
        return (None, None)


def _entries(
    by_name: Mapping[str, SourceTable], file: str, key: str, problems: list[str]
) -> tuple[TableRow, ...]:
    table = by_name.get(file)
    if table is None:
        return ()
    table = table.renamed(_CHINESE_NAMES)
    problems += [Message("at", place=file, problem=each) for each in table.lacking([key])]
    return table.rows if key in table.columns else ()


def _by_language(row: TableRow, column: str) -> dict[str, str]:
    """``label_en``, ``label_zh`` as ``{"en": ..., "zh": ...}``; a bare ``label`` counts as English."""
    texts = {"en": row.text(f"{column}_en") or row.text(column), "zh": row.text(f"{column}_zh")}
    return {lang: text for lang, text in texts.items() if text}
