"""All areas, or k of them: counted by hand where they are independent, ordered where they are not."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import multivariate_normal, norm

import forecast as fc
from forecast.assessment.joint import HIGHEST, PRIOR_CORRELATION, PRIOR_YEARS
from tests.fixed import Fixed


def area(name: str, *ends: float) -> Fixed:
    """Return an area that ends at each of *ends* with the same probability."""
    history = fc.History.of("income", [2022, 2023], [9.0, 9.0], area=name, unit="k")
    return Fixed.after(history, *([end] for end in ends))


ALL = fc.Target.all_areas("income", 10, year=2024, unit="k")
HALF = [area("A", 11, 9), area("B", 11, 9), area("C", 11, 9)]


def k_of(k: int) -> fc.Target:
    return fc.Target.at_least_k_areas("income", 10, k=k, year=2024, unit="k")


@pytest.mark.parametrize(("k", "p"), [(1, 7 / 8), (2, 4 / 8), (3, 1 / 8)])
def test_independent_coins(k: int, p: float) -> None:
    outlook = fc.joint_probability(HALF, k_of(k), dependence="independent")
    assert_allclose(outlook.probability, p)
    assert_allclose(outlook.counts, [1 / 8, 3 / 8, 3 / 8, 1 / 8])
    assert outlook.expected == 1.5


def test_two_areas_are_the_bivariate_normal() -> None:
    fits = [area("A", 11, 9), area("B", 11, 11, 9)]
    outlook = fc.joint_probability(fits, ALL, dependence=0.6)
    z = norm.ppf([1 / 2, 2 / 3])
    both = multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]]).cdf(z)
    assert_allclose(outlook.probability, both, atol=1e-6)
    assert (outlook.dependence, outlook.correlation) == ("stated", 0.6)


@settings(max_examples=40)
@given(
    shares=st.lists(st.integers(1, 9), min_size=2, max_size=6),
    low=st.floats(0, 0.9),
    more=st.floats(0.01, 0.09),
)
def test_dependence_helps_all_and_hurts_one(shares: list[int], low: float, more: float) -> None:
    fits = [area(str(i), *([11] * s + [9] * (10 - s))) for i, s in enumerate(shares)]
    weak, strong = (fc.joint_probability(fits, ALL, dependence=rho) for rho in (low, low + more))
    assert strong.probability >= weak.probability - 1e-9
    assert strong.at_least(1) <= weak.at_least(1) + 1e-9
    for outlook in (weak, strong):
        assert_allclose(outlook.counts.sum(), 1)
        # All areas is never likelier than each, and the expected number does not depend on the dependence.
        assert outlook.probability <= outlook.each.min() + 1e-9
        assert_allclose(outlook.counts @ np.arange(len(shares) + 1), sum(shares) / 10, atol=1e-5)
        assert all(
            a >= b - 1e-12 for a, b in itertools.pairwise(map(outlook.at_least, range(len(shares) + 1)))
        )


def test_an_area_already_observed_is_an_outcome() -> None:
    seen = fc.History.of("income", [2023, 2024], [9.0, 10.0], area="D", unit="k")
    missed = fc.History.of("income", [2023, 2024], [9.0, 9.9], area="E", unit="k")
    met = fc.joint_probability([*HALF, Fixed.after(seen, [0.0])], ALL, dependence="independent")
    assert_allclose(met.probability, 1 / 8)
    lost = fc.joint_probability([*HALF, Fixed.after(missed, [0.0])], ALL)
    assert lost.each[-1] == 0
    assert 0 < lost.probability < 1e-5


def test_at_most_in_every_area() -> None:
    target = fc.Target.all_areas("income", 10, year=2024, direction="at_most")
    fits = [area("A", 9, 9, 9, 11), area("B", 9, 11)]
    assert_allclose(fc.joint_probability(fits, target, dependence="independent").probability, 3 / 8)


@pytest.mark.parametrize("p", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("direction", ["at_least", "at_most"])
def test_what_all_areas_reach_is_met_with_that_probability(p: float, direction: str) -> None:
    fits = [
        fc.Drift().fit(fc.History.of("income", range(2018, 2024), values, area=name))
        for name, values in (("A", [6, 7, 7, 8, 8, 9]), ("B", [5, 7, 6, 8, 9, 9]), ("C", [8, 8, 9, 9, 9, 11]))
    ]
    for target in (
        fc.Target.all_areas("income", 10, year=2026, direction=direction),
        fc.Target.at_least_k_areas("income", 10, k=2, year=2026, direction=direction),
    ):
        value = fc.joint_reachable(fits, target, p=p)
        asked = (
            fc.Target.all_areas("income", value, year=2026, direction=direction)
            if target.kind.k is None
            else fc.Target.at_least_k_areas("income", value, k=2, year=2026, direction=direction)
        )
        assert_allclose(fc.joint_probability(fits, asked).probability, p, atol=1e-6)


def shocked(rho: float, areas: int, years: int, seed: int) -> list[fc.History]:
    rng = np.random.default_rng(seed)
    common = rng.standard_normal(years)
    return [
        fc.History.of(
            "x",
            range(2000, 2000 + years + 1),
            np.cumsum([0, *(2 + np.sqrt(rho) * common + np.sqrt(1 - rho) * rng.standard_normal(years))]),
            area=str(i),
        )
        for i in range(areas)
    ]


@pytest.mark.parametrize("rho", [0.0, 0.4, 0.8])
def test_a_common_shock_is_found_in_long_records(rho: float) -> None:
    found = np.mean([fc.common_shock(shocked(rho, 8, 400, seed)) for seed in range(5)])
    assert_allclose(found, rho, atol=0.06)


def test_a_short_record_is_drawn_towards_what_is_usual() -> None:
    assert (
        fc.common_shock(shocked(0.8, 3, 2, 1)) == PRIOR_CORRELATION
    )  # two changes have no ranks to speak of
    one = fc.History.of("x", range(2000, 2011), np.arange(11) ** 2.0, area="A")
    same = fc.History.of("x", range(2000, 2011), np.arange(11) ** 2.0, area="B")
    # Ten common years, eight of knowledge: (8 x 1 + 20 x 0.1) / 28.
    assert_allclose(fc.common_shock([one, same]), (8 + PRIOR_YEARS * PRIOR_CORRELATION) / (8 + PRIOR_YEARS))
    assert fc.common_shock([one, fc.History.of("x", one.years, -one.values, area="B")]) == 0.0
    assert HIGHEST < 1


def test_one_area_cannot_answer_for_all() -> None:
    for ask in (fc.probability, fc.reachable, fc.year_reached, fc.growth_for_probability):
        with pytest.raises(
            fc.TargetError, match=r"joint_probability|no one pace belongs to a target of kind .all_areas."
        ):
            ask(HALF[0], ALL)
    assert_allclose(fc.probability(HALF[0], ALL.for_one_area()), 0.5)


def test_what_is_not_a_question_about_areas() -> None:
    single = fc.Target.at_least("income", 10, year=2024)
    with pytest.raises(fc.TargetError, match=r"takes an all_areas or at_least_k_areas target; got at_least"):
        fc.joint_probability(HALF, single)
    with pytest.raises(fc.TargetError, match=r"income: no area was given"):
        fc.joint_probability([], ALL)
    with pytest.raises(fc.TargetError, match=r"income: given twice: 'A'"):
        fc.joint_probability([HALF[0], HALF[0]], ALL)
    with pytest.raises(fc.TargetError, match=r"4 areas are to meet it, but only 3 were given"):
        fc.joint_probability(HALF, k_of(4))
    with pytest.raises(fc.TargetError, match=r"at least 1; got 0"):
        k_of(0)
    for dependence in ("some", 1.0, -0.1):
        with pytest.raises(fc.TargetError, match=r"'common_shock', 'independent' or a correlation"):
            fc.joint_probability(HALF, ALL, dependence=dependence)
