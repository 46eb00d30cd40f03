"""A document as one text of which every place is known."""

from __future__ import annotations

import pytest

from forecast.target.draft import document
from forecast.target.draft.document import Builder


def test_every_block_and_cell_is_a_stretch_of_the_text() -> None:
    builder = Builder("x")
    builder.add("目标", "heading", 1)
    builder.add("  \n")
    builder.add_table([["甲", " 乙  丙 "], ["", " "], ["1", "2"]])
    built = builder.built()
    assert [built.text[each.start : each.end].strip() for each in built.blocks] == ["目标", "甲\t乙 丙\n1\t2"]
    for row in built.blocks[1].rows:
        for cell in row:
            assert built.text[cell.start : cell.end] == cell.text


def test_a_document_beyond_the_limit_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LONGEST", 10)
    builder = Builder("x")
    builder.add("a" * 25)
    builder.add("b")
    built = builder.built()
    assert built.text == "a" * 10 + "\n"
    assert built.remarks == ("only the first 10 characters were read.",)
