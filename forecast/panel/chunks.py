"""A big file dealt into chunks of whole areas, each a file of its own that fits into memory."""

from __future__ import annotations

import csv
import hashlib
from collections import OrderedDict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from forecast.errors import ForecastError, ReadError, ReportError
from forecast.history.columns import our_names, wrong_columns
from forecast.history.text_file import encoding_of
from forecast.language.message import Message
from forecast.panel.matching import indicators_of
from forecast.target.plan import Item

try:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as pa_csv
    import pyarrow.ipc as pa_ipc
    import pyarrow.parquet as pq
except ImportError as missing:
    raise ForecastError(Message("pyarrow_needed")) from missing

# Series a chunk holds at most, about; rows and bytes read at a time.
SERIES, ROWS, BYTES = 12_000, 200_000, 1 << 23
# Chunks that are written to at a time: a process may have some 1,000 files open, not more.
OPEN = 200
_COLUMNS = ("unique_id", "area", "indicator", "year", "value", "unit", "status", "break")


@dataclass(frozen=True)
class Chunks:
    """What the chunks hold.

    Parameters
    ----------
    areas : tuple of tuple of str
        The areas of each chunk, in the order they first appear.
    broken : tuple of tuple of int
        Lines of the source that are no row: the line, its cells, and how many there should be.
    sums : tuple of str
        What each chunk's file comes to (SHA-256).
    """

    areas: tuple[tuple[str, ...], ...]
    broken: tuple[tuple[int, int, int], ...] = ()
    sums: tuple[str, ...] = ()

    def items_by_chunk(self, items: tuple[Item, ...]) -> list[tuple[Item, ...]]:
        """Items each chunk answers, and last those of areas that are in none."""
        home = {area: i for i, areas in enumerate(self.areas) for area in areas}
        # A stand-in is answered where its history is.
        own = [home.get(item.key[0] or item.area, -1) for item in items]
        each = [
            tuple(item for item, at in zip(items, own, strict=True) if not item.area or at == i)
            for i in range(len(self.areas))
        ]
        return [*each, tuple(item for item, at in zip(items, own, strict=True) if item.area and at < 0)]


