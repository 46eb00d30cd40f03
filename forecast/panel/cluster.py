"""A panel on many machines: Dask deals out whole areas, each machine assesses its own.

On an existing cluster, connect first; what follows runs there::

    from dask.distributed import Client
    import dask.dataframe as dd

    client = Client("tcp://scheduler:8786")
    frame = dd.read_parquet("s3://bucket/panel/")
    forecast.assess_dask(frame, plan).to_parquet("s3://bucket/result/")

A machine that is lost takes nothing with it: Dask gives its areas to the others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from itertools import chain
from typing import Any

import pandas as pd

from forecast.history.batch import SeriesBatch
from forecast.history.catalogue import Catalogue
from forecast.history.read_frame import named, pack
from forecast.panel.frames import Settings, assess_packed, newest_year, with_parents
from forecast.panel.matching import indicators_of, items_of
from forecast.panel.table import COLUMNS, typed
from forecast.target.plan import Item, Plan
from forecast.target.target import Target


def assess_dask(
    frame: Any,
    targets: Plan | Sequence[Target] | pd.DataFrame,
    *,
    catalogue: Catalogue | None = None,
    parents: Mapping[str, str] | None = None,
    as_of: int | None = None,
) -> Any:
    """Assess a panel that is a Dask DataFrame; the rows are those of :func:`assess_frame`.

    Needs Dask: ``pip install target-feasibility[distributed]``, on every machine.

    Parameters
    ----------
    frame : dask.dataframe.DataFrame
        As in :func:`assess_frame`. Its rows are shuffled by area, unless ``area`` is its index with
        known divisions.
    targets : Plan, sequence of Target, or pandas.DataFrame
    catalogue : Catalogue, optional
    parents : mapping of str to str, optional
        As in :func:`assess_frame`. The figures of those who lend are read once before and sent to every
        machine.
    as_of : int, optional
        Default: the newest year observed in any series that a target asks about, for which the
        frame is read once before. The same goes for areas that only a target names.

    Returns
    -------
    dask.dataframe.DataFrame
        Lazy: ``compute()`` or ``to_parquet(...)`` does the work. A partition holds whole areas.

    Raises
    ------
    HistoryError
        If a parent is no area of the frame, or parents run in a circle.
    """
    items, names = items_of(targets), catalogue or Catalogue()
    if parents is not None:
        names = with_parents(names, parents, _areas(frame))
    if as_of is None:
        as_of = _newest(frame, items, names)
    by_area = frame if _is_by_area(frame) else frame.map_partitions(_with_area).shuffle(on="area")
    meta = typed(pd.DataFrame(columns=COLUMNS))
    settings = Settings(names, as_of, lenders=_lenders(frame, items, names))
    table = by_area.map_partitions(_assess_partition, items, settings, meta=meta)
    table = table.clear_divisions()
    if not any(item.area for item in items):
        return table
    there = _areas(frame)
    nowhere = tuple(item for item in items if item.area and _home(item) not in there)
    if not nowhere:
        return table
    rest = assess_packed(pack(_NOTHING, names), nowhere, Settings(names, as_of))
    collections: Any = import_module("dask.dataframe")
    return collections.concat([table, collections.from_pandas(rest, npartitions=1)])


_NOTHING = pd.DataFrame({"area": [], "indicator": [], "year": [], "value": []})


def _is_by_area(frame: Any) -> bool:
    return frame.index.name == "area" and bool(frame.known_divisions)


def _home(item: Item) -> str:
    """Area of the history an item is judged on."""
    return item.key[0] or item.area


def _with_area(part: pd.DataFrame) -> pd.DataFrame:
    """Rows under the names this library uses, the area in a column of its own."""
    if "area" in part.index.names:
        part = part.reset_index()
    rows = named(part)
    if "unique_id" in rows.columns:
        pieces = rows.pop("unique_id").astype(str).str.rpartition("/")
        rows = rows.assign(area=pieces[0], indicator=pieces[2])
    area = rows["area"].fillna("").astype(str).str.strip() if "area" in rows.columns else ""
    return rows.assign(area=area)


def _assess_partition(part: pd.DataFrame, items: tuple[Item, ...], settings: Settings) -> pd.DataFrame:
    """Assess the areas of one partition."""
    rows = _with_area(part)
    there = set(rows["area"])
    own = tuple(item for item in items if not item.area or _home(item) in there)
    if not own or rows.empty:
        return typed(pd.DataFrame(columns=COLUMNS))
    return assess_packed(pack(rows, settings.catalogue), own, settings)


def _lenders(frame: Any, items: tuple[Item, ...], names: Catalogue) -> SeriesBatch | None:
    """Series of all that areas are part of."""
    if not names.parents:
        return None
    asked = frozenset(chain.from_iterable(map(indicators_of, items)))
    meta = _with_area(frame._meta)
    return pack(frame.map_partitions(_rows_of, names.parents, asked, meta=meta).compute(), names)


def _rows_of(part: pd.DataFrame, areas: Collection[str], indicators: Collection[str]) -> pd.DataFrame:
    rows = _with_area(part)
    asked = rows["indicator"].astype(str).str.strip().isin(indicators)
    return rows[rows["area"].isin(areas) & asked]


def _newest(frame: Any, items: tuple[Item, ...], names: Catalogue) -> int | None:
    """Newest year observed in any series that an item asks about."""
    years = frame.map_partitions(_newest_of, items, names, meta=("year", "float64")).compute()
    return None if years.isna().all() else int(years.max())


def _newest_of(part: pd.DataFrame, items: tuple[Item, ...], names: Catalogue) -> pd.Series[float]:
    year = newest_year(pack(_with_area(part), names), items)
    return pd.Series([float("nan") if year is None else float(year)], name="year")


def _areas(frame: Any) -> set[str]:
    return set(frame.map_partitions(_areas_of, meta=("area", "object")).compute())


def _areas_of(part: pd.DataFrame) -> pd.Series[str]:
    return _with_area(part)["area"].drop_duplicates().astype(object)
