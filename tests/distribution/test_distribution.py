from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

import forecast as fc
from forecast.distribution.distribution import mix

LEVELS = np.array([1e-6, 0.01, 0.2, 0.5, 0.8, 0.99, 1 - 1e-6])
Mixture = fc.StudentTMixture


def two_sided() -> Mixture:
    return Mixture(np.array([1.0, 3.0]), np.array([3.0, 30.0]), np.array([-1.0, 4.0]), np.array([2.0, 0.5]))


def on_two_scales() -> Mixture:
    return Mixture(
        weights=np.array([0.5, 0.3, 0.2]),
        degrees=np.array([5.0, 9.0, np.inf]),
        location=np.array([10.0, np.log(12.0), np.log(9.0)]),
        spread=np.array([2.0, 0.3, 0.1]),
        scales=(fc.Identity(), fc.Log()),
        which=np.array([0, 1, 1]),
    )


@pytest.mark.parametrize("degrees", [1.0, 2.5, 8.0, 200.0, np.inf])
def test_one_component_is_scipys_student(degrees: float) -> None:
    ours, oracle = Mixture.single(3.0, 2.0, degrees), stats.t(degrees, 3.0, 2.0)
    at = np.array([-300.0, -20.0, 0.0, 3.0, 3.1, 9.0, 40.0])
    assert_allclose(ours.at_most(at), oracle.cdf(at), rtol=1e-7, atol=1e-300)
    assert_allclose(ours.at_least(at), oracle.sf(at), rtol=1e-7, atol=1e-300)
    assert_allclose(ours.quantile(LEVELS), oracle.ppf(LEVELS), rtol=1e-7)


def test_a_mixture_is_the_weighted_mean_of_probabilities() -> None:
    at = np.linspace(-8, 8, 17)
    expected = 0.25 * stats.t(3, -1, 2).sf(at) + 0.75 * stats.t(30, 4, 0.5).sf(at)
    assert_allclose(two_sided().at_least(at), expected, rtol=1e-9)


@pytest.mark.parametrize("outlook", [two_sided(), on_two_scales()], ids=["one scale", "two scales"])
def test_probability_of_a_quantile(outlook: Mixture) -> None:
    assert_allclose(outlook.at_most(outlook.quantile(LEVELS)), LEVELS, rtol=1e-9)
    assert_allclose(outlook.at_least(outlook.quantile(LEVELS)), 1 - LEVELS, rtol=1e-6)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.floats(0.01, 1), st.floats(1, 50), st.floats(-1e4, 1e4), st.floats(0.01, 1e6)),
        min_size=1,
        max_size=6,
    )
)
def test_quantiles_rise_and_return(parts: list[tuple[float, float, float, float]]) -> None:
    outlook = Mixture(*np.array(parts).T)
    found = outlook.quantile(LEVELS[1:-1])
    assert (np.diff(found) >= 0).all()
    assert_allclose(outlook.at_most(found), LEVELS[1:-1], atol=1e-6)


def test_scales_meet_in_the_indicators_unit() -> None:
    at = np.array([8.0, 10.0, 14.0])
    expected = (
        0.5 * stats.t(5, 10, 2).cdf(at)
        + 0.3 * stats.t(9, np.log(12), 0.3).cdf(np.log(at))
        + 0.2 * stats.norm(np.log(9), 0.1).cdf(np.log(at))
    )
    assert_allclose(on_two_scales().at_most(at), expected, rtol=1e-9)
    # Nothing on the log scale lies below zero.
    assert_allclose(on_two_scales().at_most(-1.0), 0.5 * stats.t(5, 10, 2).cdf(-1.0), rtol=1e-9)


def test_scalars_give_floats_and_arrays_give_arrays() -> None:
    for outlook in (two_sided(), fc.Draws(np.arange(5.0))):
        for ask in (outlook.at_least, outlook.at_most, outlook.quantile):
            assert isinstance(ask(0.5), float)
            assert np.shape(ask(np.full((2, 3), 0.5))) == (2, 3)
        assert isinstance(outlook.median(), float)
        assert isinstance(outlook.mean(), float)
        assert all(isinstance(end, float) for end in outlook.interval(0.8))


