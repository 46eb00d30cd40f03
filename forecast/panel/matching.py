"""Targets as arrays: one entry for each item of a plan, and which item is asked of which series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forecast.assessment.study import question_of
from forecast.errors import ForecastError
from forecast.history.batch import Packed, TextArray
from forecast.history.catalogue import Bounds, Catalogue
from forecast.history.history import FloatArray, IntArray
from forecast.history.units import fits
from forecast.target.areas import Areas
from forecast.target.change import AverageGrowth, Change
from forecast.target.direction import Course
from forecast.target.kind import BoolArray
from forecast.target.level import Between, Equal, Threshold
from forecast.target.plan import Item, Plan
from forecast.target.read_plan import read_plan
from forecast.target.relative import Relative
from forecast.target.target import Target

# What a panel answers with arrays; any other kind is answered one by one.
THRESHOLD, BETWEEN, EQUAL, COURSE, CHANGE, GROWTH, OTHER = range(7)
_CODES = {Threshold: THRESHOLD, Between: BETWEEN, Equal: EQUAL, Change: CHANGE, AverageGrowth: GROWTH}


@dataclass(frozen=True, eq=False)
class Terms:
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
        Ends of an interval, for ``BETWEEN`` and ``EQUAL``.
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
    def of(cls, items: Sequence[Item]) -> Terms:
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

    def at(self, items: IntArray) -> Terms:
        """Return the entries of the chosen items."""
        return Terms(**{name: entry[items] for name, entry in vars(self).items()})


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
    if isinstance(target.kind, Course):
        return COURSE if target.kind.rule == "net" else OTHER
    return _CODES.get(type(target.kind), OTHER)


@dataclass(frozen=True, eq=False)
class Asked:
    """Which item is asked of which series: one entry for each row of the answer.

    Parameters
    ----------
    items : tuple of Item
    item : ndarray of int, shape (rows,)
    series : ndarray of int, shape (rows,)
        -1 where there is no such series.
    area : ndarray of str, shape (rows,)
    """

    items: tuple[Item, ...]
    item: IntArray
    series: IntArray
    area: TextArray


def items_of(targets: Plan | Sequence[Target] | pd.DataFrame) -> tuple[Item, ...]:
    """Return the items of a plan, of some targets, or of a table with the columns of a plan file.

    A target over many areas is asked of each.
    """
    if isinstance(targets, pd.DataFrame):
        targets = read_plan(targets)
    if isinstance(targets, Target):
        targets = [targets]
    items = (
        targets.items
        if isinstance(targets, Plan)
        else tuple(Item(str(i), target) for i, target in enumerate(targets, start=1))
    )
    if not items:
        raise ForecastError("targets: there is none. Give a Plan, a list of Target, or a table of them.")
    return tuple(
        replace(item, target=item.target.for_one_area()) if isinstance(item.target.kind, Areas) else item
        for item in items
    )


def counted(items: tuple[Item, ...], catalogue: Catalogue) -> tuple[Item, ...]:
    """Return the items, those of indicators that are counted in whole numbers met by what rounds to them."""
    return tuple(
        replace(item, target=item.target.counted_in(0))
        if catalogue.indicator(item.key[1]).decimals == 0
        else item
        for item in items
    )


def ask(items: tuple[Item, ...], packed: Packed) -> Asked:
    """Put every item to its area, and an item without an area to all of them.

    Rows come by area, in the order the areas first appear, and then in the order of the items.
    """
    codes, areas = pd.factorize(packed.area)
    place = {name: i for i, name in enumerate(areas)}
    own = np.array([place.setdefault(i.area, len(place)) if i.area else -1 for i in items], dtype=np.int64)
    everywhere, somewhere = np.flatnonzero(own < 0), np.flatnonzero(own >= 0)
    area = np.concatenate([np.repeat(np.arange(len(areas)), len(everywhere)), own[somewhere]])
    item = np.concatenate([np.tile(everywhere, len(areas)), somewhere])
    order = np.lexsort((item, area))
    area, item = area[order], item[order]
    names = np.array(list(place), dtype=object)
    return Asked(items, item, _series(items, item, area, place, (codes, packed.indicator)), names[area])


def _series(
    items: tuple[Item, ...],
    item: IntArray,
    area: IntArray,
    place: dict[str, int],
    series: tuple[IntArray, TextArray],
) -> IntArray:
    """Return the series each row is judged on, -1 where there is none."""
    codes, indicators = pd.factorize(series[1])
    known = {name: i for i, name in enumerate(indicators)}
    wanted = np.array([known.get(i.key[1], -1) for i in items], dtype=np.int64)
    elsewhere = np.array([place.get(i.key[0], -2) if i.by_proxy and i.key[0] else -1 for i in items])
    at = np.where(elsewhere[item] == -1, area, elsewhere[item])
    width = max(len(known), 1)
    keys = series[0].astype(np.int64) * width + codes
    order = np.argsort(keys)
    asked = np.where((wanted[item] < 0) | (at < 0), -1, at * width + wanted[item])
    found = np.searchsorted(keys, asked, sorter=order)
    found = order[np.minimum(found, len(order) - 1)] if len(order) else np.full(len(asked), -1)
    return np.where((asked >= 0) & (keys[found] == asked), found, -1) if len(order) else found


def indicators_of(item: Item) -> tuple[str, ...]:
    """Return the indicators whose series an item may rest on."""
    kind = item.target.kind
    return (kind.of, kind.to) if isinstance(kind, Relative) else (item.key[1],)


def refusals(asked: Asked, packed: Packed) -> dict[int, str]:
    """Return why rows cannot be asked: no series, a series with a problem, or not one for this target."""
    found: dict[int, str] = {}
    relative = np.array([isinstance(item.target.kind, Relative) for item in asked.items], dtype=bool)
    there = asked.series >= 0
    for i in np.flatnonzero(~there & ~relative[asked.item]).tolist():
        found[i] = f"no history of {asked.items[asked.item[i]].key[1]!r} in {asked.area[i]!r}."
    broken = np.isin(asked.series, list(packed.problems))
    for i in np.flatnonzero(broken).tolist():
        found[i] = packed.problems[int(asked.series[i])]
    rows = np.flatnonzero(there & ~broken)
    codes, units = pd.factorize(packed.unit)
    # An item speaks of one indicator, so of one pair of bounds; only units differ between its series.
    pair = asked.item[rows] * len(units) + codes[asked.series[rows]]
    different, first, of_row = np.unique(pair, return_index=True, return_inverse=True)
    wrong = [_refusal(asked.items[value // len(units)], str(units[value % len(units)]),
                      packed.bounds_of(int(asked.series[rows[at]])))
             for value, at in zip(different.tolist(), first, strict=True)]  # fmt: skip
    for i, which in zip(rows.tolist(), of_row.tolist(), strict=True):
        if wrong[which]:
            found[i] = f"{packed.name(int(asked.series[i]))}: {wrong[which]}"
    return found


def _refusal(item: Item, unit: str, bounds: Bounds) -> str | None:
    """Return why an item cannot be asked of a series, as ``Target.check`` says it."""
    target = item.target
    if not fits(target.unit, unit, difference=isinstance(target.kind, Change)):
        return f"the target is in {target.unit!r}, the history in {unit!r}. Convert one of them."
    problem = target.kind.check(bounds, target.year)
    return None if problem is None else f"{problem}. Correct the target, its unit, or the bounds."
