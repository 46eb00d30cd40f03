"""Where the figures of a plan's targets are: in the area named, in the only one there is, or nowhere."""

from __future__ import annotations

from dataclasses import replace

from forecast.history.histories import Histories
from forecast.language.message import Message, suggestion
from forecast.target.plan import Item, Plan


def placed(plan: Plan, histories: Histories) -> tuple[Plan, list[Message]]:
    """Plan with targets that name no area asked of the only area that has their figures.

    Returns
    -------
    (Plan, list of Message)
        A message for each target that was given an area so.
    """
    items, remarks = [], []
    for item in plan:
        areas = _areas_of(item, histories)
        if item.area or item.judged_on or item.target.kind.over_areas or len(areas) != 1 or areas == [""]:
            items.append(item)
            continue
        items.append(replace(item, area=areas[0]))
        remarks.append(Message("asked_of_only_area", id=item.id, area=areas[0]))
    return replace(plan, items=tuple(items)), remarks


def missing(item: Item, histories: Histories) -> Message | None:
    """Why there is no history for a target, with the nearest name; None where there is one."""
    area, indicator = item.key
    if item.target.kind.over_areas:
        return None if _areas_of(item, histories) else _no_indicator(indicator, histories)
    if item.key in histories:
        return None
    areas = _areas_of(item, histories)
    if not areas:
        return _no_indicator(indicator, histories)
    if not area:
        return Message("name_the_area", name=indicator, names=", ".join(areas[:_MOST_AREAS]), n=len(areas))
    return Message("not_in_area", name=indicator, area=area, hint=suggestion(area, areas))


# Of areas that have the figures, so many are named.
_MOST_AREAS = 8


def _areas_of(item: Item, histories: Histories) -> list[str]:
    return [area for area, indicator in histories if indicator == item.key[1]]


def _no_indicator(indicator: str, histories: Histories) -> Message:
    return Message("no_such_indicator", name=indicator, hint=suggestion(indicator, histories.indicators))
