"""Targets on an ordered scale: class II or better."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from forecast.arrays import BoolArray, FloatArray
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.language.message import Message
from forecast.target.checks import start_problem
from forecast.target.kind import Kind
from forecast.target.level import Threshold
from forecast.target.limits import Limits
from forecast.target.paths import Paths
from forecast.target.saying import Saying
from forecast.target.sustained import Maintain

RULES = ("every_year", "in_year")
# A class written as a bare mark, such as II or A+, has the word "class" put to it; others say it themselves.
_MARK = re.compile(r"[0-9A-Za-z\u2160-\u217f]{1,4}[+-]?")


@dataclass(frozen=True)
class ClassOrBetter(Kind):
    """A class or a better one; a history holds positions on the scale, 1 for the best.

    Parameters
    ----------
    value : float
        The position of the class on the scale.
    scale : tuple of str
        The classes, best first.
    rule : str
        ``every_year``: in each year up to the target year. ``in_year``: in the target year.
    since : int, optional
        The first of the years that ``every_year`` means. Default: the year after the last observation.
    """

    value: float
    scale: tuple[str, ...]
    rule: str = "every_year"
    since: int | None = None

    @property
    def name(self) -> str:
        """``ordinal``."""
        return "ordinal"

    @property
    def direction(self) -> int:
        """-1: a lower position is better."""
        return -1

    @property
    def word(self) -> str:
        """Class as the plan writes it."""
        return self.scale[int(self.value) - 1]

    def limits(self, history: History, year: int) -> Limits | None:
        """Positions that meet it, where no other year than the target year is open."""
        return self._maintained().limits(history, year)

    def met_by(self, paths: Paths) -> BoolArray:
        """Follow each path over the years that count."""
        return self._maintained().met_by(paths)

    def figures(self, paths: Paths) -> FloatArray:
        """Worst class of the years that count."""
        worst = np.ceil(self._maintained().figures(paths) - 0.5)
        return np.asarray(np.clip(worst, 1, len(self.scale)))

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes of the scale, best first."""
        return self.scale

    @property
    def every_year(self) -> bool:
        """Whether each year up to the target year is to be of the class or better."""
        return self.rule == "every_year"

    @property
    def of_one_year(self) -> bool:
        """Whether only the target year is asked about."""
        return not self.every_year

    @property
    def more_than_its_year(self) -> bool:
        """Whether each year is."""
        return self.every_year

    def describe(self, say: Saying, year: int) -> str:
        """The class, as the plan writes it."""
        return self.promised(say, year, self.word)

    def promised(self, say: Saying, year: int, value: str) -> str:  # noqa: ARG002
        """The same question about another class."""
        each = say.text(class_key(value), {"class": value})
        return say.text("maintain", {"each": each}) if self.every_year else each

    @property
    def level(self) -> Threshold:
        """What each year has to do."""
        # A model that knows nothing of classes gives values between two: the nearer class counts.
        return Threshold(self.value, -1, decimals=0)

    def _maintained(self) -> Threshold | Maintain:
        if self.rule == "in_year":
            return self.level
        return Maintain(self.value, -1, self.since, decimals=0)

    def threshold(self, history: History, year: int) -> float:  # noqa: ARG002
        """Position of the class."""
        return self.value

    def check(self, bounds: Bounds, year: int) -> str | None:  # noqa: ARG002
        """What is wrong with the scale, the class or the rule."""
        if len(self.scale) < 2 or len(set(self.scale)) < len(self.scale):
            return Message("scale_form", scale=list(self.scale))
        if self.rule not in RULES:
            return Message("rule_unknown", rule=self.rule, known=", ".join(RULES))
        return start_problem(self.since, year)


def class_key(word: str) -> str:
    """Key of the sentence that a class stands in: a bare mark is told to be a class.

    Examples
    --------
    >>> class_key("II"), class_key("excellent")
    ('ordinal', 'ordinal_named')
    """
    return "ordinal" if _MARK.fullmatch(word) else "ordinal_named"
