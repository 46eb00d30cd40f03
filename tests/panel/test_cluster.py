"""A panel on several processes that can be lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import dask
import dask.dataframe as dd
import pandas as pd
import pytest

from forecast.panel.cluster import assess_dask
from forecast.panel.frames import assess_frame
from forecast.target.plan import Item, Plan
from forecast.target.target import Target

FRAME = pd.concat(
    pd.DataFrame({"area": f"area {k:02d}", "indicator": name, "year": range(2010, 2022),
                  "value": [float(50 + i * (k % 3) + k) for i in range(12)]})
    for k in range(20) for name in ("x", "y")
)  # fmt: skip
PLAN = Plan(
    (
        Item("1", Target.at_least("x", 70, year=2026)),
        Item("2", Target.at_most("y", 60, year=2026)),
        Item("3", Target.at_least("x", 80, year=2026), area="area 05"),
        Item("4", Target.at_least("x", 80, year=2026), area="nowhere"),
    )
)


def same(found: pd.DataFrame, want: pd.DataFrame) -> None:
    found, want = (
        t.astype(object).where(t.notna(), None).sort_values(["area", "id"], ignore_index=True)
        for t in (found, want)
    )
    pd.testing.assert_frame_equal(found, want, rtol=1e-12)


@pytest.mark.parametrize("form", ["long", "indexed", "forecasting"])
def test_a_dask_frame_says_what_its_pandas_frame_says(form: str) -> None:
    frame = dd.from_pandas(FRAME.sort_values("year", ignore_index=True), npartitions=5)
    if form == "indexed":
        frame = frame.set_index("area", npartitions=4)
    if form == "forecasting":
        ids = frame.assign(unique_id=frame.area + "/" + frame.indicator)
        frame = ids[["unique_id", "year", "value"]].rename(columns={"year": "ds", "value": "y"})
    with dask.config.set(scheduler="synchronous"):
        same(assess_dask(frame, PLAN).compute(), assess_frame(FRAME, PLAN))


def kill_once(part: pd.DataFrame, mark: str) -> pd.DataFrame:
    """Pass a partition on; the first process that is given area 11 is killed."""
    if (part.area == "area 11").any() and len(part) and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return part


def test_a_lost_machine_takes_no_row_with_it(tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    mark = tmp_path / "killed"
    with (
        dask.config.set({"distributed.worker.daemon": True, "temporary-directory": str(tmp_path)}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        Client(cluster),
    ):
        frame = dd.from_pandas(FRAME, npartitions=6).map_partitions(kill_once, str(mark), meta=FRAME)
        found = assess_dask(frame, PLAN, as_of=2021).compute()
    assert mark.exists()
    same(found, assess_frame(FRAME, PLAN, as_of=2021))
