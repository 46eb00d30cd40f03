"""Frames of other libraries are read as the same rows in pandas are."""

from __future__ import annotations

import sys
import types

import pandas as pd
import pytest

import forecast as fc
from forecast.history.other_frames import as_pandas

YEARS, VALUES = [2020, 2021, 2022, 2023], [1.0, 2.0, None, 4.0]
COLUMNS = {"area": ["A"] * 4, "indicator": ["x"] * 4, "year": YEARS, "value": VALUES}


def rows(histories: fc.Histories) -> dict[tuple[str, str], dict[int, float]]:
    return {key: history.to_series().to_dict() for key, history in histories.items()}


HERE = rows(fc.read_histories(pd.DataFrame(COLUMNS)))


def test_a_polars_frame_is_taken_as_it_is() -> None:
    polars = pytest.importorskip("polars")
    for frame in (polars.DataFrame(COLUMNS), polars.DataFrame(COLUMNS).lazy()):
        assert rows(fc.read_histories(frame)) == HERE
    target = [fc.Target.at_least("x", 5, year=2025)]
    ours = fc.assess_frame(pd.DataFrame(COLUMNS), target)
    pd.testing.assert_frame_equal(fc.assess_frame(polars.DataFrame(COLUMNS), target), ours)


def test_a_pyarrow_table_too() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    assert rows(fc.read_histories(pyarrow.table(COLUMNS))) == HERE


def test_a_plan_in_such_a_frame() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    plan = fc.read_plan(
        pyarrow.table({"indicator": ["x"], "kind": ["at_least"], "value": [5], "year": [2025]})
    )
    assert plan["1"].target.value == 5


def test_what_is_lazy_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("narwhals")
    exec(
        "class Frame:\n    def to_dict(self, as_series):\n        return {'year': [2020]}\n"
        "class Lazy:\n    def collect(self):\n        return Frame()\n",
        module.__dict__,
    )
    monkeypatch.setitem(sys.modules, "narwhals", module)
    found = as_pandas(module.Lazy())
    assert isinstance(found, pd.DataFrame)
    assert found["year"].tolist() == [2020]


def test_anything_else_stays_what_it_is() -> None:
    frame = pd.DataFrame(COLUMNS)
    assert as_pandas(frame) is frame
    assert as_pandas(3) == 3
