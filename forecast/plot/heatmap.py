"""Many areas, many targets: one cell each, ranked by risk; readable with a ministry's 2,800 areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator

from forecast.arrays import FloatArray
from forecast.errors import ReportError
from forecast.plot import layout, style
from forecast.plot.text import Lettering

# More areas than this are shown as so many groups of neighbouring ranks.
MOST_ROWS = 40
# Probabilities below each of these have the tint; the edges are those of the words for a probability.
# The darker, the more at risk, also in grey print.
_TINTS = ((0.10, "#6b2a00"), (0.33, "#b8560f"), (0.66, "#eaa65c"), (0.90, "#cfe3f1"), (np.inf, "#f3f8fc"))
_LIGHT_TEXT_BELOW = 0.33
_NAMES, _COLUMN_HEIGHT, _SIDEWAYS_HEIGHT = 0.26, 3, 120.0
_SMALL = 0.8


@dataclass(frozen=True, eq=False)
class _Grid:
    """The table as it is drawn: mean probability by row and column, the most at risk first."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: FloatArray
    areas: int


def plot_heat(answers: pd.DataFrame, *, ax: Axes | None = None, lang: str = "en", label: str = "") -> Axes:
    """Draw the probability of every target in every area, both ranked by their mean.

    Parameters
    ----------
    answers : DataFrame
        One row for each area and target: ``area``, ``target`` (as the reader knows them) and
        ``probability`` (a proportion, NaN where none could be given). Where ``target`` is a number, as
        :func:`forecast.assess_frame` gives it, columns are headed by ``indicator``. A wide table has the
        areas as its index and a column of probabilities for each target.
    ax : matplotlib.axes.Axes, optional
        Default: axes on a sheet of their own. A sheet is made as high as its rows need.
    lang : str
        ``en`` or ``zh``.
    label : str, optional
        Title.

    Returns
    -------
    matplotlib.axes.Axes
        Beyond 40 areas each row is a group of neighbouring ranks and shows its mean.

    Raises
    ------
    ReportError
        If a column is missing, a pair is given twice, or there is no row.

    Examples
    --------
    >>> table = pd.DataFrame({"area": ["A", "B"], "target": ["x", "x"], "probability": [0.9, 0.2]})
    >>> [label.get_text() for label in plot_heat(table).get_yticklabels()]
    ['B', 'A']
    """
    table = _pivot(_headed(answers))
    ax = style.new_axes() if ax is None else ax
    letters = Lettering.of(ax, lang, (label, *map(str, table.index), *map(str, table.columns)))
    text = letters.language.text
    grid = _grid(table, letters)
    room = layout.room(ax)
    names = [letters.wrap(name, room * _NAMES) for name in grid.rows]
    row = max(letters.height(name) for name in names) + 2.0
    layout.dress(ax, letters)
    ax.grid(visible=False)
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_xlim(0, len(grid.columns))
    ax.set_ylim(len(names), 0)
    ax.yaxis.set_major_locator(FixedLocator(list(np.arange(len(names)) + 0.5)))
    ax.set_yticklabels(names)
    ax.xaxis.set_major_locator(FixedLocator([]))
    widest = max(letters.width(name) for name in names) + 12
    column = (room - widest) / len(grid.columns)
    entries = _fill(ax, letters, grid, column=column, row=row)
    rise, numbered = _name_columns(ax, letters, grid.columns, column)
    _make_room(ax, row * len(names) + rise + letters.height(letters.wrap(numbered, room)))
    groups = len(grid.rows)
    lines = (
        text("plot.heat_areas", {"n": grid.areas})
        if groups == grid.areas
        else text("plot.heat_groups", {"n": grid.areas, "groups": groups}),
        numbered,
    )
    layout.head(ax, letters, label or text("plot.heat_title"), lines, text("plot.heat_axis"), rise)
    layout.key(ax, letters, entries, lines=0)
    layout.fit(ax)
    return ax


def _headed(answers: pd.DataFrame) -> pd.DataFrame:
    """Answers with targets as a reader knows them: by indicator, with value and year where needed."""
    if answers.index.name == "area" and "area" not in answers and len(answers.columns):
        return answers.reset_index().melt("area", var_name="target", value_name="probability")
    if "indicator" not in answers or "target" not in answers or answers.empty:
        return answers
    if not pd.api.types.is_numeric_dtype(answers["target"]):
        return answers
    names = answers["indicator"].astype(str)
    keys = [key for key in ("id", "target", "year") if key in answers]
    several = answers[keys].astype(str).agg(" ".join, axis=1).groupby(names).transform("nunique") > 1
    told = answers["target"].map(lambda x: "" if pd.isna(x) else f" {x:g}")
    told = told + (" (" + answers["id"].astype(str) + ")" if "id" in answers else "")
    return answers.assign(target=names.where(~several, names + told))


