"""Memory of an overview by the number of areas: ``PYTHONPATH=. python benchmarks/overview_memory.py``.

For each size a table as a panel leaves it is written to a Parquet file and read back piece by piece into
`overview`, as ``forecast panel`` does, in a process of its own. Prints the most memory it held, before
and after.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from forecast.assessment.progress import RATINGS
from forecast.panel.overview import COLUMNS, overview

AREAS_A_PIECE, ROWS = 2000, 50_000


def write(areas: int, targets: int, path: Path) -> None:
    """Write the table of so many areas, a few at a time."""
    rng = np.random.default_rng(3)
    names = np.tile(np.arange(targets), AREAS_A_PIECE)
    writer = None
    for _ in range(areas // AREAS_A_PIECE):
        chance = rng.uniform(size=len(names))
        piece = pd.DataFrame({
            "id": names.astype(str), "indicator": np.char.add("indicator ", names.astype(str)), "target": 5.0,
            "target_year": 2030, "probability": np.where(chance < 0.05, np.nan, chance),
            "rating": rng.choice(RATINGS, len(names)),
        })  # fmt: skip
        table = pa.Table.from_pandas(piece, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def pieces(path: Path) -> Iterator[pd.DataFrame]:
    """Yield the table a piece at a time."""
    for batch in pq.ParquetFile(path).iter_batches(batch_size=ROWS, columns=list(COLUMNS)):
        yield batch.to_pandas()


def measured(path: Path) -> str:
    """Overview of one table, and what it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.perf_counter()
    found = overview(pieces(path))
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"| {found['areas'].max():,} | {found['areas'].sum():,} | {before} | {after} | {seconds:.1f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--areas", type=int, nargs="+", default=[50_000, 100_000, 500_000])
    parser.add_argument("--targets", type=int, default=2, help="of an area")
    parser.add_argument("--read", type=Path, help="measure this one table, in this process")
    given = parser.parse_args()
    if given.read:
        print(measured(given.read))
        return
    print("| areas | rows | peak before, MB | peak after, MB | seconds |\n|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for areas in given.areas:
            path = Path(folder) / f"{areas}.parquet"
            write(areas, given.targets, path)
            subprocess.run([sys.executable, __file__, "--read", str(path)], check=True)
            path.unlink()


if __name__ == "__main__":
    main()
