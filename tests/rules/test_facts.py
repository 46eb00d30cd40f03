"""Worked examples from published documents, each with its source."""

from __future__ import annotations

import math

import pytest
from numpy.testing import assert_allclose

from forecast.rules import aarr, china, china_rates, destatis, escap, statcan, trend, unsd
from forecast.rules.base import Track, Verdict

# Qinghai bureau of statistics, 2009-09-17: energy per GDP in 2006, 2007, 2008 against -17 % in five years.
QINGHAI = (0.0151, -0.0220, -0.0418)
# Hubei Daily, 2018-11-30: shanty-town homes rebuilt, in 10 000, against 110 in 2016-2020.
HUBEI = (39.6, 41.3, 14.5)


@pytest.mark.parametrize(
    ("start", "end", "span", "convention", "published", "digits"),
    [
        (100, 90, 25, "continuous", 0.004, 3),  # UNICEF, "For every child": under-five deaths 1990-2015
        (20, 10, 25, "continuous", 0.028, 3),  # the same; compounded it would be 2.7 %
        (3, 1, 25, "continuous", 0.044, 3),  # MDG 4, two thirds less in 1990-2015: UN IGME 2013
        (339, 223, 20, "compound", 0.0207, 4),  # UN MMEIG 2020: maternal deaths, world 2000-2020
        (1, 0.5, 13, "compound", 0.052, 3),  # WHA 2025: anaemia, the only form that gives 5.2
        (1, 0.7, 13, "continuous", 0.0274, 4),  # WHA 2025: low birth weight, the only form that gives 2.74
    ],
)
def test_published_rates_of_reduction(start, end, span, convention, published, digits):
    assert round(aarr.reduction(start, end, span, convention=convention).value, digits) == published


def test_unicef_technical_note_2007():
    # UNICEF technical note on AARR (2007): slope -0.06613 of ln(prevalence) is 6.4 % a year.
    assert round(aarr.from_slope(-0.06613).value, 3) == 0.064


def test_regression_and_endpoints_recover_an_exact_decline():
    years = list(range(2000, 2016))
    values = [100 * 0.976 ** (year - 2000) for year in years]
    assert_allclose(aarr.aarr(years, values).value, 0.024, rtol=1e-12)
    assert_allclose(aarr.endpoint(years[::-1], values[::-1]).value, 0.024, rtol=1e-12)


def test_qinghai_counts_a_reduction_rate_in_logarithms():
    done = china_rates.total_change(QINGHAI)
    assert round(done, 4) == -0.0487
    assert round(china_rates.annual_change(-0.17, 5), 4) == -0.0366
    rest = china_rates.remaining_change(done, -0.17)
    assert round(rest, 4) == -0.1275
    assert round(china_rates.annual_change(rest, 2), 4) == -0.0659
    assert round(china_rates.log_progress(done, -0.17).value, 3) == 0.268
    assert china.schedule(3, 0, 5) == 0.6
    assert round(china_rates.equivalent_years(done, -0.0366), 4) == 1.3398


def test_hubei_is_above_the_required_progress_at_half_time():
    done = china.cumulative(HUBEI, 110)
    verdict = china.provincial(done, china.schedule(2017.5, 2015, 2020), met=False)
    assert round(done.value, 3) == 0.867
    assert china.TERMS[verdict.verdict]["zh"] == "超过进度要求"


def test_hubei_water_has_reached_its_final_target():
    # Share of water worse than class V: 2.6 % in the first half of 2018, at most 6.1 % asked for.
    track = Track(2015, None, 2017.5, 2.6, -1, 6.1, 2020)
    verdict = china.provincial(china.completion(track), 0.5, met=track.met())
    assert china.TERMS[verdict.verdict]["zh"] == "已达期末目标"


def test_the_national_mid_term_counts_of_2023_add_up():
    # NDRC to the NPC standing committee, 2023-12-26: 20 indicators.
    counts = china.tally(
        ["achieved_early"] * 4
        + ["faster_than_expected"] * 5
        + ["broadly_as_expected"] * 7
        + ["behind_expectation"] * 4
    )
    assert counts["all"].total() == 20


