"""The kinds of target: what it can mean to meet one."""

from __future__ import annotations

from dataclasses import replace

from forecast.arrays import BoolArray
from forecast.history.history import History
from forecast.target.areas import Areas
from forecast.target.change import AverageGrowth, Change
from forecast.target.cumulative import Cumulative
from forecast.target.direction import Direction
from forecast.target.kind import Kind, Paths
from forecast.target.level import Threshold
from forecast.target.ordinal import ClassOrBetter
from forecast.target.relative import Relative
from forecast.target.sustained import Maintain, Milestones


def level_of(kind: Kind) -> Threshold | None:
    """Return the level that a year, or each year or area, is to reach; None where there is none."""
    match kind:
        case Threshold():
            return kind
        case Maintain() | Relative() | ClassOrBetter():
            return kind.each_year
        case Areas():
            return kind.each
    return None


def met_now(kind: Kind, history: History, year: int) -> bool:
    """Say whether the last observation is what the kind asks of a year.

    Never so for a course or for milestones, where standing still is not enough; for a sum, where
    what is observed adds up to it.
    """
    if isinstance(kind, Direction | Milestones):
        return False
    if isinstance(kind, Cumulative):
        return kind.direction > 0 and kind.so_far(history) >= kind.value
    level = level_of(kind)
    limits = kind.limits(history, year) if level is None else level.limits(history, year)
    return limits is not None and bool(limits.hold(history.last_value))


def asks_every_year(kind: Kind) -> bool:
    """Say whether the kind asks something of every year, not of one."""
    rule = kind.rule if isinstance(kind, Direction | ClassOrBetter) else ""
    return isinstance(kind, Maintain) or rule == "every_year"


def holds(kind: Kind, paths: Paths) -> BoolArray:
    """Say for each year of each path whether it does what such a kind asks of every year."""
    if isinstance(kind, Direction):
        return kind.moves(paths)
    level = level_of(kind)
    assert level is not None, "a kind that asks every year asks for a level or for a move"
    return level.limits(paths.history, int(paths.years[-1])).hold(paths.values)


def counted_in(kind: Kind, decimals: int) -> Kind:
    """Return the kind with values that round to its own counting, unless it says how already."""
    match kind:
        case Threshold(decimals=None) | Maintain(decimals=None):
            return replace(kind, decimals=decimals)
        case Relative(each_year=Threshold(decimals=None) as each):
            return replace(kind, each_year=replace(each, decimals=decimals))
        case Areas(each=Threshold(decimals=None) as each):
            return replace(kind, each=replace(each, decimals=decimals))
    return kind


def ratio_problem(kind: Kind, growth_rate: bool) -> str | None:
    """Return what is wrong with a kind that asks for a ratio of a growth rate, else None."""
    ratio = isinstance(kind, AverageGrowth) or (isinstance(kind, Change) and kind.relative)
    if not (growth_rate and ratio):
        return None
    return "a growth rate has no growth in percent; state a change in points, with unit 'points'"


def as_stated(kind: Kind, unit: str) -> tuple[float | None, str]:
    """Return the number and the unit as a plan prints them: a rate and a relative change in percent."""
    rate = isinstance(kind, AverageGrowth) or (isinstance(kind, Change) and kind.relative)
    # -0.18 x 100 is not quite -18.
    return (round(100 * kind.value, 9), "%") if rate and kind.value is not None else (kind.value, unit)
