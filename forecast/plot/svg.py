"""Two ways to write an SVG: with letters drawn, for a file; small, with letters as letters, for a page."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import Any

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import rgb2hex
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from forecast.plot.fonts import CHINESE, LATIN

_SALT = "forecast"
# Verdana, which Windows and Apple have, is as wide as DejaVu Sans.
_LATIN = (LATIN, "Verdana")
# A hundredth of a point is less than a printer's dot.
_LONG = re.compile(r"(\.\d\d)\d+")
_PLAIN = 400  # weight of ordinary letters


class DrawnSvg(RendererSVG):
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
        """Draw the letters of a text, unless they are written as letters."""
        if ismath or not self._write_line(gc, x, y, s, prop, angle):
            self._draw_text_as_path(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]

    def _write_line(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float) -> bool:  # noqa: ARG002
        """Write one line of text as letters, and say whether that was done."""
        return False


class SvgForPage(DrawnSvg):
    """Small: letters are letters, numbers end where no eye follows, and nothing has an id that needs none.

    A text is as wide as the chart has room for, whichever font the reader's system writes it in.
    """

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Groups would only carry ids."""

    def close_group(self, s: str) -> None:
        """Groups would only carry ids."""

    def _convert_path(self, *path: Any, **how: Any) -> str:
        text = str(super()._convert_path(*path, **how))  # type: ignore[no-untyped-call]
        return _LONG.sub(r"\1", text).replace("\n", "")

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Size of a text, which is the same on every chart of a report."""
        return _size(s, prop.copy(), bool(ismath))

    def _write_line(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float) -> bool:
        size = prop.get_size_in_points()
        attributes = {
            "x": f"{x:.1f}",
            "y": f"{y:.1f}",
            "font-family": _css(tuple(prop.get_family())),
            "font-size": f"{size:g}",
            "textLength": f"{_size(s, prop.copy(), False)[0]:.1f}",
            "lengthAdjust": "spacingAndGlyphs",
            "fill": rgb2hex(gc.get_rgb()),
        }
        if prop.get_weight() not in ("normal", _PLAIN):
            attributes["font-weight"] = str(prop.get_weight())
        if gc.get_rgb()[3] != 1:
            attributes["opacity"] = f"{gc.get_rgb()[3]:g}"
        if angle:
            attributes["transform"] = f"rotate({-angle:g} {x:.1f} {y:.1f})"
        self.writer.element("text", s, attrib=attributes)
        return True


@lru_cache(maxsize=16)
def _css(families: tuple[str, ...]) -> str:
    """Families as a page names them, with those of other systems that are as wide."""
    named: list[str] = []
    for family in families:
        like = _LATIN if family == LATIN else (family, *CHINESE) if family in CHINESE else (family,)
        named += [name for name in like if name not in named]
    return ", ".join([f"'{name}'" for name in named] + ["sans-serif"])


@lru_cache(maxsize=4096)
def _size(text: str, font: FontProperties, ismath: bool) -> tuple[float, float, float]:
    """How wide and high a line is, in points, and how far it goes below its base."""
    width, height, descent = text_to_path.get_text_width_height_descent(text, font, ismath)
    return float(width), float(height), float(descent)
