from __future__ import annotations

import pytest

from forecast.assessment.progress import RATINGS as KNOWN
from forecast.errors import ReportError
from forecast.plot import style


def test_every_rating_has_a_mark_and_those_for_good_and_bad_differ_in_shape_too() -> None:
    assert set(style.RATINGS) == set(KNOWN)
    shapes = [shape for shape, _ in style.RATINGS.values()]
    assert len(shapes) == len(set(shapes))


def test_darker_is_more_probable() -> None:
    light = [sum(int(tint[i : i + 2], 16) for i in (1, 3, 5)) for _, tint in style.BANDS]
    assert light == sorted(light, reverse=True)
    assert [level for level, _ in style.BANDS] == [0.95, 0.80, 0.50]


def test_text_is_as_large_as_its_sheet_asks() -> None:
    assert style.text_size(style.new_axes("page")) == style.SIZES["page"].text
    assert style.text_size(style.new_axes("screen")) == style.SIZES["screen"].text


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(ReportError, match="page, screen"):
        style.new_axes("poster")
