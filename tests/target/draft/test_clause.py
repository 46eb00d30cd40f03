"""A clause, and a target with its place and what it inherits."""

from __future__ import annotations

from forecast.target.draft.clause import Clause, base_year_of, restored, stated_in
from forecast.target.draft.context import Context
from forecast.target.draft.measures import Reading
from forecast.target.draft.plain import plain


def test_a_target_knows_its_place_and_what_it_inherits() -> None:
    read = plain("覆盖率达到45%", 100)
    clause = Clause(read, read.text, Context(year=2030, where="title", goal=True))
    found = stated_in(clause, "覆盖率", Reading("at_least", 45.0, "%"), 8)
    assert (found.start, found.end, found.year, found.minor) == (100, 108, 2030, False)
    assert found.inherited == ("year from the title",)
    assert clause.start == 100


def test_the_year_a_base_is() -> None:
    assert base_year_of("prior", Context(year=2026)) == 2025
    assert base_year_of("prior", Context()) is None
    assert base_year_of(2020, Context(year=2026)) == 2020
    assert base_year_of(None, Context(year=2026)) is None


def test_brackets_come_back_into_a_name_but_not_the_nature() -> None:
    assert restored("甲\0\0\0\0率", "甲(一二)率", 0) == "甲(一二)率"
    assert restored("甲率\0\0\0\0\0", "甲率(约束性)", 0) == "甲率"
