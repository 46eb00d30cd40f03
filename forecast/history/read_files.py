"""Histories from a file, several files, a folder, a DataFrame or a Series."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

import numpy as np
import pandas as pd

from forecast.errors import ForecastError, ReadError, near_name
from forecast.history.catalogue import Catalogue
from forecast.history.cells import EMPTY, text_of
from forecast.history.columns import COLUMNS, our_names, wrong_columns
from forecast.history.dimensions import choose, columns_asked
from forecast.history.formats.layout import ObservationTable
from forecast.history.formats.recognise import recognised
from forecast.history.formats.tidy import as_it_stands
from forecast.history.grid import MOST_ALIKE, Grid, too_long
from forecast.history.histories import Histories
from forecast.history.history import STATUSES, History
from forecast.history.observations import Observations, observations, settled
from forecast.history.other_frames import as_pandas
from forecast.history.read_catalogue import CATALOGUES, catalogue_beside
from forecast.history.refusals import problems as refusals
from forecast.history.table import TABLES, sheets_of
from forecast.history.text_file import grid_of_text, text_from
from forecast.language.message import Message

Source = str | Path | pd.DataFrame | pd.Series | IO[str] | IO[bytes] | Sequence[str | Path]
# Endings of files that hold tables which are not read here.
_UNREADABLE = (
    ".parquet", ".xlsb", ".numbers", ".dta", ".sav", ".rds", ".rdata", ".feather", ".arrow", ".zip", ".gz",
    ".7z", ".sas7bdat", ".dbf", ".mdb", ".accdb", ".et", ".wps",
)  # fmt: skip
# Columns of a plan, and of a report of this library, that no table of observations has.
_OF_PLAN = frozenset(
    ["kind", "类型", "目标值", "属性", "指标属性", "目标年", "target_value", "nature", "方向", "年均增长"]
)
_OF_REPORT = frozenset(["probability", "rating", "evidence"])


def read_histories(source: Source, *, where: Mapping[str, str] | None = None) -> Histories:
    """Histories of files, a folder, a DataFrame or a Series.

    Parameters
    ----------
    source : path, list of paths, open file, pandas.DataFrame or pandas.Series
        A frame of polars or pyarrow is taken as it is.
        Rows of ``area, indicator, year, value, unit, status, source, note`` (``year`` and ``value``
        are needed, and ``indicator``), or of ``unique_id, ds, y``. A row with an empty value is a
        missing year. A column ``break`` marks with 1 the first year of a new level or definition.
        Publishers' files are read as they come: ``docs/formats.md`` lists them.
        ``indicators.csv`` and ``areas.csv`` in the folder, or beside the file, give labels, bounds and
        definitions; an indicator that has ``classes`` there (best first, separated by semicolons) may
        have their words as values. In a folder, plans, reports and prose are left aside. A Series has
        years as its index.
    where : mapping of str to str, optional
        Rows to read: column and value, ``{"sex": "total"}``.

    Returns
    -------
    Histories
        By ``(area, indicator)``; ``.remarks`` says what was recognised and what was left aside.

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
    chosen = dict(where or {})
    source = cast(Source, as_pandas(source))
    if isinstance(source, str) and "\n" in source:
        raise ForecastError(Message("text_for_a_path"))
    if isinstance(source, str) and "://" in source:
        raise ReadError(source, [Message("web_address")])
    if isinstance(source, pd.Series):
        return Histories([History.from_series(source)])
    if isinstance(source, pd.DataFrame):
        return _Reading("DataFrame", chosen).of_frame(source)
    if isinstance(source, io.IOBase) or hasattr(source, "read"):
        return _Reading("the open file", chosen).of_buffer(source)
    if isinstance(source, str | Path):
        path = Path(source)
        return (
            _Reading(str(path), chosen).of_folder(path)
            if path.is_dir()
            else _Reading(str(path), chosen).of_files([path])
        )
    if isinstance(source, Sequence) and source and all(isinstance(each, str | Path) for each in source):
        return _Reading("files", chosen).of_files([Path(each) for each in source])
    raise ForecastError(Message("source_form", kind=type(source).__name__))


