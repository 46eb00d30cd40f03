"""What should be known of a row besides its figures; most rows have nothing to be said of them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.assessment.outside_view import notes_on, reference_of
from forecast.assessment.reference_data import shipped_reference
from forecast.assessment.study import text_of
from forecast.assessment.unit_checks import FAR_SHARE, suspected_unit_mismatch, unit_checks
from forecast.history.batch import SeriesBatch
from forecast.history.catalogue import Catalogue
from forecast.history.history import History
from forecast.history.units import same_unit
from forecast.language.note import Note
from forecast.models.mixture.batch_fit import BatchFit
from forecast.models.mixture.structural_mixture import notes_of
from forecast.target.batch import Context
from forecast.target.plan import question_of
from forecast.target.target import Target


def remarks(
    packed: SeriesBatch,
    fits: BatchFit,
    item: IntArray,
    chance: FloatArray,
    doubted: BoolArray,
    context: Context,
) -> dict[int, str]:
    """Notes of those rows that have any, as an assessment has them.

    Parameters
    ----------
    packed : SeriesBatch
    fits : BatchFit
        Of the rows.
    item : ndarray of int, shape (rows,)
    chance : ndarray, shape (rows,)
        The probability of each row.
    doubted : ndarray of bool, shape (rows,)
        Where values short of the target meet it by rounding, or the target is far from the figures.
    context : Context
    """
    filtered, notes = fits.filtered, {}
    odd = filtered.additive_outlier.any(axis=1) | filtered.level_shift.any(axis=1)
    odd |= np.diff(packed.break_start)[fits.series] > 0
    percent = np.array([same_unit(str(unit)) == "%" for unit in packed.unit[fits.series]], dtype=bool)
    odd |= percent & np.isinf(packed.bounds[fits.series]).all(axis=1)
    # Where figures repeat they may have been carried forward.
    odd |= np.isfinite(fits.stillness.log_odds)
    odd |= fits.whole & (packed.whole[fits.series] < 0)
    odd |= np.array([has_outside_view(name) for name in packed.indicator[fits.series]], dtype=bool)
    for i in np.flatnonzero((odd[fits.row] | doubted) & np.isfinite(chance)).tolist():
        at = int(fits.row[i])
        history = packed.history(int(fits.series[at]))
        seen = notes_of(history, filtered.additive_outlier[at], filtered.level_shift[at])
        target = question_of(context.items[item[i]])
        said = text_of(_notes(history, target, float(chance[i]), seen, context.catalogue))
        if said is not None:
            notes[i] = said
    return notes


def far_apart(goal: FloatArray, last: FloatArray) -> BoolArray:
    """Which goals lie so far from the last value that the units may differ."""
    size = np.abs(goal / last)
    return np.asarray((size != 0) & ((size >= FAR_SHARE) | (size <= 1 / FAR_SHARE)))


def doubts(packed: SeriesBatch, series: IntArray, item: IntArray, context: Context) -> list[str | None]:
    """Notes of outcomes, as an assessment has them."""
    return [
        text_of(suspected_unit_mismatch(question_of(context.items[i]), packed.history(s)))
        for s, i in zip(series.tolist(), item.tolist(), strict=True)
    ]


@lru_cache(maxsize=4096)
def has_outside_view(indicator: str) -> bool:
    """Whether a reference class for an indicator travels with the library."""
    return shipped_reference(History.of(indicator, [2000], [1.0])) is not None


def _notes(
    history: History, target: Target, chance: float, seen: tuple[Note, ...], catalogue: Catalogue
) -> tuple[Note, ...]:
    """What was seen in the data, and what is to be said of the answer."""
    places, nearer = shipped_reference(history), shipped_reference(history, catalogue)
    # The catalogue may know of nearer places; without it, or without any, those for all areas serve.
    reference = reference_of(nearer, history, target) or reference_of(places, history, target)
    said = () if reference is None else notes_on(reference, history, chance)
    return (*seen, *unit_checks(target, history), *said)
