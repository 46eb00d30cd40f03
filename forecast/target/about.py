"""Targets for about a value: what rounds to the number a plan prints."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forecast.target.level import Equal, half_a_digit
from forecast.target.saying import Saying


@dataclass(frozen=True)
class About(Equal):
    """A value within a tolerance of the plan's number: |value - number| <= tolerance.

    Differs from :class:`~forecast.target.level.Equal` in how it is said, and in that a plan that names
    no tolerance has the one its number is printed with.
    """

    @property
    def name(self) -> str:
        """``about``."""
        return "about"

    def describe(self, say: Saying, year: int) -> str:  # noqa: ARG002
        """The value, and how far off still counts."""
        values = {"value": say.written(self.value), "tolerance": say.written(self.tolerance)}
        return say.text("about", values)


def printed_tolerance(number: str | float) -> float:
    """Half a unit of a number's last printed digit: what rounds to it is about it.

    Zeros before the decimal point count as printed: "20000" is known to 0.5. A plan that means about
    20,000, give or take a thousand, has to say so.

    Parameters
    ----------
    number : str or float
        As printed; of a float the shortest digits that give it back.

    Examples
    --------
    >>> printed_tolerance(5), printed_tolerance("5.0"), printed_tolerance(0.25)
    (0.5, 0.05, 0.005)
    """
    exponent = Decimal(str(number)).as_tuple().exponent
    whole = isinstance(number, float) and number.is_integer()
    return half_a_digit(max(-int(exponent), 0) if not whole else 0)
