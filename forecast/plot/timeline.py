"""How an answer grew as the years came in, and how much of it hangs on a single figure."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from forecast.arrays import FloatArray, IntArray
from forecast.distribution.likelihood_scale import likelihood
from forecast.errors import ReportError
from forecast.plot import labels, layout, style
from forecast.plot.text import Lettering

# Where the words stand beside the axis: in the middle of what each is used for.
_WORDS_AT = (0.95, 0.78, 0.495, 0.215, 0.05)
_BESIDE = 0.22


def plot_timeline(
    answers: pd.DataFrame,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    label: str = "",
    year: int | None = None,
) -> Axes:
    """Draw the probability of one target as it would have been given in each past year.

    Parameters
    ----------
    answers : DataFrame
        ``as_of`` (a year) and ``probability`` (a proportion, NaN where none could be given).
    ax : matplotlib.axes.Axes, optional
        Default: axes on a sheet of their own.
    lang : str
        ``en`` or ``zh``.
    label : str, optional
        Title.
    year : int, optional
        The target year.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ReportError
        If a column is missing, or no year has a probability.

    Examples
    --------
    >>> ax = plot_timeline(pd.DataFrame({"as_of": [2019, 2020, 2021], "probability": [0.4, 0.5, 0.7]}))
    >>> ax.lines[0].get_ydata().tolist()
    [0.4, 0.5, 0.7]
    """
    asked, chances = _columns(answers, "plot_timeline", "as_of")
    ax = style.new_axes() if ax is None else ax
    letters = Lettering.of(ax, lang, (label,))
    text = letters.language.text
    layout.dress(ax, letters)
    layout.scale_words(ax, letters)
    last = max(int(asked[-1]), year or 0)
    always = (*(() if year is None else (year,)), int(asked[-1]), int(asked[0]))
    layout.years(ax, letters, int(asked[0]), last, always=always)
    whole = pd.Series(chances, index=asked).reindex(range(int(asked[0]), int(asked[-1]) + 1))
    ax.plot(whole.index, whole.to_numpy(), color=style.BLUE, linewidth=style.BOLD, marker="o", markersize=4.5)
    written = _words(ax, letters)
    first, latest = (int(i) for i in np.flatnonzero(np.isfinite(chances))[[0, -1]])
    said = {
        "first": int(asked[first]),
        "p": float(chances[first]),
        "last": int(asked[latest]),
        "q": float(chances[latest]),
    }
    line = text("plot.timeline" if first != latest else "plot.timeline_one", said)
    layout.head(ax, letters, label or text("plot.timeline_title"), (line,), text("plot.timeline_axis"))
    if year is not None:
        mark = ax.axvline(year, color=style.RED, linewidth=1.0, linestyle=(0, (5, 2, 1, 2)))
        layout.key(ax, letters, {text("plot.target_year", {"year": year}): mark})
    layout.fit(ax)
    layout.years(ax, letters, int(asked[0]), last, always=always)
    labels.spread(ax, written, lead=False)
    return ax


def plot_stability(
    answers: pd.DataFrame,
    probability: float,
    *,
    ax: Axes | None = None,
    lang: str = "en",
    label: str = "",
) -> Axes:
    """Draw the probability of one target with each single figure left out.

    Parameters
    ----------
    answers : DataFrame
        ``left_out`` (the year whose figure was left out) and ``probability`` without it.
    probability : float
        With all figures, a proportion.
    ax, lang, label
        As in :func:`plot_timeline`.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ReportError
        If a column is missing, or no year has a probability.
    """
    years, chances = _columns(answers, "plot_stability", "left_out")
    ax = style.new_axes() if ax is None else ax
    letters = Lettering.of(ax, lang, (label,))
    text = letters.language.text
    layout.dress(ax, letters)
    layout.scale_words(ax, letters)
    always = (int(years[-1]), int(years[0]))
    layout.years(ax, letters, int(years[0]), int(years[-1]), always=always)
    line = ax.axhline(probability, color=style.INK, linewidth=style.LINE, linestyle=(0, (4, 3)))
    word = likelihood(probability)
    same = np.array([np.isfinite(p) and likelihood(float(p)) == word for p in chances])
    entries = {text("plot.all_figures", {"p": probability}): line}
    for mine, shape, color, named in (
        (same, "o", style.BLUE, "plot.same_word"),
        (~same & np.isfinite(chances), "^", style.RED, "plot.other_word"),
    ):
        if mine.any():
            ax.vlines(years[mine], probability, chances[mine], color=color, linewidth=style.LINE)
            (entries[text(named)],) = ax.plot(
                years[mine], chances[mine], linestyle="none", marker=shape, markersize=6, color=color
            )
    written = _words(ax, letters)
    most = int(np.nanargmax(np.abs(chances - probability)))
    said = {"year": int(years[most]), "p": float(chances[most])}
    moved = letters.language.probability(said["p"]) != letters.language.probability(probability)
    lines = (text("plot.stability" if moved else "plot.stability_none", said),)
    layout.head(ax, letters, label or text("plot.stability_title"), lines, text("plot.stability_axis"))
    ax.set_xlabel(text("plot.left_out"), **letters.font(style.SOFT))
    layout.key(ax, letters, entries, lines=2)
    layout.fit(ax)
    layout.years(ax, letters, int(years[0]), int(years[-1]), always=always)
    labels.spread(ax, written, lead=False)
    return ax


def _columns(answers: pd.DataFrame, who: str, year: str) -> tuple[IntArray, FloatArray]:
    """Years and probabilities in order, or say what the table lacks."""
    missing = [column for column in (year, "probability") if column not in answers]
    if missing:
        raise ReportError(
            f"{who}: the columns {', '.join(missing)} are missing; got {', '.join(map(str, answers))}."
        )
    ordered = answers.sort_values(year)
    chances = ordered["probability"].to_numpy(dtype=float)
    if not np.isfinite(chances).any():
        raise ReportError(f"{who}: no year has a probability. Add earlier figures.")
    return ordered[year].to_numpy(dtype=np.int64), chances


def _words(ax: Axes, letters: Lettering) -> list[Annotation]:
    """Write the words for a probability beside the part of the axis they are used for."""
    right, language = ax.get_xlim()[1], letters.language
    found = [labels.Tag(likelihood(p).word(language.code), right, p, style.SOFT) for p in _WORDS_AT]
    return labels.write(ax, letters, found, most=layout.room(ax) * _BESIDE)
