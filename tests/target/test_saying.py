"""A value in words has its unit, in short it has not."""

from __future__ import annotations

import pytest

from forecast.language.language import Language
from forecast.target.saying import Saying


@pytest.mark.parametrize(
    ("code", "unit", "in_words", "written", "said"),
    [
        ("en", "%", True, "80 %", "at least 80 %"),
        ("en", "%", False, "80", "≥ 80"),
        ("zh", "%", True, "80%", "不低于80%"),
        ("zh", "%", False, "80", "≥80"),
    ],
)
def test_words_and_short(code: str, unit: str, in_words: bool, written: str, said: str) -> None:
    say = Saying(Language(code), unit, unit, in_words)
    assert say.written(80) == written
    assert say.text("at_least", {"value": say.written(80)}) == said
