"""What a record looks like: stated probabilities against what came true, past forecasts against outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from forecast.errors import ReportError, must_be
from forecast.evaluation.backtests import Backtest
from forecast.evaluation.reliability import Bin
from forecast.evaluation.scores import LEVEL
from forecast.plot import layout, style
from forecast.plot.axis_values import Values, widened
from forecast.plot.text import Lettering

# The statements that the sentence under the title speaks of.
_SPOKEN_OF = 0.7
_COUNT_SIZE = 0.85
# Small enough that the interval of ten thousand statements, two points high, still shows.
_DOT = 3.5
_COLUMNS = ("cutoff", "year", "observed", "median", "low", "high")
# Intervals may widen the axis by this many times the range of outcomes on a side.
_REACH = 1.5


def plot_reliability(
    bins: Sequence[Bin], *, ax: Axes | None = None, lang: str = "en", label: str | None = None
) -> Axes:
    """Draw how often things happened against how often they were said to.

    Parameters
    ----------
    bins : sequence of Bin
        As from :func:`forecast.reliability_bins` or ``Backtest.reliability``; each has ``stated``,
        ``came_true``, ``n`` and a 90 % interval from ``low`` to ``high``, all proportions but ``n``.
    ax : matplotlib.axes.Axes, optional
        Default: axes on a sheet of their own.
    lang : str
        ``en`` or ``zh``.
    label : str, optional
        Title.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ReportError
        If there is no bin.

    Examples
    --------
    >>> ax = plot_reliability([Bin(0.7, 0.69, 1000, 0.67, 0.71)])
    >>> any("690" in text.get_text() for text in ax.texts)
    True
    """
    if not bins:
        raise ReportError("plot_reliability: there are no statements. Back-test more origins or series.")
    ax = style.new_axes() if ax is None else ax
    letters = Lettering.of(ax, lang, (label,))
    text = letters.language.text
    layout.dress(ax, letters)
    layout.scale_percents(ax, letters)
    layout.scale_percents(ax, letters, axis="x")
    (line,) = ax.plot([0, 1], [0, 1], color=style.SOFT, linewidth=style.LINE, linestyle=(0, (4, 3)), zorder=2)
    stated, came = np.array([b.stated for b in bins]), np.array([b.came_true for b in bins])
    low, high = np.array([b.low for b in bins]), np.array([b.high for b in bins])
    # An interval need not hold the share itself: none and all have one-sided intervals.
    whiskers = ax.vlines(
        stated,
        np.minimum(low, came),
        np.maximum(high, came),
        color=style.BLUE,
        linewidth=style.BOLD,
        zorder=3,
    )
    ax.plot(stated, came, linestyle="none", marker="o", markersize=_DOT, color=style.BLUE, zorder=4)
    spoken = min(bins, key=lambda b: abs(b.stated - _SPOKEN_OF))
    said = {"n": spoken.n, "p": spoken.stated, "came": round(spoken.n * spoken.came_true)}
    ax.set_xlabel(text("plot.stated"), **letters.font(style.SOFT))
    rise = _write_counts(ax, letters, bins)
    layout.head(
        ax, letters, label or text("plot.reliability"), (text("plot.spoken", said),), text("plot.came"), rise
    )
    layout.key(ax, letters, {text("plot.as_stated"): line, text("plot.whiskers"): whiskers}, lines=2)
    layout.fit(ax)
    return ax


def plot_backtest(
    forecasts: Backtest | pd.DataFrame,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    label: str | None = None,
    unit: str | None = None,
    horizon: int | None = None,
) -> Axes:
    """Draw past forecasts of one series, each as many years ahead, beside what came.

    Parameters
    ----------
    forecasts : Backtest or DataFrame
        A frame as from ``Backtest.to_frame()``: ``cutoff, year, observed, median, low, high`` (the central
        80 %) of one series.
    ax : matplotlib.axes.Axes, optional
        Default: axes on a sheet of their own.
    lang : str
        ``en`` or ``zh``.
    label, unit : str, optional
        Title, and the unit of the values; default: those of the back-test.
    horizon : int, optional
        Years from cutoff to year. Default: the longest that at least half of the cutoffs have.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ReportError
        If a column is missing, several series are mixed, or no forecast is so many years ahead.
    """
    if isinstance(forecasts, Backtest):
        unit = forecasts.unit if unit is None else unit
        forecasts = forecasts.to_frame()
    unit = unit or ""
    must_be(pd.DataFrame, forecasts, who="plot_backtest: forecasts", instead="Pass backtest(model, history).")
    rows, ahead = _of_one_series(forecasts, horizon)
    ax = style.new_axes() if ax is None else ax
    title = label or str(rows["indicator"].iloc[0] if "indicator" in rows else "")
    letters = Lettering.of(ax, lang, (title, unit))
    text = letters.language.text
    years, seen = rows["year"].to_numpy(dtype=int), rows["observed"].to_numpy(dtype=float)
    low, high = rows["low"].to_numpy(dtype=float), rows["high"].to_numpy(dtype=float)
    ends = widened(float(seen.min()), float(seen.max()), np.concatenate([low, high]), _REACH)
    margin = 0.06 * (ends[1] - ends[0]) or 1.0
    values = Values.between(*ends, unit, language=letters.language)
    layout.dress(ax, letters)
    ax.set_ylim(ends[0] - margin, ends[1] + margin)
    layout.scale_values(ax, values)
    layout.years(ax, letters, int(years[0]), int(years[-1]), always=(int(years[-1]), int(years[0])))
    inside = (low <= seen) & (seen <= high)
    entries: dict[str, Artist] = {
        text("plot.interval", {"level": LEVEL}): ax.vlines(
            years, low, high, color=style.BANDS[1][1], linewidth=_bar(ax, len(years)), zorder=1.5
        )
    }
    (entries[text("plot.median")],) = ax.plot(
        years, rows["median"], linestyle="none", marker="_", markersize=9, markeredgewidth=2, color=style.BLUE
    )
    for mine, shape, named in ((inside, "o", "plot.inside"), (~inside, "X", "plot.outside")):
        if mine.any():
            (entries[text(named)],) = ax.plot(
                years[mine],
                seen[mine],
                linestyle="none",
                marker=shape,
                markersize=5 if shape == "o" else 7.5,
                color=style.INK if shape == "o" else style.RED,
                zorder=4,
            )
    said = {"inside": int(inside.sum()), "n": len(inside), "level": LEVEL, "ahead": ahead}
    layout.head(ax, letters, title, (text("plot.backtest", said),), values.unit)
    layout.key(ax, letters, entries)
    layout.fit(ax)
    return ax


def _write_counts(ax: Axes, letters: Lettering, bins: Sequence[Bin]) -> float:
    """Write the number of statements above each bin, and return the height this takes in points."""
    rows: list[float] = [-np.inf] * 3
    span = ax.get_window_extent(layout.renderer(ax)).width / layout.root(ax).dpi * layout.POINTS * 0.9
    for i, each in enumerate(sorted(bins, key=lambda b: b.stated)):
        said = letters.language.number(each.n, 0)
        if i == 0:
            said = letters.language.text("plot.count", {"n": said})
        half = 0.5 * letters.width(said, _COUNT_SIZE) + 3
        row = next((k for k, end in enumerate(rows) if each.stated * span - half > end), 2)
        rows[row] = each.stated * span + half
        ax.annotate(
            said,
            xy=(each.stated, 1),
            xycoords=ax.get_xaxis_transform(),
            xytext=(0, 3 + row * letters.height("0", _COUNT_SIZE)),
            textcoords="offset points",
            ha="center",
            va="bottom",
            **letters.font(style.SOFT, _COUNT_SIZE),
        )
    used = sum(np.isfinite(end) for end in rows)
    return 6 + float(used) * letters.height("0", _COUNT_SIZE)


def _of_one_series(rows: pd.DataFrame, horizon: int | None) -> tuple[pd.DataFrame, int]:
    """Forecasts of one horizon by year, and that horizon."""
    missing = [column for column in _COLUMNS if column not in rows]
    if missing or rows.empty:
        lack = f"the columns {', '.join(missing)} are missing" if missing else "the table has no row"
        raise ReportError(f"plot_backtest: {lack}. Pass backtest(...), or its to_frame().")
    for column in ("area", "indicator"):
        if column in rows and rows[column].nunique() > 1:
            first = rows[column].iloc[0]
            raise ReportError(
                f"plot_backtest: the table holds {rows[column].nunique()} series. "
                f"Choose one, such as frame[frame[{column!r}] == {first!r}]."
            )
    ahead = rows["year"] - rows["cutoff"]
    counts = ahead.value_counts()
    chosen = int(counts.index[counts >= 0.5 * counts.max()].max()) if horizon is None else horizon
    if chosen not in counts.index:
        known = ", ".join(str(h) for h in sorted(counts.index))
        raise ReportError(f"plot_backtest: no forecast is {chosen} years ahead. Choose one of: {known}.")
    return rows[ahead == chosen].sort_values("year"), chosen


def _bar(ax: Axes, n: int) -> float:
    """Width of a bar in points, a good half of a year at the most."""
    width = ax.get_window_extent(layout.renderer(ax)).width / layout.root(ax).dpi * layout.POINTS
    return float(np.clip(0.5 * width / max(n, 1), 2.0, 10.0))
