"""A note is a key with values: readable as it is, a sentence in each language."""

from __future__ import annotations

import pickle

from forecast.language.language import LANGUAGES, Language
from forecast.language.note import Note


def test_it_reads_as_words_with_its_figures_behind() -> None:
    assert str(Note("joined_at_break", {"years": "2017, 2020"})) == "joined at break (years: 2017, 2020)"
    assert str(Note("outside_view")) == "outside view"


def test_the_same_key_and_values_are_the_same_note_after_a_journey() -> None:
    note = Note("joined_at_break", {"years": "2017"})
    assert pickle.loads(pickle.dumps(note)) == note
    assert note != Note("joined_at_break", {"years": "2018"})


def test_each_language_has_a_sentence_with_the_figures_in_it() -> None:
    for code in LANGUAGES:
        said = Language(code).note(Note("joined_at_break", {"years": "2017"}))
        assert "2017" in said
        assert "joined_at_break" not in said
