"""The reference classes that travel with the library: percentiles, periods, bands, sources."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import forecast as fc
from forecast.assessment.reference import ReferenceClass
from forecast.assessment.reference_data import ChangeRecord, Summary

OWN = fc.History.of("x", [2020], [100.0], area="own")


def at_least(value: float, year: int = 2025) -> fc.Target:
    return fc.Target.at_least("x", value, year=year)


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