class _Reading:
    """One call: its tables, its problems and its remarks on the way to histories."""

    def __init__(self, source: str, where: Mapping[str, str]) -> None:
        self.source, self.where = source, where
        self.tables: list[ObservationTable] = []
        self.problems: list[str] = []
        self.remarks: list[Message] = []
        self.alone = True

    def of_frame(self, frame: pd.DataFrame) -> Histories:
        if not {"year", "ds"} & set(our_names(frame.columns)) and "year" in our_names(frame.index.names):
            frame = frame.reset_index()
        if not {"year", "value"} <= set(our_names(frame.columns)):
            grid = _as_grid(frame)
            if recognised(grid) is not None:
                self._take_grids([grid], None)
                return self._histories(Catalogue())
        columns: dict[str, list[object]] = {}
        for place, name in enumerate(our_names(frame.columns)):
            # A name that stands twice is said below, of the names.
            columns[name] = (
                frame.iloc[:, place].tolist()
                if frame.dtypes.iloc[place] != "datetime64[ns]"
                else [*frame.iloc[:, place]]
            )
        wrong = wrong_columns(our_names(frame.columns))
        if wrong:
            raise ReadError(self.source, wrong)
        self._take(ObservationTable(self.source, columns, [*range(1, len(frame) + 1)], Message("kind_tidy")))
        return self._histories(Catalogue())

    def of_buffer(self, file: object) -> Histories:
        content = file.read()  # type: ignore[attr-defined]
        if isinstance(content, bytes) and (suffix := _workbook_of(content)):
            with TemporaryDirectory() as folder:
                path = Path(folder) / f"the open file{suffix}"
                path.write_bytes(content)
                return self.of_files([path])
        text = text_from(content, self.source) if isinstance(content, bytes) else str(content)
        grid = grid_of_text(text, self.source)
        if not grid.lines:
            raise ReadError(self.source, [Message("file_empty")])
        self._take_grids([grid], None)
        return self._histories(Catalogue())

    def of_files(self, paths: Sequence[Path]) -> Histories:
        self.alone = len(paths) == 1
        folder = paths[0].parent
        for path in paths:
            self._try(path)
        beside = [name for name in CATALOGUES if (folder / name).is_file()]
        if {path.name for path in paths} & set(CATALOGUES):
            beside = []
        catalogue = self._catalogue(folder) if beside else Catalogue()
        return self._histories(catalogue)

    def of_folder(self, folder: Path) -> Histories:
        self.alone = False
        try:
            paths = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~")))
        except OSError as problem:
            raise ReadError(str(folder), [Message("unreadable", why=problem.strerror or "")]) from None
        for path in paths:
            if path.suffix.lower() in TABLES and path.name not in CATALOGUES:
                self._try(path, in_folder=True)
            elif path.suffix.lower() in _UNREADABLE:
                self.remarks.append(Message("not_read", file=path.name))
        if not self.tables and not self.problems:
            said = "; ".join(str(remark).rstrip(".") for remark in self.remarks[:5])
            aside = Message("left_aside_all", names=said) if said else ""
            raise ReadError(str(folder), [Message("empty_folder", known=", ".join(TABLES), aside=aside)])
        return self._histories(self._catalogue(folder))

    def _catalogue(self, folder: Path) -> Catalogue:
        catalogue, problems = catalogue_beside(folder)
        self.problems += problems
        return catalogue

    def _try(self, path: Path, *, in_folder: bool = False) -> None:
        """Read one file; in a folder, leave aside what is no table of observations."""
        try:
            sheets = sheets_of(path)
            if sheets.report:
                self._aside(path, "aside_report", in_folder)
                return
            self.remarks += [Message("hidden_sheet", file=path.name, sheet=sheet) for sheet in sheets.hidden]
            self._take_grids(sheets.grids, path if in_folder else None)
        except ReadError as error:
            self.problems += [
                problem if self.alone else Message("at", place=path.name, problem=problem)
                for problem in error.problems
            ]

    def _aside(self, path: Path, key: str, in_folder: bool) -> None:
        if not in_folder:
            raise ReadError(str(path), [Message(f"{key}_only")])
        self.remarks.append(Message(key, file=path.name))

    def _take_grids(self, grids: Sequence[Grid], path: Path | None) -> None:
        """Take the tables of a file; *path* where it stands in a folder, so that it may be something else."""
        plan = [grid for grid in grids if _is_plan(grid)]
        found = [(grid, None if grid in plan else recognised(grid)) for grid in grids]
        tables = [table for _, table in found if table is not None]
        if tables:
            left = [grid.sheet for grid, table in found if table is None]
            if left:
                self.remarks.append(
                    Message("sheets_left", file=Path(grids[0].source).name, names=", ".join(left))
                )
            for table in tables:
                self._take(table, sheets=len(grids))
            return
        source = Path(grids[0].source)
        if plan or _is_report(grids[0]):
            self._aside(source, "aside_report" if _is_report(grids[0]) else "aside_plan", path is not None)
            return
        if path is not None and (source.suffix.lower() == ".txt" or not _nearly_ours(grids[0])):
            self._aside(source, "aside_other", in_folder=True)
            return
        wrong = too_long(grids[0], 0)
        if wrong:
            raise ReadError(str(source), wrong)
        self._take(as_it_stands(grids[0]), sheets=len(grids))

    def _take(self, table: ObservationTable, sheets: int = 1) -> None:
        where = Message("in_sheet", sheet=table.sheet, n=sheets) if sheets > 1 else ""
        wrong = [*table.problems, *wrong_columns([*(table.heads or table.columns)], where)]
        wrong = wrong or choose(table, self.where)
        name = Path(table.source).name
        self.problems += (
            wrong if self.alone else [Message("in_file", file=name, problem=each) for each in wrong]
        )
        if not wrong:
            self.tables.append(table)

    def _histories(self, catalogue: Catalogue) -> Histories:
        """Histories of all tables together; all that is wrong with any is one error."""
        self.problems += columns_asked(self.tables, self.where) if not self.problems else []
        frames = [self._frame(table) for table in self.tables]
        ends = [*accumulate(len(table) for table in self.tables)]
        frame = (
            pd.concat(frames, ignore_index=True)
            if frames
            else pd.DataFrame(columns=["indicator", "year", "value"])
        )
        read = observations(frame, catalogue)

        def place(i: int) -> Message:
            at = bisect_right(ends, i)
            table = self.tables[at]
            number = table.numbers[i - (ends[at] - len(table))]
            if self.alone and not table.sheet:
                return Message("row", row=number)
            if self.alone:
                return Message("row_of_sheet", sheet=table.sheet, row=number)
            return Message("row_of", file=Path(table.source).name, row=number)

        rows = sorted(
            ((int(read.order[i]), said) for i, said in refusals(read, catalogue, place)), key=lambda r: r[0]
        )
        self.problems += _gathered(rows, place)
        if not self.problems and not np.isfinite(read.value).any():
            self.problems.append(Message("no_rows"))
        if self.problems:
            raise ReadError(self.source, self.problems)
        self._remark_kinds()
        if len(read.copies):
            self.remarks.append(Message("copies", n=len(read.copies), first=place(int(read.copies.min()))))
        texts = {name: _texts(frame, name) for name in ("source", "note")}
        return Histories(_each(read, catalogue, texts), catalogue, self.remarks)

    def _frame(self, table: ObservationTable) -> pd.DataFrame:
        kept = [name for name in table.columns if name in (*COLUMNS, "unique_id")]
        frame = pd.DataFrame({name: pd.Series(table.columns[name], dtype=object) for name in kept})
        frame, remarks = settled(frame, table.delimiter)
        table.remarks += remarks
        return frame

    def _remark_kinds(self) -> None:
        for table in self.tables:
            name = Path(table.source).name
            own = [Message("at", place=name, problem=each) for each in table.remarks]
            if table.kind.key != "kind_tidy":
                years = [text_of(year)[:4] for year in table.columns.get("year", [])]
                n = sum(text_of(cell) in EMPTY for cell in table.columns.get("value", []))
                empty = Message("one_cell_empty" if n == 1 else "cells_empty", n=n)
                areas = len({text_of(area) for area in table.columns.get("area", [])})
                first, last = min(years, default=""), max(years, default="")
                span = {"areas": areas, "first": first, "last": last, "empty": empty}
                key = "recognised" if areas > 1 else "recognised_one"
                self.remarks.append(Message(key, file=name, kind=table.kind, **span))
            self.remarks += own


