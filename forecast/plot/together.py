"""How many targets of a plan will be met: the distribution of their number, with its bounds."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from forecast.assessment.together import PlanOutlook
from forecast.errors import ReportError
from forecast.evaluation.scores import LEVEL
from forecast.plot import layout, style
from forecast.plot.text import Lettering

_WIDE = 0.72  # of a bar, in targets
_INSIDE, _OUTSIDE = style.BANDS[2][1], style.BANDS[0][1]
_ABOVE = 1.08  # room above the highest bar
_TICKS = 11


def plot_together(
    outlook: PlanOutlook, *, ax: Axes | None = None, lang: str = "en", label: str | None = None
) -> Axes:
    """Draw the probability of each number of targets met.

    The bars within the central 80 % interval are darker. Marks show the same under independence and
    under full dependence, the two bounds.

    Parameters
    ----------
    outlook : PlanOutlook
        As from ``study.together()``.
    ax, lang, label
        As in :func:`plot_reliability`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ReportError
        If there is no target.

    Examples
    --------
    >>> two = PlanOutlook(("1", "2"), np.array([0.5, 0.5]), correlation=0.0)
    >>> [float(round(bar.get_height(), 2)) for bar in plot_together(two).patches]
    [0.25, 0.5, 0.25]
    """
    if not len(outlook):
        raise ReportError("plot_together: no target is counted. Assess some.")
    ax = style.new_axes() if ax is None else ax
    letters = Lettering.of(ax, lang, (label,))
    text = letters.language.text
    numbers, chances = np.arange(len(outlook) + 1), outlook.distribution
    low, high = outlook.interval(LEVEL)
    inside = (numbers >= low) & (numbers <= high)
    bounds = {
        "plot.together_independent": (outlook.independent.distribution, "o"),
        "plot.together_full": (outlook.fully_dependent.distribution, "_"),
    }
    layout.dress(ax, letters)
    ax.bar(numbers, chances, width=_WIDE, color=np.where(inside, _INSIDE, _OUTSIDE), zorder=2)
    entries: dict[str, Artist] = {text("plot.together_interval", {"level": LEVEL}): ax.patches[low]}
    for name, (each, shape) in bounds.items():
        (mark,) = ax.plot(
            numbers, each, linestyle="none", marker=shape, markersize=0.7 * letters.size, color=style.INK,
            markerfacecolor="none", markeredgewidth=style.LINE, zorder=3, clip_on=False,
        )  # fmt: skip
        entries[text(name)] = mark
    top = max(float(chances.max()), *(float(each.max()) for each, _ in bounds.values()))
    ax.set_ylim(0, _ABOVE * top)
    ax.set_xlim(-0.6, len(outlook) + 0.6)
    ax.xaxis.set_major_locator(MaxNLocator(_TICKS, integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda p, _: letters.language.percent(p)))
    ax.set_xlabel(text("plot.together_number", {"n": len(outlook)}), **letters.font(style.SOFT))
    said = {
        "expected": round(outlook.expected, 1),
        "n": len(outlook),
        "low": low,
        "high": high,
        "level": LEVEL,
    }
    line = text("plot.together_line", said)
    layout.head(ax, letters, label or text("plot.together_title"), (line,), text("plot.probability"))
    layout.key(ax, letters, entries, lines=2)
    layout.fit(ax)
    return ax
