"""A panel cut into jobs: rows that arrays answer, and the rest, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from forecast.arrays import BoolArray, IntArray
from forecast.assessment.areas import PrefittedModel
from forecast.assessment.batch import Answers, answer, scalar_fallback
from forecast.assessment.lending import lending_model
from forecast.history.batch import SeriesBatch
from forecast.history.catalogue import Catalogue
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.models.base import Model
from forecast.models.mixture.structural_mixture import StructuralMixture
from forecast.models.small_area.small_area import SmallArea, fit_small_areas
from forecast.panel.matching import Matching
from forecast.target.batch import ALONE, Context, TargetBatch
from forecast.target.plan import Item, question_of

# Series, and single rows, that make one job: enough to be worth sending, few enough to hear from often.
_SERIES, _ROWS = 4096, 64


@dataclass(frozen=True, eq=False)
class Job:
    """Some rows, and the work that answers them."""

    rows: IntArray
    work: Callable[[], Answers]


def alone_from_the_start(asked: Matching) -> BoolArray:
    """Which rows arrays cannot answer: rarer kinds, and items that state their own base value."""
    rare = TargetBatch.of(asked.items).kind == ALONE
    follows = np.array([item.target.kind.compares for item in asked.items], dtype=bool)
    stated = np.array([item.base_value is not None for item in asked.items], dtype=bool)
    there = asked.series >= 0
    return np.asarray((rare[asked.item] & (there | follows[asked.item])) | (stated[asked.item] & ~there))


def jobs(asked: Matching, packed: SeriesBatch, rows: IntArray, context: Context) -> Iterator[Job]:
    """Cut rows that arrays may answer into jobs, series of like length together."""
    terms = TargetBatch.of(asked.items)
    series = asked.series[rows]
    first, last = packed.years[packed.start[series]], packed.years[packed.start[series + 1] - 1]
    rows = rows[np.lexsort((series, packed.counts[series], last - first))]
    nth = np.cumsum(np.diff(asked.series[rows], prepend=-1) != 0) - 1
    for start in range(0, int(nth[-1]) + 1 if len(rows) else 0, _SERIES):
        some = rows[slice(*np.searchsorted(nth, [start, start + _SERIES]))]
        chosen, place = np.unique(asked.series[some], return_inverse=True)
        yield Job(some, partial(answer, packed.take(chosen), place, terms.at(asked.item[some]), context))


def jobs_alone(
    asked: Matching, packed: SeriesBatch, rows: IntArray, pairs: dict[int, IntArray], context: Context
) -> Iterator[Job]:
    """Cut rows that are answered one by one into jobs; *pairs* are the series of those that compare two."""
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        needed = [_needed(packed, pairs.get(i, asked.series[i : i + 1])) for i in some.tolist()]
        chosen = np.unique(np.concatenate(needed))
        places = [np.searchsorted(chosen, each) for each in needed]
        questions = [(int(asked.item[i]), str(asked.area[i])) for i in some]
        yield Job(some, partial(_alone, packed.take(chosen), questions, places, context))


def _needed(packed: SeriesBatch, series: IntArray) -> IntArray:
    """Those series a row rests on that are sound."""
    return np.array([s for s in series.tolist() if s >= 0 and s not in packed.problems], dtype=np.int64)


def lenders_of(asked: Matching, packed: SeriesBatch, catalogue: Catalogue) -> dict[int, IntArray]:
    """Return, for each row whose area is part of others with figures, its series and those of the others."""
    if not catalogue.parents:
        return {}
    places = {(str(packed.area[s]), str(packed.indicator[s])): s for s in range(len(packed))}
    own_model = np.array([i.target.kind.classes or i.target.kind.compares for i in asked.items], dtype=bool)
    found: dict[int, IntArray] = {}
    for row in np.flatnonzero((asked.series >= 0) & ~own_model[asked.item]).tolist():
        s = int(asked.series[row])
        if s in packed.problems:
            continue
        around = catalogue.ancestors(str(packed.area[s]))
        others = [places.get((place, str(packed.indicator[s]))) for place in around]
        there = [o for o in others if o is not None and o not in packed.problems and packed.counts[o]]
        if there:
            found[row] = np.array([s, *there], dtype=np.int64)
    return found


def _alone(
    packed: SeriesBatch,
    questions: list[tuple[int, str]],
    places: list[IntArray],
    context: Context,
) -> Answers:
    """Answer some rows one by one, on fits made together."""
    items = [context.items[item] for item, _ in questions]
    each = {s: packed.history(s) for s in sorted({s for own in places for s in own.tolist()})}
    histories = [[each[s] for s in own.tolist()] for own in places]
    models = _models(items, histories)
    _borrow(models, items, histories, context)
    found = Answers.none(len(questions))
    for i, (_, area) in enumerate(questions):
        own = Histories(histories[i], context.catalogue)
        found.put(np.array([i]), scalar_fallback(items[i], area, own, context.as_of, models[i]))
    return found


def _models(items: list[Item], histories: list[list[History]]) -> list[Model | None]:
    """For each row the default model already fitted to its series, None where another is to be."""
    found: list[Model | None] = [None] * len(items)
    default = StructuralMixture()
    rows = [
        i
        for i, (item, own) in enumerate(zip(items, histories, strict=True))
        if not (item.target.kind.classes or item.target.kind.compares)
        and len(own) == 1
        and len(own[0]) >= default.minimum
    ]
    try:
        with np.errstate(all="ignore"):
            fits = default.fit_all([histories[i][0] for i in rows])
    except (ArithmeticError, ValueError):
        # One series that breaks the arithmetic must not cost its neighbours their answers.
        return found
    for i, fitted in zip(rows, fits, strict=True):
        found[i] = PrefittedModel(fitted)
    return found


def _borrow(
    models: list[Model | None], items: list[Item], histories: list[list[History]], context: Context
) -> None:
    """Put the fitted lending models of rows in their places, each parent fitted once for all its parts."""
    made: dict[tuple[int, ...], SmallArea] = {}
    rows: list[tuple[int, History, SmallArea]] = []
    for i, (item, own) in enumerate(zip(items, histories, strict=True)):
        model = None
        if len(own) > 1 and len(own[0]) > 1:
            every = Histories(own, context.catalogue)
            model = lending_model(own[0], question_of(item), every, context.as_of)
        if model is not None:
            key = tuple(id(parent) for parent in own[1:])
            rows.append((i, own[0], made.setdefault(key, model)))
    try:
        with np.errstate(all="ignore"):
            fits = fit_small_areas([(history, model) for _, history, model in rows])
    except (ArithmeticError, ValueError):
        # One series that breaks the arithmetic must not cost its neighbours their answers.
        return
    for (i, _, _), fitted in zip(rows, fits, strict=True):
        models[i] = PrefittedModel(fitted)
