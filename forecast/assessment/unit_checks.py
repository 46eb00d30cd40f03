"""What a reader should know of a target beside its history: a rounding rule, a slip of unit, hopes."""

from __future__ import annotations

from forecast.assessment.strong_growth import growth_note
from forecast.history.history import History
from forecast.history.units import same_unit
from forecast.language.note import Note
from forecast.target.target import Target

# A target so many times the last value, or so small a part of it, is hardly in the same unit.
FAR = 1000.0
# The same for shares, where one side keeps to 1 and the other does not: 0.65 beside 80 %.
FAR_SHARE = 20.0
SLIPS = ("share_beside_percent", "far_from_figures")


def unit_checks(target: Target, history: History) -> tuple[Note, ...]:
    """Notes on how a target and a history stand to each other.

    Examples
    --------
    >>> shares = History.of("coverage", [2021, 2022, 2023], [0.61, 0.63, 0.66], unit="%")
    >>> [note.key for note in unit_checks(Target.at_least("coverage", 80, year=2030, unit="%"), shares)]
    ['share_beside_percent']
    """
    edge = target.rounded_threshold(history)
    rounded = () if edge is None else (Note("met_by_rounding", {"edge": edge}),)
    return (*rounded, *suspected_unit_mismatch(target, history), *growth_note(target, history))


def suspected_unit_mismatch(target: Target, history: History) -> tuple[Note, ...]:
    """Note where target and history seem to be written in different units."""
    goal, last = target.threshold(history), history.last_value
    if not goal or not last:
        return ()
    times = max(abs(goal / last), abs(last / goal))
    values = {"goal": goal, "last": last, "times": times}
    if times >= FAR:
        return (Note("far_from_figures", values),)
    inside = bool((abs(history.values) <= 1).all()), abs(goal) <= 1
    if same_unit(history.unit) == "%" and times >= FAR_SHARE and inside[0] != inside[1]:
        return (Note("share_beside_percent", values),)
    return ()
