from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import forecast as fc
from forecast.distribution.transform import MARGIN, logit_for, scale_for

SCALES = [
    fc.Identity(), fc.Root(), fc.Log(), fc.Log(linear_above=3e5), fc.Logit(0, 100),
    fc.Logit(-5, 1e6, margin=0.1),
]  # fmt: skip
INSIDE = {fc.Identity: (-1e9, 1e9), fc.Root: (1e-9, 1e9), fc.Log: (1e-300, 1e290)}


def span(scale: fc.Scale) -> tuple[float, float]:
    if isinstance(scale, fc.Logit):
        edge = 1.01 * scale.margin * (scale.upper - scale.lower)
        return scale.lower + edge, scale.upper - edge
    return INSIDE[type(scale)]


@pytest.mark.parametrize("scale", SCALES, ids=repr)
@given(data=st.data())
def test_there_and_back_in_order(scale: fc.Scale, data: st.DataObject) -> None:
    low, high = span(scale)
    values = np.sort(data.draw(st.lists(st.floats(low, high), min_size=2, max_size=8)))
    assert scale.serves(values)
    images = scale.transform(values)
    assert np.isfinite(images).all()
    assert (np.diff(images) >= 0).all()
    assert_allclose(scale.inverse(images), values, rtol=1e-9, atol=1e-9 * (min(high - low, 1e9)))


@pytest.mark.parametrize("scale", SCALES, ids=repr)
def test_the_jacobian_is_the_slope(scale: fc.Scale) -> None:
    low, high = span(scale)
    at = np.clip(low, 0.01, None) + np.array([0.2, 0.5, 0.9]) * (min(high, 1e6) - np.clip(low, 0.01, None))
    step = 1e-5 * at
    slope = (scale.transform(at + step) - scale.transform(at - step)) / (2 * step)
    assert_allclose(scale.log_jacobian(at), np.log(slope), atol=1e-6)


def test_by_hand() -> None:
    assert_allclose(fc.Log().transform([1.0, np.e]), [0.0, 1.0], atol=1e-15)
    assert_allclose(
        fc.Log(linear_above=10.0).transform([5.0, 10.0, 30.0]), [np.log(5), np.log(10), np.log(10) + 2]
    )
    assert_allclose(fc.Root().transform([4.0, 0.0]), [2.0, 0.0])
    assert_allclose(fc.Logit(0, 100).transform([50.0, 75.0]), [0.0, np.log(3)], atol=1e-15)
    assert_allclose(fc.Logit(10, 20).inverse([0.0]), [15.0])
    assert_array_equal(fc.Identity().transform([-1.5, 3.0]), [-1.5, 3.0])


def test_beyond_the_reach_lies_infinity() -> None:
    assert_array_equal(fc.Log().transform([0.0, -1.0]), [-np.inf, -np.inf])
    assert_array_equal(fc.Logit(0, 1).transform([-0.1, 1.1]), [-np.inf, np.inf])


def test_images_without_a_value_stand_for_the_nearest() -> None:
    assert_allclose(fc.Log().inverse([800.0, -800.0]), [1e300, 0.0])
    assert_array_equal(fc.Logit(0, 100).inverse([800.0, -800.0]), [100.0, 0.0])


def test_within_the_margin_a_share_is_at_its_bound() -> None:
    share = fc.Logit(0, 100)
    assert_allclose(share.transform([99.5, 99.8, 100.0]), np.log(0.995 / 0.005))
    assert_array_equal(share.inverse(share.transform([99.5, 99.8, 100.0, 0.2, 0.0])), [100, 100, 100, 0, 0])
    assert_allclose(share.inverse(share.transform([99.4, 0.6])), [99.4, 0.6])


@given(st.floats(1e-6, 0.4), st.floats(-1e6, 1e6), st.floats(1e-6, 1e9))
def test_the_bound_returns_as_the_bound(margin: float, lower: float, width: float) -> None:
    upper = lower + width
    if not upper > lower:
        return
    scale = fc.Logit(lower, upper, margin)
    assert_array_equal(scale.inverse(scale.transform([lower, upper])), [lower, lower + (upper - lower)])


@pytest.mark.parametrize(
    ("values", "serves"),
    [([1.0, 2.0], (True, True, True, True)), ([0.0, 2.0], (True, False, False, True)),
     ([-1.0, 2.0], (True, False, False, False)), ([1.0, 101.0], (True, True, True, False)),
     ([np.nan], (False, False, False, False))],
)  # fmt: skip
def test_who_serves(values: list[float], serves: tuple[bool, ...]) -> None:
    scales = (fc.Identity(), fc.Root(), fc.Log(), fc.Logit(0, 100))
    assert tuple(scale.serves(values) for scale in scales) == serves


@pytest.mark.parametrize("arguments", [(1, 0), (1, 1), (0, 1, 0.0), (0, 1, 0.5), (0, 1, -1), (np.nan, 1)])
def test_a_logit_that_cannot_be(arguments: tuple[float, ...]) -> None:
    with pytest.raises(
        fc.ModelError, match=r"^Logit needs lower < upper and a margin between 0 and 0\.5; got"
    ):
        fc.Logit(*arguments)


def history(values: list[float], bounds: tuple[float | None, float | None]) -> fc.History:
    return fc.History.of("x", range(2000, 2000 + len(values)), values, bounds=bounds)


@pytest.mark.parametrize(
    ("values", "bounds", "scale"),
    [
        ([40.0, 41.0], (0, 100), fc.Logit(0, 100)),
        ([0.0, 100.0], (0, 100), fc.Logit(0, 100)),
        ([1.0, 2.0], (0, None), fc.Log()),
        ([0.0, 2.0], (0, None), fc.Identity()),
        ([2.0, 3.0], (1, None), fc.Identity()),
        ([1.0, 2.0], (None, 100), fc.Identity()),
        ([1.0, 2.0], (None, None), fc.Identity()),
    ],
)
def test_the_scale_that_the_bounds_suggest(
    values: list[float], bounds: tuple[float | None, float | None], scale: fc.Scale
) -> None:
    assert scale_for(history(values, bounds)) == scale


def test_the_margin_is_half_of_the_nearest_that_was_seen() -> None:
    assert logit_for(history([0.2, 0.3], (0, 100))).margin == pytest.approx(0.001)
    assert logit_for(history([99.9, 0.0], (0, 100))).margin == pytest.approx(0.0005)
    assert logit_for(history([40.0], (0, 100))).margin == MARGIN


def test_an_open_bound_has_no_logit() -> None:
    with pytest.raises(
        fc.ModelError, match=r"^x: Logit needs both bounds; got \(0\.0, None\)\. Give bounds="
    ):
        logit_for(history([1.0], (0, None)))


def test_beyond_all_numbers_lies_infinity_and_no_warning() -> None:
    assert np.isposinf(fc.Log(linear_above=1e-200).transform(1e200))
    assert np.isfinite(fc.Log().slope(5e-324))
