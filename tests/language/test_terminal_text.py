from __future__ import annotations

from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.language.terminal_text import nearest, write_any_text


@given(st.text(), st.sampled_from(["ascii", "latin-1", "gbk", "cp1252"]))
def test_any_text_can_be_written_in_any_encoding(text: str, encoding: str) -> None:
    held = BytesIO()
    stream = TextIOWrapper(held, encoding=encoding, newline="")
    write_any_text(stream)
    stream.write(text)
    stream.flush()
    assert held.getvalue().decode(encoding) == nearest(text, encoding)


@pytest.mark.parametrize(
    ("text", "shown"), [("→ limited", "> limited"), ("80 %–95 %", "80 %-95 %"), ("x", "x")]
)
def test_signs_have_a_nearest_one(text: str, shown: str) -> None:
    assert nearest(text, "ascii") == shown


def test_what_the_encoding_has_is_left_alone() -> None:
    assert nearest("城 ≥ é", "utf-8") == "城 ≥ é"
