"""Finished parts of a panel: each bears the mark of its run, and is read only if it is whole.

A part that another run has made, or that is damaged, is none. A worker that has outlived its run, and
writes what that was asked, can so do no harm to the next.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from forecast.panel.table import COLUMNS, typed

_TYPES = {"float64": pa.float64(), "Int64": pa.int64()}
_KINDS = typed(pd.DataFrame(columns=COLUMNS)).dtypes
SCHEMA = pa.schema([(name, _TYPES.get(str(kind), pa.string())) for name, kind in _KINDS.items()])
_RUN = b"run"
# So much of a fingerprint stands in a file's name; the file itself holds all of it.
_SHOWN = 12


def part_path(folder: Path, run: str, number: int) -> Path:
    """Where a run puts a part."""
    return folder / f"part-{number:06d}-{run[:_SHOWN]}.parquet"


def write_part(table: pd.DataFrame, folder: Path, run: str, number: int) -> None:
    """Write a part with the mark of its run, whole or not at all."""
    marked = arrow(table).replace_schema_metadata({_RUN: run.encode()})
    whole(part_path(folder, run, number), lambda path: pq.write_table(marked, path, write_page_checksum=True))


def read_part(folder: Path, run: str, number: int) -> pa.Table | None:
    """Part; None where there is none. One that is damaged is set aside, and that is said."""
    path = part_path(folder, run, number)
    try:
        table = pq.read_table(path, page_checksum_verification=True, partitioning=None)
        if (table.schema.metadata or {}).get(_RUN) != run.encode():
            raise ValueError("it is of another run")
        return table.cast(SCHEMA)
    except FileNotFoundError:
        return None
    except (pa.ArrowException, OSError, ValueError) as problem:
        set_aside(path, problem)
        return None


def set_aside(path: Path, problem: object) -> None:
    """Move a damaged piece of work out of the way, beside the folder of the run, and say so."""
    place = path.parent.with_name(f"{path.parent.name}.damaged-{path.name}")
    path.replace(place)
    reason = (str(problem).splitlines() or [""])[0].rstrip(".")
    warnings.warn(
        f"{path.name}, left by the run before, is damaged ({reason}): it is kept as {place} and made again.",
        stacklevel=2,
    )


def arrow(table: pd.DataFrame) -> pa.Table:
    """Table of a panel with the types its files have."""
    return pa.Table.from_pandas(table, SCHEMA, preserve_index=False)


def whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file beside its place, and move it there once it is whole."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(fresh)
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
