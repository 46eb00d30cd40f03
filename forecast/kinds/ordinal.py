"""Targets on an ordered scale: class II or better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.catalogue import Bounds
from forecast.history import History
from forecast.kinds.base import BoolArray, Limits, Paths

RULES = ("every_year", "in_year")


@dataclass(frozen=True)
class ClassOrBetter:
    """A class or a better one; a history holds positions on the scale, 1 for the best.

    Parameters
    ----------
    value : float
        The position of the class on the scale.
    scale : tuple of str
        The classes, best first.
    rule : str
        ``every_year``: in each year after the last observation up to the target year. ``in_year``:
        in the target year.
    """

    value: float
    scale: tuple[str, ...]
    rule: str = "every_year"

    @property
    def name(self) -> str:
        """Return ``ordinal``."""
        return "ordinal"

    @property
    def direction(self) -> int:
        """Return -1: a lower position is better."""
        return -1

    @property
    def word(self) -> str:
        """Return the class as the plan writes it."""
        return self.scale[int(self.value) - 1]

    def limits(self, history: History, year: int) -> Limits | None:
        """Return the positions that meet it, unless years before the target year matter too."""
        if self.rule == "every_year" and year > history.last_year + 1:
            return None
        # A model that knows nothing of classes gives values between two: the nearer class counts.
        return Limits(upper=self.value + 0.5)

    def met_by(self, paths: Paths) -> BoolArray:
        """Follow each path over the years that nobody has observed."""
        return np.asarray((paths.ahead() <= self.value + 0.5).all(axis=1))

    def goal(self, history: History, year: int) -> float:  # noqa: ARG002
        """Return the position of the class."""
        return self.value

    def check(self, bounds: Bounds) -> str | None:  # noqa: ARG002
        """Return what is wrong with the scale, the class or the rule."""
        if len(self.scale) < 2 or len(set(self.scale)) < len(self.scale):
            return f"scale lists two or more different classes, best first; got {list(self.scale)}"
        if self.rule not in RULES:
            return f"unknown rule {self.rule!r}; use one of: {', '.join(RULES)}"
        return None


def position(value: float | str, scale: tuple[str, ...]) -> float | None:
    """Return the 1-based position of a class, given as its word or as the position itself.

    Examples
    --------
    >>> position("II", ("I", "II", "III")), position(3, ("I", "II", "III")), position("IV", ("I", "II"))
    (2.0, 3.0, None)
    """
    words = [word.casefold() for word in scale]
    text = str(value).strip().casefold()
    if text in words:
        return float(words.index(text) + 1)
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number in range(1, len(scale) + 1) else None
