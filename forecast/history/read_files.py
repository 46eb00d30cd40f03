"""Histories from a file, a folder of files, or a DataFrame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from forecast.errors import ForecastError, ReadError
from forecast.history.catalogue import Area, Bounds, Catalogue, Indicator, checked_bounds
from forecast.history.cells import text_of
from forecast.history.columns import ALIASES, COLUMNS, wrong_columns
from forecast.history.histories import Histories
from forecast.history.history import STATUSES, History
from forecast.history.observations import Observations, observations
from forecast.history.observations import problems as refusals
from forecast.history.table import TABLES, SourceTable, TableRow, read_table, table_of
from forecast.language.message import Message

_CATALOGUES = ("indicators.csv", "areas.csv")


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


def _histories(
    source: str, tables: list[SourceTable], catalogue: Catalogue, problems: list[str]
) -> Histories:
    """Return the histories of several tables together; all that is wrong with any is one error."""
    sound: list[SourceTable] = []
    alone = len(tables) == 1 and tables[0].source == source
    for table in tables:
        wrong = _wrong(table := table.renamed(ALIASES))
        problems += (
            wrong if alone else [Message("in_file", file=_file(table), problem=each) for each in wrong]
        )
        sound += [] if wrong else [table]
    rows = [(table, row) for table in sound for row in table.rows]

    def place(i: int) -> Message:
        table, row = rows[i]
        return (
            Message("row", row=row.number) if alone else Message("row_of", file=_file(table), row=row.number)
        )

    frame = pd.DataFrame(
        {name: [row.cells.get(name) for _, row in rows] for name in _kept(sound)}, dtype=object
    )
    read = observations(frame, catalogue)
    wrong_rows = sorted(((int(read.order[i]), said) for i, said in refusals(read, catalogue, place)), key=_at)
    problems += [Message("at", place=place(i), problem=said) for i, said in wrong_rows]
    if not problems and not np.isfinite(read.value).any():
        problems.append(Message("no_rows"))
    if problems:
        raise ReadError(source, problems)
    texts = {name: _texts(frame, name) for name in ("source", "note")}
    return Histories(_each(read, catalogue, texts), catalogue)


def _file(table: SourceTable) -> str:
    return Path(table.source).name


def _at(refusal: tuple[int, Message]) -> int:
    return refusal[0]


def _wrong(table: SourceTable) -> list[Message]:
    """Return what is wrong with the columns of a table."""
    years = [column for column in table.columns if re.fullmatch(r"(1[89]|20)\d\d年?", column)]
    if len(years) > 1 and "year" not in table.columns:
        return [Message("years_are_columns", first=years[0], last=years[-1])]
    return wrong_columns(table.columns, table.where)


def _kept(tables: list[SourceTable]) -> list[str]:
    """Return the columns that are read; those that every table needs are there even without a table."""
    names = {name for table in tables for name in table.columns}
    return [
        name for name in (*COLUMNS, "unique_id") if name in names or name in ("indicator", "year", "value")
    ]


def _texts(frame: pd.DataFrame, name: str) -> list[str]:
    return [text_of(cell) for cell in frame[name]] if name in frame.columns else [""] * len(frame)


def _each(rows: Observations, catalogue: Catalogue, texts: Mapping[str, list[str]]) -> Iterator[History]:
    """Yield the history of each series that has a value."""
    ends = np.searchsorted(rows.series, np.arange(len(rows.of_area) + 1))
    for s in range(len(rows.of_area)):
        own = np.arange(ends[s], ends[s + 1])
        seen = own[np.isfinite(rows.value[own])]
        if not len(seen):
            continue
        area, name = rows.name(s)
        entry = catalogue.indicator(name)
        yield History(
            name,
            rows.year[seen],
            rows.value[seen],
            rows.unit[rows.of_unit[own[0]]] or entry.unit,
            area,
            entry.bounds,
            status=tuple(STATUSES[i] for i in rows.status[seen]),
            sources=tuple(texts["source"][i] for i in rows.order[seen]),
            notes=tuple(texts["note"][i] for i in rows.order[seen]),
            breaks=tuple(int(year) for year in rows.year[own[rows.new_level[own]]]),
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
    return Catalogue(indicators, areas)


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
