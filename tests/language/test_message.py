"""Messages: one key, two languages, and the same places to fill in both."""

from __future__ import annotations

import pickle
from string import Formatter

import pytest

from forecast.language.message import Message, _sentences, message_keys, suggestion


def places(lang: str, key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(_sentences(lang)[key]) if name}


def test_both_languages_know_the_same_messages() -> None:
    assert message_keys("en") == message_keys("zh")


@pytest.mark.parametrize("key", sorted(message_keys("en")))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    assert places("en", key) == places("zh", key)


def test_a_message_is_text_that_can_be_told_again() -> None:
    said = Message("at", place=Message("row", row=3), problem=suggestion("yaer", ["year", "value"]))
    assert said == "row 3: Did you mean 'year'?"
    assert said.in_language("zh") == "第3行：是否指“year”？"
    again = pickle.loads(pickle.dumps(said))
    assert (again, again.in_language("zh")) == (said, said.in_language("zh"))


def test_long_cells_and_long_lists_are_cut() -> None:
    assert len(Message("not_a_number", column="value", text="9x" * 5000, advice="")) < 200
    many = suggestion("zzz", (f"name {i}" for i in range(100_000)))
    assert many.endswith("... of 100000.")
    assert len(many) < 400
