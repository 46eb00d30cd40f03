from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import forecast as fc
from forecast.models import DEFAULT
from tests.models.every_model import RISING, YEARS, history

AT = np.array([40.0, 55.0, 60.0, 80.0])


@dataclass(frozen=True)
class Sampled:
    """A model without a closed form: it answers in draws."""

    shift: float = 0.0
    minimum: int = 2

    def fit(self, history: fc.History) -> Sampled:
        return self

    def fit_all(self, histories: list[fc.History]) -> list[Sampled]:
        return [self for _ in histories]

    @property
    def notes(self) -> tuple[fc.Note, ...]:
        return (fc.Note("sampled"),)

    def predict(self, year: int) -> fc.Draws:
        return fc.Draws(np.linspace(0.0, 1.0, 1001) + self.shift)

    def paths(self, year: int, *, n: int = 2000, rng: object = None) -> np.ndarray:
        return np.full((n, year - 2021), self.shift)


def test_probabilities_are_averaged_not_quantiles() -> None:
    members = [fc.Drift(), fc.Theta()]
    pooled = fc.Pool(members, weights=[1, 3]).fit(history(RISING)).predict(2026)
    apart = [member.fit(history(RISING)).predict(2026) for member in members]
    expected = 0.25 * apart[0].at_least(AT) + 0.75 * apart[1].at_least(AT)
    assert_allclose(pooled.at_least(AT), expected, rtol=1e-12)
    averaged = 0.25 * apart[0].quantile(0.95) + 0.75 * apart[1].quantile(0.95)
    assert abs(pooled.quantile(0.95) - averaged) > 1e-3


def test_weights_are_equal_by_default() -> None:
    members = [fc.Drift(), fc.Trend()]
    assert_allclose(fc.Pool(members).fit(history(RISING)).weights, [0.5, 0.5])


def test_members_are_kept_and_counted() -> None:
    pool = fc.Pool([fc.ETS(), fc.Drift()])
    assert pool.members == (fc.ETS(), fc.Drift())
    assert pool.minimum == 3


def test_members_that_cannot_serve_are_left_out_with_a_note() -> None:
    keep = YEARS != 2015
    fitted = fc.Pool([fc.Drift(), fc.Theta(), fc.LocalTrend()], weights=[1, 2, 1]).fit(
        fc.History.of("x", YEARS[keep], RISING[keep])
    )
    assert [type(part).__name__ for part in fitted.parts] == ["LinearFit", "LinearFit"]
    assert_allclose(fitted.weights, [0.5, 0.5])
    assert fitted.notes == (fc.Note("pool_member_needs_every_year", {"model": "Theta"}),)

    short = fc.Pool([fc.Drift(), fc.Trend()]).fit(history(RISING[:3]))
    assert short.notes == (fc.Note("pool_member_needs_more", {"model": "Trend", "minimum": 4, "n": 3}),)


def test_a_member_whose_engine_fails_is_left_out_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    from statsmodels.tsa.forecasting import theta

    def diverge(self: object) -> None:
        raise ValueError("SVD did not converge")

    monkeypatch.setattr(theta.ThetaModel, "fit", diverge)
    with pytest.raises(fc.ModelError, match=r"^x: statsmodels failed \(SVD did not converge\)\. Use "):
        fc.Theta().fit(history(RISING))
    fitted = fc.Pool([fc.Drift(), fc.Theta()]).fit(history(RISING))
    assert fitted.notes == (fc.Note("pool_member_failed", {"model": "Theta"}),)


def test_an_engine_that_answers_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from forecast.models import theta

    monkeypatch.setattr(theta, "theta_estimates", lambda images, history: (np.nan, 0.5))
    with pytest.raises(
        fc.ModelError, match=r"^x: the engine returned values that are not finite\. Use Struct"
    ):
        fc.Theta().fit(history(RISING))


def test_if_none_can_serve_the_nearest_says_why() -> None:
    with pytest.raises(
        fc.ModelError, match=r"^x: no member of the pool can serve\. Trend needs 4 obser.*got 3"
    ):
        fc.Pool([fc.ETS(), fc.Trend()]).fit(history(RISING[:3]))


def test_notes_of_members_are_kept_once() -> None:
    line = history(np.arange(12.0))
    assert fc.Pool([fc.Theta(), fc.Trend()]).fit(line).notes == (fc.Note("straight_line"),)


def test_a_path_follows_one_member() -> None:
    fitted = fc.Pool([Sampled(0.0), Sampled(100.0)], weights=[3, 1]).fit(history(RISING))
    paths = fitted.paths(2026, n=4000, rng=1)
    assert paths.shape == (4000, 5)
    assert_array_equal(paths.min(axis=1), paths.max(axis=1))
    assert_allclose(np.mean(paths[:, 0] == 100.0), 0.25, atol=0.03)


def test_members_without_a_closed_form_are_pooled_as_values() -> None:
    pooled = fc.Pool([Sampled(0.0), Sampled(10.0)], weights=[3, 1]).fit(history(RISING)).predict(2026)
    assert_allclose(pooled.at_least(5.0), 0.25, atol=1e-4)
    assert_allclose(pooled.at_most(0.5), 0.375, atol=2e-3)
    mixed = fc.Pool([Sampled(0.0), fc.Drift()]).fit(history(RISING)).predict(2026)
    drift = fc.Drift().fit(history(RISING)).predict(2026)
    assert_allclose(mixed.at_least(AT), 0.5 * drift.at_least(AT), atol=2e-4)


@pytest.mark.parametrize("weights", [[1.0], [1.0, 0.0], [1.0, -1.0], [1.0, np.inf], [1.0, np.nan]])
def test_weights_must_be_positive_and_one_a_member(weights: list[float]) -> None:
    with pytest.raises(
        fc.ModelError, match=r"^Pool needs one positive weight for each of its 2 members; got"
    ):
        fc.Pool([fc.Drift(), fc.Trend()], weights=weights)


def test_an_empty_pool_is_refused() -> None:
    with pytest.raises(fc.ModelError, match=r"^Pool needs at least one member; got none"):
        fc.Pool([])


def test_a_pool_may_be_a_member() -> None:
    inner = fc.Pool([fc.Drift(), fc.Trend()])
    outer = fc.Pool([inner, fc.Drift()]).fit(history(RISING)).predict(2026)
    drift, line = (model.fit(history(RISING)).predict(2026) for model in (fc.Drift(), fc.Trend()))
    assert_allclose(outer.at_least(AT), 0.75 * drift.at_least(AT) + 0.25 * line.at_least(AT), rtol=1e-12)


def test_the_default_serves_from_three_observations_and_says_who_did_not() -> None:
    fitted = DEFAULT.fit(history(RISING[:3]))
    assert 0 < fitted.predict(2026).at_least(40.0) < 1
    assert len(fitted.notes) in (0, 3)
