"""From filters to weights: which scales serve, standardised images, and the softmax."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from forecast.arrays import FloatArray
from forecast.models.mixture.features import FEATURES, course_of
from forecast.models.mixture.gating import (
    COMPOUNDS,
    IDENTITY,
    LOG,
    LOGIT,
    ROOT,
    SCALES,
    Learned,
    SeriesPanel,
    filter_panel,
    learned,
    standardization_of,
)
from forecast.models.mixture.kalman import Components

INF = np.inf


def panel(rows: list[list[float]], lower: list[float], upper: list[float]) -> SeriesPanel:
    values = np.array(rows)
    restart = np.zeros(values.shape, dtype=bool)
    restart[:, 0] = True
    return SeriesPanel(values, restart, np.array(lower), np.array(upper))


THREE = panel(
    [[40.0, 44, 43, 47, 52, 51], [-1.0, 2, 1, 3, 2, 4], [4.0, 5, 7, 8, 8, 11]],
    [0.0, -INF, 0.0], [100.0, INF, INF],
)  # fmt: skip


def two_components() -> Learned:
    bank = Components(*(np.zeros(2) for _ in Components._fields))
    theta = np.zeros((2 * len(SCALES), len(FEATURES)))
    return Learned(bank, ("level", "level"), theta, np.zeros(len(FEATURES)), 20, np.zeros(len(FEATURES)))


def test_bounds_and_signs_say_which_scales_serve() -> None:
    filtered = filter_panel(THREE, learned().bank)
    served = {SCALES[s]: part.rows.tolist() for s, part in enumerate(filtered.on) if part is not None}
    assert served == {"identity": [0, 1, 2], "root": [0, 2], "log": [0, 2], "logit": [0]}
    evidence = filtered.evidence().reshape(3, len(SCALES), -1)
    assert np.isneginf(evidence[1, [ROOT, LOG, LOGIT]]).all()
    assert (evidence.max(axis=(1, 2)) == 0).all()


def test_usual_growth_is_expected_of_amounts_on_logs_alone() -> None:
    filtered, usual = filter_panel(THREE, learned().bank), learned().bank.g > 0
    evidence = filtered.evidence().reshape(3, len(SCALES), -1)
    assert np.isneginf(evidence[:, IDENTITY][:, usual]).all()
    # The first is bounded above; the third is open, has risen and is calm enough.
    assert np.isneginf(evidence[0, LOG, usual]).all()
    scatters = np.isneginf(evidence[2, LOG, usual])
    assert scatters.all() or not scatters.any()


@pytest.mark.parametrize("scale", [IDENTITY, ROOT, LOG, LOGIT])
def test_the_slope_of_an_image_is_its_derivative(scale: int) -> None:
    standardization = standardization_of(THREE, course_of(THREE.values, THREE.restart)).at(np.array([0]), 2)
    x, step = np.array([[45.0, 50.0]]), 1e-4
    rise = standardization.transform(scale, x + step) - standardization.transform(scale, x - step)
    # The value is counted in units of the series.
    assert_allclose(
        standardization.log_slope(scale, x), np.log(rise / (2 * step) * standardization.unit), atol=1e-6
    )


def test_images_are_standardised() -> None:
    standardization = standardization_of(THREE, course_of(THREE.values, THREE.restart))
    assert_allclose(standardization.unit, [(4 + 1 + 4 + 5 + 1) / 5, (3 + 1 + 2 + 1 + 2) / 5, 7 / 5])
    assert_allclose(standardization.linear_above, COMPOUNDS * THREE.values.max(axis=1))
    last = THREE.values[:, -1:]
    assert_array_equal(standardization.at(slice(None), 2).transform(IDENTITY, last), 0.0)


def test_weights_are_a_softmax_of_gating_and_evidence() -> None:
    model, features = two_components(), np.zeros((1, len(FEATURES)))
    features[0, 0] = 1.0
    served = np.array([[0.0, -np.log(3), *[-INF] * 6]])
    # tau = exp(0): evidence counts in full.
    assert_allclose(model.weights(features, served)[0, :2], [0.75, 0.25])
    model.theta[1, 0] = np.log(3)
    assert_allclose(model.weights(features, served)[0, :2], [0.5, 0.5])
    assert_array_equal(model.weights(features, served)[0, 2:], 0.0)


def test_the_power_of_the_evidence_has_an_end() -> None:
    model, features = two_components(), np.zeros((1, len(FEATURES)))
    features[0, 0] = 1.0
    served = np.array([[0.0, -1.0, *[-INF] * 6]])

    def odds(tau: float) -> FloatArray:
        model.tau[0] = tau
        weights = model.weights(features, served)[0]
        return np.log(weights[0] / weights[1])

    assert_allclose([odds(-50.0), odds(50.0)], [np.exp(-6.0), np.exp(0.7)])


def test_what_is_stored_fits_together() -> None:
    model = learned()
    assert model.theta.shape == (len(SCALES) * len(model.bank.a), len(FEATURES))
    assert model.tau.shape == model.gate.shape == (len(FEATURES),)
    assert len(model.behaviours) == len(model.bank.a)
    assert ((model.bank.a >= 0) & (model.bank.a <= 1)).all()