def test_what_lies_beyond_a_bound_sits_on_it() -> None:
    outlook = Mixture.single(95.0, 5.0, 4.0, bounds=(0, 100))
    beyond = stats.t(4, 95, 5).sf(100)
    assert_allclose(outlook.at_least(100.0), beyond)
    assert_array_equal([outlook.at_most(100.0), outlook.at_least(100.5), outlook.at_most(100.5)], [1, 0, 1])
    assert_array_equal([outlook.at_least(0.0), outlook.at_most(-0.5), outlook.at_least(-0.5)], [1, 0, 1])
    assert_allclose(outlook.at_most(0.0), stats.t(4, 95, 5).cdf(0))
    assert outlook.quantile(1 - beyond / 2) == 100.0
    assert outlook.quantile(1e-9) == 0.0
    assert outlook.interval(0.8)[1] == 100.0


def test_a_share_may_be_at_its_bound_exactly() -> None:
    scale = fc.Logit(0, 100)
    edge = float(scale.transform(100.0))
    outlook = Mixture.single(edge - 1.0, 1.0, np.inf, scale=scale, bounds=(0, 100))
    assert_allclose(outlook.at_least(100.0), stats.norm.sf(1.0))
    assert_allclose(outlook.at_least(99.6), stats.norm.sf(1.0))
    assert outlook.at_least(99.4) > stats.norm.sf(1.0)
    assert outlook.at_most(100.0) == 1.0
    assert outlook.quantile(0.9) == 100.0
    assert outlook.quantile(0.5) < 99.5


def test_inclusive_probabilities_share_only_the_atom() -> None:
    outlook = Mixture.single(95.0, 5.0, 4.0, bounds=(0, 100))
    at = np.array([0.0, 50.0, 95.0, 100.0])
    atom = np.array([outlook.at_most(0.0), 0.0, 0.0, outlook.at_least(100.0)])
    assert_allclose(outlook.at_least(at) + outlook.at_most(at), 1 + atom, rtol=1e-12)


def test_small_probabilities_are_not_lost_beside_one() -> None:
    outlook = Mixture.single(0.0, 1.0, np.inf)
    assert_allclose(outlook.at_least(20.0), stats.norm.sf(20.0), rtol=1e-6)
    assert_allclose(outlook.at_most(-20.0), stats.norm.sf(20.0), rtol=1e-6)


@pytest.mark.parametrize("factor", [1e-12, 1e12])
def test_very_small_and_very_large_units(factor: float) -> None:
    plain = two_sided()
    scaled = Mixture(plain.weights, plain.degrees, plain.location * factor, plain.spread * factor)
    assert_allclose(scaled.quantile(LEVELS), plain.quantile(LEVELS) * factor, rtol=1e-9)
    assert_allclose(scaled.at_least(4.0 * factor), plain.at_least(4.0), rtol=1e-12)


@pytest.mark.parametrize("bounds", [(None, None), (0, None), (0, 1e4)])
def test_wild_outlooks_stay_finite(bounds: tuple[float | None, float | None]) -> None:
    additive_outlier = Mixture(
        np.array([1.0, 1.0]), np.array([1.0, 5.0]), np.array([2.0, 0.0]), np.array([900.0, 1e-9]),
        (fc.Log(), fc.Identity()), np.array([0, 1]), bounds,
    )  # fmt: skip
    assert np.isfinite(additive_outlier.quantile(LEVELS)).all()
    assert np.isfinite(additive_outlier.mean())
    assert np.isfinite(Mixture.single(0.0, 500.0, 1.0, scale=fc.Log(), bounds=bounds).mean())


@pytest.mark.parametrize("apart", [1.0, 1e3])
def test_quantiles_of_components_of_very_different_width_have_their_probability(apart: float) -> None:
    """A needle beside a plain, up to nine powers of ten narrower: the bracket of the search is checked."""
    needle = Mixture(
        np.array([0.4, 0.3, 0.3]), np.array([3.0, np.inf, 1.0]), np.array([0.0, apart, -apart]),
        np.array([1e-6, apart, 1.0]),
    )  # fmt: skip
    levels = np.array([0.001, 0.05, 0.29, 0.31, 0.5, 0.69, 0.71, 0.95, 0.999])
    assert_allclose(needle.at_most(needle.quantile(levels)), levels, atol=1e-6)


def test_mean_median_and_interval() -> None:
    outlook = Mixture.single(7.0, 2.0, 6.0)
    assert_allclose([outlook.median(), outlook.mean()], 7.0, rtol=1e-9)
    assert_allclose(outlook.interval(0.9), stats.t(6, 7, 2).interval(0.9), rtol=1e-9)
    assert_allclose(two_sided().mean(), 0.25 * -1 + 0.75 * 4, atol=0.02)


