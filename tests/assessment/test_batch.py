"""Many rows at once: the figures of the single answer, each row in its own place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.assessment.batch import FIGURES, WORDS, YEARS, Answers, answer, scalar_fallback
from forecast.assessment.items import answered
from forecast.assessment.study import Line, record
from forecast.history.catalogue import Catalogue
from forecast.history.histories import Histories
from forecast.history.read_frame import pack
from forecast.target.batch import Context, TargetBatch
from forecast.target.plan import Item

NAN = np.nan
ITEMS = (
    Item("1", fc.Target.at_least("x", 70, year=2028)),
    Item("2", fc.Target.at_most("x", 40, year=2020)),
    Item("3", fc.Target.between("x", 55, 70, year=2026)),
)
RNG = np.random.default_rng(11)
FRAME = pd.DataFrame(
    [(area, "x", year, round(float(50 + k * (year - 2010) / 4 + RNG.normal()), 2))
     for k, area in enumerate("ABC") for year in range(2010, 2024) if (area, year) != ("C", 2020)],
    columns=["area", "indicator", "year", "value"],
)  # fmt: skip
PACKED = pack(FRAME, Catalogue())
CONTEXT = Context(ITEMS, Catalogue(), 2023)


def batch() -> Answers:
    series, item = np.repeat(np.arange(3), 3), np.tile(np.arange(3), 3)
    return answer(PACKED, series, TargetBatch.of(ITEMS).at(item), CONTEXT)


def test_a_row_has_the_figures_of_its_assessment() -> None:
    found, histories = batch(), Histories([PACKED.history(s) for s in range(3)])
    for i in range(9):
        item = Item(ITEMS[i % 3].id, ITEMS[i % 3].target, area="ABC"[i // 3])
        want = record(Line(item, answered(item, histories, 2023, None, 0)))
        for name in (*FIGURES, *YEARS):
            expected = NAN if want[name] is None else want[name]
            assert found.figures[name][i] == pytest.approx(expected, rel=1e-9, nan_ok=True), (i, name)
        for name, words in WORDS.items():
            code = found.words[name][i]
            assert (None if code < 0 else words[code]) == want[name], (i, name)


def test_a_year_nobody_observed_is_a_problem_of_its_row_alone() -> None:
    assert batch().problems == {7: "x (C): 2020 lies in the past and was not observed."}


def test_answers_are_written_into_their_rows() -> None:
    whole, part = Answers.none(4), Answers.none(2)
    part.figures["median"][:] = [1.0, 2.0]
    part.left[1] = True
    part.problems[1], part.notes[0] = "bad", "odd"
    whole.put(np.array([3, 0]), part)
    np.testing.assert_array_equal(whole.figures["median"], [2.0, NAN, NAN, 1.0])
    assert whole.left.tolist() == [True, False, False, False]
    assert (whole.problems, whole.notes) == ({0: "bad"}, {3: "odd"})


def test_a_single_row_is_answered_as_assess_does() -> None:
    item = Item("9", fc.Target.declining("x", year=2028, rule="every_year"))
    history = PACKED.history(0)
    found = scalar_fallback(item, "A", Histories([history]), 2023, None)
    assert found.figures["probability"][0] == fc.assess(history, item.target, as_of=2023).probability
    assert not found.problems


def test_figures_that_break_the_arithmetic_are_a_problem_of_their_row() -> None:
    class Breaks(fc.Drift):
        def fit(self, history):
            raise OverflowError("math range error")

    found = scalar_fallback(ITEMS[0], "A", Histories([PACKED.history(0)]), 2023, Breaks())
    assert "math range error" in found.problems[0]
    assert np.isnan(found.figures["probability"][0])
