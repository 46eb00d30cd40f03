"""What a clause inherits from the text around it: when, from when on, achieved or planned, and of what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from forecast.language.message import Message


@dataclass(frozen=True)
class Context:
    """What holds where a clause stands.

    Parameters
    ----------
    year : int or None
        The year in which targets are to be met.
    first : int or None
        The first year of the plan that *year* ends.
    where : str
        Where *year* was read: ``clause``, ``sentence``, ``paragraph``, ``heading``, ``title``.
    base : int or None
        The base year that a clause before named.
    now : int or None
        The year the document speaks in.
    past : bool
        What is told here was achieved.
    goal : bool
        The targets themselves are told here, not the tasks that lead to them.
    names : tuple of str
        The indicators of the clause before.
    named_at : int
        Where, in the document, that clause begins.
    nature : str
        What the heading calls the targets below it.
    china : bool
        An English text speaks of China's plans.
    years : tuple of int
        The years that a clause before told together: 到2027年和2030年.
    report : bool
        The document is a year's report, whose tasks may look further ahead.
    """

    year: int | None = None
    first: int | None = None
    where: str = ""
    base: int | None = None
    now: int | None = None
    past: bool = False
    goal: bool = False
    names: tuple[str, ...] = field(default=())
    named_at: int = 0
    nature: str = ""
    china: bool = False
    years: tuple[int, ...] = ()
    report: bool = False

    @property
    def inherited(self) -> tuple[Message, ...]:
        """Where the year was taken from, if not from the clause or its sentence."""
        if self.where in ("", "clause", "sentence"):
            return ()
        return (Message("draft_year_from_" + self.where.replace(" ", "_")),)

    def at(self, year: int, where: str, *, first: int | None = None) -> Context:
        """Context with another year of target; the base of the year before goes with it."""
        if first is None:
            first = self.first if year == self.year else None
        return replace(self, year=year, where=where, first=first, past=False)

    def base_for(self) -> int | None:
        """Year that growth up to the target year is counted from, where the text names none."""
        if self.year is None:
            return None
        if self.first is not None and self.first <= self.year:
            # India's plan of 2012-2017 starts from 2012, the Chinese one of 2026-2030 from 2025.
            return (
                self.first - 1 if (self.year - self.first) % 5 == 4 or self.first == self.year else self.first
            )
        if self.now is not None and self.year == self.now:
            return self.year - 1
        if self.year % 5 == 0:
            return self.year - 5
        if self.now is not None:
            return self.now - 1 if self.now <= self.year else None
        # A year that ends no plan is one that is planned for alone.
        return self.year - 1
