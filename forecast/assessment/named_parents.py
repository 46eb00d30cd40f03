"""The areas that a plan names to borrow strength from, as series of the indicator a target is judged on."""

from __future__ import annotations

from dataclasses import replace

from forecast.errors import TargetError
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.history.units import same_unit
from forecast.language.message import Message, suggestion
from forecast.target.plan import Item


def borrower(item: Item) -> tuple[str, str]:
    """Area and indicator of the series that the parents of an item lend to.

    A proxy that is one of the parents lends instead of being a proxy, so it is the item's own series then,
    with figures or without.
    """
    return (item.area, item.target.indicator) if item.judged_on in item.parents else item.key


def named_parents(item: Item, histories: Histories, as_of: int | None = None) -> tuple[History, ...]:
    """Parents that an item names, the nearest first, under the indicator it is judged on.

    A parent may be published under another name (another definition, an index). The plan says that it
    can lend, so it takes the name and the unit of the series it stands beside; its area stays its own.

    Parameters
    ----------
    item : Item
    histories : Histories
    as_of : int, optional
        Later figures are not used; a parent without earlier ones is left out.

    Returns
    -------
    tuple of History
        Empty where the item names none: then the areas that its own is part of are asked.

    Raises
    ------
    TargetError
        If a parent has no figures, is the series itself, or counts in another unit than a target that
        asks for a level.

    Examples
    --------
    >>> from forecast.target.target import Target
    >>> city = History.of("share_by_register", [2019, 2020], [60, 61], unit="%", area="City")
    >>> target = Target.at_least("share", 70, year=2030, unit="%")
    >>> item = Item("1", target, area="District", parents=(("City", "share_by_register"),))
    >>> [parent.name for parent in named_parents(item, Histories((city,)))]
    ['share (City)']
    """
    parents = []
    series = borrower(item)
    own = histories.get(series)
    unit = item.target.unit if own is None else own.unit
    for key in item.parents:
        if key not in histories:
            known = (f"{indicator} ({area})" for area, indicator in histories)
            raise TargetError(
                Message(
                    "parent_without_figures",
                    id=item.id,
                    indicator=key[1],
                    area=key[0],
                    hint=suggestion(f"{key[1]} ({key[0]})", known),
                )
            )
        if key == series:
            raise TargetError(Message("parent_is_itself", id=item.id, indicator=key[1], area=key[0]))
        parent = histories[key]
        if item.target.value is not None and same_unit(parent.unit) != same_unit(unit):
            raise TargetError(
                Message("parent_in_other_unit", id=item.id, name=parent.name, unit=parent.unit, other=unit)
            )
        if as_of is not None and parent.first_year > as_of:
            continue
        known_by = parent if as_of is None else parent.until(as_of)
        parents.append(replace(known_by, indicator=series[1], unit=unit or parent.unit))
    return tuple(parents)
