"""How far an answer can be trusted: a grade from A to D, and why.

The grade changes words and ranking, never the probability: the model's outlook is already as wide
as the history is short. It says what the model cannot know, such as that the figures are old, or
another area's. Charges add up; up to 1 is an A, up to 3 a B, up to 5 a C, and more a D.

================== ===================================================================== ======
reason             when                                                                  charge
================== ===================================================================== ======
``no_history``     nothing was ever observed                                             9
``few_points``     fewer than 10 observations / 6 / 3                                    1/2/4
``gaps``           more than a third / two thirds of the years are missing               1/2
``old``            the last figure is more than 2 / 5 years old                          1/2
``far_ahead``      further ahead than half / once / twice the years looked back          1/2/4
``proxy``          another area's or indicator's figures stand in                        3
``breaks``         a declared break inside the history                                   1
``often_revised``  two or more of them                                                   1
``provisional``    the last figure is provisional                                        1
``outside_view``   the probability is that of other places                               1
``mostly_lent``    other areas' figures carry more than half of the outlook                1
``no_own_figure``  the area has none: a stated spread around its parent                     9
``models_differ``  models with a like record lie more than 25 / 50 points apart          1/2
``no_skill``       the model did worse here than "next year is as this year"             1
================== ===================================================================== ======

The last two need a back-test on the series itself, which :func:`forecast.cross_check` runs.
"""

from __future__ import annotations

from dataclasses import dataclass

from forecast.assessment.model_spread import Disagreement
from forecast.history.history import History
from forecast.language.note import Note

# Charges up to which a grade holds; beyond the last it is D.
GRADES = (("A", 1), ("B", 3), ("C", 5))
# Points below which a history is short, very short, or hardly one.
FEW, VERY_FEW, HARDLY_ANY = 10, 6, 3
# Parts of the years that are missing.
GAPPY, MOSTLY_GAPS = 1 / 3, 2 / 3
# Years since the last observation that make it old, or very old.
OLD, VERY_OLD = 2, 5
# Years ahead, as parts of the years looked back: far, farther, and out of all proportion.
FAR, FARTHER, BEYOND = 0.5, 1.0, 2.0
# How far apart models are that give different advice, or opposite advice.
APART, FAR_APART = 0.25, 0.5


@dataclass(frozen=True)
class Downgrade:
    """One thing that lowers the grade, by how much, and what a reader should know of it."""

    weight: int
    note: Note


@dataclass(frozen=True)
class Evidence:
    """What an answer rests on.

    Parameters
    ----------
    charges : tuple of Downgrade
        What lowers the grade, in any order; empty for a flawless history.

    Examples
    --------
    >>> Evidence((Downgrade(1, Note("breaks")), Downgrade(3, Note("proxy")))).grade
    'C'
    """

    charges: tuple[Downgrade, ...]

    @property
    def grade(self) -> str:
        """Return ``A`` (strong) to ``D`` (weak)."""
        total = sum(charge.weight for charge in self.charges)
        return next((letter for letter, most in GRADES if total <= most), "D")

    @property
    def reasons(self) -> tuple[Note, ...]:
        """Return what lowers it, heaviest first."""
        return tuple(charge.note for charge in sorted(self.charges, key=lambda charge: -charge.weight))


# Of an indicator without any history.
NO_EVIDENCE = Evidence((Downgrade(9, Note("no_history")),))


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
    >>> found = grade(h, 2026)
    >>> found.grade, [note.key for note in found.reasons]
    ('C', ['few_points', 'gaps'])
    """
    found = (*_thinness(history), *_distance(history, year, as_of), *_doubts(history, proxy))
    return Evidence(tuple(charge for charge in found if charge.weight))


def of_models(found: Disagreement) -> tuple[Downgrade, ...]:
    """Return what a cross-check of models adds to the charges."""
    low, high, charges = found.lowest, found.highest, []
    if low and high and (weight := _steps(found.spread, APART, FAR_APART)):
        values = {
            "low": low.probability,
            "high": high.probability,
            "lowest": low.model,
            "highest": high.model,
        }
        charges.append(Downgrade(weight, Note("models_differ", values)))
    if found.skill is not None and found.skill < 0:
        charges.append(Downgrade(1, Note("no_skill")))
    return tuple(charges)


def of_outside_view(population: str) -> Downgrade:
    """Return the charge for a probability that is that of other places."""
    return Downgrade(1, Note("outside_view", {"population": population}))


def _steps(value: float, first: float, second: float) -> int:
    """Return 0, 1 or 2: how many of the two limits *value* exceeds."""
    return int(value > first) + int(value > second)


def _thinness(history: History) -> list[Downgrade]:
    n = len(history)
    few = 4 if n < HARDLY_ANY else 2 if n < VERY_FEW else 1 if n < FEW else 0
    span, missing = history.last_year - history.first_year + 1, len(history.gaps)
    return [
        Downgrade(few, Note("few_points", {"n": n})),
        Downgrade(
            _steps(missing / span, GAPPY, MOSTLY_GAPS), Note("gaps", {"missing": missing, "years": span})
        ),
    ]


def _distance(history: History, year: int, as_of: int | None) -> list[Downgrade]:
    age = 0 if as_of is None else as_of - history.last_year
    ahead, span = year - history.last_year, history.last_year - history.first_year + 1
    far = 4 if ahead > BEYOND * span else _steps(ahead, FAR * span, FARTHER * span)
    return [
        Downgrade(_steps(age, OLD, VERY_OLD), Note("old", {"last": history.last_year, "age": age})),
        Downgrade(far, Note("far_ahead", {"ahead": ahead, "span": span})),
    ]


def _doubts(history: History, proxy: bool) -> list[Downgrade]:
    inside = [b for b in history.breaks if history.first_year < b <= history.last_year]
    years = ", ".join(str(b) for b in inside)
    provisional = history.status[-1] == "provisional"
    return [
        Downgrade(3 * (proxy or "proxy" in history.status), Note("proxy")),
        Downgrade(int(bool(inside)), Note("breaks", {"years": years})),
        Downgrade(int(len(inside) > 1), Note("often_revised", {"n": len(inside)})),
        Downgrade(int(provisional), Note("provisional", {"year": history.last_year})),
    ]
