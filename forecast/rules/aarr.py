"""Rates a year: compound, continuous, linear, and the AARR by regression.

Sources: UNICEF, *How to calculate average annual rate of reduction (AARR) of underweight
prevalence*, technical note (2007); UN IGME, *Child mortality estimation methods* (continuous
rate). One published table mixes conventions (WHO 2025 targets: anaemia 5.2 % is compound, low
birth weight 2.74 % continuous), so every record names its own.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from forecast.arrays import FloatArray
from forecast.errors import TargetError
from forecast.language.message import suggestion
from forecast.rules.base import (
    GROWTH_RATE_SERIES,
    MISSING_VALUE,
    NO_TARGET,
    NO_TIME_BETWEEN,
    NONPOSITIVE_VALUE,
    TOO_FEW_POINTS,
    Track,
    Verdict,
    is_number,
    number,
    points,
)

COMPOUND = "compound"  # (y / y0)^(1/n) - 1
CONTINUOUS = "continuous"  # ln(y / y0) / n
LINEAR = "linear"  # (y - y0) / n, in the indicator's unit
REGRESSION = "regression"  # 1 - exp(slope of ln y on year)
CONVENTIONS = (COMPOUND, CONTINUOUS, LINEAR)


def growth(start: float, end: float, span: float, *, convention: str = COMPOUND) -> Verdict:
    """Constant yearly growth that leads from one value to another.

    ``compound`` is (end/start)^(1/span) - 1, ``continuous`` ln(end/start)/span,
    ``linear`` (end - start)/span.

    Parameters
    ----------
    start, end : float
        First and last value, in the indicator's unit.
    span : float
        Years between them.
    convention : {"compound", "continuous", "linear"}
        How a rate is counted.

    Returns
    -------
    Verdict
        ``value`` as a proportion a year (``linear``: the unit a year). Zero and
        negative values have no compound or continuous rate: use ``linear``,
        which is also the honest form for shares (percentage points a year).

    Raises
    ------
    TargetError
        If the convention is unknown.

    Examples
    --------
    >>> round(growth(48, 30, 3, convention="continuous").value, 4)
    -0.1567
    >>> growth(0, 30, 3).withheld
    'nonpositive_value'
    >>> growth(0, 30, 3, convention="linear").value
    10.0
    """
    if convention not in CONVENTIONS:
        raise TargetError(f"rate: unknown convention {convention!r}. {suggestion(convention, CONVENTIONS)}")
    withheld = _withheld(start, end, span, ratio=convention != LINEAR)
    if withheld:
        return Verdict("aarr", None, None, convention, withheld)
    if convention == LINEAR:
        value = (end - start) / span
    elif convention == CONTINUOUS:
        value = math.log(end / start) / span
    else:
        value = (end / start) ** (1 / span) - 1
    return Verdict("aarr", value, None, convention)


def reduction(start: float, end: float, span: float, *, convention: str = COMPOUND) -> Verdict:
    """Constant yearly reduction between two values: `growth`, decline positive.

    Parameters
    ----------
    start, end, span, convention
        As in `growth`. ``compound`` is the endpoint AARR 1 - (end/start)^(1/span).

    Returns
    -------
    Verdict
        ``value`` positive where the indicator falls.

    Examples
    --------
    Under-five mortality 20 -> 10 over 1990-2015 is 2.8 % a year in the continuous form of
    UN IGME and 2.7 % compounded.

    >>> f"{reduction(20, 10, 25, convention='continuous').value:.1%}", f"{reduction(20, 10, 25).value:.1%}"
    ('2.8%', '2.7%')
    """
    rate = growth(start, end, span, convention=convention)
    return Verdict("aarr", None if rate.value is None else -rate.value, None, convention, rate.withheld)


def from_slope(slope: float) -> Verdict:
    """AARR of a slope of ln(value) on year: 1 - e^slope.

    Parameters
    ----------
    slope : float
        Change of ln(value) a year.

    Returns
    -------
    Verdict
        ``value`` as a proportion a year, decline positive.

    Examples
    --------
    >>> round(from_slope(-0.06613).value, 4)
    0.064
    """
    return Verdict("aarr", -math.expm1(slope), None, REGRESSION)


def aarr(years: ArrayLike, values: ArrayLike) -> Verdict:
    """Average annual rate of reduction by regression (UNICEF 2007).

    ln y = a + b year by least squares over every observed point; AARR = 1 - e^b.

    Parameters
    ----------
    years, values : array_like
        Points in any order. A missing value (nan) is left out.

    Returns
    -------
    Verdict
        Decline positive. Withheld, never an error, for fewer than two distinct
        years, for zero or negative values and for infinite ones.

    Examples
    --------
    >>> round(aarr([2000, 2005, 2010, 2015], [120, 100, 70, 55]).value, 6)
    0.052514
    >>> aarr([2000, 2001, 2002], [10, 0, 5]).withheld
    'nonpositive_value'
    """
    x, y = points(years, values)
    withheld = _points_withheld(x, y)
    if withheld:
        return Verdict("aarr", None, None, REGRESSION, withheld)
    centred = x - x.mean()
    return from_slope(float(centred @ np.log(y) / (centred @ centred)))


def endpoint(years: ArrayLike, values: ArrayLike) -> Verdict:
    """AARR between the first and the last year: 1 - (y_n/y_0)^(1/n).

    Parameters
    ----------
    years, values : array_like
        Points in any order; only the earliest and latest observed count.

    Returns
    -------
    Verdict
        As `aarr`, withheld on the same grounds.

    Examples
    --------
    >>> round(endpoint([2010, 2000, 2005], [80, 100, 95]).value, 6)
    0.022067
    """
    x, y = points(years, values)
    withheld = _points_withheld(x, y)
    if withheld:
        return Verdict("aarr", None, None, COMPOUND, withheld)
    return reduction(float(y[0]), float(y[-1]), float(x[-1] - x[0]))


def rates(track: Track) -> tuple[Verdict, ...]:
    """Observed growth since the base and the growth required from now.

    Parameters
    ----------
    track : Track
        A growth-rate series has only its linear rate: a growth of growth rates
        means nothing.

    Returns
    -------
    tuple of Verdict
        Conventions ``observed_compound``, ``observed_continuous``,
        ``observed_linear`` and the three ``required_...``.

    Examples
    --------
    >>> for v in rates(Track(2000, 57.05, 2006, 69.05, 1, 100, 2020)):
    ...     print(v.convention, round(v.value, 3))
    observed_compound 0.032
    observed_continuous 0.032
    observed_linear 2.0
    required_compound 0.027
    required_continuous 0.026
    required_linear 2.211
    """
    y, t = number(track.value), number(track.year)
    observed = _named(
        "observed", (number(track.base), y, t - number(track.base_year)), growth_rate=track.growth_rate
    )
    if not is_number(track.target):
        return (*observed, Verdict("aarr", None, None, "required_linear", NO_TARGET))
    goal = (y, number(track.target), number(track.target_year) - t)
    return (*observed, *_named("required", goal, growth_rate=track.growth_rate))


def _named(prefix: str, leg: tuple[float, float, float], *, growth_rate: bool) -> tuple[Verdict, ...]:
    """One leg's growth in every convention, each under its full name."""
    verdicts = []
    for convention in CONVENTIONS:
        rate = growth(*leg, convention=convention)
        barred = growth_rate and convention != LINEAR
        value, withheld = (None, GROWTH_RATE_SERIES) if barred else (rate.value, rate.withheld)
        verdicts.append(Verdict("aarr", value, None, f"{prefix}_{convention}", withheld))
    return tuple(verdicts)


def _withheld(start: float, end: float, span: float, *, ratio: bool) -> str | None:
    """Why there is no rate between two values, or None."""
    if not all(map(is_number, (start, end, span))):
        return MISSING_VALUE
    if span <= 0:
        return NO_TIME_BETWEEN
    return NONPOSITIVE_VALUE if ratio and min(start, end) <= 0 else None


def _points_withheld(x: FloatArray, y: FloatArray) -> str | None:
    """Why these points have no AARR, or None."""
    if np.unique(x).size < 2:
        return TOO_FEW_POINTS
    if not np.isfinite(y).all():
        return MISSING_VALUE
    return NONPOSITIVE_VALUE if (y <= 0).any() else None
