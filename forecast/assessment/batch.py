"""The answers to many rows at once, from packed series; and to single rows of rarer kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from forecast.arrays import BoolArray, FloatArray, IntArray
from forecast.assessment.assessment import unanswerable
from forecast.assessment.batch_notes import doubts, far_apart, has_outside_view, remarks
from forecast.assessment.evidence import grade_positions
from forecast.assessment.first_passage import EVEN, FARTHEST
from forecast.assessment.forecast import PROMISE
from forecast.assessment.growth import GrowthArrays
from forecast.assessment.items import answered, fault_sentence
from forecast.assessment.outside_view import FEW_OF_ITS_OWN
from forecast.assessment.probability import LEAST
from forecast.assessment.progress import RATINGS, completion, effort, rating_of, schedule
from forecast.assessment.question import (
    Question,
    base_of,
)
from forecast.assessment.strong_growth import needs_it_to_last, strong_pace
from forecast.assessment.study import Line, record
from forecast.distribution.interval_probability import within_each
from forecast.distribution.likelihood_scale import LIKELIHOODS, likelihood_positions
from forecast.evaluation.scores import LEVEL
from forecast.history.batch import DensePanel, SeriesBatch
from forecast.history.histories import Histories
from forecast.language.message import Message
from forecast.models.base import Model
from forecast.models.mixture.batch_fit import BatchFit
from forecast.models.mixture.predictive import PredictiveBatch
from forecast.models.mixture.structural_mixture import StructuralMixture
from forecast.target.batch import Context, TargetBatch
from forecast.target.plan import Item

FIGURES = (
    "base_value", "last_value", "completion", "schedule", "observed_per_year", "observed_compound",
    "required_per_year", "required_compound", "effort_ratio", "median", "low", "high", "probability",
    "reachable",
)  # fmt: skip
YEARS = ("base_year", "last_year", "year_reached")
# What codes stand for; -1 is nothing.
WORDS = {
    "likelihood": tuple(word.key for word in LIKELIHOODS),
    "rating": RATINGS,
    "evidence": ("A", "B", "C", "D"),
    "status": ("open", "maintain", "met", "missed", "unanswered"),
}
OPEN, MAINTAIN, MET, MISSED, UNANSWERED = range(5)
# More than any horizon.
_FAR = 10_000
# Series filtered together: enough to fill numpy's loops, few enough to stay in the cache.
_TOGETHER = 256


@dataclass(frozen=True, eq=False)
class Answers:
    """Figures of many rows.

    Parameters
    ----------
    figures : dict of str to ndarray, shape (rows,)
        By the columns of the table; years as floats, NaN where there is none.
    words : dict of str to ndarray of int, shape (rows,)
        Positions in ``WORDS``.
    problems, notes : dict of int to str
        Why a row has no probability; and what should be known of its data and its answer.
    left : ndarray of bool, shape (rows,)
        What arrays cannot answer.
    """

    figures: dict[str, FloatArray]
    words: dict[str, IntArray]
    problems: dict[int, str]
    notes: dict[int, str]
    left: BoolArray

    @classmethod
    def none(cls, rows: int) -> Answers:
        """As many rows without any answer."""
        return cls(
            {name: np.full(rows, np.nan) for name in (*FIGURES, *YEARS)},
            {
                "likelihood": np.full(rows, -1, dtype=np.int8),
                "rating": np.full(rows, RATINGS.index("not_assessed"), dtype=np.int8),
                "evidence": np.full(rows, 3, dtype=np.int8),
                "status": np.full(rows, UNANSWERED, dtype=np.int8),
            },
            {},
            {},
            np.zeros(rows, dtype=bool),
        )

    def put(self, rows: IntArray, other: Answers) -> None:
        """Write *other* into the given rows."""
        for mine, theirs in ((self.figures, other.figures), (self.words, other.words)):
            for name, column in mine.items():
                column[rows] = theirs[name]
        self.left[rows] = other.left
        self.problems.update({int(rows[i]): problem for i, problem in other.problems.items()})
        self.notes.update({int(rows[i]): note for i, note in other.notes.items()})


def answer(packed: SeriesBatch, series: IntArray, terms: TargetBatch, context: Context) -> Answers:
    """Answer rows by arrays.

    Parameters
    ----------
    packed : SeriesBatch
        Series with observations, in any number: they are worked on a few hundred at a time.
    series : ndarray of int, shape (rows,)
        Which series each row asks.
    terms : TargetBatch
        Entries (rows,).
    context : Context
    """
    answers = Answers.none(len(series))
    for chosen, rows in _batches(packed, series):
        own = _places(chosen, series[rows])
        try:
            # The very largest and smallest numbers overflow here and there; what is not finite is left.
            with np.errstate(all="ignore"):
                some = _answer_some(packed.take(chosen), own, terms.at(rows), context)
        except (ArithmeticError, ValueError):
            # One series that breaks the arithmetic must not cost its neighbours their answers.
            some = Answers.none(len(rows))
            some.left[:] = True
        answers.put(rows, some)
    return answers


def _batches(packed: SeriesBatch, series: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Cut the series into batches of like length, each with its rows."""
    spans = packed.years[packed.start[1:] - 1] - packed.years[packed.start[:-1]]
    # Where both bounds are given there is one scale more to work on.
    bounded = np.isfinite(packed.bounds).all(axis=1)
    order = np.lexsort((packed.counts, spans, bounded))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    by_rank = np.argsort(rank[series], kind="stable")
    cuts = np.searchsorted(rank[series][by_rank], np.arange(0, len(order) + _TOGETHER, _TOGETHER))
    for i, (start, end) in enumerate(pairwise(cuts)):
        if end > start:
            yield order[i * _TOGETHER : (i + 1) * _TOGETHER], by_rank[start:end]