def deal(source: Path, items: tuple[Item, ...], folder: Path) -> Chunks:
    """Deal the rows of *source* into chunk files in *folder*; series that no item asks about are left out.

    Raises
    ------
    ReadError
        If the source is missing, truncated, or no table.
    """
    if not source.is_file():
        raise ReadError(str(source), [Message("no_file_there")])
    for left in folder.glob("chunk-*.arrow"):
        left.unlink()
    asked = sorted({name for item in items for name in indicators_of(item)})
    dealer = _Dealer(folder, max(SERIES // len(asked), 1), pa.array([*asked, ""]))
    broken: list[tuple[int, int, int]] = []
    try:
        for batch in _undamaged(source, broken):
            dealer.take(batch)
    finally:
        dealer.close()
    sums = tuple(sum_of(chunk_path(folder, i)) for i in range(len(dealer.areas)))
    return Chunks(tuple(tuple(areas) for areas in dealer.areas), tuple(broken), sums)


def sum_of(path: Path) -> str:
    """What a file comes to (SHA-256)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_chunk(folder: Path, number: int) -> pd.DataFrame:
    """Rows of one chunk.

    Raises
    ------
    ReportError
        If it is damaged.
    """
    found: pd.DataFrame = _chunk(folder, number).to_pandas()
    return found


def _chunk(folder: Path, number: int) -> pa.Table:
    path = chunk_path(folder, number)
    try:
        with pa.OSFile(str(path)) as file:
            tables = []
            while file.tell() < file.size():
                tables.append(pa_ipc.open_stream(file).read_all())
        return pa.concat_tables(tables)
    except (pa.ArrowException, OSError, ValueError) as problem:
        raise ReportError(Message("chunk_damaged", path=path, why=problem)) from None


def gather_lenders(folder: Path, chunks: int, places: Collection[str], output: Path) -> None:
    """Write the rows of *places*, in whatever chunk they are, into one file for all chunks."""
    with pa.OSFile(str(output), "wb") as file:
        stream = None
        for number in range(chunks):
            rows = _of_places(_chunk(folder, number), places)
            stream = pa_ipc.new_stream(file, rows.schema) if stream is None else stream
            stream.write_table(rows)
        if stream is not None:
            stream.close()


def read_lenders(path: Path, places: Collection[str]) -> pd.DataFrame | None:
    """Rows of *places* in the file of those who lend, None if there are none; never all of it at once."""
    if not path.stat().st_size:
        return None
    with pa.OSFile(str(path)) as file, pa_ipc.open_stream(file) as stream:
        mine = [_of_places(pa.Table.from_batches([batch]), places) for batch in stream]
    found: pd.DataFrame | None = pa.concat_tables(mine).to_pandas() if any(map(len, mine)) else None
    return found


def _of_places(rows: pa.Table, places: Collection[str]) -> pa.Table:
    return rows.filter(pa.array(np.isin(_names(rows)[0].astype(str), list(places))))


def chunk_path(folder: Path, number: int) -> Path:
    """Where a chunk stands."""
    return folder / f"chunk-{number:06d}.arrow"


class _Dealer:
    """Sends every row to the chunk of its area."""

    def __init__(self, folder: Path, most: int, asked: pa.Array) -> None:
        self.areas: list[list[str]] = []
        self._folder, self._most, self._asked = folder, most, asked
        self._home: dict[str, int] = {}
        # Those written to of late; one that is closed goes on with a further stream in the same file.
        self._open: OrderedDict[int, tuple[BinaryIO, pa_ipc.RecordBatchStreamWriter]] = OrderedDict()

    def take(self, batch: pa.Table) -> None:
        """Write the rows of one batch to their chunks."""
        names, indicators = _names(batch)
        codes, areas = pd.factorize(names)
        first = np.zeros(len(names), dtype=bool)
        # An area is known by its first row, even if nothing is asked of that row's indicator.
        first[[i for i, name in zip(np.unique(codes, return_index=True)[1], areas, strict=True)
               if name not in self._home]] = True  # fmt: skip
        home = np.array([self._chunk_of(name) for name in areas], dtype=np.int64)[codes]
        keep = first | pc.is_in(indicators, value_set=self._asked).to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(keep)
        rows = rows[np.argsort(home[rows], kind="stable")]
        for number in np.unique(home[rows]).tolist():
            mine = rows[home[rows] == number]
            self._file(number, batch.schema).write_table(batch.take(pa.array(mine)))

    def close(self) -> None:
        """Finish every chunk's file."""
        while self._open:
            self._close_oldest()

    def _chunk_of(self, area: str) -> int:
        if area not in self._home:
            if not self.areas or len(self.areas[-1]) == self._most:
                self.areas.append([])
            self.areas[-1].append(area)
            self._home[area] = len(self.areas) - 1
        return self._home[area]

    def _file(self, number: int, schema: pa.Schema) -> pa_ipc.RecordBatchStreamWriter:
        if number not in self._open:
            if len(self._open) == OPEN:
                self._close_oldest()
            file = chunk_path(self._folder, number).open("ab")
            self._open[number] = file, pa_ipc.new_stream(file, schema)
        self._open.move_to_end(number)
        return self._open[number][1]

    def _close_oldest(self) -> None:
        file, stream = self._open.popitem(last=False)[1]
        with file:
            stream.close()


def _names(batch: pa.Table) -> tuple[np.ndarray[Any, Any], pa.Array]:
    """Area and indicator of each row, as the readers of files have them."""
    if "unique_id" in batch.column_names:
        ids = _text(batch["unique_id"]).to_pandas().str.rpartition("/")
        return ids[0].to_numpy(dtype=object), pa.array(ids[2], pa.string())
    indicators = _text(batch["indicator"])
    if "area" not in batch.column_names:
        return np.full(len(batch), "", dtype=object), indicators
    return _text(batch["area"]).to_pandas().to_numpy(dtype=object), indicators


def _text(column: pa.ChunkedArray) -> pa.Array:
    text = pc.utf8_trim_whitespace(pc.fill_null(column.cast(pa.string()), ""))
    return text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text


def _undamaged(source: Path, broken: list[tuple[int, int, int]]) -> Iterator[pa.Table]:
    """Read the source a piece at a time; what goes wrong here is the source's fault, not the disk's."""
    try:
        yield from _batches(source, broken)
    except UnicodeError:  # beyond the lines that told the encoding
        raise ReadError(str(source), [Message("unknown_encoding")]) from None
    except (pa.ArrowException, OSError) as problem:
        first = str(problem).splitlines()[0].rstrip(".")
        raise ReadError(str(source), [Message("file_truncated", why=first)]) from None


def _batches(source: Path, broken: list[tuple[int, int, int]]) -> Iterator[pa.Table]:
    """Read the source a piece at a time, under the names this library uses."""
    if source.suffix.lower() == ".parquet":
        yield from _from_parquet(source)
    else:
        yield from _from_csv(source, broken)


def _from_parquet(source: Path) -> Iterator[pa.Table]:
    file = pq.ParquetFile(source)
    names = _known(source, file.schema_arrow.names)
    for batch in file.iter_batches(batch_size=ROWS, columns=[*names]):
        table = pa.Table.from_batches([batch])
        flat = [_plain(column) for column in table.columns]
        yield pa.table(flat, names=[names[name] for name in table.column_names])


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Column of a type that can be dealt out: words as text, whether coded, as bytes, or as views."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    words = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view, pa.types.is_string_view)
    return column.cast(pa.string()) if any(each(kind) for each in words) else column


def _from_csv(source: Path, broken: list[tuple[int, int, int]]) -> Iterator[pa.Table]:
    """Read text as it stands: what is a number is found out series by series."""
    with source.open("rb") as file:
        head = file.read(BYTES)
    if not head.strip():
        raise ReadError(str(source), [Message("panel_file_empty")])
    # Of a longer file the last line may be cut in the middle of a letter.
    whole = head if len(head) < BYTES else head[: head.rfind(b"\n") + 1] or head
    encoding = encoding_of(whole, str(source))
    line = whole.decode(encoding, errors="replace").removeprefix("\ufeff").splitlines()[0]
    delimiter = max(",;\t", key=line.count)
    names = _known(source, next(csv.reader([line], delimiter=delimiter)))

    def note(row: Any) -> str:
        broken.append((row.number, row.actual_columns, row.expected_columns))
        return "skip"

    reader = pa_csv.open_csv(
        source,
        read_options=pa_csv.ReadOptions(block_size=BYTES, encoding=encoding, use_threads=False),
        parse_options=pa_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, invalid_row_handler=note
        ),
        convert_options=pa_csv.ConvertOptions(
            include_columns=[*names], column_types=dict.fromkeys(names, pa.string())
        ),
    )
    for batch in reader:
        yield pa.Table.from_batches([batch]).rename_columns([names[n] for n in batch.schema.names])


def _known(source: Path, columns: list[str]) -> dict[str, str]:
    """Columns to read, with the names this library uses."""
    ours = our_names(columns)
    problems = wrong_columns(ours)
    names = dict(zip(columns, ours, strict=True))
    if problems:
        raise ReadError(str(source), problems)
    return {column: name for column, name in names.items() if name in _COLUMNS}
