"""English targets without an amount: halved, doubled, cut by a third, in step."""

from __future__ import annotations

import pytest

from tests.target.draft.told import told


@pytest.mark.parametrize(
    ("sentence", "name", "value"),
    [
        ("By 2030, halve road deaths.", "road deaths", -50.0),
        ("By 2030, triple renewable capacity.", "renewable capacity", 200.0),
        ("By 2030, reduce food waste by half.", "food waste", -50.0),
        ("By 2030, increase rail traffic by one third.", "rail traffic", 33.333333),
        ("By 2030, cut poverty to a quarter.", "poverty", -75.0),
    ],
)
def test_parts_and_multiples(sentence: str, name: str, value: float) -> None:
    assert told(sentence) == [(name, "change", value, "%", 2030)]


def test_double_to_a_number_is_told_by_the_number() -> None:
    text = "By 2030, export revenues are expected to double to $7.3 billion."
    assert told(text) == [("export revenues", "at_least", 7.3, "$ billion", 2030)]


def test_in_step_with_growth() -> None:
    text = "Targets for 2030:\n- growth in personal income in step with economic growth"
    assert told(text) == [("personal income", "in_step_with", None, "", 2030)]
