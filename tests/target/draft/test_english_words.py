"""docs/draft-rules.md shows the English tables as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forecast.target.draft import english_words

PAGE = (Path(__file__).parents[3] / "docs" / "draft-rules.md").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["RISE", "FALL", "MAKE", "REACH", "AT_LEAST", "AT_MOST", "ABOUT", "LESS_IS_BETTER"]
)
def test_the_tables_are_on_the_page(name: str) -> None:
    assert ", ".join(getattr(english_words, name)) in PAGE


def test_patterns_compile_and_scales_are_powers() -> None:
    for pattern in (*english_words.PAST, *english_words.PLANNED, *english_words.UNITS):
        assert re.compile(pattern, re.I)
    assert english_words.SCALES["lakhs"] == english_words.SCALES["lakh"] == 100_000
    assert all(value >= 100 for value in english_words.SCALES.values())
