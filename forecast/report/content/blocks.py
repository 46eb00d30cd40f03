"""What a report is made of, in no format: words, tables, charts asked for, cards, sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from forecast.arrays import FloatArray
from forecast.assessment.study import Line, Study

_TIED = re.compile(r"(?<=\d) (?=%)|(?<=[≥≤]) (?=\d)")


@dataclass(frozen=True)
class Cell:
    """One cell: what a reader sees, and the value behind it for a spreadsheet.

    Parameters
    ----------
    text : str
    details : tuple of str
        Smaller lines below.
    value : object
        The number, year or text itself; None where there is none.
    kind : str
        ``text``, ``number``, ``percent`` (a proportion), ``probability`` or ``year``.
    decimals : int
        Shown, for numbers and percents.
    suffix, prefix : str
        What a spreadsheet shows behind and before the number, such as its unit and "at least".
    """

    text: str
    details: tuple[str, ...] = ()
    value: object = None
    kind: str = "text"
    decimals: int = 0
    suffix: str = ""
    prefix: str = ""

    @property
    def numeric(self) -> bool:
        """Whether it is a number, and so aligned to the right."""
        return self.kind != "text"


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns; a heading row has one cell that spans them."""

    cells: tuple[Cell, ...]
    heading: bool = False
    # The rating, where the row is about one target: a style may use it beside the word.
    rating: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a caption; columns are named by keys, which spreadsheets and tests rely on."""

    id: str
    caption: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    # Relative widths of the columns; empty for equal ones.
    widths: tuple[float, ...] = ()
    # A long listing that a page may fold away.
    folded: bool = False

    @property
    def body(self) -> tuple[Row, ...]:
        """Rows that are not headings."""
        return tuple(row for row in self.rows if not row.heading)

    def numeric(self, column: int) -> bool:
        """Whether a column holds numbers."""
        return bool(self.body) and self.body[0].cells[column].numeric


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``strong`` for the one sentence a reader must not miss, ``note`` for small print."""

    text: str
    role: str = ""


@dataclass(frozen=True)
class Bullets:
    """Short sentences, one below the other."""

    items: tuple[str, ...]
    # Small print, such as sources.
    small: bool = False


@dataclass(frozen=True)
class Facts:
    """Terms with their figures."""

    items: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart asked for: which one, of which record; the writers draw it in their own size.

    Parameters
    ----------
    kind : str
        ``study``, ``together``, ``outlook``, ``probability_curve`` or ``probability_by_year``.
    subject : Study or Line
    caption : str
    description : str
        What a reader who cannot see it should know.
    ranks : tuple of int, optional
        Of a study: the first and the last target it shows, in the order of risk; None for all.
    """

    kind: str
    subject: Study | Line
    caption: str
    description: str
    ranks: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Slider:
    """The library's own probabilities for other target values, to be read by moving a handle."""

    id: str
    label: str
    values: FloatArray
    probabilities: FloatArray
    start: int
    value_texts: tuple[str, ...]
    probability_texts: tuple[str, ...]


Block = Paragraph | Bullets | Facts | Table | Chart | Slider


@dataclass(frozen=True, eq=False)
class Section:
    """A heading with what stands below it."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    # A section about one target: its line, for spreadsheets, and its rating in words.
    line: Line | None = None
    badge: str = ""


def plain(text: str) -> Cell:
    """Cell of words."""
    return Cell(text, value=text)


def unbroken(text: str) -> str:
    r"""Text in which no line ends between a number and the sign before or behind it.

    Examples
    --------
    >>> unbroken("air (20 %)"), unbroken("≥ 58,000 ha")
    ('air (20\xa0%)', '≥\xa058,000 ha')
    """
    return _TIED.sub("\N{NO-BREAK SPACE}", text)


def walk(sections: Sequence[Section], level: int = 1) -> list[tuple[int, Section]]:
    """Every section with its level, in reading order."""
    found = []
    for section in sections:
        found.append((level, section))
        found += walk(section.sections, level + 1)
    return found
