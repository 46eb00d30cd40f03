"""A frame packed for a panel: a problem stops its own series alone."""

from __future__ import annotations

import pandas as pd
import pytest

from forecast.errors import ReadError
from forecast.history.catalogue import Catalogue
from forecast.history.read_files import read_histories
from forecast.history.read_frame import pack

SOUND = pd.DataFrame(
    {"area": ["A", "A", "B", "B"], "indicator": "x", "year": [2020, 2021] * 2, "value": [1.0, 2.0, 3.0, 4.0]}
).astype(object)


def test_an_empty_area_among_named_ones_is_refused_and_stops_no_other_series() -> None:
    frame = SOUND.copy()
    frame.loc[3, "area"] = ""
    with pytest.raises(ReadError, match=r"row 4: area is empty, but 'A' in row 1"):
        read_histories(frame)
    packed = pack(frame, Catalogue())
    assert packed.counts.tolist() == [2, 1, 0]
    assert packed.problems[2].startswith("x: area is empty, but other rows name one ('A')")
    with_ids = pd.DataFrame({"unique_id": ["A/x", "x"], "ds": 2020, "y": [1.0, 2.0]})
    assert not pack(with_ids, Catalogue()).problems


def test_a_number_of_no_size_is_a_problem_of_its_series_alone() -> None:
    # Numbers, not text: pandas lends its own array, which must not be written into.
    frame = SOUND.assign(value=[1.0, 1e-200, 3.0, 4.0])
    packed = pack(frame, Catalogue())
    assert list(packed.problems) == [0]
    assert "1e-200" in str(packed.problems[0])
    assert frame["value"].tolist() == [1.0, 1e-200, 3.0, 4.0]
