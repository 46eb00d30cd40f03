"""Each rule of the English grammar, by a sentence of its own."""

from __future__ import annotations

import pytest

from tests.target.draft.told import told


def test_two_years_in_one_sentence_each_for_its_own() -> None:
    text = "The policy aims at reducing infant mortality to 28 by 2025 and maternal mortality to 70 by 2030."
    assert [(each[2], each[4]) for each in told(text)] == [(28.0, 2025), (70.0, 2030)]


def test_shares_of_one_subject_in_a_row() -> None:
    text = (
        "By 2030, the targets for the RES share are 60% in electricity, 40% in heating, and 14% in transport."
    )
    assert [each[0] for each in told(text)] == [
        "RES share in electricity", "RES share in heating", "RES share in transport",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2019, the forest cover was 45%.",
        "Unemployment fell to 5% and output rose by 7%.",
        "Article 5 applies to children aged 0-6 years.",
        "The survey NFHS-3 covered 28 states.",
    ],
)
def test_a_number_that_is_no_target_stays_one(sentence: str) -> None:
    assert told(f"Targets of the plan to 2030\n{sentence}") == []
