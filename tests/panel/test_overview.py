"""How many areas meet a target, and how sure that is."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from forecast.assessment.joint import count_distribution
from forecast.errors import ForecastError
from forecast.panel.frames import assess_frame
from forecast.panel.overview import overview
from forecast.target.target import Target


def table_of(probabilities: list[float | None], rating: str = "on_track") -> pd.DataFrame:
    return pd.DataFrame(
        {"id": "1", "indicator": "x", "target": 5.0, "target_year": 2030, "probability": probabilities,
         "rating": rating}
    )  # fmt: skip


def test_independent_areas_are_binomial() -> None:
    found = overview(table_of([0.3] * 400), correlation=0.0).iloc[0]
    assert_allclose(found.expected, 120)
    assert [found.low, found.high] == [stats.binom.ppf(p, 400, 0.3) for p in (0.1, 0.9)]
    assert_allclose(overview(table_of([0.9] * 5), correlation=0.0).all_areas, 0.9**5, rtol=1e-9)


@pytest.mark.parametrize("correlation", [0.1, 0.5])
def test_the_interval_is_that_of_the_exact_count(correlation: float) -> None:
    each = np.random.default_rng(3).uniform(0.02, 0.98, 120)
    exact = np.cumsum(count_distribution(each, correlation))
    found = overview(table_of(each.tolist()), correlation=correlation).iloc[0]
    assert abs(found.low - np.searchsorted(exact, 0.1)) <= 1
    assert abs(found.high - np.searchsorted(exact, 0.9)) <= 1
    assert_allclose(found.all_areas, count_distribution(each, correlation)[-1], rtol=1e-6)


def test_areas_that_share_their_luck_are_less_sure_together_and_likelier_all() -> None:
    loose, tight = (overview(table_of([0.8] * 50), correlation=c).iloc[0] for c in (0.0, 0.4))
    assert tight.expected == loose.expected
    assert tight.high - tight.low > loose.high - loose.low
    assert tight.all_areas > loose.all_areas


def test_outcomes_are_certain_and_what_is_not_assessed_is_not_counted() -> None:
    table = pd.concat([table_of([None], "met"), table_of([None], "missed"), table_of([None], "not_assessed")])
    found = overview(table).iloc[0]
    assert (found.areas, found.met, found.missed, found.not_assessed) == (3, 1, 1, 1)
    assert (found.expected, found.low, found.high, found.all_areas) == (1, 1, 1, 0)
    assert found.share_on_track == 0.5
    assert np.isnan(overview(table_of([None], "not_assessed")).expected[0])


def test_targets_come_by_share_on_track() -> None:
    frame = pd.DataFrame({"area": ["A"] * 8 + ["B"] * 8, "indicator": "x", "year": [*range(2010, 2018)] * 2,
                          "value": [*range(8), *range(8, 0, -1)]})  # fmt: skip
    table = assess_frame(frame, [Target.at_least("x", -9, year=2020), Target.all_areas("x", 8, year=2020)])
    found = overview(table)
    assert found.id.tolist() == ["2", "1"]
    assert (found.areas == 2).all()


def test_what_is_no_panel_is_refused() -> None:
    with pytest.raises(ForecastError, match=r"the table lacks rating\. Give the one"):
        overview(table_of([0.5]).drop(columns="rating"))
    with pytest.raises(ForecastError, match="a correlation goes from 0 to below 1; got 1"):
        overview(table_of([0.5]), correlation=1)


def test_the_table_of_a_panel_can_be_drawn() -> None:
    from forecast.plot.heatmap import plot_heat

    frame = pd.DataFrame({"area": ["A"] * 8 + ["B"] * 8, "indicator": "x", "year": [*range(2010, 2018)] * 2,
                          "value": [*range(8), *range(8, 0, -1)]})  # fmt: skip
    table = assess_frame(frame, [Target.at_least("x", 5, year=2020)])
    labels = plot_heat(table.assign(target=table["indicator"])).get_yticklabels()
    assert [label.get_text() for label in labels] == ["B", "A"]


def test_pieces_of_a_table_say_what_the_whole_says() -> None:
    rng = np.random.default_rng(4)
    table = pd.concat([
        table_of(rng.uniform(size=300).tolist()),
        table_of([None] * 20, "met").astype({"probability": float}),
        table_of(rng.uniform(0.9, 1, 50).tolist()).assign(id="2", indicator="y"),
    ]).sample(frac=1, random_state=1)  # fmt: skip
    pieces = (table.iloc[start : start + 37] for start in range(0, len(table), 37))
    whole = overview(table)
    parts = overview(pieces).set_index("id").loc[whole["id"]].reset_index()
    pd.testing.assert_frame_equal(whole, parts[whole.columns], rtol=1e-12)
    with pytest.raises(ForecastError, match="the table lacks rating"):
        overview([table.drop(columns="rating")])


def test_memory_does_not_grow_with_the_areas() -> None:
    piece = table_of(np.linspace(0.01, 0.99, 2000).tolist())

    def peak(pieces: int) -> int:
        tracemalloc.start()
        try:
            overview(piece for _ in range(pieces))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(40) < 1.2 * peak(4)
