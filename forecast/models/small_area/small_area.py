"""A model for thin histories: the own figures, pooled with what the parents make likely.

A district is never alone: its city and its province are known every year, and usually to a later one.
The outlook is a linear pool of the own history's outlook (the default model) and, for each parent, of
the parent's outlook times the ratio between area and parent. How much each counts was learned on
areas within areas; see :mod:`forecast.models.small_area.ratio` and ``benchmarks/train_small_area.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtri

from forecast.arrays import FloatArray, IntArray
from forecast.distribution.closed_form import ClosedForm, before_rounding, pooled
from forecast.distribution.distribution import Rng, StudentTMixture
from forecast.distribution.rounded import Rounded, to_whole
from forecast.errors import ModelError
from forecast.history.history import History
from forecast.history.whole_numbers import is_count
from forecast.language.message import Message
from forecast.language.note import Note
from forecast.models.mixture.structural_mixture import FittedMixture, StructuralMixture
from forecast.models.small_area.explain import Borrowing, borrowing_of
from forecast.models.small_area.lender import Lender, Parent, ratios_of, row_of
from forecast.models.small_area.lending import learned, shares
from forecast.models.small_area.pairing import Pair, check_parents, kind_of, pairs_of, unfit
from forecast.models.small_area.ratio import describe


@dataclass(frozen=True, eq=False)
class FittedSmallArea:
    """An area's own fit and its lenders, with their shares.

    Parameters
    ----------
    history : History
    own : FittedMixture or None
        None with a single observation.
    lenders : tuple of Lender
        The parents that can lend, nearest first; empty if none can.
    shares : ndarray, shape (1 + lenders,)
        Of the own history first; they sum to one.
    notes : tuple of Note
        Those of the own fit, who lent what, and which parent could not and why.
    """

    history: History
    own: FittedMixture | None
    lenders: tuple[Lender, ...]
    shares: FloatArray
    notes: tuple[Note, ...] = ()
    _outlooks: dict[int, ClosedForm] = field(default_factory=dict, init=False, repr=False)

    def predict(self, year: int) -> ClosedForm:
        """Outlook for *year*, in the indicator's unit, in closed form."""
        self.history.steps_to(year)
        if year not in self._outlooks:
            parts: list[ClosedForm] = [] if self.own is None else [self.own.predict(year)]
            parts += [lender.predict(year) for lender in self.lenders]
            weights = self.shares if self.own is not None else self.shares[1:]
            pool = pooled(parts, weights) if len(parts) > 1 else parts[0]
            self._outlooks[year] = Rounded(before_rounding(pool)) if is_count(self.history) else pool
        return self._outlooks[year]

    def paths(self, year: int, *, n: int = 2000, rng: Rng = None) -> FloatArray:
        """*n* joint draws of every year after the last observation up to *year*.

        Each path follows the own history or one parent from start to end.

        Returns
        -------
        ndarray, shape (n, year - last observed year)
        """
        if self.own is not None and not self.lenders:
            return self.own.paths(year, n=n, rng=rng)
        generator = np.random.default_rng(rng)
        paths = np.empty((n, self.history.steps_to(year)))
        member = generator.choice(len(self.shares), size=n, p=self.shares)
        if self.own is not None:
            own = member == 0
            paths[own] = self.own.paths(year, n=int(own.sum()), rng=generator)
        for k, lender in enumerate(self.lenders, start=1):
            mine = member == k
            images = lender.images(year, int(mine.sum()), generator)
            paths[mine] = lender.pair.scale.inverse(images)
        return self._inside(paths)

    def stratified_paths(self, year: int) -> FloatArray:
        """512 equally likely courses of every year after the last observation up to *year*.

        Each lender and the own history give as many as their share is. No random numbers are taken, and
        a later last year changes no earlier one.

        Returns
        -------
        ndarray, shape (512, year - last observed year)
        """
        parts = [] if self.own is None else [self.own.stratified_paths(year)]
        if not self.lenders:
            return parts[0]
        for lender in self.lenders:
            parts.append(lender.pair.scale.inverse(lender.stratified_images(year)))
        weights = self.shares[-len(parts) :]
        ends = np.round(len(parts[0]) * np.cumsum(weights)).astype(int)
        counts = np.diff(ends, prepend=0)
        chosen = [part[_evenly(len(part), count)] for part, count in zip(parts, counts, strict=True)]
        return self._inside(np.concatenate(chosen))

    def _inside(self, paths: FloatArray) -> FloatArray:
        inside = paths if self.history.bounds == (None, None) else np.clip(paths, *self.history.bounds)
        return to_whole(inside) if is_count(self.history) else inside

    def explain(self) -> Borrowing:
        """How much of the outlook rests on the own history and on each parent, and why.

        Examples
        --------
        >>> city = History.of("output", range(2010, 2024), [50 * 1.05**i for i in range(14)], area="City")
        >>> own = History.of("output", [2010, 2015, 2020], [5.0, 6.5, 8.1], area="District")
        >>> explanation = SmallArea([city]).fit(own).explain()
        >>> round(explanation.own + sum(lent.share for lent in explanation.lent), 9)
        1.0
        """
        return borrowing_of(self.shares, self.lenders)


