"""An area beside a parent: the common years, the scale, and why a parent cannot lend."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.models.small_area.pairing import Pair, check_parents, kind_of, pairs_of, unfit
from forecast.models.small_area.ratio import DIFFERENCE, LOG, SHARE
from tests.models.small_area.areas import (
    BALANCE_CITY,
    BALANCE_DISTRICT,
    CITY,
    DISTRICT,
    PROVINCE,
    URBAN_CITY,
    URBAN_DISTRICT,
    amount,
)


@pytest.mark.parametrize(
    ("own", "parent", "kind", "scale"),
    [
        (DISTRICT, CITY, LOG, fc.Log),
        (URBAN_DISTRICT, URBAN_CITY, SHARE, fc.Logit),
        (BALANCE_DISTRICT, BALANCE_CITY, DIFFERENCE, fc.Identity),
        (URBAN_DISTRICT, replace(URBAN_CITY, bounds=(0, 200)), DIFFERENCE, fc.Identity),
    ],
)
def test_the_scale_follows_bounds_and_values(
    own: fc.History, parent: fc.History, kind: int, scale: type
) -> None:
    assert kind_of(own, parent) == kind
    assert isinstance(Pair(own, parent, kind).scale, scale)


def test_only_common_years_count() -> None:
    parent = amount("City", [2001, 2011, 2015, 2024], [50.0, 80.0, 90.0, 120.0])
    pair = Pair(DISTRICT, parent, LOG)
    assert pair.years.tolist() == [2001, 2011]
    assert_allclose(pair.values, [[2.6, 5.6], [50.0, 80.0]])
    assert_allclose(pair.ratio, np.log([2.6 / 50, 5.6 / 80]))
    assert pair.later == 2024 - 2021


@pytest.mark.parametrize(
    ("parent", "reason"),
    [
        (CITY, None),
        (replace(CITY, unit="tonnes"), "parent_other_unit"),
        (amount("City", [2020, 2021], [100.0, 105.0]), "parent_too_short"),
        (amount("City", [2015, 2016, 2017], [90.0, 92.0, 95.0]), "parent_ends_earlier"),
        (amount("City", [2015, 2016, 2023], [90.0, 92.0, 95.0]), "parent_without_year"),
        (amount("City", [2015, 2020, 2021, 2022], [0.0, 92.0, 95.0, 96.0]), "parent_not_positive"),
        (
            fc.History.of(
                "output", [2015, 2020, 2021, 2022], [-4.0, 92.0, 95.0, 96.0], unit="million yuan", area="City"
            ),
            "parent_not_positive",
        ),
        (replace(CITY, breaks=(2023,)), "parent_broken"),
        (replace(CITY, breaks=(2015,)), None),  # before the area's last figure: both were counted anew
    ],
)
def test_why_a_parent_cannot_lend(parent: fc.History, reason: str | None) -> None:
    said = unfit(DISTRICT, parent)
    assert (None if said is None else said.key) == reason


def test_what_is_no_parent_at_all_is_refused() -> None:
    with pytest.raises(fc.ModelError, match="another indicator"):
        unfit(DISTRICT, URBAN_CITY)
    with pytest.raises(fc.ModelError, match="the area itself"):
        unfit(DISTRICT, amount("District", range(2010, 2024), np.arange(10.0, 24.0)))
    with pytest.raises(fc.ModelError, match=r"Write \[parent\]"):
        check_parents(CITY)  # type: ignore[arg-type]
    with pytest.raises(fc.ModelError, match="at least one parent"):
        check_parents([])


def test_pairs_as_arrays_have_their_last_common_year_in_the_last_column() -> None:
    pairs = [Pair(DISTRICT, CITY, LOG), Pair(DISTRICT, PROVINCE, LOG, further=1)]
    arrays = pairs_of(pairs)
    for row, pair in enumerate(pairs):
        seen = arrays.ratio[row][np.isfinite(arrays.ratio[row])]
        assert_allclose(seen, pair.ratio)
        assert_allclose(arrays.ratio[row, -1], pair.ratio[-1])
    assert arrays.ratio.shape == (2, 2021 - 2001 + 1)
    assert_allclose(arrays.later, [4, 4])
    assert_allclose(arrays.further, [0, 1])
