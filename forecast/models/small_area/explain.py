"""Who lent what: the shares of an outlook, and how the area stands to each lender, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from forecast.arrays import FloatArray
from forecast.language.language import Language
from forecast.language.note import Note
from forecast.models.small_area.lender import Lender
from forecast.models.small_area.pairing import Pair
from forecast.models.small_area.ratio import DIFFERENCE, KINDS


@dataclass(frozen=True)
class Standing:
    """How an area stood to a parent in one year: both values, in the indicator's unit, and their ratio."""

    year: int
    own: float
    parent: float
    ratio: float


@dataclass(frozen=True)
class Lent:
    """What one parent lends.

    Parameters
    ----------
    area : str
        The parent.
    share : float
        Of the outlook, a proportion.
    kind : str
        ``log``: the ratio is a share of the parent, a proportion; ``share``: a ratio of odds;
        ``difference``: in the indicator's unit.
    then, now : Standing
        How the area stood to the parent in the first and in the last common year.
    until : int
        The parent's last year.
    """

    area: str
    share: float
    kind: str
    then: Standing
    now: Standing
    until: int

    @property
    def note(self) -> Note:
        """The sentence that says so."""
        pure = self.kind == "log"
        values = {
            "area": self.area,
            "share": self.share,
            "until": self.until,
            "then": 100 * self.then.ratio if pure else self.then.own,
            "now": 100 * self.now.ratio if pure else self.now.own,
            "before": self.then.parent,
            "beside": self.now.parent,
            "since": self.then.year,
            "last": self.now.year,
        }
        once = "_once" if self.then.year == self.now.year else ""
        return Note(f"lent_{self.kind}{once}", values)


@dataclass(frozen=True)
class Borrowing:
    """What an outlook rests on.

    Parameters
    ----------
    own : float
        The share of the own history, a proportion.
    lent : tuple of Lent
        The parents, nearest first.
    """

    own: float
    lent: tuple[Lent, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What a reader of the answer should know; empty where nobody lends."""
        if not self.lent:
            return ()
        return (Note("own_share", {"share": self.own}), *(lent.note for lent in self.lent))

    def text(self, lang: str) -> str:
        """It in words, in ``"en"`` or ``"zh"``."""
        words = Language(lang)
        return " ".join(words.note(note) for note in self.notes) or words.text("note.nothing_lent")

    def __str__(self) -> str:
        """It in English."""
        return self.text("en")


def borrowing_of(shares: FloatArray, lenders: Sequence[Lender]) -> Borrowing:
    """Who lent what; shares without their last digits, which depend on who was fitted beside."""
    own, *others = (round(float(share), 12) for share in shares)
    return Borrowing(own, tuple(_lent(each, share) for each, share in zip(lenders, others, strict=True)))


def _lent(lender: Lender, share: float) -> Lent:
    pair, years = lender.pair, lender.pair.years
    then, now = (_standing(pair, i) for i in (0, len(years) - 1))
    name = pair.parent.area or pair.parent.indicator
    return Lent(name, share, KINDS[pair.kind], then, now, pair.parent.last_year)


def _standing(pair: Pair, i: int) -> Standing:
    ratio = float(pair.ratio[i])
    own, parent = (float(values[i]) for values in pair.values)
    return Standing(int(pair.years[i]), own, parent, ratio if pair.kind == DIFFERENCE else math.exp(ratio))
