"""China: progress of a target given as a change, such as energy per GDP -17 % in five years.

Source: 青海省统计局, 关于节能目标完成情况的计算方法, 2009-09-17, the method of the National Bureau of
Statistics: yearly changes multiply, so progress is counted in logarithms. Its example is in the
examples below: three years of +1.51, -2.20, -4.18 % make 26.8 % of the way against 60 % of the time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from forecast.errors import TargetError
from forecast.rules.base import GAP_NEAR_ZERO, NONPOSITIVE_VALUE, Verdict

LOGARITHMIC = "logarithmic_progress"  # 完成进度


def total_change(changes: Iterable[float]) -> float:
    """What yearly changes add up to: prod(1 + r) - 1.

    Parameters
    ----------
    changes : iterable of float
        Proportions, -0.022 for a fall of 2.2 %.

    Returns
    -------
    float
        Proportion over the whole time.

    Examples
    --------
    >>> round(total_change([0.0151, -0.022, -0.0418]), 4)
    -0.0487
    """
    return math.prod(1 + r for r in changes) - 1


def annual_change(change: float, years: float) -> float:
    """Uniform yearly change a change over several years stands for.

    Parameters
    ----------
    change : float
        Proportion over the whole time, above -1.
    years : float
        Years it took.

    Returns
    -------
    float
        (1 + change)^(1/years) - 1.

    Raises
    ------
    TargetError
        If nothing or less would be left, or no time passes.

    Examples
    --------
    >>> round(annual_change(-0.17, 5), 4), round(annual_change(-0.20, 5), 6)
    (-0.0366, -0.043648)
    """
    if change <= -1 or years <= 0:
        raise TargetError(f"annual_change: needs a change above -1 and years above 0; got {change}, {years}.")
    return math.pow(1 + change, 1 / years) - 1


def remaining_change(change: float, target: float) -> float:
    """Change still needed after *change* to make *target* in all.

    Parameters
    ----------
    change, target : float
        Proportions over the time so far and over the whole plan.

    Returns
    -------
    float
        (1 + target)/(1 + change) - 1.

    Raises
    ------
    TargetError
        If nothing is left to change.

    Examples
    --------
    >>> rest = remaining_change(-0.0487, -0.17)
    >>> round(rest, 4), round(annual_change(rest, 2), 4)
    (-0.1275, -0.0659)
    """
    if change <= -1:
        raise TargetError(f"remaining_change: the change so far must be above -1; got {change}.")
    return (1 + target) / (1 + change) - 1


def log_progress(change: float, target: float) -> Verdict:
    """Progress of a reduction rate (完成进度): ln(1 + change)/ln(1 + target).

    Equal yearly rates make equal progress, which a ratio of percentages does not.

    Parameters
    ----------
    change, target : float
        Proportions since the base year, so far and as planned; negative for a
        reduction.

    Returns
    -------
    Verdict
        ``value`` 1 where the target is just met, negative for the wrong way.

    Examples
    --------
    >>> round(log_progress(total_change([0.0151, -0.022, -0.0418]), -0.17).value, 3)
    0.268
    """
    if min(change, target) <= -1:
        return Verdict("china", None, None, LOGARITHMIC, NONPOSITIVE_VALUE)
    if target == 0:
        return Verdict("china", None, None, LOGARITHMIC, GAP_NEAR_ZERO)
    return Verdict("china", math.log1p(change) / math.log1p(target), None, LOGARITHMIC)


def equivalent_years(change: float, annual: float) -> float:
    """How many years at a uniform rate a change is worth: ln(1 + change)/ln(1 + annual).

    Parameters
    ----------
    change : float
        Proportion so far, above -1.
    annual : float
        Uniform yearly rate, above -1 and not 0.

    Returns
    -------
    float
        Years; beside the years passed it shows how far behind a plan is.

    Raises
    ------
    TargetError
        If a rate leaves nothing, or the uniform rate is 0.

    Examples
    --------
    >>> round(equivalent_years(total_change([0.0151, -0.022, -0.0418]), -0.0366), 4)
    1.3398
    """
    if min(change, annual) <= -1 or annual == 0:
        raise TargetError(f"equivalent_years: needs rates above -1 and not 0; got {change}, {annual}.")
    return math.log1p(change) / math.log1p(annual)