def _evenly(size: int, count: int) -> IntArray:
    """So many places spread evenly over *size*."""
    return ((np.arange(count) + 0.5) * size / max(count, 1)).astype(np.int64)


@dataclass(frozen=True)
class SmallArea:
    """The default model with strength borrowed from the areas that an area is part of.

    Serves an area with one observation or more. A parent that cannot lend (it ends before the area
    does or lacks its last year, is of another unit, has a zero where the area has none, or begins a new
    level after the area's last figure) is left out with a note; with none left, the own history stands alone.

    Parameters
    ----------
    parents : sequence of History
        Of the same indicator and unit, the nearest first: city, province, nation.

    Raises
    ------
    ModelError
        For no parents.

    Examples
    --------
    >>> values = [50, 53, 55, 58, 62, 64, 66, 70, 73, 75, 76, 80, 83, 88]
    >>> city = History.of("output", range(2010, 2024), values, area="City", bounds=(0, None))
    >>> own = History.of("output", [2010, 2015, 2020], [5, 6.5, 7.7], area="District", bounds=(0, None))
    >>> fitted = SmallArea([city]).fit(own)
    >>> fitted.predict(2026).at_least(8.5) > 0.5
    True
    """

    parents: Sequence[History]
    _fits: dict[int, Parent] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Freeze and check the parents."""
        object.__setattr__(self, "parents", check_parents(self.parents))

    @property
    def minimum(self) -> int:
        """One observation: the level, for the parents' change."""
        return 1

    def fit(self, history: History) -> FittedSmallArea:
        """Fit to one area.

        Raises
        ------
        ModelError
            If a parent is of another indicator, or the area itself; and with a single own
            observation if no parent can lend.
        """
        return self.fit_all([history])[0]

    def fit_all(self, histories: Sequence[History]) -> list[FittedSmallArea]:
        """Fit to many areas of the same parents; the same answers as one by one."""
        return fit_small_areas([(history, self) for history in histories])

    def parent(self, k: int) -> Parent:
        """Parent fitted, once for all areas."""
        if k not in self._fits:
            self._fits[k] = Parent(StructuralMixture().fit(self.parents[k]))
        return self._fits[k]

    def outlook(self, year: int, *, between: tuple[float, float], level: float = 0.8) -> StudentTMixture:
        """Outlook of an area without any figure of its own, from a stated spread.

        Parameters
        ----------
        year : int
            After the nearest parent's last year.
        between : tuple of (float, float)
            The values, in the indicator's unit and in the nearest parent's last year, that hold the
            area with probability *level*: known from its neighbours, or assumed and said so.
        level : float
            A proportion.

        Returns
        -------
        StudentTMixture
            The nearest parent's outlook, and around it the spread that was stated, kept as it is.

        Examples
        --------
        >>> city = History.of("forest_cover", range(2010, 2020), [80 + 0.3 * i for i in range(10)], unit="%",
        ...                   area="City", bounds=(0, 100))
        >>> outlook = SmallArea([city]).outlook(2026, between=(75, 92))
        >>> 75 < outlook.median() < 92
        True
        """
        return unseen_outlook(self, year, between, level)


