"""How far an answer can be trusted: a grade from A to D, and why.

The grade changes words and ranking, never the probability: the model's outlook is already as wide
as the history is short. It says what the model cannot know, such as that the figures are old, or
another area's.
"""

from __future__ import annotations

from dataclasses import dataclass

from forecast.history import History
from forecast.note import Note

# Penalty points up to which a grade holds; beyond the last it is D.
GRADES = (("A", 1), ("B", 3), ("C", 5))
# Points below which a history is short, very short, or hardly one.
FEW, VERY_FEW, HARDLY_ANY = 10, 6, 3
# Years since the last observation that make it old, or very old.
OLD, VERY_OLD = 2, 5


@dataclass(frozen=True)
class Evidence:
    """A grade and its reasons.

    Parameters
    ----------
    grade : str
        ``A`` (strong) to ``D`` (weak).
    reasons : tuple of Note
        What lowers it, heaviest first; empty for a flawless history.
    """

    grade: str
    reasons: tuple[Note, ...]


@dataclass(frozen=True)
class _Charge:
    penalty: int
    note: Note


def grade(history: History, year: int, *, as_of: int | None = None, proxy: bool = False) -> Evidence:
    """Return the grade of an answer about *year* that rests on *history*.

    Parameters
    ----------
    history : History
    year : int
        The year asked about.
    as_of : int, optional
        When the question is asked; without it the age of the last figure does not count.
    proxy : bool
        Whether the history is of another area or indicator than the question.

    Examples
    --------
    >>> h = History.of("output", [2001, 2006, 2011, 2021], [2.6, 3.7, 5.6, 9.2])
    >>> grade(h, 2026).grade
    'C'
    """
    charges = [*_thinness(history), *_staleness(history, year, as_of), *_doubts(history, proxy)]
    charges.sort(key=lambda charge: -charge.penalty)
    total = sum(charge.penalty for charge in charges)
    return Evidence(
        next((letter for letter, most in GRADES if total <= most), "D"),
        tuple(charge.note for charge in charges),
    )


# The grade of an indicator without any history.
NO_EVIDENCE = Evidence("D", (Note("no_history"),))


def _thinness(history: History) -> list[_Charge]:
    charges = []
    n = len(history)
    penalty = 4 if n < HARDLY_ANY else 2 if n < VERY_FEW else 1 if n < FEW else 0
    if penalty:
        charges.append(_Charge(penalty, Note("few_points", {"n": n})))
    span = history.last_year - history.first_year + 1
    missing = len(history.gaps) / span
    if missing > 1 / 3:
        values = {"missing": len(history.gaps), "years": span}
        charges.append(_Charge(2 if missing > 2 / 3 else 1, Note("gaps", values)))
    return charges


def _staleness(history: History, year: int, as_of: int | None) -> list[_Charge]:
    charges = []
    age = 0 if as_of is None else as_of - history.last_year
    if age > OLD:
        charges.append(
            _Charge(2 if age > VERY_OLD else 1, Note("old", {"last": history.last_year, "age": age}))
        )
    ahead, span = year - history.last_year, history.last_year - history.first_year + 1
    if ahead > span / 2:
        values = {"ahead": ahead, "span": span}
        charges.append(_Charge(2 if ahead > span else 1, Note("far_ahead", values)))
    return charges


def _doubts(history: History, proxy: bool) -> list[_Charge]:
    charges = []
    if proxy or "proxy" in history.status:
        charges.append(_Charge(3, Note("proxy")))
    inside = [b for b in history.breaks if history.first_year < b <= history.last_year]
    if inside:
        charges.append(_Charge(1, Note("breaks", {"years": ", ".join(str(b) for b in inside)})))
    if history.status[-1] == "provisional":
        charges.append(_Charge(1, Note("provisional", {"year": history.last_year})))
    return charges
