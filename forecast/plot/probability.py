"""The probability of a target as its value changes, and as the years go by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes

from forecast.arrays import FloatArray
from forecast.assessment.assessment import Assessment
from forecast.assessment.first_passage import FARTHEST
from forecast.assessment.forecast import PROMISE
from forecast.distribution.distribution import Distribution, within
from forecast.errors import ReportError
from forecast.history.history import History
from forecast.plot import labels, layout, style
from forecast.plot.axis_values import Values, outlook_decimals
from forecast.plot.target_text import (
    answer_line,
    asked,
    classes,
    lender_line,
    limits_of_its_year,
    side,
    whose_figures,
)
from forecast.plot.text import Lettering
from forecast.target.limits import Limits

# The curve shows the values between these two quantiles of the outlook: beyond them it is flat.
_FROM, _TO = 0.01, 0.99
# The target is on the axis if it widens it by no more than this many times on a side.
_REACH = 1.5
_DOTTED = (0, (1, 2))
_BESIDE = 0.28


def plot_probability_curve(
    assessment: Assessment,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    label: str | None = None,
    unit: str | None = None,
    proxy: str | None = None,
) -> Axes:
    """Draw the probability of meeting a target against the value it could have asked for.

    The plan's own target is marked, and so is the value that could be promised with 80 %.

    Parameters
    ----------
    assessment : Assessment
        With a probability, of a target for the value in one year. For a target with two sides the
        axis is the middle of an interval as wide as the target's.
    ax, lang, label, unit, proxy
        As in :func:`plot_outlook`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ReportError
        If there is no probability, or the target depends on the way to its year.

    Examples
    --------
    >>> from forecast.assessment.assess import assess
    >>> from forecast.target.target import Target
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> ax = plot_probability_curve(assess(h, Target.at_least("coverage", 80, year=2027)))
    >>> [round(p) for p in ax.lines[0].get_ydata()[[0, -1]]]
    [1, 0]
    """
    known, limits, outlook = _asked_of_a_year(assessment)
    ax = style.new_axes() if ax is None else ax
    title, unit = label or known.name, known.unit if unit is None else unit
    letters = Lettering.of(ax, lang, (title, unit, proxy, *classes(assessment)))
    mark = _mark(limits, assessment, known)
    shown = _values_shown(outlook, mark, assessment.reachable)
    values = Values.between(float(shown[0]), float(shown[-1]), unit, language=letters.language)
    values = replace(values, classes=classes(assessment))
    layout.dress(ax, letters)
    layout.scale_percents(ax, letters)
    layout.scale_values(ax, values, axis="x")
    ax.set_xlim(shown[0], shown[-1])
    ax.plot(shown, _probabilities(outlook, limits, shown), color=style.BLUE, linewidth=style.BOLD, zorder=3)
    written = labels.write(
        ax, letters, _marks(ax, letters, assessment, values, limits), most=layout.room(ax) * _BESIDE
    )
    text = letters.language.text
    two_sided = bool(np.isfinite(limits.lower) and np.isfinite(limits.upper))
    named = text("plot.curve_middle" if two_sided else "plot.curve_value", {"unit": values.unit or "1"})
    ax.set_xlabel(letters.wrap(named, layout.room(ax) * 0.6), **letters.font(style.SOFT))
    above = text("plot.curve_probability", {"year": assessment.target.year})
    lines = (
        whose_figures(assessment, letters, proxy),
        answer_line(assessment, letters),
        lender_line(assessment, letters),
    )
    layout.head(ax, letters, title, lines, above)
    layout.fit(ax)
    labels.spread(ax, written)
    return ax


def plot_probability_by_year(
    assessment: Assessment,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    label: str | None = None,
    proxy: str | None = None,
) -> Axes:
    """Draw the probability of having met the target by each year, and of meeting it in each year.

    Parameters
    ----------
    assessment : Assessment
        With a probability, of a target for the value in one year. Where the last value meets it
        already, only the probability of still meeting it in each year is drawn.
    ax, lang, label, proxy
        As in :func:`plot_outlook`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ReportError
        If there is no probability, or the target depends on the way to its year.
    """
    known, *_ = _asked_of_a_year(assessment)
    course = assessment.by_year
    if course is None or course.in_year is None:
        raise _no_one_year(assessment)
    ax = style.new_axes() if ax is None else ax
    letters = Lettering.of(ax, lang, (label or known.name, proxy))
    text = letters.language.text
    first, year = known.last_year + 1, assessment.target.year
    years = np.arange(first, course.first + len(course.by_then))
    last, each, by_then = int(years[-1]), course.in_year[1:], course.by_then[1:]
    kept = assessment.status == "maintain"
    layout.dress(ax, letters)
    layout.scale_percents(ax, letters)
    layout.years(ax, letters, first, last, always=(year,))
    line = ax.axvline(year, color=style.RED, linewidth=1.0, linestyle=(0, (5, 2, 1, 2)), zorder=2)
    ax.plot(
        years, each, color=style.SOFT, linewidth=style.LINE, linestyle=(0, (4, 2)), marker="s", markersize=2.5
    )
    found = [_tag(letters, "plot.in_that_year", last, each[-1], style.SOFT)]
    if not kept:
        ax.plot(years, by_then, color=style.BLUE, linewidth=style.BOLD, marker="o", markersize=3.5)
        found.append(_tag(letters, "plot.by_that_year", last, by_then[-1], style.BLUE))
    written = labels.write(ax, letters, found, most=layout.room(ax) * _BESIDE)
    reached = assessment.year_reached
    sight = "plot.not_in_sight" if reached is None else "plot.reached"
    lines = (
        whose_figures(assessment, letters, proxy),
        answer_line(assessment, letters),
        lender_line(assessment, letters),
        "" if kept else text(sight, {"year": reached, "years": FARTHEST}),
    )
    layout.head(ax, letters, label or known.name, lines, text("plot.probability"))
    layout.key(ax, letters, {text("plot.target_year", {"year": year}): line})
    layout.fit(ax)
    layout.years(ax, letters, first, last, always=(year, first))
    labels.spread(ax, written)
    return ax


def _asked_of_a_year(assessment: Assessment) -> tuple[History, Limits, Distribution]:
    """What a chart of probabilities needs, or say what is missing."""
    limits, name = limits_of_its_year(assessment), assessment.target.indicator
    known, outlook = assessment.history, assessment.outlook
    if known is None or outlook is None or assessment.probability is None:
        raise ReportError(
            f"{name}: there is no probability to draw (status {assessment.status!r}). "
            f"Draw its history with plot_outlook(assessment)."
        )
    if limits is None:
        raise _no_one_year(assessment)
    return known, limits, outlook


def _no_one_year(assessment: Assessment) -> ReportError:
    target = assessment.target
    return ReportError(
        f"{target.indicator}: a {target.kind.name} target depends on the way to its year, so no one value "
        f"has a probability. Draw it with plot_outlook(assessment)."
    )


def _mark(limits: Limits, assessment: Assessment, known: History) -> float:
    """Where the plan's target stands on the axis of values."""
    if np.isfinite(limits.lower) and np.isfinite(limits.upper):
        return 0.5 * (limits.lower + limits.upper)
    goal = assessment.target.threshold(known)
    return goal if goal is not None else limits.lower if np.isfinite(limits.lower) else limits.upper


