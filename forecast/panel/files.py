"""A panel from a file to a file, in memory that does not grow with either.

The rows are first dealt into chunks of whole areas, beside the output; each chunk becomes a finished
part, written whole or not at all; at the end the parts become the output, in one step. So a run that
is interrupted leaves no half-written output, and the next one goes on from the parts. Two runs to
one output cannot meet: the first claims it, the other is told who has it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from forecast.errors import ReportError
from forecast.history.batch import SeriesBatch
from forecast.history.catalogue import Catalogue
from forecast.history.read_catalogue import read_catalogue
from forecast.history.read_frame import pack
from forecast.language.language import Language
from forecast.language.message import Message
from forecast.language.plain_cell import plain_cell
from forecast.panel import chunks as dealing
from forecast.panel.chunks import (
    Chunks,
    chunk_path,
    deal,
    gather_lenders,
    read_chunk,
    read_lenders,
    sum_of,
)
from forecast.panel.frames import Progress, Settings, assess_packed, newest_year, with_parents
from forecast.panel.lock import claimed
from forecast.panel.matching import items_of
from forecast.panel.parts import SCHEMA, arrow, part_path, read_part, set_aside, whole, write_part
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
    parents: Mapping[str, str] | None = None,
    as_of: int | None = None,
    n_jobs: int = 1,
    progress: Progress | None = None,
    lang: str = "en",
) -> Path:
    """Assess a panel of any size from a file, and write the table of :func:`assess_frame`.

    A run that was interrupted goes on where it stopped, if neither the contents of the file nor the
    question have changed; :func:`forget` starts anew. What it finds damaged of its own it sets aside,
    says so with a warning, and makes again. Needs pyarrow: ``pip install target-feasibility[parquet]``.

    Parameters
    ----------
    source : path
        CSV (UTF-8 or GB18030) or Parquet with the columns of :func:`assess_frame`. Where
        ``indicators.csv`` lies beside it, units and bounds come from there; where ``areas.csv`` does,
        what the areas are part of (column ``part_of``).
    targets : Plan, sequence of Target, or pandas.DataFrame
    output : path
        A CSV or Parquet file; replaced in one step once all is done.
    parents : mapping of str to str, optional
        As in :func:`assess_frame`, in place of what ``areas.csv`` says; ``{}`` turns it off. Those who
        lend may stand anywhere in the file.
    as_of, n_jobs, progress
        As in :func:`assess_frame`; progress is counted in chunks.
    lang : {"en", "zh"}
        Language of the column ``problem``; all else in the table is figures, names and words for programs.

    Returns
    -------
    Path
        The output.

    Raises
    ------
    ReadError
        If the source is missing, truncated or no table, or pyarrow is missing.
    HistoryError
        If a parent is no area of the file, or parents run in a circle.
    ReportError
        If the output cannot be written, or another run is writing it. What is finished is kept for
        the next run.
    """
    source, output = Path(source), Path(output)
    if output.suffix.lower() not in OUTPUTS:
        raise ReportError(Message("panel_ending", output=output, known=", ".join(OUTPUTS)))
    if output.resolve() == source.resolve():
        raise ReportError(Message("panel_over_source", output=output))
    if not output.absolute().parent.is_dir():
        raise ReportError(Message("panel_no_folder", output=output, folder=str(output.parent)))
    items = items_of(targets)
    catalogue = read_catalogue(source.parent)
    try:
        with claimed(output):
            # Worker processes may have been started in another folder.
            asked_how = (as_of, lang, None if parents is None else sorted(parents.items()))
            work = _Work.at(output.absolute(), _fingerprint(source, items, asked_how, catalogue))
            chunks = work.dealt(source, items)
            if parents is not None:
                catalogue = with_parents(catalogue, parents, set(chain.from_iterable(chunks.areas)))
            work.gather_lenders(chunks, catalogue)
            asked = work.as_of(chunks, items, catalogue, as_of)
            run = _Run(items, catalogue, asked, work.folder, work.name, Language(lang).code)
            _finish_parts(run, chunks, n_jobs, progress)
            _gather(run, chunks, output)
            shutil.rmtree(work.folder)
    except OSError as problem:
        raise ReportError(
            Message(
                "panel_not_written", output=output, why=problem.strerror or problem, folder=_folder(output)
            )
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


def columns_of(output: Path, columns: Sequence[str], *, rows: int = 1 << 14) -> Iterator[pd.DataFrame]:
    """Yield some columns of a table that :func:`assess_file` has written, so many rows at a time."""
    if output.suffix.lower() == ".csv":
        yield from pd.read_csv(
            output, usecols=[*columns], dtype={"id": str}, keep_default_na=True, chunksize=rows
        )
    else:
        with pq.ParquetFile(output) as file:
            for batch in file.iter_batches(rows, columns=[*columns]):
                yield batch.to_pandas()


def _folder(output: Path) -> Path:
    return output.parent / f".{output.name}.unfinished"


def _fingerprint(
    source: Path, items: tuple[Item, ...], asked: tuple[object, ...], catalogue: Catalogue
) -> str:
    """What the parts depend on, in short: the contents of the source, the question, the models."""
    seen = sum_of(source) if source.is_file() else None
    models = [files(f"forecast.models.{room}").joinpath(f"{room}_weights.json").read_text("utf-8")
              for room in ("mixture", "small_area")]  # fmt: skip
    question = [repr(items), asked, repr(catalogue), dealing.SERIES, SCHEMA.names, models]
    return hashlib.sha256(json.dumps([seen, question]).encode()).hexdigest()


@dataclass(frozen=True)
class _Work:
    """The folder of one run, beside its output, and what the run is known by."""

    folder: Path
    name: str

    @classmethod
    def at(cls, output: Path, name: str) -> _Work:
        """Go on in the folder of a run of the same name, else make a new one."""
        folder = _folder(output)
        mark = folder / "question"
        if not (mark.is_file() and mark.read_bytes() == name.encode()):
            # A worker of an earlier run may be about to put something there.
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            whole(mark, partial(_to_text, name))
        return cls(folder, name)

    def dealt(self, source: Path, items: tuple[Item, ...]) -> Chunks:
        """Chunks of the source, dealt out now, or before and still whole."""
        mark = self.folder / "chunks.json"
        chunks = self._stored(mark)
        if chunks is None:
            chunks = deal(source, items, self.folder)
            whole(mark, partial(_to_text, json.dumps(asdict(chunks))))
        return chunks

    def _stored(self, mark: Path) -> Chunks | None:
        """Chunks dealt out before; None where there are none, or one is damaged."""
        if not mark.exists():
            return None
        try:
            stored = json.loads(mark.read_text("utf-8"))
            areas = tuple(tuple(each) for each in stored["areas"])
            chunks = Chunks(
                areas,
                tuple((line, got, wanted) for line, got, wanted in stored["broken"]),
                tuple(stored["sums"]),
            )
        except (ValueError, TypeError, KeyError) as problem:
            set_aside(mark, f"{type(problem).__name__}: {problem}")
            return None
        for i, want in enumerate(chunks.sums):
            path = chunk_path(self.folder, i)
            if not path.exists():
                return None
            if sum_of(path) != want:
                set_aside(path, "it is not what was written")
                return None
        return chunks

    def gather_lenders(self, chunks: Chunks, catalogue: Catalogue) -> None:
        """Write down the figures of all who may lend, each time anew: a chunk reads those of its areas."""
        if catalogue.parents:
            number = len(chunks.areas)
            whole(_lenders(self.folder), partial(gather_lenders, self.folder, number, catalogue.parents))

    def as_of(
        self, chunks: Chunks, items: tuple[Item, ...], catalogue: Catalogue, asked: int | None
    ) -> int | None:
        """Year asked for, else the newest observed in any series that an item asks about."""
        if asked is not None:
            return asked
        mark = self.folder / "newest.json"
        with suppress(FileNotFoundError, ValueError):
            stored = json.loads(mark.read_text("utf-8"))
            if stored is None or isinstance(stored, int):
                return stored
        packed = (pack(read_chunk(self.folder, i), catalogue) for i in range(len(chunks.areas)))
        years = [newest_year(each, items) for each in packed]
        newest = max((year for year in years if year is not None), default=None)
        whole(mark, partial(_to_text, json.dumps(newest)))
        return newest


@dataclass(frozen=True)
class _Run:
    """What every part is made with."""

    items: tuple[Item, ...]
    catalogue: Catalogue
    as_of: int | None
    folder: Path
    name: str
    lang: str = "en"


def _finish_parts(run: _Run, chunks: Chunks, n_jobs: int, progress: Progress | None) -> None:
    """Make every part that is not there yet, or not whole."""
    asked = chunks.items_by_chunk(run.items)
    missing = [i for i in range(len(asked)) if read_part(run.folder, run.name, i) is None]
    done = len(asked) - len(missing)
    work = [partial(_make_part, run, i, asked[i], last=i == len(asked) - 1) for i in missing]
    for _ in results_of(work, n_jobs):
        done += 1
        if progress:
            progress(done, len(asked))


def _make_part(run: _Run, number: int, items: tuple[Item, ...], *, last: bool) -> None:
    """Assess one chunk, or the areas that are in none, and write its part whole or not at all."""
    packed = pack(NOTHING if last else read_chunk(run.folder, number), run.catalogue)
    settings = Settings(run.catalogue, run.as_of, lenders=_lent_to(packed, run), lang=run.lang)
    write_part(assess_packed(packed, items, settings), run.folder, run.name, number)


def _lent_to(packed: SeriesBatch, run: _Run) -> SeriesBatch | None:
    """Series of what areas of one chunk are part of, where that is in another."""
    if not run.catalogue.parents:
        return None
    own = set(packed.area)
    around = set(chain.from_iterable(map(run.catalogue.ancestors, own))) - own
    rows = read_lenders(_lenders(run.folder), around) if around else None
    return None if rows is None else pack(rows, run.catalogue)


def _lenders(folder: Path) -> Path:
    """Where the figures of those who lend stand."""
    return folder / "lenders.arrow"


def _gather(run: _Run, chunks: Chunks, output: Path) -> None:
    """Put the parts, and what the source held besides rows, one after the other."""
    parts = (_finished(run, i) for i in range(len(chunks.areas) + 1))
    said = [
        Message("panel_cells", line=line, got=got, wanted=wanted).in_language(run.lang)
        for line, got, wanted in chunks.broken
    ]
    broken = pd.DataFrame({"id": "", "rating": "not_assessed", "evidence": "D", "status": "unanswered",
                           "problem": said}).reindex(columns=COLUMNS)  # fmt: skip
    tables = chain(parts, [arrow(typed(broken))])
    whole(output, partial(_to_csv if output.suffix.lower() == ".csv" else _to_parquet, tables))


def _finished(run: _Run, number: int) -> pa.Table:
    table = read_part(run.folder, run.name, number)
    if table is None:
        name = part_path(run.folder, run.name, number).name
        raise OSError(f"{name} was removed or damaged while the run went on")
    return table


def _to_text(text: str, path: Path) -> None:
    path.write_text(text, "utf-8")


def _to_parquet(tables: Iterable[pa.Table], path: Path) -> None:
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)


def _to_csv(tables: Iterable[pa.Table], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for i, table in enumerate(tables):
            frame = table.to_pandas()
            texts = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
            # Names come from files of whoever sent them; a spreadsheet must not work them out.
            frame[texts] = frame[texts].map(plain_cell)
            frame.to_csv(file, index=False, header=i == 0, lineterminator="\r\n")
