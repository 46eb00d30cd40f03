from __future__ import annotations

from typing import ClassVar

import pytest

import forecast as fc
from forecast.assessment.areas import areas_of
from forecast.history.catalogue import Area, Catalogue
from forecast.models.base import LinearFit

YEARS = range(2014, 2024)
TARGET = fc.Target.all_areas("income", 10, year=2026)


def village(area: str, start: float) -> fc.History:
    return fc.History.of("income", YEARS, [start + 0.4 * t + 0.2 * (-1) ** t for t in range(10)], area=area)


VILLAGES = [village("A", 6.0), village("B", 6.5), village("C", 7.0)]


def test_all_are_less_likely_than_the_least_likely() -> None:
    together = fc.assess_areas(VILLAGES, TARGET)
    alone = [fc.assess(v, TARGET.for_one_area()).probability for v in VILLAGES]
    assert together.probability is not None
    assert None not in alone
    assert together.probability < min(p for p in alone if p is not None)
    assert together.history is not None
    assert together.history.area == "A"


class Counted(fc.Drift):
    """Drift that writes down whom it was fitted to."""

    asked: ClassVar[list[str]] = []

    def fit(self, history: fc.History) -> LinearFit:
        self.asked.append(history.area)
        return super().fit(history)


def test_each_area_is_fitted_once() -> None:
    Counted.asked.clear()
    found = fc.assess_areas(VILLAGES, TARGET, model=Counted())
    assert Counted.asked == ["A", "B", "C"]
    alone = fc.assess(VILLAGES[0], TARGET.for_one_area(), model=fc.Drift())
    assert (found.reachable, found.year_reached) == (alone.reachable, alone.year_reached)


def test_at_least_one_is_more_likely_than_the_most_likely() -> None:
    together = fc.assess_areas(VILLAGES, fc.Target.at_least_k_areas("income", 10, k=1, year=2026))
    best = fc.assess(VILLAGES[2], TARGET.for_one_area()).probability
    assert together.probability is not None
    assert best is not None
    assert together.probability > best


def test_the_catalogue_says_which_areas_make_up_a_place() -> None:
    part_of = {"A": "J", "B": "J", "C": "K"}
    catalogue = Catalogue(areas={name: Area(name, part_of=place) for name, place in part_of.items()})
    assert [h.area for h in areas_of("J", "income", fc.Histories(VILLAGES, catalogue))] == ["A", "B"]
    assert [h.area for h in areas_of("J", "income", fc.Histories(VILLAGES))] == ["A", "B", "C"]


def test_a_plan_asks_all_areas_of_its_place() -> None:
    plan = fc.Plan((fc.Item("1", TARGET, area="J"),))
    found = fc.assess_plan(plan, fc.Histories(VILLAGES)).assessments[0]
    assert found.probability == fc.assess_areas(VILLAGES, TARGET, as_of=2023).probability
    assert found.notes[-1].values["needed"] == 3


def test_no_area_is_a_failure_that_says_so() -> None:
    plan = fc.Plan((fc.Item("1", TARGET, area="J"),))
    assert "no area of 'J' has a history" in str(fc.assess_plan(plan, fc.Histories()).failures[0].problem)
    with pytest.raises(fc.TargetError, match="no area has a history"):
        fc.assess_areas([], TARGET)


class TestParents:
    """A city whose villages are thin: it lends to each, and is asked nothing itself."""

    CITY = fc.History.of("income", range(2010, 2026), [70 + 3.5 * t for t in range(16)], area="City")
    CATALOGUE = Catalogue(areas={name: Area(name, part_of="City") for name in "ABC"})
    PLAN = fc.Plan((fc.Item("1", TARGET, area="City"),))

    def test_villages_borrow_in_a_plan_as_when_named(self) -> None:
        thin = [village("A", 6.0), village("B", 6.5).until(2014), village("C", 7.0)]
        assert len(thin[1]) == 1
        study = fc.assess_plan(self.PLAN, fc.Histories((*thin, self.CITY), self.CATALOGUE))
        found = study.assessments[0]
        assert found.together is not None
        named = fc.assess_areas(thin, TARGET, parents=dict.fromkeys("ABC", (self.CITY,)))
        assert found.probability == named.probability
        # Each village's own probability is that of the model that borrows, alone.
        alone = [fc.SmallArea([self.CITY]).fit(each) for each in thin]
        assert named.together is not None
        for fitted, p in zip(alone, named.together.each, strict=True):
            assert p == pytest.approx(fitted.predict(2026).at_least(10), rel=1e-7)
        assert any(note.key.startswith("lent_") for note in found.notes)
        # The plan is asked as of the newest figure that any of them has.
        assert study.as_of == 2025

    def test_without_parents_answers_are_as_before(self) -> None:
        histories = fc.Histories((*VILLAGES, self.CITY), self.CATALOGUE).without_parents()
        found = fc.assess_plan(self.PLAN, histories).assessments[0]
        assert found.probability == fc.assess_areas(VILLAGES, TARGET).probability

    def test_figures_of_parents_after_as_of_are_not_used(self) -> None:
        parents = dict.fromkeys("ABC", (self.CITY,))
        then = fc.assess_areas(VILLAGES, TARGET, parents=parents, as_of=2023)
        known = {name: (self.CITY.until(2023),) for name in "ABC"}
        assert then.probability == fc.assess_areas(VILLAGES, TARGET, parents=known).probability
        assert then.probability != fc.assess_areas(VILLAGES, TARGET, parents=parents).probability
