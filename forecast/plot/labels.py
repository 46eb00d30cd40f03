"""Labels beside a chart, each at the height of what it names, none on top of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Affine2D, ScaledTranslation

from forecast.arrays import FloatArray
from forecast.plot import style
from forecast.plot.layout import POINTS, renderer, root
from forecast.plot.text import Lettering

_GAP, _REACH = 2.0, 14.0  # points between two labels, and from the axes to a label
_LEAD = (2.0, _REACH - 3.0)  # points from the axes, where a thin line to a label begins and ends


@dataclass(frozen=True)
class Tag:
    """One label.

    Parameters
    ----------
    text : str
    x, y : float
        What it names, in data coordinates.
    color : str
    """

    text: str
    x: float
    y: float
    color: str = style.INK


def write(ax: Axes, letters: Lettering, tags: Sequence[Tag], *, most: float) -> list[Annotation]:
    """Write tags at the right of the axes, no wider than *most* points; call :func:`spread` at the end."""
    written = []
    low, high = sorted(ax.get_ylim())
    for tag in tags:
        y = float(np.clip(tag.y, low, high))
        note = ax.annotate(
            letters.wrap(tag.text, most),
            xy=(tag.x, y),
            xytext=(_REACH, 0),
            textcoords="offset points",
            va="center",
            ha="left",
            annotation_clip=False,
            **letters.font(tag.color),
        )
        written.append(note)
    return written


def spread(ax: Axes, notes: Sequence[Annotation], *, lead: bool = True) -> None:
    """Move the written tags up and down, as little as it takes, until none covers another.

    With *lead* a thin line leads from each to what it names.
    """
    if not notes:
        return
    canvas, dots = renderer(ax), root(ax).dpi / POINTS
    wanted = np.array([ax.transData.transform(note.xy)[1] for note in notes])
    heights = np.array([Text.get_window_extent(note, canvas).height for note in notes]) + _GAP * dots
    frame = ax.get_window_extent(canvas)
    placed = apart(wanted, heights, frame.y0, frame.y1)
    for note, y, there in zip(notes, placed, wanted, strict=True):
        note.set_position((_REACH, (y - there) / dots))
        if lead:
            _draw_lead(ax, note.xy, (y - there) / dots)


def _draw_lead(ax: Axes, place: tuple[float, float], rise: float) -> None:
    """Draw a thin line from a place at the edge of the axes to a label *rise* points above it."""
    # An arrow of matplotlib's would do the same in ten times the time.
    points = Affine2D().scale(1 / POINTS) + root(ax).dpi_scale_trans
    line = PathPatch(
        Path([(_LEAD[0], 0.0), (_LEAD[1], rise)]), color=style.SOFT, linewidth=0.5, clip_on=False, fill=False,
        transform=points + ScaledTranslation(*place, ax.transData),  # type: ignore[arg-type]
    )  # fmt: skip
    line.set_in_layout(False)
    ax.add_artist(line)


def apart(wanted: FloatArray, heights: FloatArray, low: float, high: float) -> FloatArray:
    """Centres nearest to *wanted* at which boxes of these heights do not overlap.

    The order is kept. Boxes stay within *low* to *high* as long as they fit, and are centred
    there otherwise. Least squares under an order: pool adjacent violators (Ayer et al. 1955).

    Examples
    --------
    >>> apart(np.array([5.0, 5.0]), np.array([2.0, 2.0]), 0.0, 10.0).tolist()
    [4.0, 6.0]
    """
    order = np.argsort(wanted, kind="stable")
    h = heights[order]
    before = np.concatenate([[0.0], np.cumsum(0.5 * (h[:-1] + h[1:]))])
    blocks: list[tuple[float, int]] = []
    for target in wanted[order] - before:
        mean, n = float(target), 1
        while blocks and blocks[-1][0] > mean:
            other, m = blocks.pop()
            mean, n = (mean * n + other * m) / (n + m), n + m
        blocks.append((mean, n))
    starts = np.repeat([mean for mean, _ in blocks], [n for _, n in blocks])
    first, last = low + 0.5 * h[0], high - 0.5 * h[-1] - before[-1]
    centred = 0.5 * (first + last)
    starts = np.clip(starts, first, last) if first <= last else np.full(len(h), centred)
    placed = np.empty(len(h))
    placed[order] = starts + before
    return placed
