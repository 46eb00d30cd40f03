"""The records every rule shares: two points with a target going in, a verdict coming out."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from forecast.arrays import FloatArray
from forecast.errors import TargetError

# A gap below 1.5 % of the larger value is mostly noise: of a fall from 8.1 to 8, 6.8 is 13 times the way.
SMALLEST_GAP = 0.015

# Why a rule gives no figure. Keys: the report's text files carry the sentences.
NO_TARGET = "no_target"
MISSING_VALUE = "missing_value"
TOO_FEW_POINTS = "too_few_points"
NO_TIME_BETWEEN = "no_time_between"
NONPOSITIVE_VALUE = "nonpositive_value"
GROWTH_RATE_SERIES = "growth_rate_series"
BASE_PAST_TARGET = "base_past_target"
GAP_NEAR_ZERO = "gap_near_zero"


@dataclass(frozen=True)
class Verdict:
    """What one rule says of one indicator.

    Parameters
    ----------
    rule : str
        Key of the rule: ``"statcan"``, ``"unsd_2026"``, ``"destatis"``, ...
    value : float or None
        The rule's own figure, a proportion or in the indicator's unit as its
        docstring says; None where `withheld` says why.
    verdict : str or None
        Key of the class the rule assigns; None where it assigns none.
    convention : str
        Key of the way the figure is counted. Rates of different conventions
        are different figures, so the convention is part of the name.
    withheld : str or None
        Key of the reason for which there is no figure.
    score : float or None
        The rule's own score, where it publishes one.
    projected : float or None
        Value the rule expects in the target year, where it projects one.
    """

    rule: str
    value: float | None
    verdict: str | None
    convention: str
    withheld: str | None = None
    score: float | None = None
    projected: float | None = None


@dataclass(frozen=True)
class Track:
    """Where an indicator stood, where it stands, and where it is to go.

    Parameters
    ----------
    base_year, base : float or None
        Base year and its value.
    year, value : float or None
        Latest year and its value.
    direction : int
        +1 where more is better, -1 where less is.
    target, target_year : float or None
        The target and its year, if there is one.
    growth_rate : bool
        The indicator is itself a growth rate, so ratios of it mean nothing.
    """

    base_year: float | None
    base: float | None
    year: float | None
    value: float | None
    direction: int = 1
    target: float | None = None
    target_year: float | None = None
    growth_rate: bool = False

    def unready(self) -> str | None:
        """Why nothing can be said between base and latest value, or None.

        Examples
        --------
        >>> Track(2015, 14.5, 2015, 14.5).unready()
        'no_time_between'
        """
        if any(not is_number(x) for x in (self.base_year, self.base, self.year, self.value)):
            return MISSING_VALUE
        return NO_TIME_BETWEEN if number(self.year) <= number(self.base_year) else None

    def met(self) -> bool:
        """Whether the latest value meets the target; meeting it exactly is meeting it."""
        return meets(self.value, self.target, self.direction)

    def met_at_base(self) -> bool:
        """Whether the base value meets the target."""
        return meets(self.base, self.target, self.direction)

    def to_target(self) -> Track:
        """Track from the base to the target, for required rates."""
        return replace(self, year=self.target_year, value=self.target)


def is_number(x: float | None) -> bool:
    """Whether *x* is a finite number.

    Examples
    --------
    >>> is_number(0.0), is_number(None), is_number(float("inf"))
    (True, False, False)
    """
    return x is not None and math.isfinite(x)


def number(x: float | None) -> float:
    """*x* as a float; None becomes nan."""
    return math.nan if x is None else float(x)


def meets(value: float | None, target: float | None, direction: int) -> bool:
    """Whether *value* satisfies *target*; equality counts.

    Equality is taken to 12 digits, so that 0.1 + 0.2 meets 0.3.

    Examples
    --------
    >>> meets(10, 10, -1), meets(10.1, 10, -1), meets(0.1 + 0.2, 0.3, -1)
    (True, False, True)
    """
    if not (is_number(value) and is_number(target)):
        return False
    y, goal = number(value), number(target)
    return direction * (y - goal) >= 0 or math.isclose(y, goal, rel_tol=1e-12)


def gap_withheld(track: Track, smallest_gap: float) -> str | None:
    """Why the share of a gap closed means nothing on this track, or None.

    A base already past the target turns the sign of every gap ratio, and a gap
    near zero blows it up: both look like success while moving away.

    Parameters
    ----------
    track : Track
        With a target.
    smallest_gap : float
        Share of the larger of base and target below which the gap is too small.

    Examples
    --------
    >>> gap_withheld(Track(2015, 68.6, 2023, 46.7, 1, 55, 2026), SMALLEST_GAP)
    'base_past_target'
    >>> gap_withheld(Track(2015, 8.1, 2024, 6.8, -1, 8, 2025), SMALLEST_GAP)
    'gap_near_zero'
    """
    if not is_number(track.target):
        return NO_TARGET
    base, goal = number(track.base), number(track.target)
    if track.met_at_base() and base != goal:
        return BASE_PAST_TARGET
    small = abs(goal - base) <= smallest_gap * max(abs(goal), abs(base))
    return GAP_NEAR_ZERO if small or base == goal else None


def band(value: float, bands: tuple[tuple[float, str], ...], otherwise: str) -> str:
    """Class of the first lower bound that *value* reaches, bounds included.

    Examples
    --------
    >>> band(0.6, ((0.95, "good"), (0.60, "fair")), "poor")
    'fair'
    """
    return next((name for low, name in bands if value >= low), otherwise)


def points(years: ArrayLike, values: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Observed points ordered by year; missing values (nan) are left out.

    Examples
    --------
    >>> points([2003, 2001, 2002], [3, 1, float("nan")])
    (array([2001., 2003.]), array([1., 3.]))
    """
    x, y = np.asarray(years, float), np.asarray(values, float)
    if x.shape != y.shape or x.ndim != 1:
        raise TargetError(f"years and values must be two lists of one length; got {x.shape}, {y.shape}.")
    x, y = x[~np.isnan(y)], y[~np.isnan(y)]
    order = np.argsort(x, kind="stable")
    return x[order], y[order]
