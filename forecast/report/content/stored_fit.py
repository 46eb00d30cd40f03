"""A fit as a file keeps it: the outlook of each year up to the target's, and nothing to sample from."""

from __future__ import annotations

from dataclasses import dataclass

from forecast.arrays import FloatArray
from forecast.distribution.distribution import Distribution, Rng
from forecast.errors import ModelError
from forecast.history.history import History
from forecast.language.message import Message
from forecast.language.note import Note
from forecast.models.base import Fitted, fit_repr
from forecast.models.mixture.structural_mixture import Explanation, FittedMixture


def explained(fitted: Fitted) -> Explanation | None:
    """Which behaviours carry an outlook; None for a model that cannot say."""
    return fitted.explain() if isinstance(fitted, FittedMixture | StoredFit) else None


@dataclass(frozen=True, eq=False)
class StoredFit:
    """The outlooks of a fit, without its model.

    Parameters
    ----------
    history : History
    outlooks : tuple of Distribution
        For the years after the last observation, one after the other.
    notes : tuple of Note
    explanation : Explanation or None
        Which behaviours carried the outlook, where the model could say.
    """

    history: History
    outlooks: tuple[Distribution, ...]
    notes: tuple[Note, ...] = ()
    explanation: Explanation | None = None

    def __repr__(self) -> str:
        """What it was fitted to."""
        return fit_repr(self)

    def explain(self) -> Explanation | None:
        """Which behaviours carried the outlook, where the model could say."""
        return self.explanation

    def predict(self, year: int) -> Distribution:
        """Outlook for *year*, in the indicator's unit.

        Raises
        ------
        ModelError
            For a year that was not recorded.
        """
        at = self.history.steps_to(year) - 1
        if at >= len(self.outlooks):
            last = self.history.last_year + len(self.outlooks)
            raise ModelError(Message("stored_to", name=self.history.name, last=last, year=year))
        return self.outlooks[at]

    def paths(self, year: int, *, n: int = 2000, rng: Rng = None) -> FloatArray:  # noqa: ARG002
        """Refuse: paths need the model.

        Raises
        ------
        ModelError
        """
        raise ModelError(Message("stored_without_paths", name=self.history.name))