def _pivot(answers: pd.DataFrame) -> pd.DataFrame:
    """Areas by targets, both with the lowest mean probability first."""
    missing = [column for column in ("area", "target", "probability") if column not in answers]
    if missing or answers.empty:
        lack = f"the columns {', '.join(missing)} are missing" if missing else "the table has no row"
        raise ReportError(f"plot_heat: {lack}. Give one row for each area and target.")
    twice = answers[answers.duplicated(["area", "target"])]
    if len(twice):
        pair = twice.iloc[0]
        raise ReportError(f"plot_heat: {pair['area']}, {pair['target']} is given twice. Keep one row each.")
    table = answers.pivot(index="area", columns="target", values="probability")
    by_area = table.mean(axis=1).sort_values(kind="stable", na_position="last").index
    by_target = table.mean(axis=0).sort_values(kind="stable", na_position="last").index
    return table.reindex(index=by_area, columns=by_target)


def _grid(table: pd.DataFrame, letters: Lettering) -> _Grid:
    columns, cells = tuple(map(str, table.columns)), table.to_numpy(dtype=float)
    if len(table) <= MOST_ROWS:
        return _Grid(tuple(map(str, table.index)), columns, cells, len(table))
    size = -(-len(table) // MOST_ROWS)
    parts = [np.arange(start, min(start + size, len(table))) for start in range(0, len(table), size)]
    rows = tuple(_ranks(letters, int(part[0]) + 1, int(part[-1]) + 1) for part in parts)
    means = pd.DataFrame(cells).groupby(np.repeat(np.arange(len(parts)), [len(p) for p in parts])).mean()
    return _Grid(rows, columns, means.to_numpy(), len(table))


def _ranks(letters: Lettering, first: int, last: int) -> str:
    named = "plot.heat_rank" if first == last else "plot.heat_ranks"
    return letters.language.text(named, {"first": first, "last": last})


def _make_room(ax: Axes, height: float) -> None:
    sheet = layout.root(ax)
    if isinstance(sheet, style.Sheet):
        sheet.set_figheight((height + 13 * style.text_size(ax)) / layout.POINTS)


def _fill(ax: Axes, letters: Lettering, grid: _Grid, *, column: float, row: float) -> dict[str, Artist]:
    """Draw the cells, with their percents where there is room, and return the meaning of the tints."""
    language = letters.language
    fits = letters.width(">99", _SMALL) + 2 <= column and letters.height("0", _SMALL) <= row
    for i, j in np.ndindex(grid.cells.shape):
        p = float(grid.cells[i, j])
        # What lies inside the axes need not be measured again and again.
        ax.add_patch(_cell(j, i, p)).set_in_layout(False)
        if fits and np.isfinite(p):
            color = style.PAPER if p < _LIGHT_TEXT_BELOW else style.INK
            said = language.probability(p).rstrip(" %")
            font = letters.font(color, _SMALL)
            ax.text(j + 0.5, i + 0.5, said, ha="center", va="center", **font).set_in_layout(False)
    entries: dict[str, Artist] = {}
    low = 0.0
    for high, _ in _TINTS:
        named = "below" if low == 0 else "above" if np.isinf(high) else "between"
        entries[language.text(f"plot.heat_{named}", {"low": low, "high": high})] = _cell(0, 0, low)
        low = high
    if np.isnan(grid.cells).any():
        entries[language.text("plot.heat_none")] = _cell(0, 0, np.nan)
    return entries


def _cell(x: float, y: float, p: float) -> Rectangle:
    """Cell with its lower left corner at (x, y), in data coordinates."""
    if np.isnan(p):
        return Rectangle((x, y), 1, 1, linewidth=0.3, fc=style.PAPER, ec=style.SOFT, hatch="////")
    tint = next(tint for below, tint in _TINTS if p < below)
    return Rectangle((x, y), 1, 1, linewidth=0.4, facecolor=tint, edgecolor=style.FAINT)


def _name_columns(ax: Axes, letters: Lettering, names: tuple[str, ...], column: float) -> tuple[float, str]:
    """Name the targets above the cells: upright, sideways, or by numbers that the head explains.

    Returns
    -------
    tuple of float and str
        The height of the names in points, and the explanation.
    """
    upright = [letters.wrap(name, max(column - 4, 1), _SMALL) for name in names]
    sideways = [letters.wrap(name, _SIDEWAYS_HEIGHT, _SMALL) for name in names]
    explained, turn = "", 0
    uncut = all(letters.longest(name, _SMALL) <= column - 4 for name in names)
    if uncut and all(name.count("\n") < _COLUMN_HEIGHT for name in upright):
        shown = upright
    elif all(letters.height(name, _SMALL) <= column for name in sideways):
        shown, turn = sideways, 90
    else:
        shown = [str(i) for i in range(1, len(names) + 1)]
        explained = letters.language.text("plot.join").join(
            f"{i} {name}" for i, name in zip(shown, names, strict=True)
        )
    for j, name in enumerate(shown):
        ax.annotate(
            name,
            xy=(j + 0.5, 1),
            xycoords=ax.get_xaxis_transform(),
            xytext=(0, 3),
            textcoords="offset points",
            rotation=turn,
            ha="center",
            va="bottom",
            **letters.font(style.INK, _SMALL),
        )
    size = max((letters.width if turn else letters.height)(name, _SMALL) for name in shown)
    return size + 8, explained
