"""One battery for every model; a model that is wrong must not get through it."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
import threadpoolctl
from numpy.testing import assert_allclose, assert_array_equal

import forecast as fc
from tests.models.every_model import ALL_MODELS, BALANCE, FALLING_SHARE, HARD, RISING, YEARS, history

TARGET_YEAR = 2026
LEVELS = np.array([0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98])


def check_spread_never_shrinks_with_the_year(model: fc.Model) -> None:
    for values in (RISING, BALANCE, FALLING_SHARE):
        fitted = model.fit(history(values))
        widths = [np.diff(fitted.predict(year).interval(0.8))[0] for year in range(2022, 2040)]
        assert (np.diff(widths) >= -1e-9 * np.array(widths[1:])).all(), widths


def check_short_history_names_the_minimum(model: fc.Model) -> None:
    assert model.fit(history(RISING[: model.minimum])).predict(TARGET_YEAR).interval(0.8)
    short = history(RISING[: model.minimum - 1])
    way = "Use StructuralMixture" if len(short) >= 2 else "No model can"
    with pytest.raises(
        fc.ModelError, match=rf"^x: .*needs {model.minimum} observations; got {len(short)}\. {way}"
    ):
        model.fit(short)


def check_scale_equivariance(model: fc.Model) -> None:
    for bounds in ((None, None), (0, None)):
        plain = model.fit(history(RISING, bounds=bounds)).predict(TARGET_YEAR)
        for factor in (1e-9, 1e-3, 1e3, 1e9):
            scaled = model.fit(history(RISING * factor, bounds=bounds)).predict(TARGET_YEAR)
            for target in (45.0, 58.0, 70.0):
                assert_allclose(scaled.at_least(target * factor), plain.at_least(target), atol=1e-6)


def check_shift_equivariance(model: fc.Model) -> None:
    if reads_the_level(model):
        return
    plain = model.fit(history(BALANCE)).predict(TARGET_YEAR)
    for shift in (-1e4, 37.0, 1e5):
        shifted = model.fit(history(BALANCE + shift)).predict(TARGET_YEAR)
        assert_allclose(shifted.at_least(LEVELS * 10 + shift), plain.at_least(LEVELS * 10), atol=1e-6)


def check_mirror(model: fc.Model) -> None:
    both_signs = (BALANCE, np.concatenate([BALANCE[:11], BALANCE[:1]]))
    for values in both_signs if reads_the_level(model) else (*both_signs, RISING):
        plain = model.fit(history(values)).predict(TARGET_YEAR)
        mirrored = model.fit(history(-values)).predict(TARGET_YEAR)
        at = np.linspace(values.min() - 10, values.max() + 30, 9)
        assert_allclose(mirrored.at_most(-at), plain.at_least(at), atol=1e-6)


def reads_the_level(model: fc.Model) -> bool:
    """Say whether positive values alone, without bounds, make a model consider compound growth."""
    return isinstance(model, fc.StructuralMixture)


def check_probability_of_a_quantile(model: fc.Model) -> None:
    for values, bounds in ((RISING, (None, None)), (RISING, (0, None)), (FALLING_SHARE, (0, 100))):
        outlook = model.fit(history(values, bounds=bounds)).predict(2024)
        inside = outlook.quantile(LEVELS)
        assert (np.diff(inside) >= 0).all()
        away = (inside > 0.5) & (inside < 99.5) if bounds == (0, 100) else np.ones(len(inside), bool)
        assert_allclose(outlook.at_most(inside)[away], LEVELS[away], atol=1e-9)
        assert_allclose(outlook.at_least(inside)[away], 1 - LEVELS[away], atol=1e-9)


def check_outlook_and_paths_stay_within_bounds(model: fc.Model) -> None:
    for values in (FALLING_SHARE, np.minimum(2 * RISING, 100), np.full(12, 100.0), np.zeros(12)):
        fitted = model.fit(history(values, bounds=(0, 100)))
        outlook, paths = fitted.predict(2050), fitted.paths(2050, n=200, rng=1)
        assert outlook.quantile(0.001) >= 0
        assert outlook.quantile(0.999) <= 100
        assert ((paths >= 0) & (paths <= 100)).all()
        assert_allclose([outlook.at_least(0.0), outlook.at_most(100.0)], 1.0)
        assert_array_equal([outlook.at_least(100.001), outlook.at_most(-0.001)], 0.0)


def check_a_series_at_its_bound_may_stay_there(model: fc.Model) -> None:
    full = model.fit(history(np.full(12, 100.0), bounds=(0, 100))).predict(TARGET_YEAR)
    none = model.fit(history(np.zeros(12), bounds=(0, 100))).predict(TARGET_YEAR)
    assert 0.3 < full.at_least(100.0) < 1
    assert 0.3 < none.at_most(0.0) < 1


def check_order_of_input_is_free(model: fc.Model) -> None:
    order = np.random.default_rng(4).permutation(len(YEARS))
    mixed = fc.History.of("x", YEARS[order], RISING[order])
    assert_array_equal(
        model.fit(mixed).predict(TARGET_YEAR).quantile(LEVELS),
        model.fit(history(RISING)).predict(TARGET_YEAR).quantile(LEVELS),
    )


def check_two_fits_are_one(model: fc.Model) -> None:
    one, two = (model.fit(history(RISING)) for _ in range(2))
    assert_array_equal(one.predict(TARGET_YEAR).quantile(LEVELS), two.predict(TARGET_YEAR).quantile(LEVELS))
    assert_array_equal(one.paths(TARGET_YEAR, n=20, rng=3), two.paths(TARGET_YEAR, n=20, rng=3))
    assert not np.allclose(one.paths(TARGET_YEAR, n=20, rng=3), one.paths(TARGET_YEAR, n=20, rng=4))


def check_paths_agree_with_the_outlook(model: fc.Model) -> None:
    n = 20_000
    for values, bounds in ((RISING, (0, None)), (BALANCE, (None, None)), (FALLING_SHARE, (0, 100))):
        fitted = model.fit(history(values, bounds=bounds))
        paths = fitted.paths(TARGET_YEAR, n=n, rng=11)
        assert paths.shape == (n, 5)
        for column, year in ((0, 2022), (-1, TARGET_YEAR)):
            outlook = fitted.predict(year)
            quantiles = np.asarray(outlook.quantile(LEVELS[1:-1]))
            share = np.mean(paths[:, column, None] <= quantiles, axis=0)
            # Five standard errors of a share.
            assert_allclose(share, outlook.at_most(quantiles), atol=5 * np.sqrt(0.25 / n))


def check_paths_are_joint(model: fc.Model) -> None:
    paths = model.fit(history(BALANCE)).paths(TARGET_YEAR, n=4000, rng=5)
    # Neighbouring years move together; what is drawn year by year would not.
    ranks = np.argsort(np.argsort(paths, axis=0), axis=0)
    assert np.corrcoef(ranks[:, -2], ranks[:, -1])[0, 1] > 0.3


def check_gaps_are_stepped_over_or_refused(model: fc.Model) -> None:
    keep = ~np.isin(YEARS, [2013, 2017, 2018])
    gappy = fc.History.of("x", YEARS[keep], RISING[keep])
    if not serves(model, gappy):
        refusal = r"x: \w+ needs every year; no value for 2013, 2017, 2018\. Use StructuralMixture\(\)"
        with pytest.raises(fc.ModelError, match=refusal):
            model.fit(gappy)
        return
    outlook = model.fit(gappy).predict(TARGET_YEAR)
    low, high = outlook.interval(0.8)
    assert low < 57 < high
    assert high - low < 60


def serves(model: fc.Model, history: fc.History) -> bool:
    try:
        model.fit(history)
    except fc.ModelError:
        return False
    return True


def check_hard_histories(model: fc.Model) -> None:
    for name, (hard, target) in HARD.items():
        fitted = model.fit(hard)
        for year in (2022, TARGET_YEAR, 2060):
            outlook = fitted.predict(year)
            assert np.isfinite(outlook.quantile(LEVELS)).all(), name
            assert np.isfinite(outlook.mean()), name
        probability = fitted.predict(TARGET_YEAR).at_least(target)
        if name.startswith("all zeros, a share") or name == "a decay":
            # At or above the bound that is declared, or implied by figures that were never negative.
            assert 0 < fitted.predict(TARGET_YEAR).at_most(target) < 1, name
        else:
            assert 0 < probability < 1, (name, probability)
        assert np.isfinite(fitted.paths(TARGET_YEAR, n=50, rng=0)).all(), name


def check_few_points(model: fc.Model) -> None:
    for values in (RISING, np.zeros(12), np.arange(12.0), np.full(12, 3.0)):
        for bounds in ((None, None), (0, 100)):
            few = history(values[: model.minimum], bounds=bounds)
            outlook = model.fit(few).predict(2028)
            assert np.isfinite(outlook.quantile(LEVELS)).all()
            assert 0 < outlook.at_least(float(few.last_value)) <= 1


def check_declared_break_is_not_growth(model: fc.Model) -> None:
    level_shift = np.where(YEARS >= 2016, RISING + 200, RISING)
    declared = replace(history(level_shift), breaks=(2016,))
    fitted = model.fit(declared)
    assert fitted.predict(TARGET_YEAR).median() < 275
    assert any(note.key == "joined_at_break" for note in fitted.notes)


def check_global_state_is_untouched(model: fc.Model) -> None:
    import matplotlib

    def state() -> tuple[object, ...]:
        pools = [(pool["filepath"], pool["num_threads"]) for pool in threadpoolctl.threadpool_info()]
        return (list(warnings.filters), np.geterr(), dict(matplotlib.rcParams), pools)

    model.fit(history(BALANCE))  # loads the engine
    before, draw = state(), np.random.get_state()[1].copy()  # noqa: NPY002  (the state that must not move)
    model.fit(history(RISING)).paths(TARGET_YEAR, n=10)
    assert state() == before
    assert_array_equal(np.random.get_state()[1], draw)  # noqa: NPY002


def check_fit_all_equals_fit(model: fc.Model) -> None:
    several = [history(RISING), history(FALLING_SHARE, bounds=(0, 100)), history(BALANCE[:9])]
    for each, fitted in zip(several, model.fit_all(several), strict=True):
        assert fitted.history is each
        alone = model.fit(each).predict(TARGET_YEAR).quantile(LEVELS)
        assert_allclose(fitted.predict(TARGET_YEAR).quantile(LEVELS), alone, rtol=1e-9)


def check_past_years_are_refused(model: fc.Model) -> None:
    with pytest.raises(fc.HistoryError, match=r"2021 is not after the last observation \(2021\)"):
        model.fit(history(RISING)).predict(2021)


CHECKS: list[Callable[[fc.Model], None]] = [
    check for name, check in sorted(globals().items()) if name.startswith("check_")
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: type(model).__name__)
def test_every_model(model: fc.Model, check: Callable[[fc.Model], None]) -> None:
    check(model)


@dataclass(frozen=True)
class Wrong:
    """A drift whose outlook has been spoilt."""

    spoil: Callable[[fc.StudentTMixture, int], fc.StudentTMixture]
    minimum: int = 3

    def fit(self, history: fc.History) -> WrongFit:
        return WrongFit(fc.Drift().fit(history), self.spoil)

    def fit_all(self, histories: list[fc.History]) -> list[WrongFit]:
        return [self.fit(each) for each in histories]


@dataclass(frozen=True)
class WrongFit:
    honest: fc.Fitted
    spoil: Callable[[fc.StudentTMixture, int], fc.StudentTMixture]

    @property
    def history(self) -> fc.History:
        return self.honest.history

    @property
    def notes(self) -> tuple[fc.Note, ...]:
        return self.honest.notes

    def predict(self, year: int) -> fc.StudentTMixture:
        return self.spoil(self.honest.predict(year), year)

    def paths(self, year: int, *, n: int = 2000, rng: object = None) -> np.ndarray:
        return self.honest.paths(year, n=n, rng=rng)


WRONG = {
    "spread shrinks": (
        lambda outlook, year: replace(outlook, spread=outlook.spread / (year - 2020)),
        check_spread_never_shrinks_with_the_year,
    ),
    "spread is in a unit of its own": (
        lambda outlook, year: replace(outlook, spread=np.ones(1)),
        check_scale_equivariance,
    ),
    "hopes for the best": (
        lambda outlook, year: replace(outlook, location=outlook.location + outlook.spread),
        check_mirror,
    ),
    "paths tell another story": (
        lambda outlook, year: replace(outlook, spread=1.2 * outlook.spread),
        check_paths_agree_with_the_outlook,
    ),
    "forgets the bounds": (
        lambda outlook, year: replace(outlook, scales=(fc.Identity(),), bounds=(None, None)),
        check_outlook_and_paths_stay_within_bounds,
    ),
    "moves with the level": (
        lambda outlook, year: replace(outlook, location=1.01 * outlook.location),
        check_shift_equivariance,
    ),
}


@pytest.mark.parametrize(("spoil", "check"), WRONG.values(), ids=WRONG)
def test_a_wrong_model_does_not_get_through(spoil: object, check: Callable[[fc.Model], None]) -> None:
    with pytest.raises(AssertionError):
        check(Wrong(spoil))


def test_the_wrong_model_is_wrong_only_where_it_was_spoilt() -> None:
    honest = Wrong(lambda outlook, year: outlook)
    for check in {check for _, check in WRONG.values()}:
        check(honest)