def _places(chosen: IntArray, series: IntArray) -> IntArray:
    """Where each of *series* stands in *chosen*."""
    order = np.argsort(chosen)
    return order[np.searchsorted(chosen, series, sorter=order)]


def _answer_some(packed: SeriesBatch, row: IntArray, terms: TargetBatch, context: Context) -> Answers:
    """Answer the rows of one batch."""
    grid = DensePanel.of(packed)
    question = Question.of(packed, grid, row, terms, _few(packed))
    apart = far_apart(question.solved.threshold, question.known.last)
    answers = Answers.none(len(row))
    answers.left[:] = question.left
    _arithmetic(answers, grid, question)
    answers.words["evidence"][:] = grade_positions(packed, grid, row, terms.year, context.as_of)
    met = _outcomes(answers, packed, grid, question)
    required = answers.figures["required_compound"]
    hopes = needs_it_to_last(strong_pace(grid.values)[row], required, terms.direction)
    doubted = question.solved.rounded | apart | hopes
    over = np.flatnonzero((met >= 0) & apart & ~question.left)
    said_of = zip(over.tolist(), doubts(packed, row[over], terms.item[over], context), strict=True)
    answers.notes.update({i: text for i, text in said_of if text is not None})
    ahead = np.flatnonzero((terms.year > question.known.last_year) & ~question.left)
    if len(ahead):
        fits = BatchFit.of(packed, grid, question.known.row[ahead])
        _forecast(answers, ahead, fits, question)
        quantities = [answers.figures[name][ahead] for name in ("probability", "median", "low", "high")]
        answers.left[ahead] = ~np.isfinite(quantities).all(axis=0)
        chance = np.where(answers.left[ahead], np.nan, answers.figures["probability"][ahead])
        said = remarks(packed, fits, terms.item[ahead], chance, doubted[ahead], context)
        answers.notes.update({int(ahead[i]): text for i, text in said.items()})
    p, pace = answers.figures["probability"], answers.figures["observed_per_year"]
    held = answers.words["status"] == MAINTAIN
    answers.words["rating"][:] = rating_of(p, met, pace, terms.direction, held)
    answers.words["likelihood"][:] = likelihood_positions(p)
    return answers


def _few(packed: SeriesBatch) -> BoolArray:
    """Which series are too short for the model, or short enough to be left to an outside view."""
    few = packed.counts < StructuralMixture().minimum
    for s in np.flatnonzero(packed.counts <= FEW_OF_ITS_OWN):
        few[s] = few[s] or has_outside_view(packed.indicator[s])
    return few


