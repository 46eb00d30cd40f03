"""The plan as a whole: how many of its targets will be met, and whether all binding ones will.

The targets of one plan share good and bad years. Each keeps its own probability p_i; one common factor m
ties them together (a one-factor Gaussian copula; Vasicek, Loan portfolio value, Risk, 2002):

    target i is met  <=>  sqrt(rho) m + sqrt(1 - rho) e_i <= Phi^-1(p_i),      m, e_i ~ N(0, 1) independent

so that, given m, the targets are independent and their number is Poisson-binomial. The mean over m is
taken on a fixed grid: no random numbers. Targets judged on one and the same series in the same direction
(two years of one indicator) depend fully on each other, given m.

rho was measured: how forecasts of different indicators of one country, made in the same year, missed
together (``benchmarks/dependence.py``). Independence (rho = 0) and full dependence (rho = 1) are the
bounds to show beside it; the expected number is the same under all three.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from forecast.arrays import FloatArray
from forecast.assessment.assessment import OUTCOMES, Assessment
from forecast.assessment.joint import SHOCK_WEIGHTS, count_distribution, given_shock
from forecast.errors import TargetError, check_level
from forecast.target.plan import Item

# rho, measured 2026-11-26 by ``python benchmarks/dependence.py UN_SDG.csv.gz POLICY.csv.gz``: 9,517 forecasts
# five years ahead, 106 and 193 countries of two panels; 0.03 (0.02-0.05) by likelihood, 0.058 (0.045-0.073)
# by moments; with 0.05 intervals for the number met held what they meant to (.906 for .903, .981 for .981).
CORRELATION = 0.05
INDEPENDENT, FULL = 0.0, 1.0


@dataclass(frozen=True)
class Spoiler:
    """A target by how often it is among those missed, when not all are met.

    Attributes
    ----------
    id : str
        Of the plan's item.
    share : float
        Probability that it is missed, given that at least one is.
    """

    id: str
    share: float


@dataclass(frozen=True, eq=False)
class PlanOutlook:
    """How many of the assessed targets of a plan are met.

    Attributes
    ----------
    ids : tuple of str
        The targets with a probability or an outcome, in the plan's order.
    each : ndarray, shape (targets,)
        The probability of each alone; 0 or 1 where its year is already observed.
    binding : tuple of str
        Those of them that are binding.
    unassessed : tuple of str
        Targets without a probability: nothing here speaks of them.
    correlation : float
        rho, from 0 (independent) to 1 (full dependence).
    groups : tuple of tuple of int
        Positions of targets on one and the same series.
    """

    ids: tuple[str, ...]
    each: FloatArray
    binding: tuple[str, ...] = ()
    unassessed: tuple[str, ...] = ()
    correlation: float = CORRELATION
    groups: tuple[tuple[int, ...], ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        """How many targets are counted."""
        return len(self.ids)

    @property
    def expected(self) -> float:
        """The expected number of targets met; the same whatever the dependence."""
        return float(self.each.sum())

    @property
    def distribution(self) -> FloatArray:
        """The probability that exactly 0, 1, ... all are met."""
        counts = count_distribution(self.each, self.correlation, self.groups)
        return np.asarray(np.clip(counts, 0.0, 1.0))

    def interval(self, level: float = 0.8) -> tuple[int, int]:
        """Central interval of the number met.

        Parameters
        ----------
        level : float
            Its probability is at least this: a count cannot hit it exactly.

        Returns
        -------
        tuple of (int, int)
            Both ends included.

        Raises
        ------
        TargetError
            If *level* is not between 0 and 1.
        """
        check_level(level, TargetError)
        upto = np.cumsum(self.distribution)
        tail = (1 - level) / 2
        # Sums of probabilities are a rounding error away from what they are compared with.
        low, high = np.searchsorted(upto, [tail * (1 + 1e-9), (1 - tail) * (1 - 1e-9)])
        return int(low), min(int(high), len(self))

    def at_least(self, k: int) -> float:
        """Probability that *k* targets or more are met."""
        return float(min(self.distribution[max(k, 0) :].sum(), 1.0))

    @property
    def all_met(self) -> float:
        """The probability that every assessed target is met."""
        return self._all(range(len(self)))

    @property
    def all_binding(self) -> float | None:
        """The probability that every assessed binding target is met; None where there is none."""
        return self._all(self._positions(self.binding)) if self.binding else None

    @property
    def spoilers(self) -> tuple[Spoiler, ...]:
        """The binding targets (all, where none is binding), by how often each spoils it; most often first.

        Empty where every one of them is met for certain.
        """
        of = self._positions(self.binding) if self.binding else list(range(len(self)))
        failure = 1 - self._all(of)
        if failure <= 0:
            return ()
        found = [Spoiler(self.ids[i], float(min((1 - self.each[i]) / failure, 1.0))) for i in of]
        return tuple(sorted(found, key=lambda each: -each.share))

    @property
    def independent(self) -> PlanOutlook:
        """The same targets, as if nothing tied them together."""
        return replace(self, correlation=INDEPENDENT, groups=())

    @property
    def fully_dependent(self) -> PlanOutlook:
        """The same targets, as if one draw decided all of them."""
        return replace(self, correlation=FULL, groups=())

    def _positions(self, ids: Iterable[str]) -> list[int]:
        return [self.ids.index(id) for id in ids]

    def _all(self, of: Iterable[int]) -> float:
        """Probability that all of these are met, within the bounds of Fréchet."""
        of = list(of)
        weakest = float(self.each[of].min())
        if self.correlation >= FULL:
            return weakest
        given = given_shock(self.each, self.correlation)
        product = np.ones(len(SHOCK_WEIGHTS))
        grouped = {i for group in self.groups for i in group}
        for members in (*((i,) for i in of if i not in grouped), *self.groups):
            asked = [i for i in members if i in of]
            if asked:
                product = product * given[:, asked].min(axis=1)
        at_worst = max(float(self.each[of].sum()) - len(of) + 1, 0.0)
        return float(np.clip(SHOCK_WEIGHTS @ product, at_worst, weakest))


def plan_outlook(
    lines: Iterable[tuple[Item, Assessment]], *, correlation: float = CORRELATION
) -> PlanOutlook:
    """How many targets of a plan will be met.

    Parameters
    ----------
    lines : iterable of (Item, Assessment)
    correlation : float
        rho, from 0 (independent) to 1 (full dependence). Default: the measured one.

    Returns
    -------
    PlanOutlook

    Raises
    ------
    TargetError
        If no target has a probability or an outcome, or the correlation lies outside 0 to 1.
    """
    if not 0 <= correlation <= 1:
        raise TargetError(f"together: a correlation lies from 0 to 1; got {correlation!r}.")
    ids, each, binding, unassessed, series = [], [], [], [], []
    for item, a in lines:
        chance = float(a.status == "met") if a.status in OUTCOMES else a.probability
        if chance is None:
            unassessed.append(item.id)
            continue
        if item.nature == "binding":
            binding.append(item.id)
        decided = a.status in OUTCOMES or a.history is None
        series.append(None if decided else (item.key, item.target.direction))
        ids.append(item.id)
        each.append(chance)
    if not ids:
        raise TargetError(
            "together: no target has a probability. Add figures, or read study.failures for what is missing."
        )
    groups = tuple(
        members
        for name in dict.fromkeys(series)
        if name is not None and len(members := tuple(i for i, key in enumerate(series) if key == name)) > 1
    )
    return PlanOutlook(
        tuple(ids), np.array(each), tuple(binding), tuple(unassessed), float(correlation), groups
    )
