"""The weather symbols of Destatis, against published ones."""

from __future__ import annotations

import pytest

from forecast.errors import TargetError
from forecast.rules import destatis
from forecast.rules.base import Verdict

RENEWABLES = dict(
    zip(
        range(2010, 2022),
        [11.5, 12.5, 13.7, 13.8, 14.4, 15.2, 15.0, 16.1, 16.9, 17.8, 19.5, 18.8],
        strict=True,
    )
)


@pytest.mark.parametrize(
    ("assessed", "target", "due", "published"),
    [
        # Destatis, indicator 7.2.a, share of renewable energy: symbols published for each year
        (2015, 18, 2020, "sun"),
        (2017, 18, 2020, "cloud"),
        (2020, 18, 2020, "sun"),
        (2020, 30, 2030, "sun_cloud"),
        (2021, 30, 2030, "cloud"),
    ],
)
def test_weather_of_renewable_energy(assessed, target, due, published):
    seen = {year: value for year, value in RENEWABLES.items() if year <= assessed}
    got = destatis.level(list(seen), list(seen.values()), target, target_year=due, direction=1)
    assert got.verdict == published


@pytest.mark.parametrize(
    ("values", "last", "published"),
    [
        # Destatis, indicator 8.2.c, debt of at most 60 % of GDP every year
        ([74.5, 71.2, 68.3, 64.0, 60.8, 58.7], 2019, "sun"),
        ([71.2, 68.3, 64.0, 60.8, 58.7, 68.0], 2020, "cloud"),
    ],
)
def test_weather_of_public_debt(values, last, published):
    got = destatis.maintain(range(last - 5, last + 1), values, 60, direction=-1)
    assert got.verdict == published


@pytest.mark.parametrize(
    ("values", "published"),
    [
        # Destatis, indicator 10.1, foreign school leavers with a certificate: 2015, 2018, 2019, 2021
        ([87.2, 88.2, 88.6, 89.3, 88.5, 88.2], "sun_cloud"),
        ([89.3, 88.5, 88.2, 85.8, 81.8, 81.8], "thunderstorm"),
        ([88.5, 88.2, 85.8, 81.8, 81.8, 82.4], "cloud"),
        ([85.8, 81.8, 81.8, 82.4, 85.3, 84.3], "thunderstorm"),
    ],
)
def test_weather_of_a_direction(values, published):
    assert destatis.directional(range(6), values, direction=1).verdict == published


def test_weather_of_a_survey_every_fourth_year():
    # Destatis, indicator 3.1.d, adult smokers, at most 19 % by 2030: a sun for 2017, no symbol for 2013.
    smokers = {2003: 27.4, 2005: 27.2, 2009: 25.7, 2013: 24.5, 2017: 22.4}
    early = {year: value for year, value in smokers.items() if year <= 2013}
    got = [
        destatis.level(list(s), list(s.values()), 19, target_year=2030, direction=-1)
        for s in (smokers, early)
    ]
    assert [v.verdict for v in got] == ["sun", None]
    assert got[1].withheld == "too_few_points"


def test_a_target_met_early_and_falling_is_not_a_plain_sun():
    values = [84.0, 83.0, 82.5, 82.0, 81.5, 81.0]
    assert destatis.level(range(2015, 2021), values, 80, target_year=2030, direction=1).verdict == "sun_cloud"


def test_five_per_cent_missed_is_no_longer_sun():
    # y = 0, T = 20, the line ends at 19: 5 % of the gap is missed, and sun asks for less than 5 %.
    got = destatis.level(range(6), [-5, -4, -3, -2, -1, 0], 20, target_year=24, direction=1)
    assert (got.value, got.verdict) == (0.05, "sun_cloud")
    # The line ends at 16: 20 % is the last of "at most 20 %".
    assert (
        destatis.level(range(6), [-5, -4, -3, -2, -1, 0], 20, target_year=21, direction=1).verdict
        == "sun_cloud"
    )
    assert (
        destatis.level(range(6), [-5, -4, -3, -2, -1, 0], 20, target_year=20, direction=1).verdict == "cloud"
    )


def test_no_change_is_adverse_for_a_level_and_not_for_a_value_to_keep():
    flat = [5.0] * 6
    assert destatis.level(range(6), flat, 9, target_year=10, direction=1).verdict == "thunderstorm"
    assert destatis.maintain(range(6), flat, 9, direction=1).verdict == "cloud"
    assert destatis.directional(range(6), flat, direction=1).verdict == "thunderstorm"


def test_three_points_are_no_verdict_and_a_gap_inside_is_no_matter():
    assert destatis.slope([2018, 2019, 2020], [1, 2, 3]) is None
    assert destatis.slope([2015, 2016, 2018, 2020], [1, 2, 3, 6]) == 1.0
    assert destatis.slope([2016, 2017, 2018, 2019, 2020], [1, 2, 3, 4, 7]) == 1.5


def test_weakest_bound_next_year_worst_target():
    assert destatis.interval(80, 95, direction=1) == 80
    assert destatis.next_target({2020: 18, 2030: 30}, 2020) == (2020, 18)
    assert destatis.next_target({2020: 18, 2030: 30}, 2031) == (2030, 30)
    verdicts = [Verdict("destatis", None, k, "x") for k in ("sun", None, "thunderstorm", "cloud")]
    assert destatis.worst(verdicts).verdict == "thunderstorm"
    with pytest.raises(TargetError, match="needs a target a year; got none"):
        destatis.next_target({}, 2020)