def fit_small_areas(children: Sequence[tuple[History, SmallArea]]) -> list[FittedSmallArea]:
    """Fit many areas, each with its own parents, in one array program; the same answers as one by one."""
    able = [i for i, (history, _) in enumerate(children) if len(history) > 1]
    own = dict(zip(able, StructuralMixture().fit_all([children[i][0] for i in able]), strict=True))
    pairs: list[tuple[int, int, Pair]] = []
    notes: list[list[Note]] = []
    for i, (history, model) in enumerate(children):
        said, further = list(own[i].notes) if i in own else [], 0
        for k, parent in enumerate(model.parents):
            problem = unfit(history, parent)
            if problem is None:
                pairs.append((i, k, Pair(history, parent, kind_of(history, parent), further)))
                further += 1
            else:
                said.append(problem)
        notes.append(said)
    lenders: list[list[Lender]] = [[] for _ in children]
    scores: list[list[float]] = [[] for _ in children]
    if pairs:
        arrays, taught = pairs_of([pair for _, _, pair in pairs]), learned()
        seen = describe(arrays)
        weights, state = ratios_of(arrays, seen, taught)
        points = (seen.lending * taught.lending).sum(axis=1)
        for row, (i, k, pair) in enumerate(pairs):
            lenders[i].append(Lender(pair, children[i][1].parent(k), weights[row], row_of(state, row)))
            scores[i].append(float(points[row]))
    return [
        _put_together(h, own.get(i), lenders[i], scores[i], notes[i]) for i, (h, _) in enumerate(children)
    ]


def _put_together(
    history: History,
    own: FittedMixture | None,
    lenders: list[Lender],
    scores: list[float],
    notes: list[Note],
) -> FittedSmallArea:
    """Fit of one area, or say why there is none."""
    if own is None and not lenders:
        why = "; ".join(str(note) for note in notes)
        raise ModelError(Message("nothing_lent", name=history.name, why=why, last_year=history.last_year))
    each = shares(np.array(scores), own is not None)
    lent = borrowing_of(each, tuple(lenders)).notes
    return FittedSmallArea(history, own, tuple(lenders), each, (*notes, *lent))


def unseen_outlook(
    model: SmallArea, year: int, between: tuple[float, float], level: float
) -> StudentTMixture:
    """Outlook of an area without any figure of its own; see :meth:`SmallArea.outlook`."""
    nearest = model.parents[0]
    low, high = between
    if not low < high or not 0 < level < 1:
        raise ModelError(Message("spread_form", between=between, level=level))
    pair = Pair(nearest, nearest, kind_of(nearest, nearest))
    images = pair.scale.transform([low, high])
    if not np.isfinite(images).all():
        raise ModelError(Message("spread_cannot", name=nearest.name, low=low, high=high))
    spread = float(images[1] - images[0]) / (2 * float(ndtri(0.5 + level / 2)))
    shift = float(images.mean()) - float(pair.scale.transform(nearest.last_value))
    cells = model.parent(0).cells(pair, year)
    kept = cells.weights > 0
    return StudentTMixture(
        cells.weights[kept],
        np.full(int(kept.sum()), np.inf),
        shift + cells.middle[kept],
        np.sqrt(spread**2 + cells.variance[kept]),
        (pair.scale,),
        bounds=nearest.bounds,
    )
