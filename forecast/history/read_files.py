"""Histories from a file, a folder of files, or a DataFrame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from forecast.errors import ForecastError, ReadError, did_you_mean
from forecast.history.catalogue import (
    Area,
    Bounds,
    Catalogue,
    Indicator,
    checked_bounds,
    interval_text,
    position,
)
from forecast.history.histories import Histories
from forecast.history.history import STATUSES, History
from forecast.history.table import FALSE, TABLES, TRUE, SourceTable, TableRow, read_table, table_of

# Names that forecasting frames and Chinese tables use for the same columns.
ALIASES = {
    "unique_id": "unique_id", "ds": "year", "y": "value",
    "地区": "area", "指标": "indicator", "年份": "year", "年": "year", "数值": "value", "值": "value",
    "单位": "unit", "状态": "status", "来源": "source", "备注": "note",
}  # fmt: skip
_COLUMNS = ("area", "indicator", "year", "value", "unit", "status", "source", "note", "break")
_CATALOGUES = ("indicators.csv", "areas.csv")
STATUS_WORDS = {
    "": "final",
    "最终": "final",
    "最终数": "final",
    "快报数": "provisional",
    "初步": "provisional",
}


def read_histories(source: str | Path | pd.DataFrame) -> Histories:
    """Return the histories of a folder, a file, or a DataFrame.

    Parameters
    ----------
    source : path or pandas.DataFrame
        Rows of ``area, indicator, year, value, unit, status, source, note`` (``year`` and ``value``
        are needed, and ``indicator``), or of ``unique_id, ds, y``. A row with an empty value is a
        missing year. A column ``break`` marks with 1 the first year of a new level or definition.
        A folder may hold ``indicators.csv`` and ``areas.csv`` with labels, bounds and definitions;
        an indicator that has ``classes`` there (best first, separated by semicolons) may have their
        words as values.

    Returns
    -------
    Histories
        By ``(area, indicator)``.

    Raises
    ------
    ReadError
        With every problem of every file, each with its row.

    Examples
    --------
    >>> frame = pd.DataFrame({"indicator": "x", "year": [2020, 2021], "value": [1.0, 2.0]})
    >>> read_histories(frame)["", "x"].last_value
    2.0
    """
    if isinstance(source, pd.DataFrame):
        return _histories("DataFrame", [table_of(source)], Catalogue(), [])
    path = Path(source)
    if not path.is_dir():
        return _histories(str(path), [read_table(path)], Catalogue(), [])
    files = sorted(
        p for p in path.iterdir() if p.suffix.lower() in TABLES and not p.name.startswith((".", "~"))
    )
    problems: list[str] = []
    tables = []
    for file in files:
        try:
            tables.append(read_table(file))
        except ReadError as error:
            problems += [f"{file.name}: {problem}" for problem in error.problems]
    by_name = {Path(table.source).name: table for table in tables}
    data = [table for name, table in by_name.items() if name not in _CATALOGUES]
    if not data and not problems:
        raise ReadError(
            str(path), [f"the folder holds no histories. Put tables ({', '.join(TABLES)}) there."]
        )
    return _histories(str(path), data, _catalogue(by_name, problems), problems)


def read_catalogue(folder: Path) -> Catalogue:
    """Return the catalogue of a folder: empty where it holds no ``indicators.csv`` or ``areas.csv``.

    Raises
    ------
    ReadError
        With every problem of the two files.
    """
    tables = {name: read_table(folder / name) for name in _CATALOGUES if (folder / name).is_file()}
    problems: list[str] = []
    catalogue = _catalogue(tables, problems)
    if problems:
        raise ReadError(str(folder), problems)
    return catalogue


@dataclass
class _Gathered:
    """The rows of one series, on the way to becoming a history."""

    place: str
    years: dict[int, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    points: list[tuple[int, float, str, str, str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


def _histories(
    source: str, tables: list[SourceTable], catalogue: Catalogue, problems: list[str]
) -> Histories:
    gathered: dict[tuple[str, str], _Gathered] = {}
    for table in tables:
        name = "" if len(tables) == 1 and table.source == source else f"{Path(table.source).name}, "
        _gather(table.renamed(ALIASES), name, catalogue, gathered, problems)
    histories = []
    for key, series in gathered.items():
        history = _history(key, series, catalogue, problems)
        if history is not None:
            histories.append(history)
    if not problems and not histories:
        problems.append("there is no row with a value. Give at least one year with its value.")
    if problems:
        raise ReadError(source, problems)
    return Histories(histories, catalogue)


def _gather(
    table: SourceTable,
    place: str,
    catalogue: Catalogue,
    into: dict[tuple[str, str], _Gathered],
    problems: list[str],
) -> None:
    known = "unique_id" in table.columns
    wrong = table.twice() + table.lacking(("year", "value") if known else ("indicator", "year", "value"))
    # A name that is nearly one of ours is a slip; any other extra column is the user's own.
    for column in dict.fromkeys(table.columns):
        if column in _COLUMNS or column == "unique_id":
            continue
        hint = did_you_mean(column, [c for c in _COLUMNS if c not in table.columns])
        if hint.startswith("Did you mean") and not any(column in w for w in wrong):
            wrong.append(f"column {column!r} is not known. {hint}")
    years = [column for column in table.columns if re.fullmatch(r"(1[89]|20)\d\d年?", column)]
    if len(years) > 1 and "year" not in table.columns:
        wrong = [
            f"the years are columns here ({years[0]} ... {years[-1]}). Write a row for each year, with the "
            f"columns indicator, year and value."
        ]
    problems += [f"{place}{sentence}" for sentence in wrong]
    if not wrong:
        problems += [f"{place}{sentence}" for sentence in _nowhere(table)]
        for row in table.rows:
            here = f"{place}row {row.number}"
            problems += [f"{here}: {sentence}" for sentence in _take(row, here, catalogue, into)]


def _nowhere(table: SourceTable) -> list[str]:
    """Return a sentence for each row without an area, where others have one."""
    named = next((row for row in table.rows if row.text("area")), None)
    return [
        f"row {row.number}: area is empty, but {named.text('area')!r} in row {named.number}. "
        f"Name an area in every row, or in none."
        for row in table.rows
        if named is not None and not row.text("area") and row.text("value")
    ]


def _take(
    row: TableRow, place: str, catalogue: Catalogue, into: dict[tuple[str, str], _Gathered]
) -> list[str]:
    """Add one row to its series; return a sentence for everything that is wrong with it."""
    area, indicator = row.text("area"), row.text("indicator")
    if row.text("unique_id"):
        area, _, indicator = row.text("unique_id").rpartition("/")
    entry = catalogue.indicator(indicator)
    year, wrong = _year(row)
    value, not_a_value = _value(row, entry)
    wrong += not_a_value
    status = STATUS_WORDS.get(row.text("status").lower(), row.text("status").lower())
    if status not in STATUSES:
        wrong.append(f"status is {status!r}. Use one of: {', '.join(STATUSES)}.")
    mark = row.text("break").lower()
    if mark not in TRUE + FALSE:
        wrong.append(f"break is {mark!r}. Write 1 in the first year of a new level, else leave it empty.")
    if not indicator:
        wrong.append("indicator is empty.")
    if not indicator or year is None:
        return wrong
    series = into.setdefault((area, indicator), _Gathered(place))
    where = f"{indicator} in {area}" if area else indicator
    if year in series.years:
        wrong.append(f"{where} has a second value for {year} (the first is in {series.years[year]}).")
    unit = row.text("unit")
    if series.units and unit not in series.units:
        first, at = next(iter(series.units.items()))
        wrong.append(f"{where} has the unit {unit!r}, but {first!r} in {at}. Use one unit a series.")
    series.units.setdefault(unit, place)
    if year not in series.years:
        series.years[year] = place
        if mark in TRUE:
            series.breaks.append(year)
        if value is not None and not wrong:
            series.points.append((year, value, status, row.text("source"), row.text("note")))
    return wrong


def _year(row: TableRow) -> tuple[int | None, list[str]]:
    try:
        year = row.year_in("year")
    except ValueError as problem:
        return None, [str(problem)]
    if year is None:
        return None, ["year is empty."]
    return year, []


def _value(row: TableRow, entry: Indicator) -> tuple[float | None, list[str]]:
    """Return the value of a row, the position of a class where the indicator has classes."""
    if entry.classes and row.text("value"):
        at = position(row.text("value"), entry.classes)
        known = ", ".join(entry.classes)
        return at, [] if at else [
            f"value is {row.text('value')!r}, which is not a class. Use one of: {known}."
        ]
    try:
        value = row.number_in("value")
    except ValueError as problem:
        return None, [str(problem)]
    lower, upper = entry.bounds
    if value is not None and not (lower if lower is not None else value) <= value <= (
        upper if upper is not None else value
    ):
        return None, [
            f"value is {value:g}, outside the bounds {interval_text(entry.bounds)} in indicators.csv."
        ]
    return value, []


def _history(
    key: tuple[str, str], series: _Gathered, catalogue: Catalogue, problems: list[str]
) -> History | None:
    area, name = key
    if catalogue.indicators and name not in catalogue.indicators:
        hint = did_you_mean(name, catalogue.indicators)
        if hint.startswith("Did you mean"):
            problems.append(f"{series.place}: indicators.csv has no {name!r}. {hint}")
    entry = catalogue.indicator(name)
    unit = next(iter(series.units))
    if unit and entry.unit and unit != entry.unit:
        problems.append(f"{series.place}: {name} is in {unit!r}, but indicators.csv says {entry.unit!r}.")
    if not series.points:
        return None
    years, values, status, sources, notes = zip(*series.points, strict=True)
    try:
        history = History.of(name, years, values, unit=unit or entry.unit, area=area, bounds=entry.bounds)
    except ForecastError as problem:
        problems.append(f"{series.place} and on: {problem}")
        return None
    order = sorted(range(len(years)), key=years.__getitem__)
    return replace(
        history,
        status=tuple(status[i] for i in order),
        sources=tuple(sources[i] for i in order),
        notes=tuple(notes[i] for i in order),
        breaks=tuple(series.breaks),
    )


def _catalogue(by_name: Mapping[str, SourceTable], problems: list[str]) -> Catalogue:
    indicators: dict[str, Indicator] = {}
    areas: dict[str, Area] = {}
    for row in _entries(by_name, "indicators.csv", "indicator", problems):
        name = row.text("indicator")
        wrong: list[str] = []
        bounds = _bounds(row, name, wrong)
        places = row.text("decimals")
        if places and not places.isdecimal():
            wrong.append(f"decimals is {places!r}. Write a whole number, 0 or more, or leave it empty.")
            places = ""
        problems += [f"indicators.csv, row {row.number}: {sentence}" for sentence in wrong]
        if name in indicators:
            problems.append(f"indicators.csv, row {row.number}: {name!r} stands twice.")
        indicators[name] = Indicator(
            name,
            unit=row.text("unit"),
            bounds=bounds,
            labels=_by_language(row, "label"),
            units=_by_language(row, "unit"),
            definitions=_by_language(row, "definition"),
            publishers=_by_language(row, "publisher"),
            decimals=int(places) if places else None,
            classes=tuple(word.strip() for word in row.text("classes").split(";") if word.strip()),
        )
    for row in _entries(by_name, "areas.csv", "area", problems):
        name = row.text("area")
        areas[name] = Area(name, _by_language(row, "label"), row.text("level"), row.text("part_of"))
    catalogue = Catalogue(indicators, areas)
    problems += [f"areas.csv: {sentence}" for sentence in catalogue.strays()]
    return catalogue


def _bounds(row: TableRow, name: str, problems: list[str]) -> Bounds:
    """Return the bounds of an indicator; none, and every problem, where they cannot be used."""
    sides: list[float | None] = []
    for column in ("lower", "upper"):
        try:
            sides.append(row.number_in(column))
        except ValueError as problem:
            problems.append(str(problem))
            sides.append(None)
    try:
        return checked_bounds(name, (sides[0], sides[1]))
    except ForecastError as problem:
        problems.append(str(problem))
        return (None, None)


def _entries(
    by_name: Mapping[str, SourceTable], file: str, key: str, problems: list[str]
) -> tuple[TableRow, ...]:
    table = by_name.get(file)
    if table is None:
        return ()
    problems += [f"{file}: {sentence}" for sentence in table.lacking([key])]
    return table.rows if key in table.columns else ()


def _by_language(row: TableRow, column: str) -> dict[str, str]:
    """Return ``label_en``, ``label_zh`` as ``{"en": ..., "zh": ...}``; a bare ``label`` counts as English."""
    texts = {"en": row.text(f"{column}_en") or row.text(column), "zh": row.text(f"{column}_zh")}
    return {lang: text for lang, text in texts.items() if text}