def _arithmetic(answers: Answers, grid: DensePanel, question: Question) -> None:
    """Fill in growth, completion and schedule."""
    known, terms, goal = question.known, question.terms, question.solved.threshold
    base_year, base = base_of(known, grid, terms)
    counted = base_year < known.last_year
    first_year, first = np.where(counted, (base_year, base), (known.pace_year, known.pace_value))
    observed = GrowthArrays.over(first, known.last, first_year, known.last_year)
    open_goal = np.where(terms.year > known.last_year, goal, np.nan)
    required = GrowthArrays.over(known.last, open_goal, known.last_year, terms.year)
    columns = {
        "base_year": base_year,
        "base_value": base,
        "last_year": known.last_year,
        "last_value": known.last,
        "completion": completion((base_year, base), (known.last_year, known.last), goal, terms.direction),
        "schedule": schedule(known.last_year, base_year, terms.year),
        "observed_per_year": observed.per_year,
        "observed_compound": observed.compound,
        "required_per_year": required.per_year,
        "required_compound": required.compound,
        "effort_ratio": effort(required, observed, known.bounds, terms.direction),
    }
    for name, column in columns.items():
        answers.figures[name][:] = column


def _outcomes(answers: Answers, packed: SeriesBatch, grid: DensePanel, question: Question) -> IntArray:
    """Fill in what came of targets whose year has come; return 1 for met, 0 for missed, else -1."""
    known, terms = question.known, question.terms
    past = terms.year <= known.last_year
    outcome = grid.value_in(known.row, np.where(past, terms.year, np.nan))
    seen = np.isfinite(outcome)
    met = seen & (outcome >= question.solved.lower) & (outcome <= question.solved.upper)
    answers.words["status"][seen] = np.where(met[seen], MET, MISSED)
    for i in np.flatnonzero(past & ~seen & ~question.left).tolist():
        name = packed.name(known.row[i])
        answers.problems[i] = Message("year_is_over", name=name, year=int(terms.year[i]))
    return np.where(seen, met.astype(np.int64), -1)


def _forecast(answers: Answers, rows: IntArray, fits: BatchFit, question: Question) -> None:
    """Fill in probabilities, quantiles and years of the given rows, all of them still ahead."""
    known, terms = question.known.at(rows), question.terms.at(rows)
    up = terms.direction > 0
    # Targets of one direction for one series and year share an outlook.
    steps = (terms.year - known.last_year).astype(np.int64)
    key = (fits.row * _FAR + steps) * 2 + up
    shared, place = np.unique(key, return_inverse=True)
    outlooks = PredictiveBatch.of(
        fits.filtered, fits.weights, shared // 2 // _FAR, shared // 2 % _FAR, fits.stillness, fits.whole
    )
    promise = np.where(shared % 2 == 1, 1 - PROMISE, PROMISE)
    tails = np.tile([0.5, (1 - LEVEL) / 2, (1 + LEVEL) / 2], (len(shared), 1))
    median, low, high, promised = outlooks.quantile(np.column_stack([tails, promise]))[place].T
    limits = question.solved.lower[rows], question.solved.upper[rows]
    chance = np.clip(within_each(outlooks, place, *limits), LEAST, 1 - LEAST)
    now = (known.last >= limits[0]) & (known.last <= limits[1])
    columns = {
        "median": median,
        "low": low,
        "high": high,
        "probability": chance,
        "reachable": np.where(terms.direction == 0, np.nan, promised),
        "year_reached": np.where(
            now, known.last_year, known.last_year + fits.years_to(limits, ~now, p=EVEN, farthest=FARTHEST)
        ),
    }
    for name, column in columns.items():
        answers.figures[name][rows] = column
    answers.words["status"][rows] = np.where(now & ~question.solved.strict[rows], MAINTAIN, OPEN)


def scalar_fallback(
    item: Item, area: str, histories: Histories, as_of: int | None, model: Model | None
) -> Answers:
    """Answer one row as ``assess`` does: for rarer kinds, proxies, and very short series."""
    own = replace(item, area=area)
    with np.errstate(all="ignore"):
        assessment = answered(own, histories, as_of, model, 0)
        try:
            said = record(Line(own, assessment))
        except (ArithmeticError, ValueError) as fault:
            said = record(Line(own, unanswerable(item.target, fault_sentence(own, fault))))
    row = Answers.none(1)
    for name, column in row.figures.items():
        column[:] = np.array([said[name]], dtype=float)
    for name, codes in row.words.items():
        codes[0] = -1 if said[name] is None else WORDS[name].index(said[name])
    if isinstance(failure := said["problem"], str):
        # Not str(...): a message can still be told in another language.
        row.problems[0] = failure
    if said["notes"] is not None:
        row.notes[0] = str(said["notes"])
    return row
