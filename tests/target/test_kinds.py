"""The list of the kinds there are."""

from __future__ import annotations

from forecast.target import (
    about,
    areas,
    change,
    cumulative,
    direction,
    in_step,
    level,
    ordinal,
    relative,
    sustained,
)
from forecast.target.kind import Kind, LevelKind
from forecast.target.kinds import KINDS

HOMES = (about, areas, change, cumulative, direction, in_step, level, ordinal, relative, sustained)


def test_no_kind_is_left_out() -> None:
    written = {
        each
        for home in HOMES
        for each in vars(home).values()
        if isinstance(each, type) and issubclass(each, Kind) and each not in (Kind, LevelKind)
    }
    assert set(KINDS) == written
