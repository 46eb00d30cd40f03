"""Text files, in whatever encoding they have."""

from __future__ import annotations

from pathlib import Path

import pytest

import forecast as fc
from forecast.target.draft.read_text import decoded_text
from tests.target.draft.told import numbers

SENTENCE = "到2030年，森林覆盖率达到45%以上。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "plan.txt").write_text(SENTENCE, encoding=encoding)
    assert numbers(tmp_path / "plan.txt") == [("森林覆盖率", 45.0, 2030)]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "no.txt").write_bytes(bytes(64))
    with pytest.raises(fc.ReadError, match="not a text file"):
        decoded_text(tmp_path / "no.txt")


def test_a_long_line_of_figures_costs_no_time(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("到2030年，达到" + "1," * 100_000 + "(" * 100_000, encoding="utf-8")
    assert not fc.draft_plan(tmp_path / "long.txt").targets
