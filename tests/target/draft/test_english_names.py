"""The name an English amount is of."""

from __future__ import annotations

import pytest

from forecast.target.draft.english_amounts import covered
from forecast.target.draft.english_names import clean, last_part, until_break, verbs_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("to the forest cover rate of", "forest cover rate"),
        ("jobs to be created in urban areas over", "jobs in urban areas"),
        ("MMR from current levels", "MMR"),
        ("the total", ""),
        ("3.2 Forest cover", "Forest cover"),
        ("share of income (net", "share of income (net)"),
    ],
)
def test_what_is_cut_off_a_name(text: str, name: str) -> None:
    assert clean(covered(text)) == name


def test_forest_cover_is_a_noun_and_risk_reduction_too() -> None:
    assert [each[0] for each in verbs_in("forest cover and disaster risk reduction")] == []
    assert [each[0] for each in verbs_in("to cover and reducing")] == ["cover", "reducing"]


def test_where_a_name_ends() -> None:
    assert until_break("the population should be employed") == "the population "
    assert last_part("in demand by 2030, including targeting") == ""
    assert last_part("to cut costs, the share of coal").strip() == "the share of coal"
