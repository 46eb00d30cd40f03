"""A plan beside its histories before it is assessed: what each target rests on, and what does not fit."""

from __future__ import annotations

from contextlib import suppress

from forecast.assessment.unit_checks import suspected_unit_mismatch
from forecast.errors import ForecastError
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.history.implied_bounds import assumed
from forecast.history.whole_numbers import counted
from forecast.language.language import Language
from forecast.language.message import Message, told
from forecast.language.note import Note
from forecast.target.places import missing
from forecast.target.plan import Item, Plan, question_of


def misfits(item: Item, history: History) -> list[str]:
    """What is wrong between a target and its history."""
    try:
        question = question_of(item)
        question.check(history)
        if question.year > history.last_year:
            question.limits(history)
    except ForecastError as problem:
        return [Message("at", place=Message("target_id", id=item.id), problem=problem.args[0])]
    return []


def doubts(item: Item, history: History) -> list[Note]:
    """Bounds and counts that were assumed, and where target and history may differ in their units."""
    # Classes have a scale of their own.
    assumptions = () if item.target.kind.classes else (assumed(history), counted(history))
    notes = [Note(key) for key in assumptions if key]
    with suppress(ForecastError):
        notes += suspected_unit_mismatch(question_of(item), history)
    return notes


def doubts_by_target(plan: Plan, histories: Histories) -> dict[str, list[Note]]:
    """Doubts about each target by its number; what several targets on one history share is with the first."""
    told: list[tuple[tuple[str, str], Note]] = []
    made: dict[str, list[Note]] = {}
    for item in plan:
        found = histories.get(item.key)
        mine = [(item.key, note) for note in (() if found is None else doubts(item, found))]
        made[item.id] = [note for key, note in mine if (key, note) not in told]
        told += mine
    return made


def basis(item: Item, found: History | None, histories: Histories, words: Language) -> str:
    """What one target rests on, in words."""
    if item.target.kind.over_areas and missing(item, histories) is None:
        return words.text("check.areas", {"n": sum(i == item.key[1] for _, i in histories)})
    if found is None:
        publisher = histories.catalogue.indicator(item.target.indicator).publisher(words.code)
        return (
            words.text("check.none", {"publisher": publisher})
            if publisher
            else f"{words.text('check.nothing')}: {told(missing(item, histories) or '', words.code)}"
        )
    area = histories.catalogue.area(found.area).label(words.code) if found.area else ""
    values = {
        "place": words.text("check.place", {"area": area}) if area else "",
        "indicator": histories.catalogue.indicator(found.indicator).label(words.code),
        "n": len(found),
        "first": found.first_year,
        "last": found.last_year,
    }
    return words.text("check.stand_in" if item.by_proxy else "check.own", values)
