"""How charts look, in one place: colours, lines, marks, sizes.

The colours are those of Okabe and Ito (2008), told apart by colour-blind readers; ordered colours
also differ in lightness, so that they survive grey print. No meaning rests on colour alone: lines
have styles, points have shapes, areas have edges, and words stand beside them.
"""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from forecast.errors import ReportError

INK, SOFT, FAINT, PAPER = "#1a1a1a", "#5a5a5a", "#d9d9d9", "#ffffff"
BLUE, GREEN, ORANGE, RED = "#0072B2", "#007A5A", "#E69F00", "#C04A00"

# Central intervals, widest first, with the tint of each; darker is more probable.
BANDS = ((0.95, "#dcebf5"), (0.80, "#b3d3e9"), (0.50, "#7fb5d9"))
# One shape for each status of an observation, so that none can pass for another.
MARKS = {"final": "o", "derived": "s", "provisional": "o", "proxy": "D"}
HOLLOW = ("provisional",)
# One shape and colour for each rating.
RATINGS = {
    "met": ("s", GREEN),
    "on_track": ("o", GREEN),
    "acceleration_needed": ("^", ORANGE),
    "limited_progress": ("v", RED),
    "moving_away": ("X", RED),
    "missed": ("x", RED),
    "not_assessed": ("_", SOFT),
}
FRAME, LINE, BOLD = 0.6, 1.1, 1.8


@dataclass(frozen=True)
class Size:
    """A place a chart is shown in.

    Parameters
    ----------
    width, height : float
        In inches.
    text : float
        Size of its text in points.
    dpi : int
        Dots an inch when it is saved as a bitmap.
    """

    width: float
    height: float
    text: float
    dpi: int


# A4 between margins of 25 mm, and a column of a web page.
SIZES = {"page": Size(6.3, 3.7, 8.0, 300), "screen": Size(8.4, 4.8, 10.0, 120)}


class Sheet(Figure):
    """A figure with one chart on it, which gives its axes the room that its text leaves.

    Text in ``flush`` is flush with the sheet, not with the axes, and does not move with them.
    """

    def __init__(self, size: Size, height: float | None) -> None:
        super().__init__(figsize=(size.width, height or size.height), dpi=size.dpi, facecolor=PAPER)
        self.flush: list[Artist] = []


def new_axes(size: str = "screen", *, height: float | None = None) -> Axes:
    """Empty axes on a figure of their own, without pyplot and its global list of figures.

    Parameters
    ----------
    size : str
        ``page`` (the width of an A4 text block) or ``screen``.
    height : float, optional
        In inches, where the usual one does not fit.

    Raises
    ------
    ReportError
        For an unknown size.

    Examples
    --------
    >>> new_axes("page").figure.get_size_inches().tolist()
    [6.3, 3.7]
    """
    if size not in SIZES:
        raise ReportError(f"chart: unknown size {size!r}. Use one of: {', '.join(SIZES)}.")
    return Sheet(SIZES[size], height).add_subplot()


def text_size(ax: Axes) -> float:
    """Size of text, in points, that suits the figure the axes stand in."""
    page, screen = SIZES["page"], SIZES["screen"]
    figure = ax.figure
    while not isinstance(figure, Figure):
        figure = figure.figure
    return page.text if figure.get_figwidth() < 0.5 * (page.width + screen.width) else screen.text
