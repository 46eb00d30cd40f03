"""Where the figures of a plan's targets are: in the area named, in the only one there is, or nowhere.

A draft calls its indicators by the names of the catalogue (``forest_cover``) and labels them in the words of
the text (森林覆盖率). Figures under the label are the target's where none stand under the name.
"""

from __future__ import annotations

from dataclasses import replace

from forecast.history.histories import Histories
from forecast.language.message import Message, suggestion
from forecast.target.plan import Item, Plan


def placed(plan: Plan, histories: Histories) -> tuple[Plan, list[Message]]:
    """Plan with targets asked of the figures under their label, and of the only area that has figures.

    Returns
    -------
    (Plan, list of Message)
        A message for each target that was given an indicator or an area so.
    """
    items, remarks = [], []
    for stated in plan:
        item = _under_its_label(stated, histories)
        if item is not stated:
            was, now = stated.target.indicator, item.target.indicator
            remarks.append(Message("asked_under_label", id=item.id, name=was, label=now))
        areas = _areas_of(item, histories)
        if item.area or item.judged_on or item.target.kind.over_areas or len(areas) != 1 or areas == [""]:
            items.append(item)
            continue
        items.append(replace(item, area=areas[0]))
        remarks.append(Message("asked_of_only_area", id=item.id, area=areas[0]))
    return replace(plan, items=tuple(items)), remarks


def _under_its_label(item: Item, histories: Histories) -> Item:
    """Item asked of the indicator that is called as it is labelled, if none is called by its name."""
    known = histories.indicators
    if item.judged_on or item.target.indicator in known:
        return item
    labelled = {label for label in item.labels.values() if label in known}
    return (
        replace(item, target=replace(item.target, indicator=labelled.pop())) if len(labelled) == 1 else item
    )


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
