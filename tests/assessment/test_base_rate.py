"""The outside view of plans: shares met, a share of its own for each plan, and the shipped table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import betabinom

from forecast.assessment.base_rate import (
    BINDING,
    FEWEST_PLANS,
    PlanRecord,
    base_rate,
    shipped_base_rate,
    shipped_plans,
)
from forecast.errors import TargetError
from forecast.history.catalogue import Area, Catalogue
from forecast.history.shipped_data import data_path


def plans(*counts: tuple[int, int]) -> list[PlanRecord]:
    return [
        PlanRecord(f"plan {i}", "X", "nation", 2001, 2005, n, y, "unknown", "s")
        for i, (y, n) in enumerate(counts)
    ]


class TestMethod:
    def test_one_plan_of_one_target_is_worked_out_by_hand(self) -> None:
        # One target met: the likelihood is mu itself, whatever kappa; E(mu) = int mu^2 / int mu = 2/3.
        assert_allclose(base_rate(plans((1, 1))).probability, 2 / 3, atol=1e-3)
        assert_allclose(base_rate(plans((0, 1))).probability, 1 / 3, atol=1e-3)

    def test_it_agrees_with_the_beta_binomial_of_another_library(self) -> None:
        counts = [(7, 10), (2, 12), (9, 9)]
        mu, phi = np.meshgrid((np.arange(40) + 0.5) / 40, (np.arange(40) + 0.5) / 40, indexing="ij")
        kappa = 1 / phi - 1
        mass = np.prod([betabinom.pmf(y, n, mu * kappa, (1 - mu) * kappa) for y, n in counts], axis=0)
        assert_allclose(base_rate(plans(*counts)).probability, (mass * mu).sum() / mass.sum(), atol=1e-9)

    def test_plans_that_agree_say_more_than_plans_that_do_not(self) -> None:
        def width(*counts: tuple[int, int]) -> float:
            low, high = base_rate(plans(*counts)).interval(0.8)
            return high - low

        assert width(*[(10, 20)] * 6) < width((0, 20), (20, 20), (2, 20), (18, 20), (5, 20), (15, 20))

    def test_a_large_plan_is_one_plan(self) -> None:
        # Pooling would say 0.24; four of five plans met most of theirs.
        found = base_rate(plans((70, 300), (9, 10), (9, 10), (9, 10), (9, 10)))
        assert found.met / found.targets < 0.32
        assert found.probability > 0.6

    def test_records_of_one_plan_are_one_plan(self) -> None:
        one = PlanRecord("p", "X", "nation", 2001, 2005, 8, 8, "yes", "s")
        other = PlanRecord("p", "X", "nation", 2001, 2005, 14, 11, "no", "s")
        both = base_rate([one, other])
        assert (both.plans, both.targets, both.met) == (1, 22, 19)
        assert_allclose(both.probability, base_rate(plans((19, 22))).probability)

    @settings(max_examples=10)
    @given(st.lists(st.tuples(st.integers(0, 12), st.integers(12, 30)), min_size=1, max_size=5))
    def test_missed_is_the_mirror_of_met(self, counts: list[tuple[int, int]]) -> None:
        met, missed = base_rate(plans(*counts)), base_rate(plans(*((n - y, n) for y, n in counts)))
        assert_allclose(met.probability, 1 - missed.probability, atol=1e-9)
        assert_allclose(met.interval(0.8), 1 - np.array(missed.interval(0.8))[::-1], atol=0.005)

    @settings(max_examples=10)
    @given(st.lists(st.tuples(st.integers(0, 12), st.integers(12, 30)), min_size=1, max_size=5))
    def test_the_interval_widens_with_its_level_and_is_a_share(self, counts: list[tuple[int, int]]) -> None:
        found = base_rate(plans(*counts))
        (a, b), (c, d) = found.interval(0.5), found.interval(0.95)
        assert 0 <= c <= a <= b <= d <= 1

    def test_the_share_of_a_plan_is_found_again_in_a_simulation(self) -> None:
        rng = np.random.default_rng(5)
        shares = rng.beta(6, 4, 60)
        found = base_rate(plans(*((int(rng.binomial(20, p)), 20) for p in shares)))
        assert abs(found.probability - 0.6) < 0.06
        low, high = found.interval(0.8)
        held = ((rng.beta(6, 4, 20_000) >= low) & (rng.beta(6, 4, 20_000) <= high)).mean()
        assert 0.55 < held < 0.9

    @pytest.mark.parametrize(("met", "targets"), [(3, 2), (-1, 2), (0, 0)])
    def test_impossible_counts_are_refused(self, met: int, targets: int) -> None:
        with pytest.raises(TargetError, match="plan 0"):
            base_rate(plans((met, targets)))

    def test_no_plan_is_refused(self) -> None:
        with pytest.raises(TargetError, match="no plan"):
            base_rate([])

    def test_a_level_is_a_proportion(self) -> None:
        with pytest.raises(TargetError, match="proportion"):
            base_rate(plans((1, 2))).interval(80)


class TestShipped:
    def test_each_row_has_a_source_and_possible_counts(self) -> None:
        for each in shipped_plans():
            assert 0 <= each.met <= each.targets
            assert each.binding in BINDING
            assert each.first_year < each.last_year
            assert "http" in each.source or "github.com" in each.source
        table = pd.read_csv(data_path("reference/plans.csv"))
        assert table.columns.tolist() == [
            *("plan", "country", "level", "first_year", "last_year", "targets", "met", "binding"),
            *("source", "note"),
        ]
        assert not table.duplicated(["plan", "binding"]).any()

    @pytest.mark.parametrize(
        ("plan", "met", "targets"),
        [
            ("China 11th Five-Year Plan", 19, 22),
            ("China 12th Five-Year Plan", 23, 24),
            ("Viet Nam Socio-Economic Development Plan", 16, 26),
            ("Healthy People 2000", 68, 286),
            ("Aichi Biodiversity Targets", 0, 20),
        ],
    )
    def test_counts_are_the_published_ones(self, plan: str, met: int, targets: int) -> None:
        rows = [each for each in shipped_plans() if each.plan == plan]
        assert (sum(r.met for r in rows), sum(r.targets for r in rows)) == (met, targets)

    def test_a_district_is_compared_with_the_plans_of_its_country(self) -> None:
        places = Catalogue(areas={"D": Area("D", part_of="C"), "C": Area("C", part_of="China")})
        found = shipped_base_rate("D", places)
        assert found.country == "China"
        assert found.plans >= FEWEST_PLANS
        assert {each.country for each in found.records} == {"China"}

    def test_elsewhere_all_plans_compare(self) -> None:
        found = shipped_base_rate("nowhere")
        assert found.country == ""
        assert found.plans == len({each.plan for each in shipped_plans()})

    def test_areas_in_a_circle_end(self) -> None:
        circle = Catalogue(areas={"A": Area("A", part_of="B"), "B": Area("B", part_of="A")})
        assert shipped_base_rate("A", circle).country == ""
