"""A finished chart as a file, or as SVG to put into a page: the same bytes every time."""

from __future__ import annotations

import os
import re
import threading
from hashlib import sha256
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure

from forecast.errors import ReportError
from forecast.plot.layout import root

# Without a date, and with the same salt for its ids, a drawing is the same file each time.
_METADATA: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
_SALT = "forecast"
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


def plot_png(ax: Axes, *, dpi: int | None = None) -> bytes:
    """Figure of *ax* as the bytes of a PNG file."""
    return _bytes(ax, "png", dpi)


def plot_svg(ax: Axes, *, name: str = "chart", alt: str = "") -> str:
    """Figure of *ax* as an SVG element to put into a page.

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
    >>> plot_svg(new_axes(), name="c1", alt="Nothing yet").split(" xmlns")[0]
    '<svg role="img" aria-label="Nothing yet"'
    """
    if not re.fullmatch(r"[A-Za-z][\w-]*", name):
        raise ReportError(f"chart: {name!r} cannot begin an id. Use letters, digits, - and _.")
    text = _bytes(ax, "svg", None).decode("utf-8")
    text = re.sub(r"\s*<metadata>.*?</metadata>", "", text[text.index("<svg") :].strip(), flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'href="#', f'href="#{name}-', text)
    text = text.replace("url(#", f"url(#{name}-")
    return text.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)


def _bytes(ax: Axes, kind: str, dpi: int | None) -> bytes:
    file, figure = BytesIO(), root(ax)
    if kind == "svg":
        return _svg(figure).encode()
    if kind == "pdf":
        # Letters as letters: a setting of matplotlib's own, which only the caller's thread asks for here.
        with _ALONE, mpl.rc_context({"pdf.fonttype": 42}):
            figure.savefig(file, format=kind, dpi=dpi or figure.dpi, metadata=_METADATA[kind])
        return file.getvalue()
    figure.savefig(file, format=kind, dpi=dpi or figure.dpi, metadata=_METADATA[kind])
    return file.getvalue()


class _Drawing(RendererSVG):
    """Matplotlib's SVG with ids that are the same each time and letters drawn as paths.

    Both are parameters of matplotlib for the whole process; a report written in one of several threads
    may not touch them.
    """

    def _make_id(self, type: str, content: object) -> str:
        return type + sha256(f"{_SALT}{content}".encode()).hexdigest()[:10]

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        """Draw the letters of a text."""
        self._draw_text_as_path(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]


def _svg(figure: Figure) -> str:
    """Figure as SVG text, as a canvas of matplotlib's would print it."""
    file, (width, height), dpi = StringIO(), figure.get_size_inches(), figure.dpi
    try:
        # Points, as an SVG counts them; what is drawn as a bitmap keeps the figure's own dots.
        figure.dpi = 72
        drawing = _Drawing(72 * width, 72 * height, file, image_dpi=dpi, metadata=_METADATA["svg"])  # type: ignore[no-untyped-call]
        # It draws as a renderer does, without being of its class.
        mixed: Any = MixedModeRenderer(figure, width, height, dpi, drawing)
        figure.draw(mixed)
        mixed.finalize()
    finally:
        figure.dpi = dpi
    return file.getvalue()
