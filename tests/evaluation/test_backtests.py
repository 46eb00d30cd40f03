"""Rolling origins: the right cutoffs, no look at the future, scores that can be counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

import forecast as fc
from forecast.evaluation.backtests import usual_change

YEARS = np.arange(2000, 2016)
VALUES = np.array([10.0, 12, 11, 14, 15, 15, 18, 17, 20, 22, 21, 24, 26, 25, 28, 29])
HISTORY = fc.History.of("x", YEARS, VALUES, area="A")


def frame(history: fc.History = HISTORY, **options: int) -> pd.DataFrame:
    return fc.backtest(fc.Drift(), history, **options).to_frame()


def walks(n: int, years: int = 25, seed: int = 0) -> list[fc.History]:
    rng = np.random.default_rng(seed)
    return [
        fc.History.of("x", range(2000, 2000 + years), np.cumsum(rng.normal(0.3, 1, years)), area=str(i))
        for i in range(n)
    ]


def test_every_cutoff_and_every_year_within_the_horizon_is_there() -> None:
    got = frame(horizon=3)[["cutoff", "year"]].to_numpy().tolist()
    cutoffs = range(2002, 2015)  # Drift needs three observations
    assert got == [[c, y] for c in cutoffs for y in range(c + 1, min(c + 3, 2015) + 1)]


def test_since_is_the_first_cutoff() -> None:
    assert frame(since=2010)["cutoff"].min() == 2010


def test_a_row_is_the_forecast_made_then() -> None:
    row = frame(horizon=2).query("cutoff == 2009 and year == 2011").iloc[0]
    known = HISTORY.until(2009)
    outlook = fc.Drift().fit(known).predict(2011)
    assert (row["area"], row["indicator"], row["observed"]) == ("A", "x", 24.0)
    assert_allclose([row["low"], row["high"]], outlook.interval(0.8))
    assert_allclose(row["crps"], fc.crps(outlook, 24.0))
    assert_allclose(row["pit"], fc.pit(outlook, 24.0))
    assert_allclose(
        row["scaled_error"], abs(outlook.median() - 24.0) / np.mean(np.abs(np.diff(known.values)))
    )


@pytest.mark.parametrize(
    "model", [fc.StructuralMixture(), fc.Drift(), fc.LocalTrend(), fc.Trend()], ids=lambda m: type(m).__name__
)
@pytest.mark.parametrize("planted", [1e-6, 1e6])
def test_nothing_later_than_the_cutoff_is_seen(model: fc.Model, planted: float) -> None:
    values = np.where(YEARS >= 2012, planted, VALUES)
    tampered = replace(HISTORY, values=values, status=("final",) * 12 + ("provisional",) * 4, breaks=(2013,))
    outlooks = ["cutoff", "year", "median", "low", "high"]
    honest, seen = (
        fc.backtest(model, each, horizon=3).to_frame().query("cutoff < 2012 and year < 2013")[outlooks]
        for each in (HISTORY, tampered)
    )
    pd.testing.assert_frame_equal(honest.reset_index(drop=True), seen.reset_index(drop=True))


def test_many_series_at_once_are_each_as_alone() -> None:
    both = walks(2, years=12)
    together = fc.backtest(fc.StructuralMixture(), both, horizon=2).to_frame()
    for history in both:
        alone = fc.backtest(fc.StructuralMixture(), history, horizon=2).to_frame()
        mine = together[together["area"] == history.area].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, alone, rtol=1e-9)


def test_gaps_have_neither_cutoff_nor_outcome() -> None:
    gappy = HISTORY.without(2008).without(2011)
    got = frame(gappy, horizon=2)
    assert not {2008, 2011} & set(got["cutoff"])
    assert not {2008, 2011} & set(got["year"])
    assert got.query("cutoff == 2010")["year"].tolist() == [2012]


def test_an_outcome_beyond_a_break_is_not_counted_but_later_cutoffs_know_it() -> None:
    got = frame(replace(HISTORY, breaks=(2010,)), horizon=3)
    assert got.query("cutoff == 2008")["year"].tolist() == [2009]
    assert 2009 not in set(got["cutoff"])
    assert got.query("cutoff == 2010")["year"].tolist() == [2011, 2012, 2013]


def test_a_model_that_refuses_leaves_a_record() -> None:
    gappy = fc.History.of("x", [2000, 2001, 2002, 2003, 2004, 2006, 2007, 2008], range(8), area="gappy")
    even = fc.History.of("x", range(2000, 2010), np.arange(10.0) ** 1.5, area="even")
    bt = fc.backtest(fc.Theta(), [gappy, even], horizon=2)
    assert {each.area for each in bt.refusals} == {"gappy"}
    assert all("needs every year" in each.problem for each in bt.refusals)
    assert set(bt.to_frame()["area"]) == {"gappy", "even"}  # until 2004 it had no gap


def test_histories_come_as_one_as_many_and_as_a_mapping() -> None:
    alone = frame()
    mapped = fc.backtest(fc.Drift(), fc.Histories([HISTORY])).to_frame()
    listed = fc.backtest(fc.Drift(), [HISTORY]).to_frame()
    pd.testing.assert_frame_equal(alone, mapped)
    pd.testing.assert_frame_equal(alone, listed)


def test_too_short_a_history_gives_an_empty_frame_with_its_columns() -> None:
    bt = fc.backtest(fc.Drift(), fc.History.of("x", [2000, 2001], [1.0, 2.0]))
    assert (len(bt.to_frame()), len(bt.questions()), len(bt.reliability())) == (0, 0, 0)
    assert "pit" in bt.to_frame()


def test_a_horizon_is_at_least_one_year() -> None:
    with pytest.raises(fc.HistoryError, match="at least 1; got 0"):
        fc.backtest(fc.Drift(), HISTORY, horizon=0)


def test_a_history_in_place_of_the_model_is_one_sentence() -> None:
    history = fc.History.of("x", range(2000, 2010), range(10))
    with pytest.raises(fc.ForecastError, match="the model comes first, then the histories; got a History"):
        fc.backtest(history, fc.Drift())  # type: ignore[arg-type]


def test_usual_change_by_hand() -> None:
    assert usual_change(fc.History.of("x", [2000, 2002, 2003], [0.0, 4.0, 3.0])) == pytest.approx(1.5)
    assert np.isnan(usual_change(fc.History.of("x", [2000, 2001], [3.0, 3.0])))


class TestScores:
    def test_drift_against_itself_saves_nothing(self) -> None:
        table = fc.backtest(fc.Drift(), HISTORY, horizon=2).scores()
        assert table.index.tolist() == ["model", "naive", "drift"]
        assert_allclose(table.loc["model"].to_numpy(), table.loc["drift"].to_numpy())
        assert table.loc["drift", "skill"] == 0

    def test_means_are_over_the_cases_that_all_served(self) -> None:
        bt = fc.backtest(fc.Trend(), HISTORY, horizon=2)
        table = bt.scores()
        counted = bt.to_frame().query("known >= 5")
        assert (table["n"] == len(counted)).all()
        assert len(counted) < len(bt.cases)
        assert_allclose(table.loc["model", "scaled_crps"], counted["scaled_crps"].mean())

    def test_drift_beats_naive_where_there_is_a_drift(self) -> None:
        rng = np.random.default_rng(3)
        steady = fc.History.of("x", range(1980, 2020), np.cumsum(rng.normal(5, 1, 40)))
        table = fc.backtest(fc.Drift(), steady, horizon=3).scores()
        assert table.loc["naive", "skill"] < -0.5


class TestQuestions:
    def test_they_lie_evenly_on_both_sides_of_the_last_value(self) -> None:
        asked = fc.backtest(fc.Drift(), HISTORY, horizon=2).questions()
        one = asked.query("cutoff == 2009 and year == 2011")
        known = HISTORY.until(2009)
        offsets = (one["value"].to_numpy() - known.last_value) / (2 * usual_change(known))
        assert_allclose(offsets, np.arange(-2, 2.1, 0.25))

    def test_probability_and_outcome_are_those_of_the_target(self) -> None:
        asked = fc.backtest(fc.Drift(), HISTORY, horizon=2).questions()
        for row in asked.iloc[::37].itertuples():
            known = HISTORY.until(int(row.cutoff))
            target = fc.Target.at_least("x", row.value, year=int(row.year))
            p = fc.probability(fc.Drift().fit(known), target)
            assert p == pytest.approx(row.probability, abs=2e-6)
            assert target.met_in(HISTORY) == row.outcome

    def test_nothing_is_asked_beyond_the_bounds(self) -> None:
        share = replace(HISTORY, bounds=(0, 30))
        asked = fc.backtest(fc.Drift(), share, horizon=5).questions()
        assert asked["value"].between(0, 30, inclusive="right").all()

    def test_a_history_that_never_moved_has_no_usual_change_to_ask_about(self) -> None:
        flat = fc.History.of("x", range(2000, 2008), [5.0] * 8)
        assert fc.backtest(fc.Drift(), flat).questions().empty


class TestAnswers:
    def test_each_is_the_probability_as_of_its_cutoff(self) -> None:
        targets = [fc.Target.at_least("x", 24.0, year=2011), fc.Target.between("x", 20.0, 23.0, year=2011)]
        got = fc.backtest(fc.Drift(), HISTORY, horizon=3).answers(targets)
        assert got["cutoff"].tolist() == [2008, 2009, 2010] * 2
        assert got["outcome"].tolist() == [True] * 3 + [False] * 3
        for row, target in zip(got.itertuples(), np.repeat(np.array(targets, dtype=object), 3), strict=True):
            a = fc.assess(HISTORY, target, model=fc.Drift(), as_of=int(row.cutoff))
            assert row.probability == pytest.approx(a.probability, abs=2e-6)

    def test_another_indicator_another_year_and_a_course_are_not_asked(self) -> None:
        bt = fc.backtest(fc.Drift(), HISTORY, horizon=3)
        others = [
            fc.Target.at_least("y", 24.0, year=2011),
            fc.Target.at_least("x", 24.0, year=2030),
            fc.Target.rising("x", year=2011, rule="every_year"),
        ]
        assert bt.answers(others).empty
        assert "outcome" in bt.answers(others)


class TestReliability:
    def test_a_model_that_is_right_comes_true_as_often_as_it_says(self) -> None:
        bt = fc.backtest(fc.Drift(), walks(60), horizon=3, since=2010)
        bins = bt.reliability()
        assert sum(each.n for each in bins) == len(bt.questions())
        assert max(abs(each.stated - each.came_true) for each in bins) < 0.06
        assert all(each.low <= each.came_true <= each.high for each in bins)

    def test_a_model_that_is_too_sure_is_found_out(self) -> None:
        import forecast.evaluation.backtests as module

        class Sure(fc.Drift):
            """Says the median with certainty."""

            def fit_all(self, histories: object) -> list[object]:
                return [SureFit(fit) for fit in super().fit_all(histories)]  # type: ignore[arg-type]

        class SureFit:
            def __init__(self, fit: fc.Fitted) -> None:
                self.fit = fit

            def predict(self, year: int) -> fc.Distribution:
                return fc.Draws(np.array([self.fit.predict(year).median()]))

        histories = walks(30)
        sure, honest = (module.backtest(model, histories, horizon=3) for model in (Sure(), fc.Drift()))
        assert sure.brier().reliability > 10 * honest.brier().reliability

    def test_brier_parts_add_up(self) -> None:
        parts = fc.backtest(fc.Drift(), walks(10), horizon=3).brier()
        total = parts.reliability - parts.resolution + parts.uncertainty + parts.within
        assert_allclose(total, parts.score)
        assert parts.skill > 0
