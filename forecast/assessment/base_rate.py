"""The outside view of plans: what share of the targets of plans now over was met.

``data/reference/plans.csv`` holds plans whose outcomes are known: y_j of n_j targets met. Plans differ
more than chance allows, so each has a share of its own, drawn around a common one (beta-binomial with a
random effect per plan; Gelman et al., Bayesian Data Analysis, ch. 5):

    y_j | theta_j ~ Binomial(n_j, theta_j),     theta_j ~ Beta(mu kappa, (1 - mu) kappa)
    mu ~ Uniform(0, 1),     1 / (1 + kappa) ~ Uniform(0, 1)

With theta_j integrated out, log p(y_j | mu, kappa) = log B(mu kappa + y_j, (1 - mu) kappa + n_j - y_j)
- log B(mu kappa, (1 - mu) kappa) + a constant. The posterior of mu and kappa is taken on a fixed grid.
The next plan's share theta is a mixture of those betas: its mean is the probability that one of its
targets is met, its interval says how far plans differ.

It is a statement about plans and not about any one target: it enters no rating and no calibration.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.special import betainc, betaln

from forecast.arrays import FloatArray
from forecast.errors import TargetError, check_level
from forecast.history.catalogue import Catalogue
from forecast.history.shipped_data import data_path

# Fewer plans of one country say less than those of all countries.
FEWEST_PLANS = 3
ALL = ""
BINDING = ("yes", "no", "unknown")
# Midpoints of the grid over mu and over 1 / (1 + kappa); of the grid over a plan's share.
_MIDDLES = (np.arange(40) + 0.5) / 40
_SHARES = (np.arange(100) + 0.5) / 100
# Cells of the grid with less than this part of the heaviest are left out of the interval.
_LIGHT = 1e-5


@dataclass(frozen=True)
class PlanRecord:
    """A plan that is over, or its binding or other targets, with what became of them."""

    plan: str
    country: str
    level: str
    first_year: int
    last_year: int
    targets: int
    met: int
    binding: str
    source: str
    note: str = ""


@dataclass(frozen=True, eq=False)
class BaseRate:
    """The share of its targets that a plan meets, from plans that are over.

    Attributes
    ----------
    country : str
        Whose plans were counted; ``""`` for all countries.
    records : tuple of PlanRecord
    probability : float
        That one target of one more such plan is met.
    """

    country: str
    records: tuple[PlanRecord, ...]
    probability: float
    _upto: FloatArray

    @property
    def plans(self) -> int:
        """How many plans were counted."""
        return len({record.plan for record in self.records})

    @property
    def targets(self) -> int:
        """How many targets they had."""
        return sum(record.targets for record in self.records)

    @property
    def met(self) -> int:
        """How many of those were met."""
        return sum(record.met for record in self.records)

    def interval(self, level: float = 0.8) -> tuple[float, float]:
        """Central interval of the share that one more plan meets.

        Parameters
        ----------
        level : float

        Raises
        ------
        TargetError
            If *level* is not between 0 and 1.
        """
        check_level(level, TargetError)
        ends = np.interp([(1 - level) / 2, (1 + level) / 2], self._upto, _SHARES)
        return float(ends[0]), float(ends[1])


def base_rate(records: Sequence[PlanRecord], *, country: str = ALL) -> BaseRate:
    """Base rate of plans from what became of some.

    Parameters
    ----------
    records : sequence of PlanRecord
        Several of one plan are taken together.
    country : str
        What to call the population; ``""`` for all countries. It selects nothing.

    Returns
    -------
    BaseRate

    Raises
    ------
    TargetError
        Without any record, or where more targets were met than there were.

    Examples
    --------
    >>> done = [PlanRecord(name, "X", "nation", 2001, 2005, 10, met, "unknown", "") for name, met in
    ...         (("one", 7), ("two", 7), ("three", 7))]
    >>> round(base_rate(done).probability, 2)
    0.65
    """
    if not records:
        raise TargetError("base_rate: no plan was given. Give one PlanRecord for each plan that is over.")
    for each in records:
        if not 0 <= each.met <= each.targets or each.targets < 1:
            raise TargetError(f"base_rate: {each.plan}: {each.met} of {each.targets} targets met cannot be.")
    met, targets = _by_plan(records)
    mu, kappa = np.meshgrid(_MIDDLES, 1 / _MIDDLES - 1, indexing="ij")
    a, b = mu * kappa, (1 - mu) * kappa
    logs = sum(betaln(a + y, b + n - y) - betaln(a, b) for y, n in zip(met, targets, strict=True))
    weights = np.exp(logs - np.max(logs))
    weights /= weights.sum()
    heavy = weights > _LIGHT * weights.max()
    upto = betainc(a[heavy], b[heavy], _SHARES[:, None]) @ weights[heavy] / weights[heavy].sum()
    return BaseRate(country, tuple(records), float((weights * mu).sum()), upto)


def _by_plan(records: Sequence[PlanRecord]) -> tuple[list[int], list[int]]:
    """Met and targets of each plan, over all its records."""
    met: dict[str, int] = {}
    targets: dict[str, int] = {}
    for each in records:
        met[each.plan] = met.get(each.plan, 0) + each.met
        targets[each.plan] = targets.get(each.plan, 0) + each.targets
    return list(met.values()), list(targets.values())


def shipped_base_rate(area: str = "", catalogue: Catalogue | None = None) -> BaseRate:
    """Base rate of the shipped plans: of the area's own country where it has enough, else of all.

    Parameters
    ----------
    area : str
        Whose plan is asked about.
    catalogue : Catalogue, optional
        Says which country the area is part of.

    Examples
    --------
    >>> shipped_base_rate("China").country, shipped_base_rate("Wales").country
    ('China', '')
    """
    around, place = [], area
    while place and place not in around:
        around.append(place)
        place = (catalogue or Catalogue()).area(place).part_of
    return _shipped(tuple(around))


@lru_cache(maxsize=32)
def _shipped(around: tuple[str, ...]) -> BaseRate:
    records = shipped_plans()
    for place in around:
        own = [each for each in records if each.country == place]
        if len({each.plan for each in own}) >= FEWEST_PLANS:
            return base_rate(own, country=place)
    return base_rate(records)


@lru_cache(maxsize=1)
def shipped_plans() -> tuple[PlanRecord, ...]:
    """Plans of ``data/reference/plans.csv``."""
    table = pd.read_csv(data_path("reference/plans.csv"), keep_default_na=False)
    return tuple(PlanRecord(**{str(k): v for k, v in row.items()}) for row in table.to_dict("records"))
