"""The plan as a whole: counts, all binding ones, bounds, and what spoils it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from forecast.assessment.joint import count_distribution
from forecast.assessment.together import CORRELATION, PlanOutlook, Spoiler
from forecast.errors import TargetError

chances = st.lists(st.floats(0.001, 0.999), min_size=1, max_size=8)
rhos = st.floats(0.0, 0.95)


def outlook(each: list[float], correlation: float = 0.3, binding: int = 0, **more: object) -> PlanOutlook:
    ids = tuple(f"t{i}" for i in range(len(each)))
    return PlanOutlook(ids, np.array(each), ids[:binding], correlation=correlation, **more)  # type: ignore[arg-type]


def enumerated(each: list[float]) -> np.ndarray:
    """The distribution of the number met by going through every combination."""
    counts = np.zeros(len(each) + 1)
    for way in itertools.product((0, 1), repeat=len(each)):
        counts[sum(way)] += np.prod([p if met else 1 - p for p, met in zip(each, way, strict=True)])
    return counts


class TestByHand:
    def test_two_even_targets_that_have_nothing_in_common(self) -> None:
        plan = outlook([0.5, 0.5], 0.0, binding=2)
        assert_allclose(plan.distribution, [0.25, 0.5, 0.25], atol=1e-12)
        assert_allclose(plan.all_binding, 0.25, atol=1e-12)

    def test_two_even_targets_by_the_orthant_probability(self) -> None:
        # Both met: 1/4 + asin(rho) / (2 pi), the bivariate normal orthant.
        plan = outlook([0.5, 0.5], 0.4)
        assert_allclose(plan.all_met, 0.25 + np.arcsin(0.4) / (2 * np.pi), atol=1e-9)

    def test_full_dependence_is_a_staircase(self) -> None:
        # 0.9, 0.5, 0.2: none with 0.1, one with 0.4, two with 0.3, three with 0.2.
        plan = outlook([0.5, 0.9, 0.2], 1.0, binding=2)
        assert_allclose(plan.distribution, [0.1, 0.4, 0.3, 0.2], atol=1e-12)
        assert plan.all_met == 0.2
        assert plan.all_binding == 0.5

    def test_the_interval_leaves_at_most_a_tenth_on_each_side(self) -> None:
        plan = outlook([0.5] * 4, 0.0)  # 1, 4, 6, 4, 1 sixteenths
        assert plan.interval(0.8) == (1, 3)
        assert plan.interval(0.9) == (0, 4)
        assert plan.interval(0.5) == (1, 3)

    def test_outcomes_count_as_what_they_are(self) -> None:
        plan = outlook([1.0, 0.0, 0.5], 0.3)
        assert_allclose(plan.distribution, [0, 0.5, 0.5, 0], atol=1e-9)
        assert plan.expected == 1.5
        assert plan.all_met == 0

    def test_the_weakest_spoils_it_most_often(self) -> None:
        plan = outlook([0.9, 0.5], 0.0, binding=2)
        # Not both: 0.55. Missed among those cases: 0.1 / 0.55 and 0.5 / 0.55.
        assert [each.id for each in plan.spoilers] == ["t1", "t0"]
        assert_allclose([each.share for each in plan.spoilers], [0.5 / 0.55, 0.1 / 0.55])

    def test_only_binding_targets_can_spoil_where_there_are_some(self) -> None:
        plan = outlook([0.9, 0.5, 0.1], 0.2, binding=2)
        assert {each.id for each in plan.spoilers} == {"t0", "t1"}

    def test_nothing_spoils_what_is_met_for_certain(self) -> None:
        assert outlook([1.0, 1.0], 0.3).spoilers == ()
        assert outlook([1.0, 0.5], 0.3).spoilers[0] == Spoiler("t1", 1.0)

    def test_without_binding_targets_there_is_no_such_probability(self) -> None:
        assert outlook([0.5, 0.4]).all_binding is None

    def test_two_targets_on_one_series_are_missed_together(self) -> None:
        plan = outlook([0.5, 0.9], 0.0, groups=((0, 1),))
        assert_allclose(plan.distribution, [0.1, 0.4, 0.5], atol=1e-12)
        assert_allclose(plan.all_met, 0.5, atol=1e-12)


class TestIdentities:
    @given(chances, rhos)
    def test_it_is_a_distribution_with_the_mean_of_the_marginals(self, each: list[float], rho: float) -> None:
        plan = outlook(each, rho)
        assert_allclose(plan.distribution.sum(), 1, atol=1e-9)
        assert_allclose(plan.distribution @ np.arange(len(each) + 1), plan.expected, atol=1e-7)
        assert_allclose(plan.all_met, plan.distribution[-1], atol=1e-9)

    @given(chances)
    def test_independence_is_every_combination(self, each: list[float]) -> None:
        assert_allclose(outlook(each, 0.0).distribution, enumerated(each), atol=1e-9)
        assert_allclose(outlook(each, 0.5).independent.distribution, enumerated(each), atol=1e-9)

    @given(chances, rhos, rhos)
    def test_all_lies_between_the_bounds_and_rises_with_dependence(
        self, each: list[float], one: float, other: float
    ) -> None:
        low, high = sorted((one, other))
        weak, strong = outlook(each, low), outlook(each, high)
        assert max(sum(each) - len(each) + 1, 0) - 1e-12 <= weak.all_met <= min(each)
        assert weak.independent.all_met <= weak.all_met + 1e-9
        assert weak.all_met <= strong.all_met + 1e-9
        assert strong.all_met <= strong.fully_dependent.all_met + 1e-9

    @given(chances, rhos, st.permutations(range(8)))
    def test_the_order_of_the_plan_does_not_matter(
        self, each: list[float], rho: float, order: list[int]
    ) -> None:
        shuffled = [each[i] for i in order if i < len(each)]
        assert_allclose(outlook(each, rho).distribution, outlook(shuffled, rho).distribution, atol=1e-9)

    @given(chances, rhos, st.floats(0.05, 0.99))
    def test_the_interval_holds_what_it_says(self, each: list[float], rho: float, level: float) -> None:
        plan = outlook(each, rho)
        low, high = plan.interval(level)
        assert 0 <= low <= high <= len(each)
        assert plan.distribution[low : high + 1].sum() >= level - 1e-6

    @given(chances, rhos)
    def test_mirrored_plans_have_mirrored_distributions(self, each: list[float], rho: float) -> None:
        mirrored = outlook([1 - p for p in each], rho).distribution[::-1]
        assert_allclose(outlook(each, rho).distribution, mirrored, atol=1e-9)

    def test_a_certain_target_adds_one(self) -> None:
        assert_allclose(
            outlook([0.3, 0.7, 1.0]).distribution[1:], outlook([0.3, 0.7]).distribution, atol=1e-9
        )


class TestSimulation:
    @pytest.mark.parametrize("rho", [0.0, CORRELATION, 0.3, 0.7])
    def test_counts_drawn_with_a_known_correlation_agree(self, rho: float) -> None:
        from scipy.special import ndtri

        each, n, rng = np.array([0.95, 0.8, 0.6, 0.4, 0.1]), 200_000, np.random.default_rng(3)
        shock = rng.standard_normal((n, 1))
        own = rng.standard_normal((n, len(each)))
        met = np.sqrt(rho) * shock + np.sqrt(1 - rho) * own <= ndtri(each)
        seen = np.bincount(met.sum(axis=1), minlength=len(each) + 1) / n
        # Four standard errors of a share at most.
        assert_allclose(outlook(each.tolist(), rho).distribution, seen, atol=4 * 0.5 / np.sqrt(n))
        plan = outlook(each.tolist(), rho, binding=3)
        assert_allclose(plan.all_binding, met[:, :3].all(axis=1).mean(), atol=4 * 0.5 / np.sqrt(n))

    def test_the_wrong_correlation_would_be_seen(self) -> None:
        each = [0.95, 0.8, 0.6, 0.4, 0.1]
        apart = np.abs(outlook(each, 0.3).distribution - outlook(each, 0.0).distribution).max()
        assert apart > 4 * 4 * 0.5 / np.sqrt(200_000)


class TestRefusals:
    @pytest.mark.parametrize("level", [0, 1, 80, -0.2])
    def test_a_level_is_a_proportion(self, level: float) -> None:
        with pytest.raises(TargetError, match="proportion"):
            outlook([0.5]).interval(level)

    def test_groups_keep_the_marginals(self) -> None:
        each = np.array([0.3, 0.6, 0.8, 0.9])
        counts = count_distribution(each, 0.4, ((0, 2), (1, 3)))
        assert_allclose(counts @ np.arange(5), each.sum(), atol=1e-7)
