"""The posterior of one series among many, in its own units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.testing import assert_allclose

from forecast import History
from forecast.models.mixture.gating import SCALES, learned
from forecast.models.mixture.posterior import fit_panel, loadings_of, panel_of, weights_of
from forecast.models.mixture.recent import filter_twice

SHARE = History.of("share", [2015, 2016, 2018, 2019, 2020], [52.0, 55, 57, 60, 61], bounds=(0, 100))
AMOUNT = History.of("amount", range(2012, 2021), [100.0, 104, 109, 108, 115, 121, 119, 126, 131])
JOINED = replace(History.of("amount", range(2014, 2021), [9.0, 10, 11, 30, 32, 33, 35]), breaks=(2017,))
ALL = [SHARE, AMOUNT, JOINED]


def test_histories_stand_to_the_right_with_their_gaps_and_breaks() -> None:
    panel = panel_of(ALL)
    assert panel.values.shape == (3, 9)
    assert_allclose(panel.values[0], [np.nan] * 3 + [52, 55, np.nan, 57, 60, 61])
    assert [np.flatnonzero(row).tolist() for row in panel.restart] == [[3], [0], [2, 5]]
    assert panel.upper.tolist() == [100.0, np.inf, np.inf]


def test_a_break_before_the_first_figure_or_after_the_last_restarts_nothing_more() -> None:
    odd = replace(History.of("amount", range(2014, 2018), [1.0, 2, 3, 4]), breaks=(2010, 2030))
    assert np.flatnonzero(panel_of([odd]).restart[0]).tolist() == [0]


def test_weights_sum_to_one_and_every_scale_that_serves_keeps_a_trace() -> None:
    filtered = filter_twice(panel_of(ALL), learned())
    weights = weights_of(filtered, learned())
    assert_allclose(weights.sum(axis=1), 1.0)
    by_scale = weights.reshape(3, len(SCALES), -1).max(axis=2)
    served = np.stack([np.isin(np.arange(3), [] if p is None else p.rows) for p in filtered.on], axis=1)
    assert ((by_scale > 0) == served).all()


def test_a_row_alone_is_as_among_others() -> None:
    together = fit_panel(panel_of(ALL))
    for i, history in enumerate(ALL):
        alone, among = fit_panel(panel_of([history])).row(0), together.row(i)
        assert_allclose(alone.weights, among.weights, rtol=1e-9)
        for a, b in zip(alone.forecast_moments(5), among.forecast_moments(5), strict=True):
            assert_allclose(a, b, rtol=1e-9)


def test_states_are_in_the_units_of_their_own_scale() -> None:
    row = fit_panel(panel_of([AMOUNT])).row(0)
    location, spread = row.forecast_moments(1)
    place = {name: row.scale == i for i, name in enumerate(SCALES)}
    assert ((location[place["identity"]] > 110) & (location[place["identity"]] < 160)).all()
    assert ((location[place["log"]] > np.log(110)) & (location[place["log"]] < np.log(160))).all()
    assert (spread > 0).all()


def test_loadings_are_those_of_the_bank() -> None:
    sums, noise = loadings_of(1)
    # One year on: the momentum once, the level's own shock and the observation's, which are 1 together.
    assert_allclose(sums, 1.0)
    assert_allclose(noise, 1.0)
    assert (loadings_of(7)[1] >= loadings_of(6)[1] - 1e-12).all()
