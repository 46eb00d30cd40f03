"""Who may lend to an area: the places it is part of, as the catalogue of areas names them."""

from __future__ import annotations

from collections.abc import Sequence

from forecast.assessment.evidence import Downgrade
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.language.note import Note
from forecast.models.base import Fitted
from forecast.models.small_area.small_area import FittedSmallArea, SmallArea
from forecast.target.target import Target

# From this share on an answer rests on its lenders more than on its own figures.
_MOSTLY = 0.5


def lenders(history: History, histories: Histories, as_of: int | None) -> tuple[History, ...]:
    """Histories of the same indicator of the places an area is part of, the nearest first.

    Parameters
    ----------
    history : History
    histories : Histories
        Their catalogue says what is part of what (``areas.csv``, column ``part_of``).
    as_of : int or None
        Later figures of the lenders are not used.

    Raises
    ------
    HistoryError
        If an area is part of itself by way of others.
    """
    if not histories.catalogue.lends:
        return ()
    keys = [(place, history.indicator) for place in histories.catalogue.ancestors(history.area)]
    parents = [histories[key] for key in keys if key in histories]
    if as_of is None:
        return tuple(parents)
    return tuple(each.until(as_of) for each in parents if each.first_year <= as_of)


def lending_model(
    history: History,
    target: Target,
    histories: Histories,
    as_of: int | None,
    *,
    named: Sequence[History] = (),
) -> SmallArea | None:
    """Model that borrows for an area; None where nothing asks for one.

    That is where the area is part of nothing with figures; and for targets about classes on a scale or
    about two series, which have a model of their own.
    """
    if target.kind.classes or target.kind.compares:
        return None
    parents = [each for each in named if each.area != history.area] or lenders(history, histories, as_of)
    return SmallArea(parents) if parents else None


def borrowed_share(fitted: Fitted | None) -> float:
    """Share of an outlook that is lent, a proportion; 0 for any other model."""
    return 1.0 - float(fitted.shares[0]) if isinstance(fitted, FittedSmallArea) else 0.0


def of_lenders(fitted: Fitted | None) -> Sequence[Downgrade]:
    """Downgrade for an answer that rests mostly on other areas' figures."""
    share = borrowed_share(fitted)
    if share <= _MOSTLY or not isinstance(fitted, FittedSmallArea):
        return ()
    areas = [lent.area for lent in fitted.explain().lent]
    return (Downgrade(1, Note("mostly_lent", {"share": share, "areas": areas})),)
