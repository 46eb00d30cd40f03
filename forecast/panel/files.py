"""A panel from a file to a file, in memory that does not grow with either.

The rows are first dealt into chunks of whole areas, beside the output; each chunk becomes a finished
part, written whole or not at all; at the end the parts become the output, in one step. So a run that
is interrupted leaves no half-written output, and the next one goes on from the parts. Two runs to
one output cannot meet: the first claims it, the other is told who has it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from forecast.errors import ReportError
from forecast.history.catalogue import Catalogue
from forecast.history.read_files import read_catalogue
from forecast.history.read_frame import pack
from forecast.panel.chunks import Chunks, deal, read_chunk
from forecast.panel.frames import Progress, Settings, assess_packed, newest_year
from forecast.panel.lock import claimed
from forecast.panel.matching import items_of
from forecast.panel.table import COLUMNS, typed
from forecast.panel.workers import results_of
from forecast.target.plan import Item, Plan
from forecast.target.target import Target

OUTPUTS = (".csv", ".parquet")
NOTHING = pd.DataFrame({"area": [], "indicator": [], "year": [], "value": []})


def assess_file(
    source: str | Path,
    targets: Plan | Sequence[Target] | pd.DataFrame,
    output: str | Path,
    *,
    as_of: int | None = None,
    n_jobs: int = 1,
    progress: Progress | None = None,
) -> Path:
    """Assess a panel of any size from a file, and write the table of :func:`assess_frame`.

    A run that was interrupted goes on where it stopped, if neither the file nor the question has
    changed; :func:`forget` starts anew. Needs pyarrow: ``pip install target-feasibility[parquet]``.

    Parameters
    ----------
    source : path
        CSV (UTF-8 or GB18030) or Parquet with the columns of :func:`assess_frame`. Where
        ``indicators.csv`` lies beside it, units and bounds come from there.
    targets : Plan, sequence of Target, or pandas.DataFrame
    output : path
        A CSV or Parquet file; replaced in one step once all is done.
    as_of, n_jobs, progress
        As in :func:`assess_frame`; progress is counted in chunks.

    Returns
    -------
    Path
        The output.

    Raises
    ------
    ReadError
        If the source is missing, truncated or no table, or pyarrow is missing.
    ReportError
        If the output cannot be written, or another run is writing it. What is finished is kept for
        the next run.
    """
    source, output = Path(source), Path(output)
    if output.suffix.lower() not in OUTPUTS:
        raise ReportError(f"{output}: a panel is written as one of: {', '.join(OUTPUTS)}.")
    if output.resolve() == source.resolve():
        raise ReportError(f"{output}: this is the file with the observations. Give the table another name.")
    if not output.absolute().parent.is_dir():
        raise ReportError(f"{output}: there is no folder {str(output.parent)!r}. Make it first.")
    items = items_of(targets)
    # A chunk does not hold the parents of all its areas, and an answer must not depend on what shares it.
    catalogue = read_catalogue(source.parent).without_parents()
    try:
        with claimed(output):
            work = _Work.at(output, _fingerprint(source, items, as_of, catalogue))
            chunks = work.dealt(source, items)
            run = _Run(items, catalogue, work.as_of(chunks, items, catalogue, as_of), work.folder)
            _finish_parts(run, chunks, n_jobs, progress)
            _gather(work.folder, chunks, output)
            shutil.rmtree(work.folder)
    except OSError as problem:
        raise ReportError(
            f"{output}: it could not be written ({problem.strerror or problem}). What is finished is kept in "
            f"{_folder(output)}: make room and run the same command again, and it goes on from there."
        ) from problem
    return output


def forget(output: str | Path) -> None:
    """Remove what an interrupted run to *output* has left, so that the next one starts anew.

    Raises
    ------
    ReportError
        If another run is writing it.
    """
    folder = _folder(Path(output))
    if folder.exists():
        with claimed(Path(output)):
            shutil.rmtree(folder, ignore_errors=True)


def read_columns(output: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Return some columns of a table that :func:`assess_file` has written."""
    if output.suffix.lower() == ".csv":
        return pd.read_csv(output, usecols=[*columns], dtype={"id": str}, keep_default_na=True)
    found: pd.DataFrame = pq.read_table(output, columns=[*columns]).to_pandas()
    return found


def _folder(output: Path) -> Path:
    return output.parent / f".{output.name}.unfinished"


def _fingerprint(source: Path, items: tuple[Item, ...], as_of: int | None, catalogue: Catalogue) -> str:
    """Return what the parts depend on, in short."""
    seen = source.stat() if source.exists() else None
    file = [str(source.resolve()), seen and seen.st_size, seen and seen.st_mtime_ns]
    model = files("forecast.models.mixture").joinpath("mixture_weights.json").read_text("utf-8")
    question = [repr(items), as_of, repr(catalogue), SCHEMA.names, model]
    return hashlib.sha256(json.dumps([file, question]).encode()).hexdigest()


