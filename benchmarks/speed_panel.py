"""A synthetic panel of any size: areas x 22 indicators, 5-30 years each, shares and amounts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from forecast.target.target import Target

INDICATORS, SHARES, LAST = 22, 8, 2024
AREAS_AT_A_TIME = 1000


def names() -> list[str]:
    return [f"indicator {i:02d}" for i in range(INDICATORS)]


def targets() -> list[Target]:
    """One target an indicator: a share of 70 %, an amount of half as much again."""
    return [Target.at_least(name, 70.0 if i < SHARES else 150.0, year=2030) for i, name in enumerate(names())]


def rows(first: int, areas: int) -> pd.DataFrame:
    """Return the rows of some areas; the same area always has the same figures."""
    rng = np.random.default_rng([7, first])
    n = rng.integers(5, 31, areas * INDICATORS)
    series = np.repeat(np.arange(areas * INDICATORS), n)
    begin = np.cumsum(n) - n
    walk = np.cumsum(rng.normal(0.02, 0.05, len(series)))
    walk -= walk[begin][series]
    share = series % INDICATORS < SHARES
    return pd.DataFrame(
        {
            "area": np.array([f"area {first + a:06d}" for a in range(areas)], dtype=object)[
                series // INDICATORS
            ],
            "indicator": np.array(names(), dtype=object)[series % INDICATORS],
            "year": LAST + 1 - n[series] + np.arange(len(series)) - begin[series],
            "value": np.where(share, 100 / (1 + np.exp(-0.3 - 3 * walk)), 100 * np.exp(walk)),
        }
    )


def write(series: int, folder: Path) -> Path:
    """Write a panel of about so many series, and its indicators, to *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    bounds = [f"{name},{'0,100' if i < SHARES else '0,'}" for i, name in enumerate(names())]
    (folder / "indicators.csv").write_text("\n".join(["indicator,lower,upper", *bounds]), "utf-8")
    areas, path, writer = max(round(series / INDICATORS), 1), folder / f"panel-{series}.parquet", None
    for first in range(0, areas, AREAS_AT_A_TIME):
        part = rows(first, min(AREAS_AT_A_TIME, areas - first))
        table = pa.Table.from_pandas(part, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    assert writer is not None
    writer.close()
    return path
