from __future__ import annotations

from xml.etree import ElementTree
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from forecast.language.clean_text import clean_text, clean_texts, shortened

ANY = st.text(st.characters(blacklist_categories=()))


@given(ANY)
def test_a_clean_text_can_be_written_in_xml_and_is_clean(text: str) -> None:
    clean = clean_text(text)
    ElementTree.fromstring(f"<a>{escape(clean)}</a>")
    clean.encode("utf-8")
    assert clean_text(clean) == clean
    assert len(clean) == len(text)


@given(st.text(st.characters(categories=("L", "N", "P", "Zs"))))
def test_what_can_be_written_is_left_alone(text: str) -> None:
    assert clean_text(text) == text


def test_texts_by_language_are_left_alone_where_they_are_clean() -> None:
    texts = {"en": "x", "zh": "城"}
    assert clean_texts(texts) is texts
    assert clean_texts({"en": "a\x00"}) == {"en": "a\ufffd"}


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_is_no_longer_than_asked(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most