def _as_grid(frame: pd.DataFrame) -> Grid:
    """DataFrame as a sheet: its column names above its rows, which are numbered from 1."""
    rows = frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
    return Grid("DataFrame", [(0, [*frame.columns]), *enumerate(map(list, rows), start=1)])


def _workbook_of(content: bytes) -> str:
    """Ending of the workbook that an open file holds, nothing where it is text."""
    if content.startswith(b"PK\x03\x04"):
        return ".ods" if b"opendocument" in content[:200] else ".xlsx"
    return ".xls" if content.startswith(b"\xd0\xcf\x11\xe0") else ""


def _is_plan(grid: Grid) -> bool:
    at = grid.header(lambda names: len(_OF_PLAN & {name.lower() for name in names}) > 0 and len(names) > 1)
    if at is None:
        return False
    names = {name.lower() for name in grid.names(at)}
    if {"obs_value", "geoareaname", "time_period"} & names:
        # Publishers' tables have a nature or a target too, of figures.
        return False
    observed = {"year", "value", "indicator"} <= set(our_names(names))
    return not observed or bool({"kind", "类型", "目标值", "目标年"} & names)


def _is_report(grid: Grid) -> bool:
    return grid.header(lambda names: set(names) >= _OF_REPORT) is not None


def _nearly_ours(grid: Grid) -> bool:
    """Whether the first row has, or nearly has, a column of a table of observations."""
    names = our_names(grid.names(0))
    needed = ("indicator", "year", "value", "unique_id")
    return len(names) > 1 and any(name in needed or near_name(name, needed) for name in names[:20])


