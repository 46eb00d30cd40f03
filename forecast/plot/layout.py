"""What stands around every chart: thin axes, a title of any length, years as integers, and room for all."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.gridspec import SubplotSpec
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox, ScaledTranslation, Transform, blended_transform_factory

from forecast.distribution.likelihood_scale import LIKELIHOODS
from forecast.plot import style
from forecast.plot.axis_values import Values
from forecast.plot.text import Lettering

POINTS = 72.0  # an inch
PAD = 7.0  # points between the chart and the edge of its sheet
IN_A_CELL = 0.85  # of a cell's width, the part that titles of a reader's own axes may take
TITLE, UNIT = 1.25, 0.9  # sizes of the title and the unit, as parts of ordinary text
_PASSES = 3  # that find the place of the axes, at most
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


def dress(ax: Axes, letters: Lettering, *, grid: str = "y") -> None:
    """Give the axes a thin frame on two sides and a faint grid."""
    ax.set_facecolor("none")
    for side, spine in ax.spines.items():
        spine.set_visible(side in ("left", "bottom"))
        spine.set_linewidth(style.FRAME)
        spine.set_color(style.SOFT)
    font = letters.font()
    ax.tick_params(
        width=style.FRAME,
        length=3,
        color=style.SOFT,
        labelcolor=style.INK,
        labelsize=letters.size,
        labelfontfamily=font["fontfamily"],
    )
    ax.set_axisbelow(True)
    ax.grid(visible=False)
    ax.grid(visible=True, axis="y" if grid == "y" else "x", color=style.FAINT, linewidth=style.FRAME)


def head(
    ax: Axes, letters: Lettering, title: str, lines: tuple[str, ...], unit: str = "", rise: float = 5.0
) -> None:
    """Write the title, the lines below it and the unit, from *rise* points above the axes upwards."""
    across = room(ax)
    if unit:
        _above(ax, letters, letters.wrap(unit, across, UNIT), rise, part=UNIT, color=style.SOFT)
        rise += letters.height(letters.wrap(unit, across, UNIT), UNIT) + 4
    for line in reversed([line for line in lines if line]):
        text = letters.wrap(line, across)
        _above(ax, letters, text, rise, part=1.0, color=style.INK)
        rise += letters.height(text)
    text = letters.wrap(title, across, TITLE)
    _above(ax, letters, text, rise + 3, part=TITLE, color=style.INK)


def room(ax: Axes) -> float:
    """How wide a title may be, in points: the sheet, or somebody else's axes."""
    figure = root(ax)
    if isinstance(figure, style.Sheet):
        return figure.get_figwidth() * POINTS - 2 * PAD
    place = ax.get_subplotspec()
    if place is not None and figure.get_layout_engine() is None:
        # What the cell of the grid leaves beside the labels of the axis of values.
        return (_cell_of(place, figure).width / figure.dpi * POINTS - 2 * PAD) * IN_A_CELL
    return ax.get_window_extent(renderer(ax)).width / figure.dpi * POINTS


def _above(ax: Axes, letters: Lettering, text: str, rise: float, *, part: float, color: str) -> None:
    """Write lines that stand *rise* points above the axes, flush with the sheet or with the axes."""
    x, across = _flush(ax)
    up = ScaledTranslation(0, rise / POINTS, root(ax).dpi_scale_trans)
    place = blended_transform_factory(across, ax.transAxes) + up
    written = ax.text(x, 1.0, text, transform=place, ha="left", va="bottom", **letters.font(color, part))
    _note_flush(ax, written)


def _flush(ax: Axes) -> tuple[float, Transform]:
    """Where text begins that is flush with the sheet, or with somebody else's axes."""
    figure = root(ax)
    if isinstance(figure, style.Sheet):
        return PAD / POINTS / figure.get_figwidth(), figure.transFigure
    return 0.0, ax.transAxes


def _note_flush(ax: Axes, artist: Artist) -> None:
    figure = root(ax)
    if isinstance(figure, style.Sheet):
        figure.flush.append(artist)


