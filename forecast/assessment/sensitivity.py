"""How an answer came to be: what it was in earlier years, and which observations it hangs on."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

import pandas as pd

from forecast.assessment.assess import assess
from forecast.assessment.assessment import Assessment
from forecast.assessment.base import Base
from forecast.distribution.distribution import Rng
from forecast.evaluation.scores import LEVEL
from forecast.history.history import History
from forecast.models.base import Model
from forecast.target.target import Target


def timeline(
    history: History,
    target: Target,
    *,
    model: Model | None = None,
    base: Base | None = None,
    since: int | None = None,
    rng: Rng = 0,
) -> pd.DataFrame:
    """Assess a target as of every past year: how its probability grew.

    Parameters
    ----------
    history : History
    target : Target
    model : Model, optional
        Default: the library's default model.
    base : Base, optional
        Year and value that progress is counted from; used from that year on.
    since : int, optional
        The first year to look back from. Default: the first observed year.
    rng : None, int or numpy.random.Generator

    Returns
    -------
    DataFrame
        One row for each year, up to the last observed: ``as_of, last_year, last_value, n, status,
        probability, rating, median, low, high`` (the central 80 % of the outlook), ``required_per_year,
        completion, evidence``. What could not be said is NaN; once the target year is observed, the
        status is its outcome.

    Raises
    ------
    TargetError
        If the target is not of this history.

    Examples
    --------
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> seen = timeline(h, Target.at_least("coverage", 74, year=2023, unit="%"), since=2020)
    >>> seen["as_of"].tolist(), seen["status"].tolist()
    ([2020, 2021, 2022, 2023], ['open', 'open', 'open', 'met'])
    """
    first = history.first_year if since is None else max(since, history.first_year)
    rows = []
    for year in range(first, history.last_year + 1):
        known = base if base is not None and base.year <= year else None
        found = assess(history, target, model=model, base=known, as_of=year, rng=rng)
        rows.append({"as_of": year, **_said(found)})
    return pd.DataFrame(rows)


def _said(assessment: Assessment) -> dict[str, object]:
    known, outlook = assessment.history, assessment.outlook if assessment.probability is not None else None
    low, high = (None, None) if outlook is None else outlook.interval(LEVEL)
    return {
        "last_year": known.last_year if known else None,
        "last_value": known.last_value if known else None,
        "n": len(known) if known else 0,
        "status": assessment.status,
        "probability": assessment.probability,
        "rating": assessment.rating,
        "median": None if outlook is None else outlook.median(),
        "low": low,
        "high": high,
        "required_per_year": assessment.required.per_year if assessment.required else None,
        "completion": assessment.completion,
        "evidence": assessment.evidence.grade,
    }


@dataclass(frozen=True)
class LeaveOneOut:
    """What the answer would be without one observation.

    Parameters
    ----------
    year : int
        Of the observation left out.
    probability : float or None
    rating : str
    change : float
        Of the probability, a proportion; 0 where there is none.
    """

    year: int
    probability: float | None
    rating: str
    change: float


@dataclass(frozen=True)
class Stability:
    """Whether an answer hangs on single observations.

    Parameters
    ----------
    probability : float or None
    rating : str
        With all observations.
    drops : tuple of LeaveOneOut
        One for each observation, by year.
    """

    probability: float | None
    rating: str
    drops: tuple[LeaveOneOut, ...]

    @property
    def stable(self) -> bool:
        """Whether the rating stays the same whichever observation is left out."""
        return all(drop.rating == self.rating for drop in self.drops)

    @property
    def pivotal_years(self) -> tuple[int, ...]:
        """Years without which the rating would be another."""
        return tuple(drop.year for drop in self.drops if drop.rating != self.rating)

    @property
    def most_influential(self) -> LeaveOneOut | None:
        """Observation that moves the probability most; None where there is only one."""
        return max(self.drops, key=lambda drop: abs(drop.change), default=None)

    @property
    def without_first(self) -> LeaveOneOut | None:
        """Answer without the first observation."""
        return self.drops[0] if self.drops else None

    @property
    def without_last(self) -> LeaveOneOut | None:
        """Answer without the last observation: last year's answer."""
        return self.drops[-1] if self.drops else None

    def to_frame(self) -> pd.DataFrame:
        """One row for each observation: ``left_out`` (its year), ``probability, rating, change``."""
        names = {"year": "left_out"}
        columns = [each.name for each in fields(LeaveOneOut)]
        return pd.DataFrame([asdict(drop) for drop in self.drops], columns=columns).rename(columns=names)


def stability(
    history: History,
    target: Target,
    *,
    model: Model | None = None,
    base: Base | None = None,
    rng: Rng = 0,
) -> Stability:
    """Leave out each observation in turn and assess the target again.

    Parameters
    ----------
    history : History
    target : Target
    model : Model, optional
        Default: the library's default model.
    base : Base, optional
    rng : None, int or numpy.random.Generator

    Raises
    ------
    TargetError
        If the target is not of this history.

    Examples
    --------
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> robust = stability(h, Target.at_least("coverage", 80, year=2027, unit="%"))
    >>> len(robust.drops), robust.most_influential.year
    (8, 2023)
    """
    whole = assess(history, target, model=model, base=base, rng=rng)
    drops = []
    for year in history.years.tolist() if len(history) > 1 else []:
        left = assess(history.without(year), target, model=model, base=base, rng=rng)
        both = left.probability is not None and whole.probability is not None
        change = (left.probability or 0.0) - (whole.probability or 0.0) if both else 0.0
        drops.append(LeaveOneOut(year, left.probability, left.rating, change))
    return Stability(whole.probability, whole.rating, tuple(drops))
