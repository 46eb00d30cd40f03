"""Targets against another series: a ratio or a difference that is a history of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forecast.arrays import BoolArray, FloatArray
from forecast.history.catalogue import Bounds
from forecast.history.history import History
from forecast.history.ratio import FORMS
from forecast.language.message import Message
from forecast.target.kind import Kind
from forecast.target.level import Threshold
from forecast.target.limits import Limits
from forecast.target.paths import Paths


@dataclass(frozen=True)
class Relative(Kind):
    """At least, or at most, a ratio to (or a difference from) another series.

    The question is asked of the derived history, see :func:`forecast.relative_history`: what moves both
    series together is in that history, so nothing has to be assumed about their dependence.

    Parameters
    ----------
    each_year : Threshold
        What the ratio or the difference has to do.
    of, to : str
        The two indicators; *to* may name an area: ``"urbanization_rate (China)"``.
    form : str
        ``ratio`` or ``difference``.
    """

    each_year: Threshold
    of: str
    to: str
    form: str = "ratio"

    @property
    def name(self) -> str:
        """``relative_to``."""
        return "relative_to"

    @property
    def value(self) -> float:
        """Ratio, or the difference."""
        return self.each_year.value

    @property
    def direction(self) -> int:
        """+1 for at least, -1 for at most."""
        return self.each_year.direction

    def limits(self, history: History, year: int) -> Limits:
        """Half-line beyond the value."""
        return self.each_year.limits(history, year)

    def met_by(self, paths: Paths) -> BoolArray:
        """Compare the last year's value."""
        return self.each_year.met_by(paths)

    def figures(self, paths: Paths) -> FloatArray:
        """Last year's values."""
        return self.each_year.figures(paths)

    def threshold(self, history: History, year: int) -> float:
        """Value."""
        return self.each_year.threshold(history, year)

    def check(self, bounds: Bounds, year: int) -> str | None:
        """What is wrong with the form, or the value within the derived history's *bounds*."""
        if self.form not in FORMS:
            return Message("form_unknown", form=self.form, known=", ".join(FORMS))
        return self.each_year.check(bounds, year)

    @property
    def level(self) -> Threshold:
        """What the ratio or the difference has to do."""
        return self.each_year

    def counted_in(self, decimals: int) -> Relative:
        """The same, met by values that round to it at so many decimals."""
        return replace(self, each_year=self.each_year.counted_in(decimals))

    def indicators(self, own: str) -> tuple[str, ...]:  # noqa: ARG002
        """The two that it compares."""
        return (self.of, self.to)

    @property
    def compares(self) -> bool:
        """True."""
        return True
