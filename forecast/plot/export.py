"""A finished chart as a file, or as SVG to put into a page: the same bytes every time."""

from __future__ import annotations

import os
import re
import threading
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.figure import Figure
from PIL import Image

from forecast.errors import ReportError
from forecast.plot.layout import renderer, root
from forecast.plot.svg import DrawnSvg, SvgForPage

# Without a date, and with the same salt for its ids, a drawing is the same file each time.
_METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
# What matplotlib says in a style sheet, which would reach all of a page.
_LOOK = 'stroke-linejoin="round" stroke-linecap="butt"'
_WHITE, _NEAR = 255, 4
_ALONE = threading.Lock()


def save_plot(ax: Axes, path: str | Path, *, dpi: int | None = None) -> Path:
    """Save the figure of *ax*: ``.png``, ``.svg`` or ``.pdf`` by its suffix.

    An existing file is replaced in one step.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    path : str or Path
    dpi : int, optional
        Dots an inch of a PNG. Default: those of the size the axes were made for.

    Returns
    -------
    Path

    Raises
    ------
    ReportError
        For another suffix, or a folder that is missing or cannot be written to.
    """
    goal = Path(path)
    kind = goal.suffix.lower().lstrip(".")
    if kind not in _METADATA:
        raise ReportError(f"{goal.name}: a chart is saved as {', '.join('.' + k for k in _METADATA)}.")
    if not goal.parent.is_dir():
        raise ReportError(f"{goal}: the folder {str(goal.parent)!r} does not exist. Create it first.")
    data = _bytes(ax, kind, dpi)
    try:
        with NamedTemporaryFile(dir=goal.parent, prefix=".", suffix=goal.suffix, delete=False) as file:
            file.write(data)
        os.replace(file.name, goal)
    except OSError as problem:
        raise ReportError(
            f"{goal}: cannot be written ({problem.strerror}). Choose another folder."
        ) from problem
    return goal


def plot_png(ax: Axes, *, dpi: int | None = None, colours: int | None = None) -> bytes:
    """Figure of *ax* as the bytes of a PNG file.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    dpi : int, optional
        Dots an inch. Default: those of the size the axes were made for.
    colours : int, optional
        At most 256: with a palette of so many, which is enough for a chart, the file is a third as large.
    """
    return _bytes(ax, "png", dpi) if colours is None else _palette_png(ax, dpi, colours)


def _palette_png(ax: Axes, dpi: int | None, colours: int) -> bytes:
    file, figure, before = BytesIO(), root(ax), root(ax).dpi
    try:
        figure.dpi = dpi or before
        canvas = renderer(ax)
        canvas.clear()
        figure.draw(canvas)
        picture = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    finally:
        figure.dpi = before
    few = picture.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # The paper is white; the mean of its corner of the colours is not quite.
    palette = [_WHITE if value > _WHITE - _NEAR else value for value in few.getpalette() or []]
    few.putpalette(palette)
    few.save(file, format="png", dpi=(dpi or before, dpi or before))
    return file.getvalue()


def plot_svg(ax: Axes, *, name: str = "chart", alt: str = "") -> str:
    """Figure of *ax* as an SVG element to put into a page.

    Its letters are letters, in the reader's fonts but as wide as they were measured, so that they can be
    searched and copied; :func:`save_plot` draws them.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    name : str
        Different for each chart of a page: its ids begin with it.
    alt : str
        What the chart shows, in words, for readers who do not see it.

    Examples
    --------
    >>> from forecast.plot.style import new_axes
    >>> plot_svg(new_axes(), name="c1", alt="Nothing yet")[:40]
    '<svg role="img" aria-label="Nothing yet"'
    """
    if not re.fullmatch(r"[A-Za-z][\w-]*", name):
        raise ReportError(f"chart: {name!r} cannot begin an id. Use letters, digits, - and _.")
    text = _svg(root(ax), SvgForPage)
    text = re.sub(r"<metadata>.*?</metadata>|<defs>\s*<style.*?</defs>", "", text, flags=re.DOTALL)
    text = re.sub(r">\s+<", "><", text[text.index("<svg") :].strip())
    text = re.sub("<[^>]+>", lambda tag: _own_ids(tag[0], name), text)
    # Said once: most texts of a chart are in the same fonts.
    fonts = next(iter(re.findall(r' font-family="[^"]+"', text)), "")
    text = text.replace(fonts, "") if fonts else text
    return text.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}" {_LOOK}{fonts}', 1)


def _own_ids(tag: str, name: str) -> str:
    """One tag whose ids, and references to ids, begin with the name of its chart."""
    if "#" not in tag and ' id="' not in tag:
        return tag
    tag = tag.replace(' id="', f' id="{name}-').replace('href="#', f'href="#{name}-')
    return tag.replace("url(#", f"url(#{name}-")


def _bytes(ax: Axes, kind: str, dpi: int | None) -> bytes:
    file, figure = BytesIO(), root(ax)
    if kind == "svg":
        return _svg(figure, DrawnSvg).encode()
    if kind == "pdf":
        # Letters as letters: a setting of matplotlib's own, which only the caller's thread asks for here.
        with _ALONE, mpl.rc_context({"pdf.fonttype": 42}):
            figure.savefig(file, format=kind, dpi=dpi or figure.dpi, metadata=_METADATA[kind])
        return file.getvalue()
    figure.savefig(file, format=kind, dpi=dpi or figure.dpi, metadata=_METADATA[kind])
    return file.getvalue()


def _svg(figure: Figure, way: type[DrawnSvg]) -> str:
    """Figure as SVG text, as a canvas of matplotlib's would print it."""
    file, (width, height), dpi = StringIO(), figure.get_size_inches(), figure.dpi
    try:
        # Points, as an SVG counts them; what is drawn as a bitmap keeps the figure's own dots.
        figure.dpi = 72
        drawing = way(72 * width, 72 * height, file, image_dpi=dpi, metadata=_METADATA["svg"])
        # It draws as a renderer does, without being of its class.
        mixed: Any = MixedModeRenderer(figure, width, height, dpi, drawing)
        figure.draw(mixed)
        mixed.finalize()
    finally:
        figure.dpi = dpi
    return file.getvalue()
