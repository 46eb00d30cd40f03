"""What was observed, and many ways it may go on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import FloatArray, IntArray
from forecast.errors import TargetError
from forecast.history.history import History
from forecast.language.message import Message


@dataclass(frozen=True, eq=False)
class Paths:
    """What was observed, and many ways it may go on.

    Parameters
    ----------
    years : ndarray, shape (t,)
        Consecutive years, from the first observation to the target year.
    values : ndarray, shape (n, t)
        Observed values, the same in every row, then sampled ones; NaN in a gap.
    history : History
        What was observed when the question was asked.
    """

    years: IntArray
    values: FloatArray
    history: History

    @classmethod
    def after(cls, history: History, draws: FloatArray) -> Paths:
        """Put sampled years, shape (n, years after the last observation), behind what was observed."""
        grid = history.on_grid()
        values = np.hstack([np.broadcast_to(grid, (len(draws), len(grid))), draws])
        return cls(history.first_year + np.arange(values.shape[1]), values, history)

    def ahead(self) -> FloatArray:
        """Values after the last observation, shape (n, years ahead)."""
        return self.values[:, self.years > self.history.last_year]

    def base(self, year: int) -> FloatArray:
        """Values of a base year, shape (n,).

        Raises
        ------
        TargetError
            If nobody observed it, and it does not lie ahead either.
        """
        at = int(year - self.years[0])
        if not 0 <= at < len(self.years) or np.isnan(self.values[0, at]):
            raise no_base(self.history, year)
        return np.asarray(self.values[:, at])

    def until(self, year: int) -> Paths:
        """Same paths up to *year*."""
        kept = self.years <= year
        return Paths(self.years[kept], self.values[:, kept], self.history)

    def since(self, year: int) -> Paths:
        """Same paths from *year* on, without the years that nobody observed."""
        kept = (self.years >= year) & ~np.isnan(self.values[0])
        return Paths(self.years[kept], self.values[:, kept], self.history)


def no_base(history: History, year: int) -> TargetError:
    """Error for a base year without a value."""
    seen = ", ".join(str(y) for y in history.years)
    return TargetError(Message("base_without_value", name=history.name, year=year, years=seen))
