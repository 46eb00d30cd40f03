"""One stated target."""

from __future__ import annotations

from forecast.target.draft.found import Stated


def test_confidence_falls_with_what_the_clause_does_not_say() -> None:
    sure = Stated("x", "at_least", 1.0, "%", 2030, 0, 1)
    heard = Stated("x", "at_least", 1.0, "%", 2030, 0, 1, inherited=("year from the title",))
    doubted = Stated("x", "at_least", 1.0, "%", 2030, 0, 1, inherited=("a",), doubts=("b",))
    lost = Stated("x", "at_least", 1.0, "%", 2030, 0, 1, doubts=("a",) * 9)
    assert [each.confidence for each in (sure, heard, doubted, lost)] == [0.95, 0.85, 0.7, 0.2]
