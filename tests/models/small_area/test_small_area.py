"""Borrowing from parents: what it must give, when it must not, and that it is the same alone and together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

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
    YEARS,
    amount,
    balance,
    scaled,
    share,
)

LEVELS = np.array([0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98])
FAMILIES = [(DISTRICT, [CITY, PROVINCE]), (URBAN_DISTRICT, [URBAN_CITY]), (BALANCE_DISTRICT, [BALANCE_CITY])]


@pytest.mark.parametrize(("own", "parents"), FAMILIES)
def test_it_is_a_model_like_any_other(own: fc.History, parents: list[fc.History]) -> None:
    model: fc.Model = fc.SmallArea(parents)
    fitted = model.fit(own)
    outlook = fitted.predict(2028)
    assert model.minimum == 1
    quantiles = np.asarray(outlook.quantile(LEVELS))
    assert (np.diff(quantiles) > 0).all()
    # A bound holds more than the level that first comes to it.
    open_ = quantiles < (np.inf if own.bounds[1] is None else own.bounds[1])
    assert open_[: len(open_) // 2 + 1].all()
    assert_allclose(outlook.at_most(quantiles)[open_], LEVELS[open_], atol=1e-9)
    assert fitted.paths(2028, n=7, rng=0).shape == (7, 2028 - own.last_year)


@pytest.mark.parametrize(("own", "parents"), [*FAMILIES, (ONCE, [CITY])])
def test_paths_agree_with_the_outlook(own: fc.History, parents: list[fc.History]) -> None:
    n, fitted = 20_000, fc.SmallArea(parents).fit(own)
    paths = fitted.paths(2030, n=n, rng=11)
    for year in (own.last_year + 1, 2025, 2026, 2030):
        outlook = fitted.predict(year)
        quantiles = np.asarray(outlook.quantile(LEVELS[1:-1]))
        drawn = np.mean(paths[:, year - own.last_year - 1, None] <= quantiles, axis=0)
        # Five standard errors, and 1 % for the pieces that the parent's outlook is cut into.
        assert_allclose(drawn, outlook.at_most(quantiles), atol=5 * np.sqrt(0.25 / n) + 0.01)


@pytest.mark.parametrize(("own", "parents"), [*FAMILIES, (ONCE, [CITY])])
def test_courses_stand_for_the_outlook(own: fc.History, parents: list[fc.History]) -> None:
    fitted = fc.SmallArea(parents).fit(own)
    courses = fitted.stratified_paths(2030)
    assert courses.shape == (512, 2030 - own.last_year)
    assert_array_equal(fitted.stratified_paths(2027), courses[:, : 2027 - own.last_year])
    for year in (own.last_year + 1, 2025, 2030):
        outlook = fitted.predict(year)
        quantiles = np.asarray(outlook.quantile(LEVELS[1:-1]))
        drawn = np.mean(courses[:, year - own.last_year - 1, None] <= quantiles, axis=0)
        assert_allclose(drawn, outlook.at_most(quantiles), atol=0.08)


def test_years_of_a_path_belong_together() -> None:
    paths = fc.SmallArea([CITY]).fit(DISTRICT).paths(2030, n=4000, rng=5)
    ranks = np.argsort(np.argsort(paths, axis=0), axis=0)
    assert np.corrcoef(ranks[:, -2], ranks[:, -1])[0, 1] > 0.5


def test_alone_and_together_are_one() -> None:
    rng = np.random.default_rng(3)
    areas = [
        amount(
            f"D{i}",
            sorted(rng.choice(range(2000, 2022), 1 + i % 6, replace=False)),
            5 + rng.random(1 + i % 6),
        )
        for i in range(30)
    ]
    together = fc.SmallArea([CITY, PROVINCE]).fit_all(areas)
    for area, one in zip(areas, together, strict=True):
        alone = fc.SmallArea([CITY, PROVINCE]).fit(area)
        assert_allclose(alone.predict(2028).quantile(LEVELS), one.predict(2028).quantile(LEVELS), rtol=1e-12)
        assert alone.notes == one.notes


def test_without_a_parent_that_can_lend_it_is_the_default_model() -> None:
    early = CITY.until(2015)
    fitted = fc.SmallArea([early]).fit(DISTRICT)
    plain = fc.StructuralMixture().fit(DISTRICT)
    assert_array_equal(fitted.predict(2026).quantile(LEVELS), plain.predict(2026).quantile(LEVELS))
    assert_array_equal(fitted.paths(2026, n=9, rng=1), plain.paths(2026, n=9, rng=1))
    assert_array_equal(fitted.stratified_paths(2026), plain.stratified_paths(2026))
    assert [note.key for note in fitted.notes if "parent" in note.key] == ["parent_ends_earlier"]
    assert fitted.explain().own == 1.0


def test_shares_sum_to_one_and_each_counts() -> None:
    shares = fc.SmallArea([CITY, PROVINCE]).fit(DISTRICT).shares
    assert_allclose(shares.sum(), 1.0)
    assert (shares > 0.01).all()


def test_a_later_parent_moves_the_outlook_its_way() -> None:
    def median(growth: float) -> float:
        values = np.where(
            np.array(YEARS) > 2021, CITY.values[21] * growth ** (np.array(YEARS) - 2021), CITY.values
        )
        return fc.SmallArea([replace(CITY, values=values)]).fit(DISTRICT).predict(2026).median()

    assert median(0.9) < 0.9 * median(1.05)


def test_figures_known_once_move_as_the_parent_does() -> None:
    outlook = fc.SmallArea([CITY]).fit(ONCE).predict(2025)
    follows = 9.2 * CITY.values[-1] / CITY.values[-5]
    assert_allclose(outlook.median(), follows, rtol=0.1)
    low, high = outlook.interval(0.8)
    assert 0.5 * follows < low < follows < high < 2 * follows


def test_a_single_figure_without_a_lender_is_refused_with_the_reason() -> None:
    early = amount("City", range(2000, 2011), CITY.values[:11])
    with pytest.raises(
        fc.ModelError, match=r"two observations, or one and a parent that can lend; got one.*2021"
    ):
        fc.SmallArea([early]).fit(ONCE)


@pytest.mark.parametrize("factor", [1e-9, 1e-3, 1e6])
@pytest.mark.parametrize(("own", "parents"), [FAMILIES[0], FAMILIES[2]])
def test_units_do_not_matter(own: fc.History, parents: list[fc.History], factor: float) -> None:
    plain = fc.SmallArea(parents).fit(own).predict(2027)
    large = fc.SmallArea([scaled(p, factor) for p in parents]).fit(scaled(own, factor)).predict(2027)
    assert_allclose(np.asarray(large.quantile(LEVELS)) / factor, plain.quantile(LEVELS), rtol=1e-6)


def test_a_parent_counts_in_its_own_size() -> None:
    plain = fc.SmallArea([CITY]).fit(DISTRICT).predict(2027)
    thousand = fc.SmallArea([scaled(CITY, 1000.0)]).fit(DISTRICT).predict(2027)
    assert_allclose(thousand.quantile(LEVELS), plain.quantile(LEVELS), rtol=1e-9)


def test_a_share_stays_within_its_bounds() -> None:
    fitted = fc.SmallArea([share("City", YEARS, np.linspace(80, 99.9, 26))]).fit(
        share("District", [2010, 2020], [97.0, 99.9])
    )
    paths = fitted.paths(2040, n=200, rng=1)
    assert 0 <= paths.min() <= paths.max() <= 100
    assert fitted.predict(2040).at_most(100.0) == 1.0


def test_gaps_of_a_parent_inside_its_known_years_are_crossed_evenly() -> None:
    gappy = replace(CITY._only(np.array(YEARS) != 2023))
    outlook = fc.SmallArea([gappy]).fit(DISTRICT).predict(2023)
    whole = fc.SmallArea([CITY]).fit(DISTRICT).predict(2023)
    assert_allclose(outlook.median(), whole.median(), rtol=0.1)


def test_a_break_within_the_common_years_restarts_the_ratio() -> None:
    doubled = np.where(np.array(YEARS) >= 2009, 2 * CITY.values, CITY.values)
    city = replace(CITY, values=doubled, breaks=(2009,))
    declared = fc.SmallArea([city]).fit(DISTRICT).predict(2026)
    whole = fc.SmallArea([CITY]).fit(DISTRICT).predict(2026)
    assert_allclose(declared.median(), whole.median(), rtol=0.15)


@pytest.mark.parametrize(
    ("parent", "said"),
    [
        (replace(CITY, indicator="population"), "being another indicator"),
        (replace(CITY, area="District"), "it is the area itself"),
    ],
)
def test_what_is_no_parent_is_refused(parent: fc.History, said: str) -> None:
    with pytest.raises(fc.ModelError, match=said):
        fc.SmallArea([parent]).fit(DISTRICT)


@pytest.mark.parametrize(
    ("parent", "key"),
    [
        (CITY.until(2020), "parent_ends_earlier"),
        (replace(CITY, unit="tonnes"), "parent_other_unit"),
        (replace(CITY, values=np.where(np.array(YEARS) == 2003, 0.0, CITY.values)), "parent_not_positive"),
        (replace(CITY, breaks=(2023,)), "parent_broken"),
        (amount("City", [2021, 2022], [1.0, 2.0]), "parent_too_short"),
        (amount("City", [2001, 2006, 2011, 2024], [1.0, 2.0, 3.0, 4.0]), "parent_without_year"),
    ],
)
def test_a_parent_that_cannot_lend_is_left_out_with_a_note(parent: fc.History, key: str) -> None:
    fitted = fc.SmallArea([parent, PROVINCE]).fit(DISTRICT)
    assert key in [note.key for note in fitted.notes]
    assert [lender.pair.parent.area for lender in fitted.lenders] == ["Province"]
    for lang in ("en", "zh"):
        assert all(fc.Language(lang).note(note) for note in fitted.notes)


def test_parents_must_be_histories() -> None:
    with pytest.raises(fc.ModelError, match=r"at least one parent"):
        fc.SmallArea([])
    with pytest.raises(fc.ModelError, match=r"parents are a list; got the history"):
        fc.SmallArea(CITY)  # type: ignore[arg-type]


def test_a_parent_is_fitted_once_for_all_its_children() -> None:
    model = fc.SmallArea([CITY])
    one, two = model.fit(DISTRICT), model.fit(ONCE)
    assert one.lenders[0].parent is two.lenders[0].parent


def test_signs_may_change_where_differences_are_taken() -> None:
    own = balance("District", [2005, 2010, 2020], [-5.0, 2.0, -1.0])
    assert np.isfinite(fc.SmallArea([BALANCE_CITY]).fit(own).predict(2026).interval(0.95)).all()


def test_an_area_without_figures_rests_on_a_stated_spread() -> None:
    model = fc.SmallArea([URBAN_CITY])
    narrow, wide = model.outlook(2026, between=(60, 70)), model.outlook(2026, between=(50, 78))
    width = [np.diff(o.interval(0.8))[0] for o in (narrow, wide)]
    assert width[0] < width[1]
    assert_allclose(model.outlook(2025, between=(60, 70)).interval(0.8), (60, 70), atol=1e-6)
    with pytest.raises(fc.ModelError, match="a pair in order"):
        model.outlook(2026, between=(70, 60))
    with pytest.raises(fc.ModelError, match="cannot take the values"):
        fc.SmallArea([CITY]).outlook(2026, between=(-1, 4))


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(st.floats(0.01, 1e4), min_size=1, max_size=6),
    later=st.integers(0, 5),
    ahead=st.integers(1, 12),
)
def test_any_thin_history_has_an_outlook(values: list[float], later: int, ahead: int) -> None:
    last = 2025 - later
    own = amount("D", range(last - len(values) + 1, last + 1), values)
    outlook = fc.SmallArea([CITY, PROVINCE]).fit(own).predict(last + ahead)
    low, high = outlook.interval(0.95)
    assert 0 <= low < outlook.median() < high < np.inf
