"""Where the progress of one target is counted from, and the growth seen since."""

from __future__ import annotations

from dataclasses import dataclass

from forecast.assessment.growth import Growth, observed_growth
from forecast.history.history import History
from forecast.target.target import Target


@dataclass(frozen=True)
class Base:
    """Where progress is counted from."""

    year: int
    value: float


def own_base(known: History, target: Target) -> Base | None:
    """Base that a target names itself; None where it names none, or nothing is known of it."""
    year = target.kind.counts_from
    if year is None:
        return None
    observed = known.value_in(year)
    value = target.kind.stated_base if observed is None else observed
    return None if value is None or year > known.last_year else Base(year, value)


def growth_seen(history: History, target: Target, base: Base | None) -> Growth | None:
    """Growth since the base; without one over the last ten years, and None for a single observation."""
    if base is not None and base.year < history.last_year:
        seen = Growth.over(base.value, history.last_value, start=base.year, end=history.last_year)
        return seen.asked_by(target)
    return observed_growth(history).asked_by(target) if len(history) > 1 else None
