"""docs/draft-rules.md shows the tables as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecast.target.draft import chinese_words, english_words
from forecast.target.draft.table_header import ROLES

PAGE = (Path(__file__).parents[3] / "docs" / "draft-rules.md").read_text("utf-8")


@pytest.mark.parametrize("name", [*chinese_words.VERBS])
def test_every_class_of_words_is_on_the_page(name: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    assert row.endswith(f"| {'、'.join(chinese_words.VERBS[name])} |")


@pytest.mark.parametrize("words", [english_words.RISE, english_words.FALL, english_words.AT_MOST])
def test_the_english_tables_are_on_the_page(words: tuple[str, ...]) -> None:
    assert ", ".join(words) in PAGE


def test_multiples_and_roles_are_on_the_page() -> None:
    for pattern, _ in chinese_words.MULTIPLES:
        assert pattern.replace("|", "\\|") in PAGE
    for role, pattern in ROLES:
        assert f"| `{role}` | `{pattern}` |".replace(pattern, pattern.replace("|", "\\|")) in PAGE