def years(ax: Axes, letters: Lettering, first: int, last: int, *, always: tuple[int, ...] = ()) -> None:
    """Show integer years from *first* to *last*; the years in *always* are among the ticks."""
    margin = max(0.4, 0.02 * (last - first))
    ax.set_xlim(first - margin, last + margin)
    width = ax.get_window_extent(renderer(ax)).width / root(ax).dpi * POINTS
    # Two labels stand apart by half the width of one.
    apart = 1.5 * letters.width("2026") * (last - first + 2 * margin) / width
    step = next((s for s in _STEPS if s >= apart), _STEPS[-1])
    regular = range(step * math.ceil(first / step), last + 1, step)
    kept: list[int] = []
    for year in (*sorted(always, reverse=True), *regular):
        if first <= year <= last and all(abs(year - other) >= apart for other in kept):
            kept.append(year)
    ax.xaxis.set_major_locator(FixedLocator(sorted(kept)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:.0f}"))


def scale_values(ax: Axes, values: Values, *, axis: str = "y") -> None:
    """Write the ticks of an axis of values, at most seven of them."""
    line = ax.yaxis if axis == "y" else ax.xaxis
    if values.classes:
        line.set_major_locator(FixedLocator(list(range(1, len(values.classes) + 1))))
        line.set_major_formatter(FuncFormatter(lambda x, _: values.written(x)))
        return
    locator = MaxNLocator(nbins=6 if axis == "y" else 5, steps=[1, 2, 2.5, 5, 10])
    line.set_major_locator(locator)

    def written(x: float, _: int | None = None) -> str:
        ticks = locator()
        return values.tick(x, float(ticks[1] - ticks[0]) if len(ticks) > 1 else abs(x))

    line.set_major_formatter(FuncFormatter(written))


def scale_percents(ax: Axes, letters: Lettering, *, axis: str = "y") -> None:
    """Show proportions from 0 to 1 as percentages."""
    line = ax.yaxis if axis == "y" else ax.xaxis
    (ax.set_ylim if axis == "y" else ax.set_xlim)(-0.02, 1.02)
    line.set_major_locator(FixedLocator([0, 0.2, 0.4, 0.6, 0.8, 1]))
    line.set_major_formatter(FuncFormatter(lambda p, _: letters.language.percent(p)))


def key(ax: Axes, letters: Lettering, entries: Mapping[str, Artist], lines: int = 1) -> None:
    """Name the marks of a chart below its axes and their *lines* of labels, in as many columns as fit."""
    if not entries:
        return
    across = room(ax)
    texts = [letters.wrap(text, across - 5 * letters.size) for text in entries]
    font = letters.font()
    drop = ScaledTranslation(
        0, -(lines * letters.height("0") + 6 + 4 * lines) / POINTS, root(ax).dpi_scale_trans
    )
    x, across_sheet = _flush(ax)
    legend = ax.legend(
        list(entries.values()),
        texts,
        loc="upper left",
        bbox_to_anchor=(x, 0),
        bbox_transform=blended_transform_factory(across_sheet, ax.transAxes) + drop,
        ncols=_columns([letters.width(text) + 4.8 * letters.size for text in texts], across),
        prop=FontProperties(family=font["fontfamily"], size=letters.size),
        labelcolor=style.INK,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=2.2,
        columnspacing=1.6,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    _note_flush(ax, legend)


def _columns(widths: list[float], room: float) -> int:
    """In how many columns, filled one after the other, entries of these widths take fewest rows."""
    for rows in range(1, len(widths)):
        columns = -(-len(widths) // rows)
        if sum(part.max() for part in np.array_split(widths, columns)) <= room:
            return columns
    return 1


def scale_words(ax: Axes, letters: Lettering, *, axis: str = "y") -> None:
    """Show proportions from 0 to 1 with ticks where one word for a probability gives way to the next."""
    scale_percents(ax, letters, axis=axis)
    ticks = [0, *(word.above for word in LIKELIHOODS if 0.05 < word.above < 0.95), 1]
    (ax.yaxis if axis == "y" else ax.xaxis).set_major_locator(FixedLocator(sorted(ticks)))


def fit(ax: Axes) -> None:
    """Give the axes what their text leaves: of their sheet, or of the cell they had in a reader's figure.

    Axes that a layout engine places, or that stand in no grid and were placed by hand, stay where they are.
    """
    figure = root(ax)
    if not isinstance(figure, style.Sheet):
        _fit_in_cell(ax, figure)
        return
    for axis, place in ((ax.xaxis, (0.5, -0.1)), (ax.yaxis, (-0.1, 0.5))):
        if not axis.get_label_text():
            # Else matplotlib looks for the best place of a label that is not there, with every measuring.
            axis.set_label_coords(*place)
    width, height = figure.get_size_inches() * figure.dpi
    pad = PAD * figure.dpi / POINTS
    for _ in range(_PASSES):
        inner, beside, around = _extents(ax, figure)
        left, bottom = pad + inner.x0 - beside.x0, pad + inner.y0 - around.y0
        right, top = width - pad - (beside.x1 - inner.x1), height - pad - (around.y1 - inner.y1)
        right, top = max(right, left + 0.2 * width), max(top, bottom + 0.2 * height)
        ticks = _ticks(ax)
        ax.set_position(Bbox.from_extents(left / width, bottom / height, right / width, top / height))
        # Only other ticks need other room: what is written is as large as before.
        if _ticks(ax) == ticks:
            return


def _fit_in_cell(ax: Axes, figure: Figure) -> None:
    """Shrink axes of a grid so that title, labels and key lie in the grid's cell, with half the gaps."""
    place = ax.get_subplotspec()
    if place is None or figure.get_layout_engine() is not None:
        return
    cell = _cell_of(place, figure)
    pad = 0.5 * PAD * figure.dpi / POINTS
    width, height = figure.get_size_inches() * figure.dpi
    for _ in range(3):
        canvas = renderer(ax)
        inner = ax.get_window_extent(canvas)
        around = ax.get_tightbbox(canvas) or inner
        left, bottom = cell.x0 + pad + inner.x0 - around.x0, cell.y0 + pad + inner.y0 - around.y0
        right, top = cell.x1 - pad - (around.x1 - inner.x1), cell.y1 - pad - (around.y1 - inner.y1)
        right, top = max(right, left + 0.2 * cell.width), max(top, bottom + 0.2 * cell.height)
        ax.set_position(Bbox.from_extents(left / width, bottom / height, right / width, top / height))


def _cell_of(place: SubplotSpec, figure: Figure) -> Bbox:
    """Part of the figure that axes of a grid may fill, in dots: gaps are shared in halves."""
    rows, columns = place.get_gridspec().nrows, place.get_gridspec().ncols
    width, height = figure.get_size_inches() * figure.dpi
    across, down = place.colspan, place.rowspan
    return Bbox.from_extents(
        width * across.start / columns,
        height * (1 - down.stop / rows),
        width * across.stop / columns,
        height * (1 - down.start / rows),
    )


def _ticks(ax: Axes) -> tuple[list[float], list[float]]:
    return ax.xaxis.get_majorticklocs().tolist(), ax.yaxis.get_majorticklocs().tolist()


def _extents(ax: Axes, sheet: style.Sheet) -> tuple[Bbox, Bbox, Bbox]:
    """Axes; the same with what moves with them; and with the text flush with the sheet too.

    Only what is written around the axes is measured: lines and areas end where the axes do.
    """
    canvas = renderer(ax)
    inner = ax.get_window_extent(canvas)
    flush = {id(artist) for artist in sheet.flush}
    written = [text for text in ax.texts if id(text) not in flush]
    around = [box for axis in (ax.xaxis, ax.yaxis) if (box := axis.get_tightbbox(canvas)) is not None]
    around += [_outline(ax, text) for text in written if text.get_text() or isinstance(text, Annotation)]
    beside = Bbox.union([inner, *around])
    return inner, beside, Bbox.union([beside, *(artist.get_window_extent(canvas) for artist in sheet.flush)])


def _outline(ax: Axes, text: Text) -> Bbox:
    """Where a text stands, without the thin line to what it names; of an arrow alone, its two ends."""
    canvas = renderer(ax)
    if isinstance(text, Annotation):
        text.update_positions(canvas)
        if not text.get_text():
            tip, tail = ax.transData.transform(text.xy), text.get_transform().transform(text.get_position())
            ends = np.array([tip, tail])
            return Bbox.from_extents(*ends.min(axis=0), *ends.max(axis=0))
    return Text.get_window_extent(text, canvas)


def root(ax: Axes) -> Figure:
    """Figure the axes stand in, past any subfigure."""
    figure = ax.figure
    while not isinstance(figure, Figure):
        figure = figure.figure
    return figure


def renderer(ax: Axes) -> RendererAgg:
    """Canvas to measure and to draw on: one for all figures of a size that a thread draws.

    Matplotlib remembers how large a text is by the canvas it was measured on.
    """
    width, height = root(ax).get_size_inches() * root(ax).dpi
    return _canvas(max(1, int(width)), max(1, int(height)), root(ax).dpi, threading.get_ident())


@lru_cache(maxsize=4)
def _canvas(width: int, height: int, dpi: float, _thread: int) -> RendererAgg:
    return RendererAgg(width, height, dpi)
