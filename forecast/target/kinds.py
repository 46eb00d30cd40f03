"""Every kind of target there is: what a saved study may name."""

from __future__ import annotations

from forecast.target.about import About
from forecast.target.areas import Areas
from forecast.target.change import AverageGrowth, Change
from forecast.target.cumulative import Cumulative
from forecast.target.direction import Direction
from forecast.target.in_step import InStep
from forecast.target.kind import Kind
from forecast.target.level import Between, Equal, Threshold
from forecast.target.ordinal import ClassOrBetter
from forecast.target.relative import Relative
from forecast.target.sustained import Maintain, Milestones

KINDS: tuple[type[Kind], ...] = (
    Threshold, Between, Equal, Direction, Change, AverageGrowth, Cumulative, Maintain, Milestones,
    ClassOrBetter, Relative, Areas, About, InStep,
)  # fmt: skip
