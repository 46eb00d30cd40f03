"""What a target asks for, in words and in short, one way of saying for every kind."""

from __future__ import annotations

from forecast.language.language import Language
from forecast.target.saying import Saying
from forecast.target.target import Target


def described(language: Language, target: Target, unit: str, *, in_words: bool = True) -> str:
    """What a target asks for: in words "at least 80 %", else "≥ 80".

    Parameters
    ----------
    language : Language
    target : Target
    unit : str
        The target's, as the language writes it.
    in_words : bool

    Examples
    --------
    >>> fall = Target.change("emissions", -0.18, year=2025, base_year=2020)
    >>> described(Language("en"), fall, "Mt")
    'a fall of 18 % or more from 2020'
    """
    return target.kind.describe(Saying(language, unit, target.unit, in_words), target.year)
