from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from forecast.plot.labels import apart

BOXES = st.lists(st.tuples(st.floats(0, 100), st.floats(1, 10)), min_size=1, max_size=8)


def test_boxes_that_do_not_meet_stay_where_they_are() -> None:
    assert apart(np.array([2.0, 8.0]), np.array([2.0, 2.0]), 0.0, 10.0).tolist() == [2.0, 8.0]


def test_boxes_on_one_place_share_the_way() -> None:
    assert apart(np.array([5.0, 5.0, 5.0]), np.array([2.0, 2.0, 2.0]), 0.0, 10.0).tolist() == [3.0, 5.0, 7.0]


@given(BOXES)
def test_no_box_covers_another_and_all_that_fit_are_inside(boxes: list[tuple[float, float]]) -> None:
    wanted, heights = (np.array(part) for part in zip(*boxes, strict=True))
    placed = apart(wanted, heights, 0.0, 100.0)
    order = np.argsort(wanted, kind="stable")
    gaps = np.diff(placed[order]) - 0.5 * (heights[order][:-1] + heights[order][1:])
    assert (gaps > -1e-9).all()
    if heights.sum() <= 100:
        assert (placed - 0.5 * heights > -1e-9).all()
        assert (placed + 0.5 * heights < 100 + 1e-9).all()