@dataclass(frozen=True)
class _Work:
    """The folder of one run, beside its output."""

    folder: Path

    @classmethod
    def at(cls, output: Path, fingerprint: str) -> _Work:
        """Go on in the folder of a run with the same fingerprint, else make a new one."""
        folder, name = _folder(output), "question"
        mark = folder / name
        if not (mark.exists() and mark.read_text("utf-8") == fingerprint):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            mark.write_text(fingerprint, "utf-8")
        return cls(folder)

    def dealt(self, source: Path, items: tuple[Item, ...]) -> Chunks:
        """Return the chunks of the source, dealt out now or before."""
        mark = self.folder / "chunks.json"
        if not mark.exists():
            text = json.dumps(asdict(deal(source, items, self.folder)))
            _whole(mark, partial(_to_text, text))
        stored = json.loads(mark.read_text("utf-8"))
        return Chunks(tuple(tuple(areas) for areas in stored["areas"]), tuple(stored["broken"]))

    def as_of(
        self, chunks: Chunks, items: tuple[Item, ...], catalogue: Catalogue, asked: int | None
    ) -> int | None:
        """Return the year asked for, else the newest observed in any series that an item asks about."""
        if asked is not None:
            return asked
        mark = self.folder / "newest.json"
        if not mark.exists():
            packed = (pack(read_chunk(self.folder, i), catalogue) for i in range(len(chunks.areas)))
            years = [newest_year(each, items) for each in packed]
            text = json.dumps(max((year for year in years if year is not None), default=None))
            _whole(mark, partial(_to_text, text))
        newest: int | None = json.loads(mark.read_text("utf-8"))
        return newest


@dataclass(frozen=True)
class _Run:
    """What every part is made with."""

    items: tuple[Item, ...]
    catalogue: Catalogue
    as_of: int | None
    folder: Path


def _finish_parts(run: _Run, chunks: Chunks, n_jobs: int, progress: Progress | None) -> None:
    """Make every part that is not there yet."""
    asked = chunks.items_by_chunk(run.items)
    missing = [i for i in range(len(asked)) if not _part(run.folder, i).exists()]
    done = len(asked) - len(missing)
    work = [partial(_make_part, run, i, asked[i], last=i == len(asked) - 1) for i in missing]
    for _ in results_of(work, n_jobs):
        done += 1
        if progress:
            progress(done, len(asked))


def _make_part(run: _Run, number: int, items: tuple[Item, ...], *, last: bool) -> None:
    """Assess one chunk, or the areas that are in none, and write its part whole or not at all."""
    rows = NOTHING if last else read_chunk(run.folder, number)
    table = assess_packed(pack(rows, run.catalogue), items, Settings(run.catalogue, run.as_of))
    _whole(_part(run.folder, number), lambda path: pq.write_table(arrow(table), path))


def _gather(folder: Path, chunks: Chunks, output: Path) -> None:
    """Put the parts, and what the source held besides rows, one after the other."""
    parts = [_part(folder, i) for i in range(len(chunks.areas) + 1)]
    broken = pd.DataFrame({"id": "", "rating": "not_assessed", "evidence": "D", "status": "unanswered",
                           "problem": list(chunks.broken)}).reindex(columns=COLUMNS)  # fmt: skip
    tables = chain((pq.read_table(part) for part in parts), [arrow(typed(broken))])
    _whole(output, partial(_to_csv if output.suffix.lower() == ".csv" else _to_parquet, tables))


def _to_text(text: str, path: Path) -> None:
    path.write_text(text, "utf-8")


def _to_parquet(tables: Iterable[pa.Table], path: Path) -> None:
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)


def _to_csv(tables: Iterable[pa.Table], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for i, table in enumerate(tables):
            table.to_pandas().to_csv(file, index=False, header=i == 0, lineterminator="\r\n")


def _whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file beside its place, and move it there once it is whole."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(fresh)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def arrow(table: pd.DataFrame) -> pa.Table:
    """Return the table of a panel with the types its files have."""
    return pa.Table.from_pandas(table, SCHEMA, preserve_index=False)


_TYPES = {"float64": pa.float64(), "Int64": pa.int64()}
_KINDS = typed(pd.DataFrame(columns=COLUMNS)).dtypes
SCHEMA = pa.schema([(name, _TYPES.get(str(kind), pa.string())) for name, kind in _KINDS.items()])


def _part(folder: Path, number: int) -> Path:
    return folder / f"part-{number:06d}.parquet"