def _gathered(rows: Sequence[tuple[int, Message]], place: Callable[[int], Message]) -> Iterator[Message]:
    """Yield what is wrong with rows; what is said of many rows is said once."""
    alike: dict[str, list[tuple[int, Message]]] = {}
    for i, said in rows:
        alike.setdefault(said.key, []).append((i, said))
    told: set[str] = set()
    for i, said in rows:
        same = alike[said.key]
        if len(same) <= MOST_ALIKE:
            yield Message("at", place=place(i), problem=said)
        elif said.key not in told:
            told.add(said.key)
            last = place(same[-1][0])
            if len({str(each) for _, each in same}) == 1:
                where = Message("rows", first=place(i), last=last, n=len(same))
                yield Message("at", place=where, problem=said)
            else:
                more = Message("and_more", problem=said, n=len(same) - 1, last=last)
                yield Message("at", place=place(i), problem=more)


def _texts(frame: pd.DataFrame, name: str) -> list[str]:
    return [text_of(cell) for cell in frame[name]] if name in frame.columns else [""] * len(frame)


def _each(rows: Observations, catalogue: Catalogue, texts: Mapping[str, list[str]]) -> Iterable[History]:
    """Yield the history of each series that has a value."""
    ends, units = np.searchsorted(rows.series, np.arange(len(rows.of_area) + 1)), rows.units()
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
            units[s] or entry.unit,
            area,
            entry.bounds,
            status=tuple(STATUSES[i] for i in rows.status[seen]),
            sources=tuple(texts["source"][i] for i in rows.order[seen]),
            notes=tuple(texts["note"][i] for i in rows.order[seen]),
            breaks=tuple(int(year) for year in rows.year[own[rows.new_level[own]]]),
            whole=entry.whole,
        )
