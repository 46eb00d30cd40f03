"""Many targets as arrays: one entry for each item of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.history.catalogue import Catalogue
from forecast.target.change import AverageGrowth, Change
from forecast.target.direction import Direction
from forecast.target.level import Between, Equal, Threshold
from forecast.target.plan import Item, question_of
from forecast.target.target import Target

# What a panel answers with arrays; any other kind is answered one by one.
THRESHOLD, BETWEEN, EQUAL, COURSE, CHANGE, GROWTH, OTHER = range(7)
_CODES = {Threshold: THRESHOLD, Between: BETWEEN, Equal: EQUAL, Change: CHANGE, AverageGrowth: GROWTH}


@dataclass(frozen=True, eq=False)
class TargetBatch:
    """What each item asks, as arrays (items,); NaN where it says nothing.

    Parameters
    ----------
    kind : ndarray of int
        ``THRESHOLD`` ... ``OTHER``.
    direction : ndarray of int
    year : ndarray
    value : ndarray
        As the plan prints it; for ``EQUAL`` the middle.
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
        """Return the terms of some items."""
        targets = [question_of(item) for item in items]
        kinds = [target.kind for target in targets]

        def column(name: str) -> FloatArray:
            return _numbers([getattr(kind, name, None) for kind in kinds])

        value, tolerance = column("value"), column("tolerance")
        return cls(
            kind=np.array([_code(i, t) for i, t in zip(items, targets, strict=True)], dtype=int),
            direction=np.array([target.direction for target in targets], dtype=int),
            year=np.array([target.year for target in targets], dtype=float),
            value=value,
            lower=np.where(np.isnan(tolerance), column("lower"), value - tolerance),
            upper=np.where(np.isnan(tolerance), column("upper"), value + tolerance),
            decimals=column("decimals"),
            start=column("base_year"),
            stated=column("base_value"),
            relative=np.array([getattr(kind, "relative", False) for kind in kinds], dtype=bool),
            base_year=_numbers([item.base_year for item in items]),
            base_value=_numbers([item.base_value for item in items]),
            item=np.arange(len(items)),
        )

    def at(self, items: IntArray) -> TargetBatch:
        """Return the entries of the chosen items."""
        return TargetBatch(**{name: entry[items] for name, entry in vars(self).items()})


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


def _code(item: Item, target: Target) -> int:
    """Return how an item is answered: stand-ins and kinds that follow the way, one by one."""
    if item.by_proxy or target.growth_rate:
        return OTHER
    if isinstance(target.kind, Direction):
        return COURSE if target.kind.rule == "net" else OTHER
    return _CODES.get(type(target.kind), OTHER)
