"""Destatis: the weather symbols of Germany's sustainable development indicators.

Source: Destatis, *Indicator status* (dns-indikatoren.de/en/status). Four symbols, best first:
sun, sun with cloud, cloud, thunderstorm. The published rules reproduce about 93 % of the published
symbols; the rest follows judgement that is not written down. On its own record, verdicts of
2015-2019 on targets for 2020 still open: sun came true 9 of 9, cloud 7 of 24, thunderstorm 0 of 6.

What the text leaves open, and how it is read here:

* The slope runs over the observed points of the last five years, first to last, if there are four
  or more: gaps inside do not matter, and five points since t-4 give a slope over four years.
* With fewer, the last four points serve if they are equally spaced: a survey taken every fourth
  year is consecutive in its own rhythm (adult smokers: a symbol for 2017, none for 2013).
* No change at all is the wrong direction for a level and for a direction, but no setback and "not
  moving away" for a value to be maintained.
* Exactly 5 % and exactly 20 % missed is sun with cloud; shares are compared to nine decimals.
* A target met in its own year is judged as one already met; one missed in its own year as any other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from forecast.errors import TargetError
from forecast.rules.base import NO_TARGET, TOO_FEW_POINTS, Verdict, meets, points

LEVEL = "projected_shortfall"  # share of the remaining gap missed if the five-year slope goes on
MAINTAIN = "value_and_slope"
DIRECTION = "slope_and_last_change"

SUN, SUN_CLOUD, CLOUD, THUNDERSTORM = "sun", "sun_cloud", "cloud", "thunderstorm"
ORDER = (SUN, SUN_CLOUD, CLOUD, THUNDERSTORM)  # best first
TERMS = {
    SUN: {"en": "Sun", "de": "Sonne"},
    SUN_CLOUD: {"en": "Slightly cloudy", "de": "Leicht bewölkt"},
    CLOUD: {"en": "Clouded", "de": "Wolke"},
    THUNDERSTORM: {"en": "Thunderstorm", "de": "Blitz"},
}

SPAN = 5  # years of the average change
LEAST_POINTS = 4
SUN_BELOW, CLOUD_ABOVE = 0.05, 0.20
ROUNDING = 9  # decimals


def slope(years: ArrayLike, values: ArrayLike) -> float | None:
    """Average yearly change the symbols rest on.

    (y_t - y_s)/(t - s), s the first point observed in the last five years.

    Parameters
    ----------
    years, values : array_like
        Points in any order; the latest observed one is the present. A missing
        value (nan) is left out.

    Returns
    -------
    float or None
        In the unit a year; None for fewer than four suitable points.

    Examples
    --------
    >>> round(slope(range(2015, 2021), [15.2, 15.0, 16.1, 16.9, 17.8, 19.5]), 2)
    0.86
    >>> slope([2005, 2009, 2013, 2017], [27.2, 25.7, 24.5, 22.4]) < 0
    True
    >>> slope([2003, 2005, 2009, 2013], [27.4, 27.2, 25.7, 24.5]) is None
    True
    """
    x, y = points(years, values)
    recent = x >= x[-1] - SPAN if x.size else np.zeros(0, bool)
    if recent.sum() < LEAST_POINTS:
        recent = np.zeros(x.size, bool)
        recent[-LEAST_POINTS:] = True
        if x.size < LEAST_POINTS or np.ptp(np.diff(x[recent])) > 0:
            return None
    x, y = x[recent], y[recent]
    change = 0.0 if math.isclose(y[-1], y[0], rel_tol=1e-12) else float(y[-1] - y[0])
    return change / float(x[-1] - x[0])


def level(
    years: ArrayLike, values: ArrayLike, target: float, *, target_year: float, direction: int
) -> Verdict:
    """Symbol for a value to be reached in a year.

    y^ = y + slope (tT - t); m = d (T - y^)/abs(T - y). Sun below 5 %, sun with
    cloud to 20 %, cloud above it, thunderstorm where the slope is not in the
    right direction. A target already met is judged by `maintain`.

    Parameters
    ----------
    years, values : array_like
        Points in any order; none after the assessment.
    target, target_year : float
        The value and its year.
    direction : int
        +1 where more is better, -1 where less is.

    Returns
    -------
    Verdict
        ``value`` m, the share of the remaining gap that would be missed, None
        where nothing remains; ``projected`` y^.

    Examples
    --------
    Renewable energy, target 30 % in 2030, assessed on 2020:

    >>> v = level(range(2015, 2021), [15.2, 15.0, 16.1, 16.9, 17.8, 19.5], 30, target_year=2030, direction=1)
    >>> v.verdict, round(v.projected, 1), round(v.value, 3)
    ('sun_cloud', 28.1, 0.181)
    """
    x, y = points(years, values)
    change = slope(x, y)
    if change is None:
        return Verdict("destatis", None, None, LEVEL, TOO_FEW_POINTS)
    last = float(y[-1])
    projected = last + change * max(target_year - float(x[-1]), 0.0)
    if meets(last, target, direction):
        return Verdict("destatis", None, _kept(True, direction * change), LEVEL, projected=projected)
    missed = round(direction * (target - projected) / abs(target - last), ROUNDING)
    if direction * change <= 0:
        verdict = THUNDERSTORM
    elif missed < SUN_BELOW:
        verdict = SUN
    else:
        verdict = SUN_CLOUD if missed <= CLOUD_ABOVE else CLOUD
    return Verdict("destatis", missed, verdict, LEVEL, projected=projected)


def maintain(years: ArrayLike, values: ArrayLike, target: float, *, direction: int) -> Verdict:
    """Symbol for a value to be kept every year.

    Met: sun, or sun with cloud where the five-year slope is adverse. Missed:
    cloud where the slope is not moving away, else thunderstorm.

    Parameters
    ----------
    years, values : array_like
        Points in any order; none after the assessment.
    target : float
        The value to keep.
    direction : int
        +1 for at least, -1 for at most.

    Returns
    -------
    Verdict
        ``value`` the five-year slope in the right direction, in the unit a year.

    Examples
    --------
    >>> maintain(range(2014, 2020), [74.5, 71.2, 68.3, 64.0, 60.8, 58.7], 60, direction=-1).verdict
    'sun'
    """
    x, y = points(years, values)
    change = slope(x, y)
    if change is None:
        return Verdict("destatis", None, None, MAINTAIN, TOO_FEW_POINTS)
    verdict = _kept(meets(float(y[-1]), target, direction), direction * change)
    return Verdict("destatis", direction * change, verdict, MAINTAIN)


def directional(
    years: ArrayLike, values: ArrayLike, *, direction: int, last_change: float | None = None
) -> Verdict:
    """Symbol for a direction without a value.

    Slope and last change right: sun; only the slope: sun with cloud; only the
    last change: cloud; neither: thunderstorm. No change is not right.

    Parameters
    ----------
    years, values : array_like
        Points in any order; none after the assessment.
    direction : int
        +1 for rising, -1 for falling.
    last_change : float, optional
        Change of the last year, where it is published; else the difference of
        the last two observed values.

    Returns
    -------
    Verdict
        ``value`` the five-year slope in the right direction, in the unit a year.

    Examples
    --------
    >>> directional(range(2014, 2020), [88.5, 88.2, 85.8, 81.8, 81.8, 82.4], direction=1).verdict
    'cloud'
    """
    x, y = points(years, values)
    change = slope(x, y)
    if change is None:
        return Verdict("destatis", None, None, DIRECTION, TOO_FEW_POINTS)
    last = float(y[-1] - y[-2]) if last_change is None else last_change
    mean_right, last_right = direction * change > 0, direction * last > 0
    verdict = {(True, True): SUN, (True, False): SUN_CLOUD, (False, True): CLOUD}.get(
        (mean_right, last_right), THUNDERSTORM
    )
    return Verdict("destatis", direction * change, verdict, DIRECTION)


def interval(low: float, high: float, *, direction: int) -> float:
    """Bound that decides for a target interval: the weakest.

    Parameters
    ----------
    low, high : float
        Bounds of the target, such as "80 to 95 %".
    direction : int
        +1 where more is better, -1 where less is.

    Returns
    -------
    float
        The bound that asks for less.

    Examples
    --------
    >>> interval(80, 95, direction=1), interval(20, 30, direction=-1)
    (80, 30)
    """
    return min(low, high) if direction > 0 else max(low, high)


def next_target(targets: Mapping[float, float], year: float) -> tuple[float, float]:
    """Year and value of the next of several targets: the one that decides.

    Parameters
    ----------
    targets : mapping
        Target value by target year.
    year : float
        Year assessed; a target of this very year is still the next one.

    Returns
    -------
    tuple of float
        Target year and value; the last target once all years have passed.

    Raises
    ------
    TargetError
        If there is no target.

    Examples
    --------
    >>> next_target({2020: 18, 2030: 30, 2040: 45}, 2021)
    (2030, 30)
    """
    if not targets:
        raise TargetError("destatis: next_target needs a target a year; got none. Pass {year: value}.")
    due = min((t for t in targets if t >= year), default=max(targets))
    return due, targets[due]


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """Verdict that decides for several targets at one time: the worst.

    Parameters
    ----------
    verdicts : sequence of Verdict
        One a target; those without a symbol do not count.

    Returns
    -------
    Verdict
        The first of the worst; one without a symbol if none has any.

    Examples
    --------
    >>> one, other = Verdict("destatis", 0.0, "sun", LEVEL), Verdict("destatis", 0.3, "cloud", LEVEL)
    >>> worst([one, other]).verdict
    'cloud'
    """
    judged = [v for v in verdicts if v.verdict is not None]
    if judged:
        return max(judged, key=lambda v: ORDER.index(str(v.verdict)))
    return verdicts[0] if verdicts else Verdict("destatis", None, None, LEVEL, NO_TARGET)


def _kept(met: bool, change: float) -> str:
    """Symbol for a value met or missed with a change in the right direction of this size."""
    if met:
        return SUN if change >= 0 else SUN_CLOUD
    return CLOUD if change >= 0 else THUNDERSTORM
