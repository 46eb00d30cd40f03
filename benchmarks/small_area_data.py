"""Areas within areas, from the training files: children with their parents, and questions of them.

A child's parent is made of the *other* children, so that it never holds the answer: counties within
prefectures and provinces (the sum of the others), countries within the subregions and regions of the
United Nations' M49 classification (``m49_regions.csv``, listed by hand, for training only): the sum of
the others for amounts, their mean for all else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from training_data import bounds_of

import forecast as fc

FloatArray = npt.NDArray[np.float64]

REGIONS = Path(__file__).parent / "m49_regions.csv"
# A parent is made of so many others at least; a prefecture of two.
LEAST_OTHERS, LEAST_COUNTIES = 3, 2
FURTHEST = 10
# A question counts by the yearly change known, and by no less than this share of that of the whole series.
LEAST_UNIT = 0.5
# Units of amounts that add up to a region's.
AMOUNTS = frozenset({"number", "con_usd", "tonnes", "cu_usd_m", "cu_usd", "kmsq"})
ADDED = frozenset({"gdp_const_usd"})
# Values that second differences show to be drawn by a ruler teach false certainty.
SMOOTH_SHARE, SMOOTH = 0.4, 1e-3


class Family(NamedTuple):
    """A child and its parents, nearest first, on one yearly grid; NaN where nothing was observed."""

    file: str
    group: str
    indicator: str
    first: int
    child: FloatArray
    parents: tuple[FloatArray, ...]
    bounds: tuple[float | None, float | None]


class Question(NamedTuple):
    """What is known of a child and its parents, and what the child came to in *year*."""

    own: fc.History
    parents: tuple[fc.History, ...]
    year: int
    truth: float
    unit: float


def read_families(path: Path) -> list[Family]:
    """Read one of the training files, told apart by their columns."""
    frame = pd.read_csv(path, dtype={"regionid": str})
    name = path.name.split(".")[0]
    if "regionid" in frame:
        return list(_counties(frame, name))
    regions = _regions()
    if "geo" in frame:
        table = frame.assign(area=frame["geo"], lower=np.nan, upper=np.nan, unit="")
    else:
        table = frame[frame["unit"] != "cur_lcu_m"].assign(area=frame["area"].astype(str))
    found = []
    for indicator, rows in table.groupby("indicator", sort=True):
        wide = rows.pivot_table(index="year", columns="area", values="value")
        wide = wide[[c for c in wide if c in regions]].reindex(range(wide.index[0], wide.index[-1] + 1))
        if "geo" in frame:
            bounds = tuple(None if np.isinf(b) else b for b in bounds_of(str(indicator)))
            added = indicator in ADDED
        else:
            bounds = tuple(None if np.isnan(b) else b for b in rows[["lower", "upper"]].iloc[0])
            added = rows["unit"].iloc[0] in AMOUNTS
        found += list(_countries(wide, regions, name, str(indicator), bounds, added))
    return found


def _regions() -> dict[str, tuple[str, str]]:
    """Return subregion and region of each country, by ISO code, number and name."""
    found = {}
    for row in pd.read_csv(REGIONS).itertuples():
        for member in row.members.split(";"):
            for key in member.split(" ", 2):
                found[key] = (row.subregion, row.region)
    return found


def _counties(frame: pd.DataFrame, name: str) -> Iterator[Family]:
    wide = frame.pivot_table(index="year", columns="regionid", values="value")
    wide = wide[wide.columns[wide.notna().all()]]
    keys = wide.columns
    for child in keys:
        parents = []
        for digits, least in ((4, LEAST_COUNTIES), (2, LEAST_COUNTIES)):
            others = [k for k in keys if k[:digits] == child[:digits] and k != child]
            if len(others) >= least:
                parents.append(wide[others].sum(axis=1).to_numpy())
        if len(parents) == 2 and np.allclose(*parents):
            parents = parents[1:]
        if parents:
            values = wide[child].to_numpy()
            yield Family(name, child[:2], "primary", int(wide.index[0]), values, tuple(parents), (0.0, None))


def _countries(
    wide: pd.DataFrame,
    regions: dict[str, tuple[str, str]],
    name: str,
    indicator: str,
    bounds: tuple[float | None, float | None],
    added: bool,
) -> Iterator[Family]:
    """Yield the countries of one indicator."""
    names = list(wide)
    grid = wide.to_numpy(float)
    filled = wide.interpolate(limit=3, limit_area="inside").to_numpy(float)
    places = np.array([regions[name] for name in names])
    for i, child in enumerate(names):
        seen = np.flatnonzero(np.isfinite(grid[:, i]))
        if len(seen) < 6 or _smooth(grid[seen, i]):
            continue
        parents = []
        for level in (0, 1):
            others = np.flatnonzero(places[:, level] == places[i, level])
            made = _made_of(filled[:, others[others != i]], added)
            if made is not None:
                parents.append(made)
        if parents:
            first = int(wide.index[0])
            yield Family(name, regions[child][0], indicator, first, grid[:, i], tuple(parents), bounds)


def _made_of(others: FloatArray, added: bool) -> FloatArray | None:
    """Return the sum or mean of those columns known throughout, inner gaps of up to three years drawn over.

    The first year is the one by which three quarters have begun, the last the one at which three
    quarters still report.
    """
    known = np.isfinite(others)
    others, known = others[:, known.any(axis=0)], known[:, known.any(axis=0)]
    if others.shape[1] < LEAST_OTHERS:
        return None
    first, last = known.argmax(axis=0), len(known) - 1 - known[::-1].argmax(axis=0)
    start, end = int(np.quantile(first, 0.75)), int(np.quantile(last, 0.25))
    whole = known[start : end + 1].all(axis=0)
    if end - start < 5 or whole.sum() < LEAST_OTHERS:
        return None
    made = np.full(len(others), np.nan)
    inside = others[start : end + 1, whole]
    made[start : end + 1] = inside.sum(axis=1) if added else inside.mean(axis=1)
    return made


def _smooth(values: FloatArray) -> bool:
    change = np.diff(values)
    size, bend = np.abs(change).mean(), np.abs(np.diff(change))
    return bool(size == 0 or np.median(bend) < 0.01 * size or np.mean(bend < SMOOTH * size) > SMOOTH_SHARE)


def ask(families: Sequence[Family], rng: np.random.Generator) -> list[Question]:
    """Make one question of each family, as users have them; what cannot be asked is left out."""
    found = []
    for family in families:
        question = _asked(family, rng)
        if question is not None:
            found.append(question)
    return found


def _asked(family: Family, rng: np.random.Generator) -> Question | None:
    seen = np.flatnonzero(np.isfinite(family.child))
    # Known to at least one of the parents too, and something left to ask about.
    at = int(rng.integers(0, len(seen) - 1))
    later = 0 if rng.random() < 0.35 else int(rng.integers(1, 7))
    ahead = seen[(seen > seen[at]) & (seen <= seen[at] + FURTHEST)]
    if not len(ahead):
        return None
    year = int(rng.choice(ahead))
    kept = _kept(seen[: at + 1], rng)
    return question(family, kept, [int(seen[at]) + later] * len(family.parents), year)


def _kept(seen: npt.NDArray[np.int_], rng: np.random.Generator) -> npt.NDArray[np.int_]:
    """Return what is left of the years seen, the last always."""
    kind = rng.random()
    if kind < 0.12:
        return seen[-1:]
    if kind < 0.4:
        return seen[-int(rng.integers(2, 21)) :]
    if kind < 0.7:
        return seen[::-1][:: int(rng.integers(2, 7))][: int(rng.integers(2, 7))][::-1]
    if kind < 0.85:
        chosen = rng.choice(seen[:-1], size=min(int(rng.integers(1, 6)), len(seen) - 1), replace=False)
        return np.append(np.sort(chosen), seen[-1])
    return seen


def question(family: Family, kept: npt.NDArray[np.int_], until: Sequence[int], year: int) -> Question | None:
    """Return the question about place *year* of the grid, from the places *kept* of the child."""
    own = _history(family, family.child, kept)
    amount = family.bounds[1] is None and not family.bounds[0] and own.values.min() > 0
    parents = []
    for grid, end in zip(family.parents, until, strict=True):
        places = np.flatnonzero(np.isfinite(grid[: end + 1]))
        known = len(places) >= 4 and places[-1] >= kept[-1] and np.isfinite(grid[kept[-1]])
        if known and not (amount and grid[places].min() <= 0):
            parents.append(_history(family, grid, places))
    unit = max(_mean_change(family.child[: kept[-1] + 1]), LEAST_UNIT * _mean_change(family.child))
    if not parents or not unit > 1e-4 * np.abs(family.child[kept[-1]]):
        return None
    return Question(own, tuple(parents), family.first + year, float(family.child[year]), unit)


def _mean_change(grid: FloatArray) -> float:
    at = np.flatnonzero(np.isfinite(grid))
    return float(np.abs(np.diff(grid[at]) / np.diff(at)).mean()) if len(at) > 1 else 0.0


def _history(family: Family, grid: FloatArray, places: npt.NDArray[np.int_]) -> fc.History:
    return fc.History.of(family.indicator, family.first + places, grid[places], bounds=family.bounds)
