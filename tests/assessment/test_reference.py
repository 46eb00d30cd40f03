"""The outside view: windows counted by hand, percentiles read honestly, nothing from the future."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.assessment.reference import Comparators, ReferenceClass, between_percentiles, spread_over
from forecast.assessment.reference_data import LEVELS, ChangeRecord, Summary

OWN = fc.History.of("x", [2020], [100.0], area="own")


def places(ends: list[float], *, start: float = 100.0, area: str = "") -> ReferenceClass:
    """One window of five years a place, from *start* to each of *ends*."""
    panel = [fc.History.of("x", [2015, 2020], [start, end], area=f"{area}{i}") for i, end in enumerate(ends)]
    return ReferenceClass.from_panel(panel, population="places")


def at_least(value: float, year: int = 2025) -> fc.Target:
    return fc.Target.at_least("x", value, year=year)


def test_windows_are_counted_by_hand_and_equality_counts() -> None:
    found = places([110.0] * 15 + [121.0] * 5).compare(OWN, at_least(121.0))
    assert (found.share, found.windows, found.horizons, found.side) == (0.25, 20, (5,), "")
    assert found.pace == pytest.approx(1.21**0.2 - 1)
    assert found.probability == pytest.approx(5.5 / 21)


def test_at_most_is_the_mirror_of_at_least() -> None:
    ends = list(np.linspace(80, 130, 41))
    up = places(ends).compare(OWN, at_least(111.0)).share
    down = places(ends).compare(OWN, fc.Target.at_most("x", 111.0, year=2025)).share
    assert up + down == pytest.approx(1.0)


def test_a_share_moves_by_points_and_an_amount_by_ratios() -> None:
    share = replace(OWN, bounds=(0, 200))
    doubled = places([200.0] * 20, start=50.0)
    # From 50 to 200 is four times, or 150 points: from 100 that is 400, or 250 (held at the bound).
    assert doubled.compare(OWN, at_least(399.0)).share == 1.0
    assert doubled.outlook(share, 2025).median() == 200.0
    assert doubled.compare(share, at_least(200.0)).pace == pytest.approx(20.0)


def test_only_comparable_starts_count() -> None:
    near = [fc.History.of("x", [2015, 2020], [100.0 + i, 150.0], area=f"near{i}") for i in range(60)]
    far = [fc.History.of("x", [2015, 2020], [1e4, 1e4], area=f"far{i}") for i in range(120)]
    found = ReferenceClass.from_panel(near + far, population="p").compare(OWN, at_least(90.0))
    assert (found.windows, found.start) == (60, (100.0, 159.0))


def test_nothing_that_ends_later_is_known() -> None:
    early = places([110.0] * 30)
    assert isinstance(early.experience, Comparators)
    late = tuple(fc.History.of("x", [2016, 2021], [100.0, 9e9], area=f"late{i}") for i in range(40))
    planted = ReferenceClass.from_panel((*early.experience.histories, *late), population="places")
    assert planted.compare(OWN, at_least(120.0)) == early.compare(OWN, at_least(120.0))


def test_the_area_itself_and_windows_across_a_break_are_left_out() -> None:
    panel = [fc.History.of("x", [2015, 2020], [100.0, 120.0], area=str(i)) for i in range(30)]
    panel[0] = replace(panel[0], breaks=(2018,))
    panel[1] = replace(panel[1], area="own")
    assert ReferenceClass.from_panel(panel, population="p").compare(OWN, at_least(110.0)).windows == 28


def test_a_panel_comes_as_a_list_as_histories_and_as_a_frame() -> None:
    panel = [fc.History.of("x", [2015, 2020], [100.0, 100.0 + i], area=str(i)) for i in range(30)]
    other = fc.History.of("y", [2015, 2020], [100.0, 900.0], area="0")
    rows = [(h.area, "x", y, v) for h in panel for y, v in zip(h.years, h.values, strict=True)]
    frame = pd.DataFrame(rows, columns=["area", "indicator", "year", "value"])
    found = [
        ReferenceClass.from_panel(given, population="p").compare(OWN, at_least(115.0))
        for given in (panel, fc.Histories([*panel, other]), frame)
    ]
    assert found[0] == found[1] == found[2]
    assert found[0].share == 0.5


def test_too_few_places_are_an_error_with_the_number() -> None:
    with pytest.raises(
        fc.TargetError, match="fewer than 20 windows comparable with the next 5 years are known by 2020"
    ):
        places([110.0] * 19).compare(OWN, at_least(120.0))


def test_a_course_has_no_outside_view() -> None:
    with pytest.raises(fc.TargetError, match="others' pace cannot answer"):
        places([110.0] * 30).compare(OWN, fc.Target.rising("x", year=2025, rule="every_year"))


def test_percentiles_are_met_exactly_and_nothing_is_known_beyond_them() -> None:
    values = np.array([-3.0, -1, 0, 1, 2, 3, 4, 5, 8])
    paces = between_percentiles(LEVELS, values, 10_000)
    assert_allclose(np.quantile(paces, LEVELS), values, atol=0.05)
    assert (paces.min(), paces.max()) == (-3.0, 8.0)


def row(horizon: int, last_year: int, shift: float = 0.0, **changes: object) -> ChangeRecord:
    percentiles = tuple(shift + np.array([-0.03, -0.01, 0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.08]))
    made = ChangeRecord(horizon, (None, None), last_year - 4, last_year, 500, True, percentiles, "made up")
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rate", "share", "side"),
    [(0.09, 0.01, "below"), (0.05, 0.05, ""), (0.02, 0.5, ""), (-0.05, 0.99, "above")],
)
def test_a_summary_says_less_than_one_per_cent(rate: float, share: float, side: str) -> None:
    places = ReferenceClass("p", Summary((row(5, 2020),)))
    found = places.compare(OWN, at_least(100 * (1 + rate) ** 5))
    assert (round(found.share, 2), found.side) == (share, side)
    assert 0 < found.probability < 1


def test_between_two_horizons_the_answer_lies_between_theirs() -> None:
    places = ReferenceClass("p", Summary((row(3, 2020), row(5, 2020, shift=0.03))))
    goals = {years: at_least(100 * 1.035**years, 2020 + years) for years in (3, 4, 5, 9)}
    found = {years: places.compare(OWN, goal) for years, goal in goals.items()}
    assert found[3].share < found[4].share < found[5].share
    assert [found[years].horizons for years in (3, 4, 5, 9)] == [(3,), (3, 5), (5,), (5,)]


def test_a_pace_is_not_carried_on_for_more_than_twice_as_long() -> None:
    places = ReferenceClass("p", Summary((row(5, 2020),)))
    assert places.compare(OWN, at_least(150.0, 2030)).horizons == (5,)
    with pytest.raises(fc.TargetError, match="comparable with the next 11 years"):
        places.compare(OWN, at_least(150.0, 2031))


def test_a_summary_prefers_what_was_known_and_says_when_it_was_not() -> None:
    rows = (row(5, 2010), row(5, 2018, shift=0.01), row(5, 2025, shift=0.9))
    places = ReferenceClass("p", Summary(rows))
    assert places.compare(OWN, at_least(110.0)).last_year == 2018
    early = fc.History.of("x", [2005], [100.0])
    found = places.compare(early, at_least(110.0, 2010))
    assert (found.last_year, found.overlaps) == (2010, True)


def test_a_summary_takes_the_band_of_the_last_value() -> None:
    rows = (row(5, 2019, start=(None, 50.0)), row(5, 2019, 0.05, start=(50.0, None)), row(5, 2019, 0.2))
    assert ReferenceClass("p", Summary(rows)).compare(OWN, at_least(120.0)).start == (50.0, None)


@pytest.mark.parametrize(
    ("years", "expected"), [(1, {1: 1.0}), (4, {3: 0.5, 5: 0.5}), (6, {5: 0.8, 10: 0.2}), (30, {10: 1.0})]
)
def test_horizons_between_and_beyond(years: int, expected: dict[int, float]) -> None:
    got = spread_over((1, 2, 3, 5, 10), years)
    assert got.keys() == expected.keys()
    assert_allclose(list(got.values()), list(expected.values()))


class TestShipped:
    """Facts from the percentiles that travel with the library."""

    histories = fc.read_histories(fc.data_path("historical"))

    def test_jiangyuan_needs_what_three_in_a_hundred_counties_managed(self) -> None:
        own = self.histories["Jiangyuan", "primary_industry_value_added"]
        target = fc.Target.at_least(own.indicator, 20, year=2026, unit="亿元")
        a = fc.assess(own, target)
        assert a.reference is not None
        assert a.reference.pace == pytest.approx(0.167, abs=5e-4)
        assert 0.02 <= a.reference.share <= 0.035
        assert (a.reference.first_year, a.reference.last_year, a.reference.windows) == (2017, 2021, 1569)
        assert a.reference.population == "Chinese counties"

    def test_places_at_home_compare_before_all_countries(self) -> None:
        jilin = self.histories["Jilin", "urbanization_rate"]
        at_home = fc.shipped_reference(jilin, self.histories.catalogue)
        abroad = fc.shipped_reference(replace(jilin, area="Bavaria"))
        assert at_home is not None
        assert abroad is not None
        assert (at_home.population, abroad.population) == ("Chinese provinces", "countries")

    def test_what_nobody_measured_has_none(self) -> None:
        assert fc.shipped_reference(fc.History.of("school_satisfaction", [2020], [1.0])) is None

    def test_every_row_has_a_source(self) -> None:
        rows = pd.read_csv(fc.data_path("reference/changes.csv"), keep_default_na=False)
        assert (rows["source"] != "").all()
        percentiles = rows[[c for c in rows if c.startswith("p") and c[1:].isdigit()]].to_numpy()
        assert (np.diff(percentiles, axis=1) >= 0).all()
        assert len(rows) == 86


class TestInAssess:
    def test_one_own_point_is_enough_and_is_labelled(self) -> None:
        own = fc.History.of("forest_cover", [2021], [55.0], unit="%", bounds=(0, 100))
        a = fc.assess(own, fc.Target.at_least("forest_cover", 56.0, year=2026, unit="%"))
        assert a.reference is not None
        assert a.probability == a.reference.probability
        assert (a.status, a.fitted, a.failure) == ("open", None, None)
        assert [note.key for note in a.notes if note.key == "from_reference"] == ["from_reference"]

    def test_with_more_points_the_model_answers_and_a_gap_is_a_note(self) -> None:
        steep = fc.History.of(
            "forest_cover", range(2012, 2022), np.arange(40.0, 60, 2), unit="%", bounds=(0, 100)
        )
        a = fc.assess(steep, fc.Target.at_least("forest_cover", 65.0, year=2026, unit="%"))
        assert a.fitted is not None
        assert a.reference is not None
        assert a.probability is not None
        assert a.probability > 0.5 > a.reference.share
        assert "outside_view_lower" in [note.key for note in a.notes]

    def test_shorter_windows_than_the_years_ahead_are_a_note(self) -> None:
        own = fc.History.of("primary_industry_value_added", [2021], [9.248], unit="亿元", bounds=(0, None))
        near, far = (
            fc.assess(own, fc.Target.at_least(own.indicator, 20, year=year, unit="亿元"))
            for year in (2026, 2028)
        )
        assert "reference_horizon" not in [note.key for note in near.notes]
        assert {n.key: n.values for n in far.notes}["reference_horizon"] == {"years": 7, "used": 5}

    def test_another_reference_replaces_the_first(self) -> None:
        own = fc.History.of("forest_cover", [2021], [55.0], unit="%", bounds=(0, 100))
        a = fc.assess(own, fc.Target.at_least("forest_cover", 56.0, year=2026, unit="%"))
        panel = [
            fc.History.of("forest_cover", [2016, 2021], [50.0, 52.0], area=str(i), bounds=(0, 100))
            for i in range(30)
        ]
        b = fc.with_reference(a, ReferenceClass.from_panel(panel, population="thirty"))
        assert b.probability == pytest.approx(30.5 / 31)
        assert [note.values["population"] for note in b.notes if note.key == "from_reference"] == ["thirty"]
        assert fc.with_reference(a, None) is a

    def test_a_plan_compares_with_its_own_areas_where_they_are_many(self) -> None:
        panel = [
            fc.History.of("x", range(2010, 2021), 100 * (1 + i / 1000) ** np.arange(11), area=str(i))
            for i in range(40)
        ]
        plan = fc.Plan((fc.Item("1", at_least(150.0), area="0"),))
        reference = fc.assess_plan(plan, fc.Histories(panel)).assessments[0].reference
        assert reference is not None
        assert reference.population == "other areas"

    def test_a_base_that_only_the_plan_gives_has_the_outside_view(self) -> None:
        target = fc.Target.at_least("forest_cover", 56.0, year=2026, unit="%")
        plan = fc.Plan((fc.Item("1", target, area="A", base_year=2021, base_value=55.0),))
        a = fc.assess_plan(plan, fc.Histories()).assessments[0]
        assert a.reference is not None
        assert a.probability is not None
        assert a.failure is None
