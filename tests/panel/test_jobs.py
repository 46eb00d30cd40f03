"""A panel cut into jobs: every row in one, and the same answers however it is cut."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from forecast.assessment.batch import Answers
from forecast.history.catalogue import Catalogue
from forecast.history.read_frame import pack
from forecast.panel import jobs as module
from forecast.panel.jobs import alone_from_the_start, jobs, jobs_alone, lenders_of
from forecast.panel.matching import ask
from forecast.target.batch import Context
from forecast.target.plan import Item
from forecast.target.target import Target

FRAME = pd.DataFrame(
    [
        (f"area {k}", "x", year, 50.0 + k + (year * (k + 3)) % 5)
        for k in range(7)
        for year in range(2010 - k, 2022)
    ],
    columns=["area", "indicator", "year", "value"],
)
LEVEL = Item("1", Target.at_least("x", 60, year=2026))
KEPT = Item("2", Target.maintain("x", 40, year=2026))
PACKED = pack(FRAME, Catalogue())


def answers(asked: module.Matching, cut: list[module.Job]) -> Answers:
    found = Answers.none(len(asked.item))
    for job in cut:
        found.put(job.rows, job.work())
    return found


def test_kinds_that_depend_on_the_way_are_answered_alone() -> None:
    asked = ask((LEVEL, KEPT), PACKED)
    assert_array_equal(alone_from_the_start(asked), [False, True] * 7)


@pytest.mark.parametrize("size", [1, 3, 100])
def test_however_it_is_cut_the_answers_are_the_same(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    asked = ask((LEVEL,), PACKED)
    context = Context(asked.items, Catalogue(), 2021)
    rows = np.arange(7)
    whole = answers(asked, list(jobs(asked, PACKED, rows, context)))
    monkeypatch.setattr(module, "_SERIES", size)
    cut = list(jobs(asked, PACKED, rows, context))
    assert len(cut) == -(-7 // size)
    assert_array_equal(np.sort(np.concatenate([job.rows for job in cut])), rows)
    found = answers(asked, cut)
    np.testing.assert_allclose(found.figures["probability"], whole.figures["probability"], rtol=1e-12)


def test_rows_one_by_one_are_cut_too_and_answered_as_in_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROWS", 3)
    asked = ask((LEVEL,), PACKED)
    context = Context(asked.items, Catalogue(), 2021)
    rows = np.arange(4)
    single = list(jobs_alone(asked, PACKED, rows, {}, context))
    assert [job.rows.tolist() for job in single] == [[0, 1, 2], [3]]
    together = answers(asked, list(jobs(asked, PACKED, rows, context)))
    found = answers(asked, single)
    np.testing.assert_allclose(
        found.figures["probability"][:4], together.figures["probability"][:4], rtol=1e-9
    )


def test_no_rows_make_no_job() -> None:
    asked = ask((LEVEL,), PACKED)
    assert (
        list(jobs(asked, PACKED, np.array([], dtype=np.int64), Context(asked.items, Catalogue(), 2021))) == []
    )


def test_lenders_are_the_areas_an_area_is_part_of() -> None:
    catalogue = Catalogue().with_parents({"area 1": "area 0"})
    asked = ask((LEVEL, KEPT), PACKED)
    assert lenders_of(asked, PACKED, Catalogue()) == {}
    lent = lenders_of(asked, PACKED, catalogue)
    assert {row: series.tolist() for row, series in lent.items()} == {2: [1, 0], 3: [1, 0]}
