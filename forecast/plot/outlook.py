"""The fan chart: what was, what may come, and what the target asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from forecast.arrays import FloatArray
from forecast.assessment.assessment import Assessment
from forecast.assessment.unseen import is_unseen
from forecast.distribution.closed_form import stays_of
from forecast.distribution.distribution import Distribution
from forecast.errors import ReportError, must_be
from forecast.history.history import History
from forecast.models.base import Fitted
from forecast.plot import labels, layout, style
from forecast.plot.axis_values import Values, outlook_decimals, widened
from forecast.plot.target_marks import draw_limits, draw_path, edges
from forecast.plot.target_text import (
    answer_line,
    asked,
    classes,
    lender_line,
    limits_shown,
    task,
    whose_figures,
)
from forecast.plot.text import Lettering
from forecast.target.limits import Limits

# How much of the present height of the axes each part of the chart may add on a side: what lies
# farther out is named at the edge and does not squash the rest.
_REACH_GOAL, _REACH_GOAL_ALONE, _REACH_BANDS = 3.0, 9.0, {0.50: 3.0, 0.80: 1.5, 0.95: 0.8}
_MARGIN = 0.06
# An atom of less probability than this has no mark.
_WORTH_A_MARK = 0.05
# Widest label beside the axes, as a part of the sheet.
_BESIDE = 0.26
# Of the years before the target, how many the outlook of an area without figures of its own covers.
_BLOCK = 0.5
_LEVELS = [level for level, _ in style.BANDS]
_TAILS = np.array([0.5, *[(1 - x) / 2 for x in _LEVELS], *[(1 + x) / 2 for x in _LEVELS]])


@dataclass(frozen=True, eq=False)
class _Fan:
    """The outlook for every year from the last observation on; the first row is that observation."""

    years: FloatArray
    median: FloatArray
    bands: dict[float, FloatArray]
    stays: FloatArray

    @classmethod
    def of(cls, fitted: Fitted, year: int) -> _Fan:
        last = fitted.history.last_year
        years = np.arange(last, year + 1)
        rows = [np.full(len(_TAILS), fitted.history.last_value)]
        outlooks = [fitted.predict(int(y)) for y in years[1:]]
        rows += [np.asarray(each.quantile(_TAILS)) for each in outlooks]
        stays = [stays_of(each) for each in outlooks]
        return cls._from_rows(years.astype(float), np.array(rows), np.array([0.0, *stays]))

    @classmethod
    def of_one_year(cls, outlook: Distribution, year: int) -> _Fan:
        """A block before the target year: nothing is known of the way there from the figures drawn."""
        row = np.asarray(outlook.quantile(_TAILS))
        return cls._from_rows(np.array([year - _BLOCK, year]), np.array([row, row]), np.zeros(2))

    @classmethod
    def _from_rows(cls, years: FloatArray, found: FloatArray, stays: FloatArray) -> _Fan:
        k = len(style.BANDS)
        bands = {level: found[:, [1 + i, 1 + k + i]] for i, (level, _) in enumerate(style.BANDS)}
        return cls(years, found[:, 0], bands, stays)


def plot_outlook(
    assessment: Assessment,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    label: str | None = None,
    unit: str | None = None,
    proxy: str | None = None,
) -> Axes:
    """Draw the history, the outlook up to the target year, and the target.

    Parameters
    ----------
    assessment : Assessment
        With a history; it may lack an outlook.
    ax : matplotlib.axes.Axes, optional
        Default: axes on a sheet of their own, see :func:`new_axes`.
    lang : str
        ``en`` or ``zh``.
    label, unit : str, optional
        Title and unit as the reader knows them. Default: those of the history.
    proxy : str, optional
        What stands in for the indicator, where the history is another's: named on the chart.

    Returns
    -------
    matplotlib.axes.Axes
        Show it in a notebook with ``ax.figure``, save it with :func:`save_plot`.

    Raises
    ------
    ReportError
        If there is no history to draw, or a text has a character that no font can show.

    Examples
    --------
    >>> from forecast.assessment.assess import assess
    >>> from forecast.target.target import Target
    >>> h = History.of("coverage", range(2016, 2024), [60, 62, 63, 66, 67, 70, 71, 74], unit="%")
    >>> ax = plot_outlook(assess(h, Target.at_least("coverage", 80, year=2027)), label="Coverage")
    >>> "Coverage" in [text.get_text() for text in ax.texts]
    True
    """
    must_be(
        Assessment,
        assessment,
        who="plot_outlook: assessment",
        instead="Make one with assess(history, target).",
    )
    known = assessment.history
    if known is None:
        raise ReportError(
            f"{assessment.target.indicator}: there is no history to draw. "
            f"Add its figures, or show the target in plot_study(study)."
        )
    ax = style.new_axes() if ax is None else ax
    title, unit = label or known.name, known.unit if unit is None else unit
    letters = Lettering.of(ax, lang, (title, unit, proxy, *classes(assessment)))
    year = max(assessment.target.year, known.last_year)
    fan = _fan(assessment, year)
    limits = limits_shown(assessment)
    low, high = _height(known, fan, limits)
    values = Values.between(low, high, unit, language=letters.language)
    if classes(assessment):
        low, high, values = 0.5, len(classes(assessment)) + 0.5, replace(values, classes=classes(assessment))
    ax.set_ylim(low, high)
    always = (assessment.target.year, known.last_year, known.first_year)
    layout.dress(ax, letters)
    layout.years(ax, letters, known.first_year, year, always=always)
    layout.scale_values(ax, values)
    if fan is not None:
        _draw_fan(ax, fan)
    entries = _draw_history(ax, letters, known, whose_figures(assessment, letters, proxy))
    if fan is not None and fan.stays[-1] >= _WORTH_A_MARK:
        said = {"x": values.exact(known.last_value), "p": float(fan.stays[-1])}
        entries[letters.language.text("plot.stays", said)] = _draw_atom(ax, fan, known.last_value)
    for asked_in, within in limits.items():
        draw_limits(ax, within, asked_in, min(known.last_year, asked_in - 1))
    path = draw_path(ax, assessment) if limits and not is_unseen(assessment) else None
    entries |= {} if path is None else {letters.language.text("plot.required"): path}
    written = labels.write(
        ax, letters, _tags(ax, letters, values, assessment, fan), most=layout.room(ax) * _BESIDE
    )
    told = (task(assessment, letters, unit), answer_line(assessment, letters))
    lines = (*told, lender_line(assessment, letters))
    layout.head(ax, letters, title, lines, values.unit)
    layout.key(ax, letters, entries)
    layout.fit(ax)
    layout.years(ax, letters, known.first_year, year, always=always)
    _name_last(ax, letters, known, values)
    labels.spread(ax, written)
    return ax


def _fan(assessment: Assessment, year: int) -> _Fan | None:
    if assessment.fitted is not None:
        return _Fan.of(assessment.fitted, year)
    if assessment.outlook is None or not is_unseen(assessment):
        return None
    return _Fan.of_one_year(assessment.outlook, year)


def _height(known: History, fan: _Fan | None, limits: dict[int, Limits]) -> tuple[float, float]:
    """Ends of the axis of values: all of the history, and of the rest what does not squash it."""
    low, high = float(known.values.min()), float(known.values.max())
    if fan is not None:
        low, high = min(low, float(fan.median.min())), max(high, float(fan.median.max()))
        low, high = widened(low, high, fan.bands[0.50], _REACH_BANDS[0.50])
    if high == low:
        low, high = low - (0.05 * abs(low) or 1.0), high + (0.05 * abs(high) or 1.0)
    most = (_REACH_GOAL if fan else _REACH_GOAL_ALONE) * (high - low)
    ends = [x for within in limits.values() for x in edges(within)]
    near = [x for x in ends if low - most <= x <= high + most]
    low, high = min([low, *near]), max([high, *near])
    for level in (0.80, 0.95):
        if fan is not None:
            low, high = widened(low, high, fan.bands[level], _REACH_BANDS[level])
    margin = _MARGIN * (high - low)
    return low - margin, high + margin


def _draw_fan(ax: Axes, fan: _Fan) -> None:
    for level, tint in style.BANDS:
        lower, upper = fan.bands[level].T
        ax.fill_between(
            fan.years, lower, upper, facecolor=tint, edgecolor=style.PAPER, linewidth=0.6, zorder=1.5
        )
    ax.plot(fan.years, fan.median, color=style.BLUE, linewidth=style.BOLD, zorder=2.5)


def _draw_atom(ax: Axes, fan: _Fan, value: float) -> Artist:
    """Mark, in every year to come, the value that may be kept exactly: the likelier, the larger."""
    return ax.scatter(
        fan.years[1:],
        np.full(len(fan.years) - 1, value),
        s=36.0 * fan.stays[1:],
        marker="D",
        facecolor=style.PAPER,
        edgecolor=style.BLUE,
        linewidth=1.0,
        zorder=3.2,
    )


def _draw_history(ax: Axes, letters: Lettering, known: History, whose: str) -> dict[str, Artist]:
    """Draw the observations, a line where years follow each other, and return the names of the marks."""
    text = letters.language.text
    for (a, x), (b, y) in pairwise(zip(known.years, known.values, strict=True)):
        if b - a == 1 and not any(a < start <= b for start in known.breaks):
            ax.plot([a, b], [x, y], color=style.INK, linewidth=style.LINE, zorder=3)
    size = 4.2 if len(known) <= 25 else 2.8
    entries: dict[str, Artist] = {}
    status = np.array(["proxy"] * len(known) if whose else known.status)
    for kind, mark in style.MARKS.items():
        mine = status == kind
        if mine.any():
            (points,) = ax.plot(
                known.years[mine],
                known.values[mine],
                linestyle="none",
                marker=mark,
                markersize=size,
                markeredgecolor=style.INK,
                markerfacecolor=style.PAPER if kind in style.HOLLOW else style.INK,
                markeredgewidth=1.0,
                zorder=3.5,
            )
            entries[whose or text(f"plot.point_{kind}")] = points
    inside = [start for start in known.breaks if known.first_year < start <= known.last_year]
    for start in inside:
        line = ax.axvline(start - 0.5, color=style.SOFT, linewidth=1.0, linestyle=(0, (1, 2)), zorder=1)
        entries[text("plot.break", {"years": ", ".join(map(str, inside))})] = line
    return entries


def _tags(
    ax: Axes, letters: Lettering, values: Values, assessment: Assessment, fan: _Fan | None
) -> list[labels.Tag]:
    """Labels beside the chart: the ends of the bands, the median, and the target."""
    text, limits = letters.language.text, limits_shown(assessment)
    end = ax.get_xlim()[1] if fan is None else float(fan.years[-1])
    found: list[labels.Tag] = []
    if fan is not None:
        middle = float(fan.median[-1])
        told = values.written(middle, outlook_decimals(assessment, middle))
        found.append(labels.Tag(text("plot.tag_median", {"x": told}), end, middle, style.BLUE))
        for level, band in reversed(fan.bands.items()):
            lower, upper = (float(x) for x in band[-1])
            ends = (values.written(x, outlook_decimals(assessment, x)) for x in (lower, upper))
            said = dict(zip(("low", "high"), ends, strict=True)) | {"level": level}
            found.append(labels.Tag(text("plot.tag_band", said), end, upper, style.SOFT))
    if limits:
        within = limits[assessment.target.year]
        edge, (low, high) = edges(within)[0], ax.get_ylim()
        named = "plot.tag_target" if low <= edge <= high else "plot.tag_off"
        what = asked(assessment, letters, values, within)
        found.append(labels.Tag(text(named, {"what": what}), end, edge, style.RED))
    return found


def _name_last(ax: Axes, letters: Lettering, known: History, values: Values) -> None:
    """Write the last value beside its point, where no line, point or edge is in the way."""
    said = letters.language.text("plot.last", {"x": values.exact(known.last_value), "year": known.last_year})
    dots = layout.root(ax).dpi / layout.POINTS
    width, height = letters.width(said) * dots, letters.height(said) * dots
    x, y = ax.transData.transform((known.last_year, known.last_value))
    inner = ax.get_window_extent(layout.renderer(ax))
    drawn = _dense(ax, known)
    for rise in (0.6 * height, -1.6 * height, 1.6 * height, -2.6 * height):
        box = Bbox.from_bounds(x - width - 3 * dots, y + rise, width, height)
        clear = box.x0 > inner.x0 + 3 * dots and box.y0 > inner.y0 and box.y1 < inner.y1
        if clear and not box.padded(3 * dots).count_contains(drawn):
            ax.annotate(
                said,
                xy=(known.last_year, known.last_value),
                xytext=(-3, rise / dots),
                textcoords="offset points",
                ha="right",
                va="bottom",
                zorder=5,
                **letters.font(style.INK),
            )
            return


def _dense(ax: Axes, known: History) -> FloatArray:
    """Points along the history, near each other on the screen, shape (n, 2)."""
    years = np.linspace(known.first_year, known.last_year, 400)
    return np.asarray(
        ax.transData.transform(np.column_stack([years, np.interp(years, known.years, known.values)]))
    )
