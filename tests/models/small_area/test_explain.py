"""Who lent what, in figures and in words of both languages."""

from __future__ import annotations

import pytest
from numpy.testing import assert_allclose

import forecast as fc
from tests.models.small_area.areas import (
    BALANCE_CITY,
    BALANCE_DISTRICT,
    CITY,
    DISTRICT,
    ONCE,
    PROVINCE,
    URBAN_CITY,
    URBAN_DISTRICT,
)


def test_the_ratio_then_and_now_by_hand() -> None:
    lent = fc.SmallArea([CITY, PROVINCE]).fit(DISTRICT).explain().lent[0]
    assert (lent.area, lent.until, lent.then.year, lent.now.year) == ("City", 2025, 2001, 2021)
    assert_allclose(lent.then.ratio, 2.6 / CITY.values[1])
    assert_allclose(lent.now.ratio, 9.2 / CITY.values[21])


def test_a_share_is_told_by_both_values_and_their_odds() -> None:
    lent = fc.SmallArea([URBAN_CITY]).fit(URBAN_DISTRICT).explain().lent[0]
    own, parent = 66.0, float(URBAN_CITY.values[20])
    assert (lent.now.own, lent.now.parent) == (own, parent)
    assert_allclose(lent.now.ratio, own / (100 - own) / (parent / (100 - parent)))


def test_a_difference_is_one() -> None:
    lent = fc.SmallArea([BALANCE_CITY]).fit(BALANCE_DISTRICT).explain().lent[0]
    assert_allclose(lent.now.ratio, 40.0 - BALANCE_CITY.values[20])


@pytest.mark.parametrize(
    ("own", "parents"),
    [
        (DISTRICT, [CITY, PROVINCE]),
        (ONCE, [CITY]),
        (URBAN_DISTRICT, [URBAN_CITY]),
        (URBAN_DISTRICT.until(2005), [URBAN_CITY]),
        (BALANCE_DISTRICT, [BALANCE_CITY]),
        (BALANCE_DISTRICT.until(2005), [BALANCE_CITY]),
    ],
)
def test_words_of_both_languages_name_every_lender(own: fc.History, parents: list[fc.History]) -> None:
    explanation = fc.SmallArea(parents).fit(own).explain()
    for lang in ("en", "zh"):
        text = explanation.text(lang)
        assert all(parent.area in text for parent in parents)
        assert str(own.last_year) in text
    assert str(explanation) == explanation.text("en")


def test_where_nobody_lends_it_says_so() -> None:
    explanation = fc.SmallArea([CITY.until(2010)]).fit(DISTRICT).explain()
    assert explanation.own == 1.0
    assert explanation.notes == ()
    assert str(explanation) == "The outlook rests on the area's own figures alone."
