"""Which item is asked of which series, which two a comparison needs, and why a row cannot be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forecast.arrays import IntArray
from forecast.errors import ForecastError
from forecast.history.batch import SeriesBatch, TextArray, name_of
from forecast.history.catalogue import Bounds, Catalogue
from forecast.history.units import fits
from forecast.language.message import Message
from forecast.target.plan import Item, Plan
from forecast.target.read_plan import read_plan
from forecast.target.target import Target


@dataclass(frozen=True, eq=False)
class Matching:
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
    """Items of a plan, of some targets, or of a table with the columns of a plan file.

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
        raise ForecastError(Message("no_targets_given"))
    return tuple(
        replace(item, target=item.target.for_one_area()) if item.target.kind.over_areas else item
        for item in items
    )


def counted(items: tuple[Item, ...], catalogue: Catalogue) -> tuple[Item, ...]:
    """Items, those of indicators that are counted in whole numbers met by what rounds to them."""
    return tuple(
        replace(item, target=item.target.counted_in(0))
        if catalogue.indicator(item.key[1]).decimals == 0
        else item
        for item in items
    )


def ask(items: tuple[Item, ...], packed: SeriesBatch) -> Matching:
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
    return Matching(items, item, _series(items, item, area, place, (codes, packed.indicator)), names[area])


def _series(
    items: tuple[Item, ...],
    item: IntArray,
    area: IntArray,
    place: dict[str, int],
    series: tuple[IntArray, TextArray],
) -> IntArray:
    """Series each row is judged on, -1 where there is none."""
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
    """Indicators whose series an item may rest on."""
    return item.target.kind.indicators(item.key[1])


def refusals(asked: Matching, packed: SeriesBatch) -> dict[int, str]:
    """Why rows cannot be asked: no series, a series with a problem, or not one for this target."""
    found: dict[int, str] = {}
    relative = np.array([item.target.kind.compares for item in asked.items], dtype=bool)
    there = asked.series >= 0
    for i in np.flatnonzero(~there & ~relative[asked.item]).tolist():
        found[i] = _no_history(asked.items[asked.item[i]].key[1], asked.area[i])
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
        if (refused := wrong[which]) is not None:
            key, values = refused
            found[i] = Message(key, name=packed.name(int(asked.series[i])), **values)
    return found


def _no_history(indicator: str, area: object) -> Message:
    return Message("panel_no_history", indicator=indicator, area=str(area))


def _refusal(item: Item, unit: str, bounds: Bounds) -> tuple[str, dict[str, object]] | None:
    """Why an item cannot be asked of a series, as ``Target.check`` says it: a message but for the name."""
    target = item.target
    if not fits(target.unit, unit, difference=target.kind.is_difference):
        return "units_differ", {"unit": target.unit, "other": unit}
    problem = target.kind.check(bounds, target.year)
    return None if problem is None else ("target_misfit", {"problem": problem})


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
                found.problems[i] = _no_history(of, area)
            elif other is None:
                found.problems[i] = _nothing_to_compare(of, to, area)
            elif own == other:
                found.problems[i] = Message("compared_with_itself", name=packed.name(own))
            found.series[i] = np.array(there, dtype=np.int64)
        return found


def _nothing_to_compare(of: str, to: str, area: str) -> Message:
    """What to do where there is nothing to compare with."""
    name = name_of(area, of)
    key = "compared_elsewhere" if to.endswith(")") else "nothing_to_compare"
    return Message(key, name=name, other=to, area=area)