def _values_shown(outlook: Distribution, mark: float, promise: float | None) -> FloatArray:
    """Values on the axis: the bulk of the outlook, and the target if it is not far off."""
    low, high = (float(x) for x in np.asarray(outlook.quantile(np.array([_FROM, _TO]))))
    if high == low:
        low, high = low - (0.05 * abs(low) or 1.0), high + (0.05 * abs(high) or 1.0)
    size = high - low
    near = [x for x in (mark, promise) if x is not None and low - _REACH * size <= x <= high + _REACH * size]
    edge = 0.04 * size
    # A target on the very edge of the axis cannot be seen.
    low = min([low, *(x - edge for x in near if x < low + edge)])
    high = max([high, *(x + edge for x in near if x > high - edge)])
    return np.unique(np.concatenate([np.linspace(low, high, 401), near]))


def _probabilities(outlook: Distribution, limits: Limits, x: FloatArray) -> FloatArray:
    if np.isposinf(limits.upper):
        return outlook.at_least(x)
    if np.isneginf(limits.lower):
        return outlook.at_most(x)
    half = 0.5 * (limits.upper - limits.lower)
    return np.array([within(outlook, Limits(c - half, c + half)) for c in x.tolist()])


def _marks(
    ax: Axes, letters: Lettering, assessment: Assessment, values: Values, limits: Limits
) -> list[labels.Tag]:
    """Mark the plan's target, and what could be promised; return their labels."""
    text, (low, high) = letters.language.text, ax.get_xlim()
    p, known = assessment.probability, assessment.history
    assert p is not None
    assert known is not None
    mark, found = _mark(limits, assessment, known), []
    if assessment.reachable is not None and low <= assessment.reachable <= high:
        x = assessment.reachable
        ax.plot(
            [x, x, high], [-0.02, PROMISE, PROMISE], color=style.INK, linewidth=style.LINE, linestyle=_DOTTED
        )
        ax.plot(x, PROMISE, marker="o", markersize=6, color=style.INK, markerfacecolor=style.PAPER, zorder=4)
        said = {
            "p": PROMISE,
            "what": side(assessment, letters, values.written(x, outlook_decimals(assessment, x))),
        }
        found.append(labels.Tag(text("plot.curve_promise", said), high, PROMISE, style.INK))
    named = "plot.curve_target" if low <= mark <= high else "plot.curve_target_off"
    if low <= mark <= high:
        ax.plot([mark, mark], [-0.02, p], color=style.RED, linewidth=1.0, linestyle=(0, (5, 2, 1, 2)))
        ax.plot([mark, high], [p, p], color=style.RED, linewidth=style.LINE, linestyle=_DOTTED)
        ax.plot(mark, p, marker="D", markersize=6, color=style.RED, zorder=4)
    said = {"what": asked(assessment, letters, values, limits), "p": p}
    found.append(labels.Tag(text(named, said), high, p, style.RED))
    return found


def _tag(letters: Lettering, key: str, x: int, p: float, color: str) -> labels.Tag:
    return labels.Tag(letters.language.text(key, {"p": float(p), "year": x}), x, float(p), color)
