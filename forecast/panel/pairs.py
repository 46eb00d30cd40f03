"""Rows that compare two series: which two, or why that cannot be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import IntArray
from forecast.history.batch import SeriesBatch, name_of
from forecast.panel.matching import Matching


@dataclass(frozen=True, eq=False)
class Pairs:
    """What rows compare.

    Parameters
    ----------
    series : dict of int to ndarray of int
        By row: the two series, or those of them that are there.
    problems : dict of int to str
        By row: why there are not two.
    """

    series: dict[int, IntArray]
    problems: dict[int, str]

    @classmethod
    def of(cls, asked: Matching, packed: SeriesBatch) -> Pairs:
        """Find the series of each row that compares two: of its own area, or one named with its area."""
        compared = np.array([item.target.kind.compares for item in asked.items], dtype=bool)
        found = cls({}, {})
        rows = np.flatnonzero(compared[asked.item])
        if not len(rows):
            return found
        places = {(str(packed.area[s]), str(packed.indicator[s])): s for s in range(len(packed))}
        named = {packed.name(s): s for s in range(len(packed))}
        for i in rows.tolist():
            item, area = asked.items[asked.item[i]], str(asked.area[i])
            of, to = item.target.kind.indicators(item.key[1])
            own = places.get((area, of))
            other = places.get((area, to), named.get(to))
            there = [s for s in dict.fromkeys((own, other)) if s is not None]
            broken = [packed.problems[s] for s in there if s in packed.problems]
            if broken:
                found.problems[i] = broken[0]
            elif own is None:
                found.problems[i] = f"no history of {of!r} in {area!r}."
            elif other is None:
                found.problems[i] = _missing(of, to, area)
            elif own == other:
                found.problems[i] = f"{packed.name(own)}: other areas are compared with it; itself it is not."
            found.series[i] = np.array(there, dtype=np.int64)
        return found


def _missing(of: str, to: str, area: str) -> str:
    """Return what to do where there is nothing to compare with."""
    name = name_of(area, of)
    if not to.endswith(")"):
        return f"{name}: it is to be compared with {to!r}, but {area!r} has no history of that. Add it."
    return (
        f"{name}: it is to be compared with {to!r}, which is not among the areas worked on with it. "
        f"Files and Dask frames are worked on a few areas at a time: use assess_frame on the whole table, or "
        f"give each area those figures as an indicator of its own."
    )
