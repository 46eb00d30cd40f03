"""The target on a fan chart: which values meet it in its year, and the straight way there."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from forecast.assessment.assessment import OUTCOMES, Assessment
from forecast.plot import style
from forecast.target.limits import Limits

_ARROW = 17.0  # points


def edges(limits: Limits) -> list[float]:
    """Finite ends of the values that meet a target."""
    return [x for x in (limits.lower, limits.upper) if np.isfinite(x)]


def draw_limits(ax: Axes, limits: Limits, year: int, since: int) -> None:
    """Draw the values that meet the target in *year*; the arrow points into them, or off the chart."""
    low, high = ax.get_ylim()
    seen = [x for x in edges(limits) if low <= x <= high]
    for x in seen:
        ax.plot([since, year], [x, x], color=style.RED, linewidth=1.0, linestyle=(0, (5, 2, 1, 2)), zorder=2)
    if seen:
        ax.plot(
            [year] * len(seen),
            seen,
            color=style.RED,
            linewidth=2.4,
            marker="_",
            markersize=11,
            markeredgewidth=2.4,
            zorder=4,
            clip_on=False,
        )
    for x in edges(limits):
        if x not in seen:
            _arrow(ax, year, min(max(x, low), high), upwards=x > high)
        elif len(seen) == 1:
            _arrow(ax, year, x, upwards=x == limits.lower)


def draw_path(ax: Axes, assessment: Assessment) -> Line2D | None:
    """Draw the straight way from the last value to an open target, if it stays on the chart."""
    known, target = assessment.history, assessment.target
    goal = None if known is None else target.threshold(known)
    low, high = ax.get_ylim()
    if known is None or goal is None or assessment.status in ("maintain", *OUTCOMES):
        return None
    gap = goal - known.last_value
    arrived = gap * target.direction <= 0 if target.direction else gap == 0
    if arrived or not low <= goal <= high or target.year <= known.last_year:
        return None
    (path,) = ax.plot(
        [known.last_year, target.year],
        [known.last_value, goal],
        color=style.INK,
        linewidth=style.LINE,
        linestyle=(0, (4, 3)),
        zorder=2.8,
    )
    return path


def _arrow(ax: Axes, year: int, end: float, *, upwards: bool) -> None:
    ax.annotate(
        "",
        xy=(year, end),
        xytext=(0, _ARROW if upwards else -_ARROW),
        textcoords="offset points",
        annotation_clip=False,
        arrowprops={
            "arrowstyle": "<|-",
            "color": style.RED,
            "linewidth": 1.6,
            "mutation_scale": 9,
            "shrinkA": 0,
            "shrinkB": 0,
        },
        zorder=4,
    )
