"""Statistics Canada and Open SDG: growth achieved over growth needed, on a scale of -5 to 5.

Sources: Statistics Canada, Canadian Indicator Framework, *Progress measurement methodology*, and
the Open SDG progress measure; the constants are those of both. Checked against the published file
``indicator_calculation_components.yml`` (sdg-data-canada-odd-donnees, 2026-07-21).

Worth knowing beside the figure: a ratio of growth rates can be 0.95, "on track", where the same
growth reaches 48 of 60 and a straight line 14; and a zero target has no such ratio at all. The
office replaces zero by 0.1; this module withholds instead.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from forecast.rules.base import (
    GAP_NEAR_ZERO,
    GROWTH_RATE_SERIES,
    MISSING_VALUE,
    NO_TARGET,
    NONPOSITIVE_VALUE,
    Track,
    Verdict,
    band,
    is_number,
    number,
)

WITH_TARGET = "growth_ratio"
WITHOUT_TARGET = "growth"
MEAN_OF_SCORES = "mean_of_scores"

ACHIEVED = "target_achieved"
SUBSTANTIAL = "substantial_progress"
MODERATE = "moderate_progress"
LIMITED = "limited_progress"
DETERIORATION = "deterioration"

TERMS = {
    ACHIEVED: {"en": "Target achieved", "fr": "Cible atteinte"},
    SUBSTANTIAL: {"en": "On track: substantial progress", "fr": "En bonne voie : progrès substantiels"},
    MODERATE: {"en": "Progress made but acceleration needed", "fr": "Progrès, mais accélération nécessaire"},
    LIMITED: {"en": "Limited progress", "fr": "Progrès limités"},
    DETERIORATION: {"en": "Deterioration", "fr": "Détérioration"},
}

RATIO_BANDS = ((0.95, SUBSTANTIAL), (0.60, MODERATE), (0.0, LIMITED))
GROWTH_BANDS = ((0.015, SUBSTANTIAL), (0.005, MODERATE), (0.0, LIMITED))
SCORE_BANDS = ((2.5, SUBSTANTIAL), (0.0, MODERATE), (-2.5, LIMITED))
LIMIT_POWER = 4.44


def progress(track: Track, *, limit: float | None = None) -> Verdict:
    """Progress measure of one series.

    With a target, R = s d g / abs(g_T) where g and g_T are the compound growth
    observed and needed since the base year and s = -1 for a negative base.
    R >= 0.95 is substantial progress, 0.60 moderate, 0 limited, below it
    deterioration; a latest value that satisfies the target has achieved it.
    Without one, s d g is read against 1.5 %, 0.5 % and 0 %, the positive
    cut-offs times the factor of `limit_factor`.

    Parameters
    ----------
    track : Track
        Base, latest value, direction and target.
    limit : float, optional
        Natural limit of the indicator, used only without a target.

    Returns
    -------
    Verdict
        ``value`` R, or s d g as a proportion a year; ``score`` from -5 to 5
        (5 where achieved). Withheld for zero values and for changes of sign.

    Examples
    --------
    >>> v = progress(Track(2015, 14.5, 2023, 10.4, -1, 7.25, 2030))
    >>> v.verdict, round(v.value, 4), round(v.score, 4)
    ('moderate_progress', 0.9011, 2.1507)
    >>> progress(Track(2015, 50, 2023, 52, 1), limit=100).verdict
    'moderate_progress'
    """
    convention = WITH_TARGET if is_number(track.target) else WITHOUT_TARGET
    withheld = track.unready() or (GROWTH_RATE_SERIES if track.growth_rate else None)
    if withheld:
        return Verdict("statcan", None, None, convention, withheld)
    observed = _growth(track)
    if convention == WITHOUT_TARGET:
        progressed = None if observed is None else track.direction * observed
        return _without_target(progressed, limit_factor(number(track.base), limit))
    return _with_target(track, observed)


def _with_target(track: Track, observed: float | None) -> Verdict:
    """Verdict on the ratio of growth observed to growth needed."""
    needed = _growth(track.to_target())
    withheld = NONPOSITIVE_VALUE if observed is None or needed is None else None
    if needed == 0:
        withheld = GAP_NEAR_ZERO
    ratio = None if withheld else number(observed) / abs(number(needed)) * track.direction
    if track.met():
        return Verdict("statcan", ratio, ACHIEVED, WITH_TARGET, withheld, 5.0)
    if ratio is None:
        # A base equal to the target and a latest value that misses it: it can only have got worse.
        return Verdict("statcan", None, DETERIORATION if needed == 0 else None, WITH_TARGET, withheld)
    slope, shift = (7.1429, -4.2857) if ratio >= 0.6 else (4.1667, -2.5)
    verdict = band(ratio, RATIO_BANDS, DETERIORATION)
    return Verdict("statcan", ratio, verdict, WITH_TARGET, None, _clip(slope * ratio + shift))


def _without_target(growth: float | None, factor: float) -> Verdict:
    """Verdict on growth in the right direction, the positive cut-offs times *factor*."""
    if growth is None:
        return Verdict("statcan", None, None, WITHOUT_TARGET, NONPOSITIVE_VALUE)
    verdict = band(growth, tuple((low * factor, name) for low, name in GROWTH_BANDS), DETERIORATION)
    scaled = growth / factor if factor > 0 else math.inf
    score = {
        SUBSTANTIAL: 500 * scaled - 5,
        MODERATE: 250 * scaled - 1.25,
        LIMITED: 500 * scaled - 2.5,
        DETERIORATION: 125 * growth - 2.5,
    }[verdict]
    return Verdict("statcan", growth, verdict, WITHOUT_TARGET, None, _clip(score))


def limit_factor(base: float, limit: float | None) -> float:
    """By how much a natural limit lowers the growth asked for.

    C = 1 for y0 >= 2L; 1 - (y0/L)^4.44 for y0 <= L; 1 - ((2L - y0)/L)^4.44
    between: the nearer the limit, the less growth is possible.

    Parameters
    ----------
    base : float
        Base value y0.
    limit : float or None
        Natural limit L; None or 0 asks for the full growth.

    Returns
    -------
    float
        From 0 at the limit to 1.

    Examples
    --------
    >>> limit_factor(50, None), round(limit_factor(50, 100), 3), limit_factor(100, 100)
    (1.0, 0.954, 0.0)
    """
    if not is_number(limit) or number(limit) <= 0 or base <= 0 or base >= 2 * number(limit):
        return 1.0
    share = base / number(limit)
    return 1.0 - math.pow(min(share, 2.0 - share), LIMIT_POWER)


def aggregate(series: Sequence[Verdict]) -> Verdict:
    """Verdict of an indicator from those of its series.

    The mean of the scores that exist, read against 2.5, 0 and -2.5; "achieved"
    only if every scored series has achieved its target.

    Parameters
    ----------
    series : sequence of Verdict
        Records of `progress`; those without a score do not count.

    Returns
    -------
    Verdict
        ``value`` and ``score`` are the mean score.

    Examples
    --------
    >>> one, other = Verdict("statcan", 0.8, None, "growth_ratio", score=1.77), Verdict("statcan", 2.0,
    ...     "target_achieved", "growth_ratio", score=5.0)
    >>> aggregate([one, other]).verdict
    'substantial_progress'
    """
    scored = [v for v in series if v.score is not None]
    if not scored:
        return Verdict("statcan", None, None, MEAN_OF_SCORES, MISSING_VALUE if series else NO_TARGET)
    mean = math.fsum(number(v.score) for v in scored) / len(scored)
    achieved = all(v.verdict == ACHIEVED for v in scored)
    verdict = ACHIEVED if achieved else band(mean, SCORE_BANDS, DETERIORATION)
    return Verdict("statcan", mean, verdict, MEAN_OF_SCORES, None, mean)


def _growth(track: Track) -> float | None:
    """Compound growth along a track, its sign turned for a negative base."""
    base, value = number(track.base), number(track.value)
    span = number(track.year) - number(track.base_year)
    if base == 0 or not value / base > 0 or not span > 0:
        return None
    return math.copysign(1.0, base) * (math.pow(value / base, 1 / span) - 1)


def _clip(score: float) -> float:
    """Score inside the scale."""
    return max(-5.0, min(5.0, score))
