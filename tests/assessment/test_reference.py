"""The outside view: windows counted by hand, percentiles read honestly, nothing from the future."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.assessment.reference import Comparators, ReferenceClass, between_percentiles, spread_over
from forecast.assessment.reference_data import LEVELS

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


@pytest.mark.parametrize(
    ("years", "expected"), [(1, {1: 1.0}), (4, {3: 0.5, 5: 0.5}), (6, {5: 0.8, 10: 0.2}), (30, {10: 1.0})]
)
def test_horizons_between_and_beyond(years: int, expected: dict[int, float]) -> None:
    got = spread_over((1, 2, 3, 5, 10), years)
    assert got.keys() == expected.keys()
    assert_allclose(list(got.values()), list(expected.values()))
