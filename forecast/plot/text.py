"""The text of a chart: measured, wrapped, written in fonts that have every character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from forecast.language.language import Language
from forecast.plot import style
from forecast.plot.fonts import check, families

LEADING = 1.3  # from one line of text to the next, in text sizes
# A line may end before any Chinese character, and after a space (not that of 80 %, nor one that is
# made not to break), a hyphen or a slash.
_HAN = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[{_HAN}]|[^ {_HAN}]+ %[^ {_HAN}]*|[^ {_HAN}]+?[-/](?=\w)|[^ {_HAN}]+| +")
_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
# Chinese typesetting: these may not begin a line, those may not end one.
_NOT_FIRST, _NOT_LAST = "，。、；：！？）》」』”’%％·…—,.;:!?)]", "（《「『“‘(["

_MOST_CARRIED = 4
# Measured ten dots to the point; coarser bitmaps round each glyph, and make a line up to 4 % longer.
_FINE, _SLACK = 10, 1.04


@dataclass(frozen=True)
class Lettering:
    """How one chart writes: its language, fonts and size of text.

    Parameters
    ----------
    language : Language
    size : float
        Of ordinary text, in points.
    """

    language: Language
    size: float

    @classmethod
    def of(cls, ax: Axes, lang: str, texts: tuple[str | None, ...] = ()) -> Lettering:
        """Lettering for *ax*, once every character of the reader's own *texts* can be shown."""
        check(text for text in texts if text)
        return cls(Language(lang), style.text_size(ax))

    def font(self, color: str = style.INK, part: float = 1.0) -> dict[str, Any]:
        """What a text artist needs: fonts for every character, and a label's "$" taken as it is."""
        return {
            "fontfamily": families(self.language.code),
            "fontsize": self.size * part,
            "color": color,
            "parse_math": False,
            "linespacing": LEADING * 0.9,
        }

    def width(self, text: str, part: float = 1.0) -> float:
        """How wide the widest line of *text* is, in points."""
        return max(_width(line, self.size * part, self.language.code) for line in text.split("\n"))

    def height(self, text: str, part: float = 1.0) -> float:
        """How high *text* stands, in points."""
        return self.size * part * LEADING * (1 + text.count("\n"))

    def longest(self, text: str, part: float = 1.0) -> float:
        """How wide a line must be, in points, for *text* to be wrapped without cutting a word."""
        return max((self.width(piece, part) for piece in _PIECES.findall(text)), default=0.0)

    def wrap(self, text: str, width: float, part: float = 1.0) -> str:
        """*text* in lines no wider than *width* points; a word that is wider still is cut."""
        lines, line, so_far = [], "", 0.0
        for piece in self._pieces(_SPACES.sub(" ", text).strip(" "), width, part):
            # Piece by piece, as each is measured once and stands in many lines.
            if line and so_far + self.width(piece.rstrip(), part) > width:
                kept, carried = _broken(line, piece)
                lines.append(kept.rstrip())
                line = (carried + piece).lstrip()
                so_far = self.width(carried, part) + self.width(
                    piece.lstrip() if not carried else piece, part
                )
            else:
                line += piece
                so_far += self.width(piece, part)
        return "\n".join([*lines, line.rstrip()])

    def _pieces(self, text: str, width: float, part: float) -> list[str]:
        """What may not be divided, but for a word wider than a whole line."""
        found: list[str] = []
        for piece in _PIECES.findall(text):
            found += list(piece) if self.width(piece, part) > width else [piece]
        return found


def _broken(line: str, piece: str) -> tuple[str, str]:
    """What stays on the line and what goes on with *piece*, so that neither breaks a rule."""
    cut = len(line)
    while cut > 1 and (
        (piece if cut == len(line) else line[cut])[0] in _NOT_FIRST or line[cut - 1] in _NOT_LAST
    ):
        cut -= 1
    # A rule that would carry half a line is not worth keeping.
    carried = line[cut:]
    return (line[:cut], carried) if len(carried) <= _MOST_CARRIED and cut > 1 else (line, "")


@cache
def _renderer() -> RendererAgg:
    """Canvas to measure on, with ten dots a point."""
    return RendererAgg(1, 1, 72 * _FINE)


@cache
def _width(line: str, size: float, lang: str) -> float:
    font = FontProperties(family=families(lang), size=size)
    if not line:
        return 0.0
    return float(_renderer().get_text_width_height_descent(line, font, False)[0]) / _FINE * _SLACK
