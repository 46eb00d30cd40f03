"""UN Statistics Division: the SDG progress assessments of 2022, 2023 and 2026.

Sources: *SDG Progress Chart 2022: Technical Note*; *Progress Chart 2023: Technical Note* as the
Basque statistics office applies it (EUSTAT, metodologia); *The Sustainable Development Goals
Report 2026: Technical Note for Progress Assessment*, as the Python package undata 0.4.3
implements it. One office, three conventions: the year belongs to the name.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from forecast.rules.base import (
    BASE_PAST_TARGET,
    GAP_NEAR_ZERO,
    GROWTH_RATE_SERIES,
    NONPOSITIVE_VALUE,
    SMALLEST_GAP,
    Track,
    Verdict,
    band,
    gap_withheld,
    is_number,
    meets,
    number,
)

GROWTH_RATIO = "growth_ratio"  # observed over required compound growth (2022)
GAP_RATIO = "projected_gap_share"  # share of the gap closed by the target year at this growth (2023, 2026)
GROWTH = "growth"

ON_TRACK = "on_track"
FAIR = "fair_progress"
LIMITED = "limited_progress"
DETERIORATION = "deterioration"
STAGNATION_OR_REGRESSION = "stagnation_or_regression"
MODERATE = "moderate_progress"
MARGINAL = "marginal_progress"
STAGNATION = "stagnation"
REGRESSION = "regression"

TERMS = {
    ON_TRACK: {"en": "On track or target met", "es": "Meta alcanzada o en vías de alcanzarla"},
    FAIR: {
        "en": "Fair progress, acceleration needed",
        "es": "Progreso razonable, pero es necesario acelerarlo",
    },
    LIMITED: {"en": "Limited or no progress"},
    DETERIORATION: {"en": "Deterioration"},
    STAGNATION_OR_REGRESSION: {"en": "Stagnation or regression", "es": "Estancamiento o retroceso"},
    MODERATE: {"en": "Moderate progress, but acceleration needed"},
    MARGINAL: {"en": "Marginal progress, and significant acceleration needed"},
    STAGNATION: {"en": "Stagnation"},
    REGRESSION: {"en": "Regression"},
}

# The 2022 note says "above" for its best class, "from" for the others.
BANDS_2022 = ((math.nextafter(0.95, 1), ON_TRACK), (0.50, FAIR), (-0.10, LIMITED))
GROWTH_BANDS_2022 = ((math.nextafter(0.01, 1), ON_TRACK), (0.005, FAIR), (-0.01, LIMITED))
BANDS_2023 = ((0.95, ON_TRACK), (0.10, FAIR))
GROWTH_BANDS_2023 = ((0.02, ON_TRACK), (0.005, FAIR))
BANDS_2026 = ((0.95, ON_TRACK), (0.50, MODERATE), (0.10, MARGINAL), (0.0, STAGNATION))
GROWTH_BANDS_2026 = ((0.02, ON_TRACK), (0.0125, MODERATE), (0.005, MARGINAL), (0.0, STAGNATION))
# Where each class begins and ends, best first, for the score of 5 to 0.
EDGES_2026 = (1.5, 0.95, 0.50, 0.10, 0.0, -0.5)
GROWTH_EDGES_2026 = (0.05, 0.02, 0.0125, 0.005, 0.0, -0.05)

BASELINE = 2015
NEARLY_THERE = 1.0  # points from a target of 0 % or 100 % that count as met (2023)


def progress_2022(track: Track) -> Verdict:
    """Verdict of the 2022 technical note.

    CR = observed / required compound growth since the base year: above 0.95 on
    track, 0.5 fair, -0.1 limited, below it deterioration. Without a target the
    growth itself is read against 1 %, 0.5 % and -1 %.

    Parameters
    ----------
    track : Track
        Base, latest value, direction and target.

    Returns
    -------
    Verdict
        ``value`` is CR or the growth a year in the right direction. A base past
        the target has no CR; if the latest value misses it, it deteriorated.

    Examples
    --------
    >>> v = progress_2022(Track(2015, 14.5, 2023, 10.4, -1, 7.25, 2030))
    >>> v.verdict, round(v.value, 3)
    ('fair_progress', 0.901)
    """
    rule, observed, withheld = "unsd_2022", *_observed(track)
    if not is_number(track.target):
        if withheld:
            return Verdict(rule, None, None, GROWTH, withheld)
        value = track.direction * number(observed)
        return Verdict(rule, value, band(value, GROWTH_BANDS_2022, DETERIORATION), GROWTH)
    ratio, withheld = _growth_ratio(track, observed, withheld)
    verdict = None if ratio is None else band(ratio, BANDS_2022, DETERIORATION)
    if track.met():
        verdict = ON_TRACK
    elif withheld == BASE_PAST_TARGET:
        verdict = DETERIORATION
    return Verdict(rule, ratio, verdict, GROWTH_RATIO, withheld)


def progress_2023(track: Track, *, percent: bool = False) -> Verdict:
    """Verdict of the 2023 technical note, as EUSTAT applies it.

    The observed compound growth g leads to y^ = y (1 + g)^(tT - t); the share
    G = (y^ - y0)/(T - y0) of the gap is on track from 0.95, fair from 0.10,
    else stagnation or regression. A latest value that meets the target has met
    it whatever the trend. Without a target: growth of 2 % and 0.5 %.

    Parameters
    ----------
    track : Track
        Base, latest value, direction and target.
    percent : bool
        The indicator is in per cent: then 1 point from a target of 0 or 100 is met.

    Returns
    -------
    Verdict
        ``value`` G or growth a year in the right direction; ``score`` 3, 2, 1.
        A base past the target has no G; if it is no longer met, that is a
        regression (the note is silent; this is the reading of the 2026 note).

    Examples
    --------
    >>> v = progress_2023(Track(2015, 14.5, 2023, 10.4, -1, 7.25, 2030))
    >>> v.verdict, v.score, round(v.value, 4), round(v.projected, 3)
    ('fair_progress', 2.0, 0.9275, 7.776)
    """
    rule, observed, withheld = "unsd_2023", *_observed(track)
    if not is_number(track.target):
        value = None if withheld else track.direction * number(observed)
        return _scored_2023(Verdict(rule, value, _class_2023(value, GROWTH_BANDS_2023), GROWTH, withheld))
    gap, projected, withheld = _gap_share(track, observed, withheld)
    small = gap_withheld(track, SMALLEST_GAP)
    if small:
        gap, withheld = None, withheld or small
    verdict = _class_2023(gap, BANDS_2023)
    if _met_2023(track, percent=percent):
        verdict = ON_TRACK
    elif track.met_at_base() and not track.unready():
        gap, verdict, withheld = None, STAGNATION_OR_REGRESSION, BASE_PAST_TARGET
    return _scored_2023(Verdict(rule, gap, verdict, GAP_RATIO, withheld, projected=projected))


def progress_2026(track: Track) -> Verdict:
    """Verdict of the 2026 technical note.

    G as in `progress_2023`: on track from 0.95, moderate 0.50, marginal 0.10,
    stagnation 0, else regression; without a target, yearly growth of 2 %,
    1.25 %, 0.5 % and 0. A target met at the baseline is on track while it is
    still met, else a regression. `baseline` names the base year of the note.

    Parameters
    ----------
    track : Track
        Base, latest value, direction and target.

    Returns
    -------
    Verdict
        ``value`` G or growth a year in the right direction; ``score`` 0 to 5,
        linear inside each class. As in undata 0.4.3, a gap near zero is not
        withheld, and a value of zero has no growth rate, even where it is the
        target.

    Examples
    --------
    >>> v = progress_2026(Track(2015, 14.5, 2023, 10.4, -1, 7.25, 2030))
    >>> v.verdict, round(v.value, 4), round(v.score, 3)
    ('moderate_progress', 0.9275, 3.95)
    """
    rule, observed, withheld = "unsd_2026", *_observed(track)
    if not is_number(track.target):
        if withheld:
            return Verdict(rule, None, None, GROWTH, withheld)
        value = track.direction * number(observed)
        verdict = band(value, GROWTH_BANDS_2026, REGRESSION)
        return Verdict(rule, value, verdict, GROWTH, None, _score_2026(value, GROWTH_EDGES_2026))
    if track.met_at_base() and not track.unready():
        still = track.met()
        verdict, score = (ON_TRACK, 5.0) if still else (REGRESSION, 0.0)
        return Verdict(rule, None, verdict, GAP_RATIO, BASE_PAST_TARGET, score)
    gap, projected, withheld = _gap_share(track, observed, withheld)
    if gap is None:
        return Verdict(rule, None, None, GAP_RATIO, withheld)
    verdict = band(gap, BANDS_2026, REGRESSION)
    return Verdict(rule, gap, verdict, GAP_RATIO, None, _score_2026(gap, EDGES_2026), projected)


def baseline(years: ArrayLike, *, since: int = BASELINE) -> int | None:
    """Base year of the 2026 note: 2015, or the first later year observed.

    Parameters
    ----------
    years : array_like
        Observed years.
    since : int
        The baseline asked for.

    Returns
    -------
    int or None
        None where nothing was observed since.

    Examples
    --------
    >>> baseline([2010, 2017, 2020]), baseline([2010])
    (2017, None)
    """
    later = [int(y) for y in np.asarray(years).ravel() if y >= since]
    return min(later, default=None)


def _observed(track: Track) -> tuple[float | None, str | None]:
    """Compound growth since the base, or None and why there is none."""
    withheld = track.unready() or (GROWTH_RATE_SERIES if track.growth_rate else None)
    if withheld:
        return None, withheld
    base, value = number(track.base), number(track.value)
    if base <= 0 or value <= 0:
        return None, NONPOSITIVE_VALUE
    return (value / base) ** (1 / (number(track.year) - number(track.base_year))) - 1, None


def _growth_ratio(
    track: Track, observed: float | None, withheld: str | None
) -> tuple[float | None, str | None]:
    """Observed over required compound growth, or None and why there is none."""
    if track.met_at_base() and not track.unready():
        return None, BASE_PAST_TARGET
    required, without = _observed(track.to_target())
    if observed is None or required is None:
        return None, withheld or without
    return observed / required, None


def _gap_share(
    track: Track, observed: float | None, withheld: str | None
) -> tuple[float | None, float | None, str | None]:
    """Share of the gap closed by the target year at this growth, and the value then."""
    if observed is None:
        return None, None, withheld
    base, goal = number(track.base), number(track.target)
    try:
        projected = number(track.value) * (1 + observed) ** (number(track.target_year) - number(track.year))
    except OverflowError:  # growth without end, over centuries
        projected = math.copysign(math.inf, number(track.value))
    if goal == base:
        return None, projected, GAP_NEAR_ZERO
    return (projected - base) / (goal - base), projected, None


def _class_2023(value: float | None, bands: tuple[tuple[float, str], ...]) -> str | None:
    """2023 class of a figure, None where there is none."""
    return None if value is None else band(value, bands, STAGNATION_OR_REGRESSION)


def _met_2023(track: Track, *, percent: bool) -> bool:
    """Whether the target is met, or all but met at 0 % or 100 %."""
    edge = percent and number(track.target) in (0.0, 100.0)
    goal = number(track.target) - (track.direction * NEARLY_THERE if edge else 0.0)
    return meets(track.value, goal, track.direction)


def _scored_2023(verdict: Verdict) -> Verdict:
    """Record with EUSTAT's score."""
    scores = {ON_TRACK: 3.0, FAIR: 2.0, STAGNATION_OR_REGRESSION: 1.0}
    return replace(verdict, score=scores.get(verdict.verdict or ""))


def _score_2026(value: float, edges: tuple[float, ...]) -> float:
    """Score of 5 to 0, linear between the edges of the classes."""
    return float(np.interp(value, edges[::-1], np.arange(len(edges))))