def test_the_xiaokang_index_needed_more_than_its_pace():
    # NBS monitoring report 2006: 57.05 in 2000, 69.05 in 2006, "entirely attainable"; the line ends at 97.05.
    rates = {v.convention: v.value for v in aarr.rates(Track(2000, 57.05, 2006, 69.05, 1, 100, 2020))}
    assert_allclose(rates["observed_linear"], 2.0)
    assert_allclose(rates["required_linear"], 30.95 / 14)
    assert rates["observed_linear"] < rates["required_linear"]


@pytest.mark.parametrize(
    ("track", "limit", "value", "score", "verdict"),
    [
        # Canadian Indicator Framework, indicator_calculation_components.yml, 2026-07-21
        (
            Track(2015, 14.5, 2023, 10.4, -1, 7.25, 2030),
            None,
            0.90109,
            2.150695,
            "moderate_progress",
        ),  # 1-1-1
        (
            Track(2015, 0.37, 2025, 9.53, 1, 60, 2030),
            None,
            0.950407,
            2.502962,
            "substantial_progress",
        ),  # 12-1-1
        (Track(2015, 58.2, 2025, 59.5, 1, 50, 2030), None, 0.219549, 5.0, "target_achieved"),  # 9-7-1
        (Track(2016, 66.6, 2023, 71.4, 1), 100, 0.009991, 1.739753, "moderate_progress"),  # 1-2-1
        (Track(2015, 97.4, 2022, 99.7, 1), 100, 0.00334, 5.0, "substantial_progress"),  # 9-4-1
        (Track(2015, 825, 2022, 554, -1), None, 0.0553, 5.0, "substantial_progress"),  # 3-10-1
    ],
)
def test_statistics_canada(track, limit, value, score, verdict):
    got = statcan.progress(track, limit=limit)
    assert got.verdict == verdict
    assert_allclose(got.value, value, atol=5e-7)
    assert_allclose(got.score, score, atol=5e-7)


def test_statistics_canada_averages_the_series_of_an_indicator():
    # Indicator 3-5-1, the same file.
    series = [Verdict("statcan", None, None, "growth", score=s) for s in (1.7703341529044656, 5.0, None)]
    whole = statcan.aggregate(series)
    assert whole.verdict == "substantial_progress"
    assert_allclose(whole.score, 3.385167076452233, rtol=1e-12)


def test_the_basque_office_on_poverty():
    # EUSTAT, metodologia: the note of 2023 on 14.5 (2015) -> 10.4 (2023), 7.25 by 2030.
    got = unsd.progress_2023(Track(2015, 14.5, 2023, 10.4, -1, 7.25, 2030))
    assert (got.verdict, got.score) == ("fair_progress", 2.0)
    assert_allclose((got.value, got.projected), (0.9274871539562839, 7.775718133816942), rtol=1e-12)


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


def test_current_status_index():
    # UN ESCAP: a quarter of the way from 40 to 100, and half the way to parity.
    assert_allclose(escap.current_status(Track(2000, 40, 2020, 55, 1, 100, 2030)).value, 2.5)
    assert_allclose(escap.parity(0.8, 0.9).value, 5.0)
    assert_allclose(escap.parity(1.2, 1.1).value, 5.0)


def test_one_growth_rate_under_five_sets_of_cut_offs():
    # EUSTAT, UNSD 2022, Open SDG, Eurostat and ASTAT pages: +0.8 % a year, more is better.
    track = Track(2020, 100.0, 2021, 100.8, 1)
    assert unsd.progress_2023(track).score == 2
    assert unsd.progress_2022(track).verdict == "fair_progress"
    assert statcan.progress(track).verdict == "moderate_progress"
    assert trend.eurostat(0.008).verdict == "moderate_progress"
    assert trend.istat(0.008).verdict == "stable"


def test_attainment_of_a_planned_loss():
    assert [china.attainment(actual, -500).value for actual in (-100, -500, 0)] == [1.8, 1.0, 2.0]
    # A slow indicator that started high: 90 % attained, a tenth of the way done.
    track = Track(2020, 89.0, 2025, 90.0, 1, 100.0, 2025)
    assert china.attainment(90, 100).value == 0.9
    assert math.isclose(china.completion(track).value, 1 / 11)