def test_draws_follow_the_distribution() -> None:
    outlook = on_two_scales()
    sample = outlook.sample(40_000, rng=3)
    at = np.asarray(outlook.quantile(np.array([0.05, 0.3, 0.7, 0.95])))
    assert_allclose(np.mean(sample[:, None] <= at, axis=0), [0.05, 0.3, 0.7, 0.95], atol=0.011)
    assert_array_equal(outlook.sample(5, rng=3), outlook.sample(5, rng=3))
    bounded = Mixture.single(99.0, 5.0, np.inf, bounds=(0, 100)).sample(1000, rng=np.random.default_rng(1))
    assert bounded.max() == 100.0


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 80.0, np.nan])
def test_a_level_is_a_proportion(p: float) -> None:
    for outlook in (two_sided(), fc.Draws(np.arange(5.0))):
        with pytest.raises(
            fc.ForecastError, match=r"^quantile: a probability lies between 0 and 1, both excl"
        ):
            outlook.quantile(p)
        with pytest.raises(
            fc.ForecastError, match=r"^interval: a level is a proportion between 0 and 1; got"
        ):
            outlook.interval(p)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weights": [1.0, -0.5]}, r"^StudentTMixture: every weight must be positive"),
        ({"weights": [0.0, 0.0]}, r"^StudentTMixture: every weight must be positive"),
        ({"degrees": [1.0]}, r"^StudentTMixture: degrees must be 2 numbers"),
        ({"degrees": [1.0, 0.0]}, r"^StudentTMixture: every number of degrees of freedom must be positive"),
        ({"degrees": [1.0, np.nan]}, r"^StudentTMixture: degrees must be 2 numbers"),
        ({"location": [0.0, np.inf]}, r"^StudentTMixture: every weight and location must be finite"),
        ({"spread": [1.0, 0.0]}, r"^StudentTMixture: .* every spread finite and positive"),
        ({"spread": [1.0, np.inf]}, r"^StudentTMixture: .* every spread finite and positive"),
    ],
)
def test_what_is_not_a_mixture_says_why(changes: dict[str, list[float]], message: str) -> None:
    good = {"weights": [1.0, 1.0], "degrees": [3.0, 4.0], "location": [0.0, 1.0], "spread": [1.0, 2.0]}
    with pytest.raises(fc.ForecastError, match=message):
        Mixture(**{name: np.array(values) for name, values in {**good, **changes}.items()})


def test_arrays_are_copied_in_and_frozen() -> None:
    location = np.array([0.0])
    outlook = Mixture(np.ones(1), np.ones(1), location, np.ones(1))
    location[0] = 9.0
    assert_allclose(outlook.median(), 0.0, atol=1e-12)
    with pytest.raises(ValueError, match="read-only"):
        outlook.location[0] = 1.0


def test_mixing_mixtures_is_the_linear_pool() -> None:
    parts = [two_sided(), on_two_scales(), Mixture.single(3.0, 1.0, 2.0, scale=fc.Root())]
    weights = np.array([2.0, 1.0, 1.0])
    at = np.array([0.5, 4.0, 9.0])
    expected = sum(w / 4 * part.at_least(at) for w, part in zip(weights, parts, strict=True))
    assert_allclose(mix(parts, weights).at_least(at), expected, rtol=1e-12)


def test_draws_count_ties_on_both_sides() -> None:
    draws = fc.Draws(np.array([2.0, 1.0, 2.0, 4.0]))
    assert_array_equal(draws.at_least(np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])), [1, 1, 0.75, 0.25, 0.25, 0])
    assert_array_equal(draws.at_most(np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])), [0, 0.25, 0.75, 0.75, 1, 1])


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=12), st.floats(0.001, 0.999))
def test_the_quantile_of_draws_is_the_smallest_that_reaches(values: list[int], p: float) -> None:
    draws = fc.Draws(np.array(values, dtype=float))
    found = draws.quantile(p)
    assert draws.at_most(found) >= p - 1e-12
    lower = [value for value in values if value < found]
    assert not lower or draws.at_most(float(max(lower))) < p + 1e-12


def test_draws_are_sampled_with_replacement_and_frozen() -> None:
    draws = fc.Draws(np.array([3.0, 1.0]))
    assert set(draws.sample(50, rng=0)) == {1.0, 3.0}
    assert_array_equal(draws.values, [1.0, 3.0])
    with pytest.raises(ValueError, match="read-only"):
        draws.values[0] = 5.0


@pytest.mark.parametrize("values", [[], [1.0, np.nan], [np.inf]])
def test_what_is_not_a_sample_says_why(values: list[float]) -> None:
    with pytest.raises(fc.ForecastError, match=r"^Draws: needs at least one draw, all finite; got"):
        fc.Draws(np.array(values))
