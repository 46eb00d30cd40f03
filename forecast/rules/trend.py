"""Classes of a growth rate without a target, as two more offices draw them.

Sources: Eurostat, *Sustainable development in the European Union*, monitoring reports (1 %, 0, -1 %);
ISTAT, *SDGs Report 2019*, pp. 37-38, as ASTAT applies it (5 %, 1 %). Statistics Canada and the UN
Statistics Division have their own files. The same +0.8 % a year is moderate progress for one
office and stable for the other: a class is only as good as its cut-offs.
"""

from __future__ import annotations

import math

from forecast.rules.base import Verdict, band

GROWTH = "growth"

SIGNIFICANT_PROGRESS = "significant_progress"
MODERATE_PROGRESS = "moderate_progress"
MODERATE_MOVEMENT_AWAY = "moderate_movement_away"
SIGNIFICANT_MOVEMENT_AWAY = "significant_movement_away"
CLEAR_IMPROVEMENT = "clear_improvement"
SLIGHT_IMPROVEMENT = "slight_improvement"
STABLE = "stable"
SLIGHT_WORSENING = "slight_worsening"
CLEAR_WORSENING = "clear_worsening"

TERMS = {
    SIGNIFICANT_PROGRESS: {"en": "Significant progress"},
    MODERATE_PROGRESS: {"en": "Moderate progress"},
    MODERATE_MOVEMENT_AWAY: {"en": "Moderate movement away"},
    SIGNIFICANT_MOVEMENT_AWAY: {"en": "Significant movement away"},
    CLEAR_IMPROVEMENT: {"en": "Clear improvement", "de": "Deutliche Verbesserung"},
    SLIGHT_IMPROVEMENT: {"en": "Slight improvement", "de": "Leichte Verbesserung"},
    STABLE: {"en": "Stable", "de": "Stabil"},
    SLIGHT_WORSENING: {"en": "Slight worsening", "de": "Leichte Verschlechterung"},
    CLEAR_WORSENING: {"en": "Clear worsening", "de": "Deutliche Verschlechterung"},
}

EUROSTAT_BANDS = ((0.01, SIGNIFICANT_PROGRESS), (0.0, MODERATE_PROGRESS), (-0.01, MODERATE_MOVEMENT_AWAY))
# ISTAT's classes begin above their bounds, not at them.
ISTAT_BANDS = tuple(
    (math.nextafter(low, 1), name)
    for low, name in (
        (0.05, CLEAR_IMPROVEMENT),
        (0.01, SLIGHT_IMPROVEMENT),
        (-0.01, STABLE),
        (-0.05, SLIGHT_WORSENING),
    )
)


def eurostat(growth: float, *, direction: int = 1) -> Verdict:
    """Eurostat's class of a yearly compound growth: cut-offs 1 %, 0 and -1 %.

    Parameters
    ----------
    growth : float
        Proportion a year.
    direction : int
        +1 where more is better, -1 where less is.

    Returns
    -------
    Verdict
        ``value`` the growth in the right direction.

    Examples
    --------
    >>> eurostat(0.008).verdict
    'moderate_progress'
    """
    value = direction * growth
    return Verdict("eurostat", value, band(value, EUROSTAT_BANDS, SIGNIFICANT_MOVEMENT_AWAY), GROWTH)


def istat(growth: float, *, direction: int = 1) -> Verdict:
    """ISTAT's class of a yearly compound growth: above 5 %, 1 %, -1 %, -5 %.

    Parameters
    ----------
    growth : float
        Proportion a year.
    direction : int
        +1 where more is better, -1 where less is.

    Returns
    -------
    Verdict
        ``value`` the growth in the right direction.

    Examples
    --------
    >>> istat(0.008).verdict, istat(0.01).verdict
    ('stable', 'stable')
    """
    value = direction * growth
    return Verdict("istat", value, band(value, ISTAT_BANDS, CLEAR_WORSENING), GROWTH)
