"""A fit whose courses are written down, so that every probability can be counted by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import forecast as fc
from forecast.arrays import FloatArray


@dataclass(frozen=True, eq=False)
class Fixed:
    """The rows of *courses* are the only ones possible, each as likely as the others."""

    history: fc.History
    courses: FloatArray
    notes: tuple[fc.Note, ...] = ()

    @classmethod
    def after(cls, history: fc.History, *courses: list[float]) -> Fixed:
        return cls(history, np.array(courses, dtype=float))

    def predict(self, year: int) -> fc.Draws:
        return fc.Draws(self.paths(year, n=len(self.courses))[:, -1])

    def paths(self, year: int, *, n: int = 2000, rng: object = None) -> FloatArray:
        at = np.arange(n) % len(self.courses)
        ahead = self.courses[at]
        missing = self.history.steps_to(year) - ahead.shape[1]
        # Beyond what is written down each course stands still.
        return np.hstack([ahead, np.repeat(ahead[:, -1:], max(missing, 0), axis=1)])[
            :, : self.history.steps_to(year)
        ]
