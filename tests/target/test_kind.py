"""What every kind can say, unless it says otherwise."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

import forecast as fc
from forecast.target.kind import Kind
from forecast.target.kinds import KINDS
from forecast.target.level import Threshold
from forecast.target.paths import Paths

HISTORY = fc.History.of("x", [2022, 2023, 2024], [1.0, 2.0, 3.0])
AT_LEAST = Threshold(4.0, 1)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_kind_says_what_it_must(kind: type[Kind]) -> None:
    assert not inspect.isabstract(kind)
    # What arrays can answer has formulas for arrays, and the other way round.
    own_formulas = kind.solve.__func__ is not Kind.solve.__func__
    assert own_formulas == (kind.batched is not Kind.batched)


def test_a_kind_without_formulas_for_arrays_says_so() -> None:
    rowwise = next(kind for kind in KINDS if kind.solve.__func__ is Kind.solve.__func__)
    with pytest.raises(NotImplementedError, match=f"{rowwise.__name__} is answered row by row"):
        rowwise.solve(None)  # type: ignore[arg-type]


def test_every_kind_has_one_home_and_a_name_of_its_own() -> None:
    assert len({kind.__module__ for kind in KINDS}) >= 9
    assert len(set(KINDS)) == len(KINDS)


def test_first_met_is_met_from_then_on() -> None:
    # 4 is reached in 2025 on the first path and lost again; in 2027 on the second; never on the third.
    paths = Paths.after(HISTORY, np.array([[4.0, 3.0, 3.0], [3.0, 3.0, 4.0], [3.0, 3.0, 3.0]]))
    years, met = AT_LEAST.met_by_year(paths, 2027, 2027)
    assert years.tolist() == [2024, 2025, 2026, 2027]
    assert met.astype(int).tolist() == [[0, 1, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0]]


def test_defaults_are_those_of_a_level_in_one_year() -> None:
    assert AT_LEAST.indicators("x") == ("x",)
    assert not any((AT_LEAST.every_year, AT_LEAST.compares, AT_LEAST.over_areas, AT_LEAST.classes))
    assert AT_LEAST.needed(7) == 7
    assert AT_LEAST.as_stated("%") == (4.0, "%")
    assert not AT_LEAST.met_now(HISTORY, 2027)
    assert Threshold(3.0, 1).met_now(HISTORY, 2027)


def test_a_kind_without_a_number_takes_no_other() -> None:
    falling = fc.Target.declining("x", year=2027).kind
    with pytest.raises(fc.TargetError, match="a declining target has no value to replace by 5"):
        falling.with_value(5.0)
