"""Numbers with their units in English."""

from __future__ import annotations

import time

import pytest

from forecast.target.draft.english_amounts import covered, english_amounts, uncovered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.5-5 pct", [(5.0, 4.5, "%")]),
        ("between 62% and 81%", [(81.0, 62.0, "%")]),
        ("Rs 45 lakh crore", [(45.0, None, "Rs lakh crore")]),
        ("50 million new jobs", [(50.0, None, "million")]),
        ("12 per 1,000 live births", [(12.0, None, "per 1,000 live births")]),
        ("seven years", [(7.0, None, "years")]),
        ("include 1) share 2) cover", []),
        ("the under-5 mortality of NFHS-3 in 2020, Article 5, 1.5 °C", []),
        ("Every 10,000 people", []),
    ],
)
def test_what_is_an_amount_and_what_a_name(
    text: str, expected: list[tuple[float, float | None, str]]
) -> None:
    assert [(each.number, each.low, each.unit) for each in english_amounts(text)] == expected


def test_what_is_covered_can_be_uncovered() -> None:
    text = "reduce under-5 mortality by 2030 (aged 0-6 years)"
    assert covered(text) != text
    assert uncovered(covered(text)) == text


def test_a_run_of_digits_without_end_is_no_amount_and_costs_no_time() -> None:
    text = "reach " + "9" * 100_000 + " and a cover of 45 %"
    begin = time.process_time()
    assert [(each.number, each.unit) for each in english_amounts(text)] == [(45.0, "%")]
    assert time.process_time() - begin < 0.5
    assert uncovered(covered(text)) == text
