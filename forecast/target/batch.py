"""Many targets as arrays: one entry for each item of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.catalogue import Catalogue
from forecast.target.kind import Kind
from forecast.target.plan import Item, question_of
from forecast.target.solution import KindRows, Published, Solution
from forecast.target.target import Target

# Of a target that arrays cannot answer: its row is answered alone.
ALONE = -1


@dataclass(frozen=True, eq=False)
class TargetBatch:
    """What each item asks, as arrays (items,); NaN where it says nothing.

    Parameters
    ----------
    classes : tuple of type
        The kinds that occur.
    kind : ndarray of int
        Positions in *classes*, ``ALONE`` for what arrays cannot answer.
    direction : ndarray of int
    year : ndarray
    value : ndarray
        As the plan prints it; for a tolerance the middle.
    lower, upper : ndarray
        Barriers of an interval, for ``BETWEEN`` and ``EQUAL``.
    decimals : ndarray
        To which a threshold is rounded.
    start, stated : ndarray
        The kind's own base year, and base value.
    relative : ndarray of bool
        Whether a change is a proportion.
    base_year, base_value : ndarray
        Where the plan counts progress from.
    item : ndarray of int
        Which of the items it is.
    """

    classes: tuple[type[Kind], ...]
    kind: IntArray
    direction: IntArray
    year: FloatArray
    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    decimals: FloatArray
    start: FloatArray
    stated: FloatArray
    relative: BoolArray
    base_year: FloatArray
    base_value: FloatArray
    item: IntArray

    @classmethod
    def of(cls, items: Sequence[Item]) -> TargetBatch:
        """Terms of some items."""
        targets = [question_of(item) for item in items]
        kinds = [target.kind for target in targets]

        def column(name: str) -> FloatArray:
            return _numbers([getattr(kind, name, None) for kind in kinds])

        place = {kind: i for i, kind in enumerate(dict.fromkeys(type(kind) for kind in kinds))}
        value, tolerance = column("value"), column("tolerance")
        return cls(
            classes=tuple(place),
            kind=np.array([_code(i, t, place) for i, t in zip(items, targets, strict=True)], dtype=int),
            direction=np.array([target.direction for target in targets], dtype=int),
            year=np.array([target.year for target in targets], dtype=float),
            value=value,
            lower=np.where(np.isnan(tolerance), column("lower"), value - tolerance),
            upper=np.where(np.isnan(tolerance), column("upper"), value + tolerance),
            decimals=column("decimals"),
            start=column("base_year"),
            stated=column("base_value"),
            relative=np.array([getattr(kind, "relative", False) for kind in kinds], dtype=bool),
            base_year=_numbers([_base(item)[0] for item in items]),
            base_value=_numbers([_base(item)[1] for item in items]),
            item=np.arange(len(items)),
        )

    def at(self, items: IntArray) -> TargetBatch:
        """Entries of the chosen items."""
        entries = {name: entry[items] for name, entry in vars(self).items() if name != "classes"}
        return TargetBatch(classes=self.classes, **entries)

    def solve(
        self, last: FloatArray, observed_base: FloatArray, bounds: FloatArray, published: Published
    ) -> Solution:
        """Thresholds and limits of all rows, kind by kind; rows answered alone are NaN.

        Parameters
        ----------
        last, observed_base : ndarray, shape (rows,)
            The last value, and that of the kind's own base year, NaN where it was not observed.
        bounds : ndarray, shape (rows, 2)
        published : callable
            Takes positions of rows; gives the decimals of their series.
        """
        found = Solution.none(len(self.kind))
        for i, kind in enumerate(self.classes):
            rows = np.flatnonzero(self.kind == i)
            if len(rows):
                asked = self._rows(rows, last, observed_base, bounds, published)
                found.put(rows, kind.solve(asked))
        return found

    def _rows(
        self,
        rows: IntArray,
        last: FloatArray,
        observed_base: FloatArray,
        bounds: FloatArray,
        published: Published,
    ) -> KindRows:
        return KindRows(
            value=self.value[rows],
            lower=self.lower[rows],
            upper=self.upper[rows],
            decimals=self.decimals[rows],
            base_year=self.start[rows],
            stated_base=self.stated[rows],
            direction=self.direction[rows],
            relative=self.relative[rows],
            year=self.year[rows],
            last=last[rows],
            observed_base=observed_base[rows],
            bounds=bounds[rows],
            published=lambda chosen: published(rows[chosen]),
        )


@dataclass(frozen=True)
class Context:
    """What all rows of a panel share.

    Parameters
    ----------
    items : tuple of Item
    catalogue : Catalogue
    as_of : int or None
        From when the age of the last figure is counted.
    """

    items: tuple[Item, ...]
    catalogue: Catalogue
    as_of: int | None


def _numbers(values: Sequence[float | None]) -> FloatArray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _code(item: Item, target: Target, place: Mapping[type[Kind], int]) -> int:
    """Position of a target's kind; what follows the way, and proxies, are answered alone."""
    alone = item.by_proxy or target.growth_rate or not target.kind.batched
    return ALONE if alone else place[type(target.kind)]


def _base(item: Item) -> tuple[int | None, float | None]:
    """Year and stated value that progress is counted from: the plan's, else the target's own."""
    if item.base_year is not None:
        return item.base_year, item.base_value
    return item.target.kind.counts_from, item.target.kind.stated_base
