"""How what a target asks for is said: in words "at least 80 %", in short "≥ 80"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forecast.language.language import Language


@dataclass(frozen=True)
class Saying:
    """A language, and whether to say things in words or in short.

    Parameters
    ----------
    language : Language
    unit : str
        The target's unit, as the language writes it.
    stated_unit : str
        The target's unit as the plan states it.
    in_words : bool
    """

    language: Language
    unit: str
    stated_unit: str
    in_words: bool = True

    def text(self, key: str, values: Mapping[str, object]) -> str:
        """Sentence of a kind, its places filled in."""
        return self.language.text(f"{'goal' if self.in_words else 'goal_short'}.{key}", values)

    def written(self, x: float) -> str:
        """Value with its unit in words, without it in short."""
        factor, plain = self.language.plain_unit(self.unit)
        return self.language.value(x * factor, plain if self.in_words else "")
