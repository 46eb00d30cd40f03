"""A Chinese clause, and a target with its place in the document and what it inherits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forecast.target.draft.amounts import COVER
from forecast.target.draft.context import Context
from forecast.target.draft.found import Stated
from forecast.target.draft.measures import Reading
from forecast.target.draft.plain import Plain


@dataclass(frozen=True)
class Clause:
    """One clause: as the rules read it, without its brackets, and where it stands."""

    plain: Plain
    text: str
    context: Context

    @property
    def start(self) -> int:
        """Where its words begin in the document."""
        return self.plain.at[0]


class NoTarget(Exception):  # noqa: N818 - it is an answer, not an error
    """Why a clause with a number states no target."""


def stated_in(
    clause: Clause,
    name: str,
    reading: Reading,
    end: int,
    *,
    context: Context | None = None,
    inherited: tuple[str, ...] = (),
    doubts: tuple[str, ...] = (),
    other: str = "",
) -> Stated:
    """Target with its place in the document; what it inherits is named."""
    context = context or clause.context
    start, stop = clause.plain.span(0, end)
    if "name from the clause before" in inherited:
        start = min(start, context.named_at) if context.named_at else start
    more: list[str] = [*context.inherited]
    if reading.base_inherited:
        more.append(reading.base_inherited)
    return Stated(
        name, reading.kind, reading.value, reading.unit, context.year, start, stop,
        lower=reading.lower, upper=reading.upper, base_year=reading.base, base_value=reading.base_value,
        nature=context.nature, approximate=reading.approximate, growth_rate=reading.growth_rate,
        direction=reading.direction, other=other, inherited=(*inherited, *more),
        doubts=(*doubts, *reading.doubts), minor=not context.goal,
    )  # fmt: skip


def base_year_of(named: int | str | None, context: Context) -> int | None:
    """Year that a base is: itself, or the year before the target's."""
    if named == "prior":
        return None if context.year is None else context.year - 1
    return named if isinstance(named, int) else None


def restored(name: str, text: str, start: int) -> str:
    """Name with what its covered brackets hold."""
    if COVER not in name:
        return name
    pattern = re.escape(name).replace(re.escape(COVER), ".").replace(COVER, ".")
    match = re.compile(pattern, re.DOTALL).search(text, start)
    restored = match[0] if match else name.replace(COVER, "")
    return re.sub(r"\((?:[^()]*(?:约束性|预期性|20\d\d|下同|以下简称)[^()]*)\)", "", restored)
