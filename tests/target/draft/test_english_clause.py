"""From one English sentence to the targets it states."""

from __future__ import annotations

import pytest

from tests.target.draft.told import draft, told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("By 2030, the forest cover will reach at least 45%.", ("forest cover", "at_least", 45.0, "%")),
        ("Reduce the under-5 mortality rate to at least as low as 20 per 1,000 live births by 2030.",
         ("under-5 mortality rate", "at_most", 20.0, "per 1,000 live births")),
        ("Raise the literacy rate from 74% to 90% by 2030.", ("literacy rate", "at_least", 90.0, "%")),
        ("Unemployment is to be kept below 5% by 2030.", ("Unemployment", "at_most", 5.0, "%")),
        ("Cut greenhouse gas emissions by at least 50% by 2030 compared to 1990.",
         ("greenhouse gas emissions", "change", -50.0, "%")),
        ("Greenhouse gas emissions in 2030 shall be 13 % below the level of 2025.",
         ("Greenhouse gas emissions", "change", -13.0, "%")),
        ("By 2030 the number of road deaths is at least 50 % below its 2019 level.",
         ("number of road deaths", "change", -50.0, "%")),
        ("By 2030, water use shall be 10 % above that of 2024.", ("water use", "change", 10.0, "%")),
        ("A reduction of 20% in road deaths is our target for 2030.", ("road deaths", "change", -20.0, "%")),
        ("By 2030, halve per capita food waste.", ("per capita food waste", "change", -50.0, "%")),
        ("By 2030, double the rate of improvement in energy efficiency.",
         ("rate of improvement in energy efficiency", "change", 100.0, "%")),
        ("By 2030, reduce by one third premature mortality.", ("premature mortality", "change", -33.333333,
            "%")),
        ("Our goal for 2030: GDP growth of 6% a year.", ("GDP", "average_growth", 6.0, "%")),
        ("By 2030, the economy will grow at an average annual rate of 5.5%.",
         ("economy", "average_growth", 5.5, "%")),
        ("Create 50 million new jobs by 2030.", ("new jobs", "cumulative", 50.0, "million")),
        ("Install 500 GW of wind capacity by 2030.", ("wind capacity", "cumulative", 500.0, "GW")),
        ("Irrigation potential will be increased to 65 lakh hectare by 2030.",
         ("Irrigation potential", "at_least", 65.0, "lakh hectare")),
        ("Raise average life expectancy by one year by 2030.", ("average life expectancy", "change", 1.0,
            "year")),
        ("By 2030, at least 40% of final energy will come from renewables.",
         ("final energy", "at_least", 40.0, "%")),
        ("Emissions must fall between 62% and 81% by 2030.", ("Emissions", "between", (-81.0, -62.0), "%")),
        ("Every 10,000 people to have 3.3 patents by 2030.",
         ("patents per 10,000 people", "at_least", 3.3, "")),
        ("Basic old-age insurance to cover 95 percent of the population by 2030.",
         ("Basic old-age insurance", "at_least", 95.0, "%")),
        ("We aim for 845,000 electric vehicles to be on the road by 2030.",
         ("electric vehicles", "cumulative", 845000.0, "")),
        ("More than 45 million jobs to be created in urban areas by 2030.",
         ("jobs in urban areas", "cumulative", 45.0, "million")),
    ],
)  # fmt: skip
def test_a_sentence_states_one_target(sentence: str, expected: tuple[object, ...]) -> None:
    assert told(sentence) == [(*expected, 2030)]


def test_respectively_gives_each_name_its_number() -> None:
    text = "Energy use and water use per unit of GDP will be cut by 15% and 23% respectively by 2030."
    assert [(each[0], each[2]) for each in told(text)] == [
        ("Energy use per unit of GDP", -15.0), ("water use per unit of GDP", -23.0),
    ]  # fmt: skip


def test_the_base_year_and_the_base_value() -> None:
    (cut,) = draft("Emissions will be cut by 55% by 2030 relative to 1990 levels.").targets
    assert cut.base_year == 1990
    (raised,) = draft(
        "Life expectancy will be raised to 70 years by 2030, up from 67.5 years in 2020."
    ).targets
    assert (raised.base_value, raised.base_year) == (67.5, 2020)


def test_a_number_told_again_is_no_second_target() -> None:
    text = (
        "By 2030, exports are anticipated to reach $7.3 billion, more than double the $3.5 billion of 2023."
    )
    assert [(each[0], each[2]) for each in told(text)] == [("exports", 7.3)]
