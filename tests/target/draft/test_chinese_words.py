"""docs/draft-rules.md shows the Chinese tables as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forecast.target.draft import chinese_words

PAGE = (Path(__file__).parents[3] / "docs" / "draft-rules.md").read_text("utf-8")


@pytest.mark.parametrize("name", [*chinese_words.VERBS])
def test_every_class_of_words_is_on_the_page(name: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    assert row.endswith(f"| {'、'.join(chinese_words.VERBS[name])} |")


def test_the_multiples_are_on_the_page_and_are_patterns() -> None:
    for pattern, value in chinese_words.MULTIPLES:
        assert pattern.replace("|", "\\|") in PAGE
        assert re.compile(pattern)
        assert value


@pytest.mark.parametrize("words", [chinese_words.LESS_IS_BETTER, chinese_words.PAST_HEADINGS])
def test_lists_of_names_are_on_the_page(words: tuple[str, ...]) -> None:
    assert "、".join(words) in PAGE


def test_what_tells_of_the_past_is_on_the_page() -> None:
    for pattern in chinese_words.PAST:
        assert f"`{pattern}`" in PAGE
