"""What is read in a document: one stated target, and one sentence that was left."""

from __future__ import annotations

from dataclasses import dataclass

# Everyone who reads a kind of the library from this table can check the words that lead to it.
UP, DOWN = "at_least", "at_most"


@dataclass(frozen=True)
class Stated:
    """One target as a text states it.

    Parameters
    ----------
    indicator : str
        In the text's own words.
    kind : str
        The library's word for what it means to be met.
    value : float, str or None
        In the unit as written, changes signed; a class as a word; None where the target has no one number.
    unit : str
        As written.
    year : int or None
        The year in which it is to be met.
    start, end : int
        Where the quote stands in the document's text, in characters.
    lower, upper : float or None
        The two ends of a range.
    base_year, base_value
        Where progress is counted from, as far as the text says.
    nature : str
        ``binding``, ``anticipatory``, or empty.
    approximate : bool
        The text says about (左右, around).
    growth_rate : bool
        The number is one of a growth rate.
    direction : str
        ``at_least`` or ``at_most``, for the kinds that need it said.
    other : str
        The indicator it is to keep in step with.
    inherited : tuple of str
        What was not in the clause itself: ``year from the title``, ``base from the clause before``.
    doubts : tuple of str
        What makes the reading less certain, besides what was inherited.
    minor : bool
        It stands among the tasks of a document that states its targets elsewhere.
    """

    indicator: str
    kind: str
    value: float | str | None
    unit: str
    year: int | None
    start: int
    end: int
    lower: float | None = None
    upper: float | None = None
    base_year: int | None = None
    base_value: float | None = None
    nature: str = ""
    approximate: bool = False
    growth_rate: bool = False
    direction: str = ""
    other: str = ""
    inherited: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    minor: bool = False

    @property
    def confidence(self) -> float:
        """How sure the reading is, 0 to 1: it falls with all that the clause itself does not say."""
        return round(max(0.2, 0.95 - 0.1 * len(self.inherited) - 0.15 * len(self.doubts)), 2)


@dataclass(frozen=True)
class Left:
    """A sentence with a number that gave no target, and why."""

    text: str
    reason: str
    start: int
    end: int
