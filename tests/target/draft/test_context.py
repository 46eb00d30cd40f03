"""What a clause inherits: its year, and the year that growth is counted from."""

from __future__ import annotations

import pytest

from forecast.target.draft.context import Context


@pytest.mark.parametrize(
    ("context", "base"),
    [
        (Context(), None),
        (Context(year=2030, first=2026), 2025),
        (Context(year=2017, first=2012), 2012),
        (Context(year=2026, first=2026), 2025),
        (Context(year=2026, now=2026), 2025),
        (Context(year=2030), 2025),
        (Context(year=2033, now=2026), 2025),
        (Context(year=2033), 2032),
    ],
)
def test_the_year_that_growth_counts_from(context: Context, base: int | None) -> None:
    assert context.base_for() == base


def test_another_year_ends_the_past_and_drops_the_plan_s_first() -> None:
    context = Context(year=2030, first=2026, past=True)
    assert context.at(2035, "clause") == Context(year=2035, where="clause")
    assert context.at(2030, "clause").first == 2026
