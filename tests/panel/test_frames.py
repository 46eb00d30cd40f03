"""A panel says what ``assess`` says, of thousands of series at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from forecast.assessment import batch as answers
from forecast.assessment.items import assess_plan
from forecast.assessment.study import Line, Study
from forecast.errors import ForecastError, ReadError
from forecast.history.catalogue import Catalogue, Indicator
from forecast.history.histories import Histories
from forecast.history.history import History
from forecast.history.read_files import read_histories
from forecast.models.mixture.structural_mixture import StructuralMixture
from forecast.panel.frames import assess_frame
from forecast.panel.table import COLUMNS
from forecast.panel.workers import results_of
from forecast.target.plan import Item, Plan
from forecast.target.target import Target

CLASSES = ["I", "II", "III", "IV"]
BOUNDED = Catalogue(
    {
        "share": Indicator("share", unit="%", bounds=(0, 100)),
        "amount": Indicator("amount", bounds=(0, None)),
        "balance": Indicator("balance", unit="t"),
        "mortality": Indicator("mortality", bounds=(0, None)),
        "water": Indicator("water"),
    }
)
AREAS, AS_OF = 4, 2024


def random_frame(seed: int) -> pd.DataFrame:
    """Gaps, short and single observations, breaks, proxies, rounded figures, shares at their bound."""
    rng = np.random.default_rng(seed)
    parts = []
    for a in range(AREAS):
        for name in BOUNDED.indicators:
            n = int(rng.integers(1, 26))
            years = np.sort(rng.choice(np.arange(1998, 2025), n, replace=False))
            walk = rng.normal(0.5, 2, n).cumsum()
            values = {
                "share": np.clip(np.round(92 + walk, 1), 0, 100),
                "amount": 50 * np.exp(0.05 * walk),
                "balance": walk,
                "mortality": np.round(40 * np.exp(-0.05 * walk), 2),
                "water": np.clip(np.round(2.2 + walk / 20), 1, 4),
            }[name]
            status = np.where(rng.random(n) < 0.1, rng.choice(["provisional", "proxy"], n), "final")
            parts.append(
                pd.DataFrame(
                    {"area": f"area {a}", "indicator": name, "year": years, "value": values, "status": status,
                     "break": (rng.random(n) < 0.06).astype(int)}
                )
            )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def many_targets() -> list[Item]:
    of = Target
    targets = [
        of.at_least("share", 97, year=2030, unit="%"),
        of.at_least("share", 100, year=2027, unit="percent"),
        of.at_least("share", 95, year=2026, decimals=0),
        of.at_most("share", 99, year=2029),
        of.at_least("share", 96, year=2022),
        of.at_least("share", 100, year=2021),
        of.change("share", 2, year=2030, base_year=2015, unit="points"),
        of.at_least("amount", 60, year=2028),
        of.between("amount", 40, 70, year=2030),
        of.equal("amount", 55, tolerance=5, year=2026),
        of.average_growth("amount", 0.03, year=2030, base_year=2012),
        of.change("amount", 0.4, year=2030, base_year=2010),
        of.between("amount", 40, 70, year=2020),
        of.declining("balance", year=2027, unit="t"),
        of.rising("balance", year=2030, base_year=2014),
        of.at_most("balance", 0, year=2026, unit="kg"),
        replace(of.at_least("balance", 5, year=2026), growth_rate=True),
        of.declining("balance", year=2020),
        of.at_least("share", 0.9, year=2030),
        of.at_least("share", 0.9, year=2020),
        of.at_least("amount", 90_000, year=2030),
        of.change("balance", -3, year=2030, base_year=2012, unit="t"),
        of.at_most("mortality", 25, year=2030),
        of.declining("mortality", year=2030, rule="every_year"),
        of.at_most("mortality", -1, year=2030),
        of.all_areas("mortality", 30, year=2030, direction="at_most"),
        of.maintain("share", 92, year=2028),
        of.milestones("amount", {2026: 50, 2029: 60}),
        of.cumulative("mortality", 200, since=2025, year=2030, direction="at_most"),
        of.ordinal("water", "II", year=2027, scale=CLASSES),
        of.rising("amount", year=2029, rule="on_average"),
    ]
    bases = [(None, None), (2015, None), (2015, 90.0), (2023, None)]
    return [
        Item(
            str(i), target, group="g", nature="binding", base_year=bases[i % 4][0], base_value=bases[i % 4][1]
        )
        for i, target in enumerate(targets)
    ]


def one_by_one(plan: Plan, histories: Histories, as_of: int = AS_OF) -> pd.DataFrame:
    """The same rows, each by a call of its own."""
    lines = []
    for area in histories.areas:
        for item in plan:
            own = replace(item, area=area, target=item.target.for_one_area())
            alone = Histories([histories[own.key]], histories.catalogue)
            study = assess_plan(Plan((own,)), alone, as_of=as_of)
            lines.append(Line(own, study.assessments[0]))
    return Study(plan, histories, as_of, tuple(lines)).to_frame()


def bounded(frame: pd.DataFrame) -> Histories:
    def as_catalogued(history: History) -> History:
        entry = BOUNDED.indicator(history.indicator)
        return replace(history, bounds=entry.bounds, unit=entry.unit)

    return Histories(map(as_catalogued, read_histories(frame).values()), BOUNDED)


def assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    for name in COLUMNS:
        if found[name].dtype == "float64":
            assert_allclose(found[name], expected[name], rtol=1e-9, atol=1e-9, err_msg=name)
        else:
            got, want = (
                [None if pd.isna(x) else plain(x) for x in table[name]] for table in (found, expected)
            )
            assert got == want, name


def plain(cell: object) -> object:
    """A cell with the figures of its text to twelve digits: the same number may be read a last bit apart."""
    digits = r"-?\d+\.\d{6,}(?:e-?\d+)?"
    return re.sub(digits, lambda m: f"{float(m[0]):.12g}", cell) if isinstance(cell, str) else cell


@pytest.mark.parametrize("seed", [1, 2])
def test_a_panel_says_what_assess_says(seed: int) -> None:
    frame, plan = random_frame(seed), Plan(tuple(many_targets()))
    expected = one_by_one(plan, bounded(frame))
    found = assess_frame(frame, plan, catalogue=BOUNDED, as_of=AS_OF)
    assert tuple(found.columns) == COLUMNS == tuple(expected.columns)
    assert len(found) == AREAS * len(plan)
    assert found.status.nunique() == 5
    assert found.year_reached.isna().any()
    assert (found.year_reached > found.last_year).any()
    assert (found.year_reached == found.last_year).any()
    assert_same(found, expected)


def odd_frame() -> pd.DataFrame:
    """An additive outlier, a step that stays, a declared break, and a share near its bound."""
    steady = [10.0, 10.4, 10.7, 11.2, 11.5, 12.1, 12.3, 12.9, 13.2, 13.8]
    additive_outlier, level_shift = steady.copy(), [*steady[:5], *(v + 9 for v in steady[5:])]
    additive_outlier[4] = 40.0
    share = [96.1, 96.9, 97.2, 97.9, 98.1, 98.4, 98.8, 99.0, 99.1, 99.3]
    columns = {"balance": [additive_outlier, level_shift, steady], "share": [share] * 3}
    parts = [
        pd.DataFrame({"area": f"area {a}", "indicator": name, "year": range(2015, 2025), "value": values,
                      "break": [int(a == 2 and year == 2019) for year in range(2015, 2025)]})
        for name, each in columns.items() for a, values in enumerate(each)
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def test_what_was_seen_in_the_data_is_noted_as_in_an_assessment() -> None:
    targets = [Target.at_least("balance", 20, year=2030), Target.at_least("share", 100, year=2030),
               Target.at_least("share", 99, year=2020)]  # fmt: skip
    plan = Plan(tuple(Item(str(i), target) for i, target in enumerate(targets)))
    found = assess_frame(odd_frame(), plan, catalogue=BOUNDED, as_of=AS_OF)
    assert found.notes[0] == "wild values (years: 2019)"
    assert found.notes[3] == "level step (year: 2020, before: 11.5, after: 21.1)"
    assert found.notes[6] == "joined at break (years: 2019)"
    assert found.notes[1] == "met by rounding (edge: 99.95)"
    assert pd.isna(found.notes[2])
    assert_same(found, one_by_one(plan, bounded(odd_frame())))


def test_the_outside_view_is_noted_as_in_an_assessment() -> None:
    values = {
        "A": [60.0, 60.2, 60.5, 60.6, 60.9, 61.1],
        "B": [30, 33, 36.5, 40, 43, 46.2],
        "C": [52, 51.5, 51],
    }
    frame = pd.concat(
        pd.DataFrame({"area": area, "indicator": "urbanization_rate", "value": each,
                      "year": range(2021 - len(each), 2021)}) for area, each in values.items()
    )  # fmt: skip
    targets = [Target.at_least("urbanization_rate", value, year=2030) for value in (50, 63, 70)]
    plan = Plan(tuple(Item(str(i), target) for i, target in enumerate(targets)))
    names = Catalogue({"urbanization_rate": Indicator("urbanization_rate", unit="%", bounds=(0, 100))})
    found = assess_frame(frame, plan, catalogue=names)
    assert found.notes.str.contains("outside view").any()
    assert found.notes.str.contains("reference overlaps").all()
    histories = Histories(
        (replace(h, bounds=(0, 100), unit="%") for h in read_histories(frame).values()), names
    )
    assert_same(found, one_by_one(plan, histories, as_of=2020))


def test_what_is_counted_is_met_by_what_rounds_to_it() -> None:
    names = Catalogue({"days": Indicator("days", bounds=(0, 366), decimals=0)})
    frame = pd.DataFrame({"area": "A", "indicator": "days", "year": range(2015, 2025),
                          "value": [330, 334, 331, 338, 340, 339, 344, 347, 346, 350]})  # fmt: skip
    plan = Plan((Item("1", Target.at_least("days", 351, year=2026)),))
    found = assess_frame(frame, plan, catalogue=names)
    days = (replace(h, bounds=(0, 366), whole=True) for h in read_histories(frame).values())
    histories = Histories(days, names)
    assert found.notes[0] == "met by rounding (edge: 350.5)"
    assert_same(found, one_by_one(plan, histories))


SMALL = pd.DataFrame(
    {"area": ["A"] * 6 + ["B"] * 6, "indicator": "x", "year": [*range(2015, 2021)] * 2,
     "value": [1.0, 2.0, 2.5, 4.0, 4.5, 6.0, 9.0, 8.0, 8.5, 7.0, 6.5, 6.0]}
)  # fmt: skip
GOAL = [Target.at_least("x", 8, year=2024)]


def spoilt(column: str, row: int, value: object) -> pd.DataFrame:
    frame = SMALL.assign(unit="t", status="final", **{"break": 0}).astype({column: object})
    frame.loc[row, column] = value
    return frame


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("value", "?", "x (B) in 2017: value is '?', which is not a number. "
                       "Leave the cell empty where there is none."),
        ("value", "12%", "x (B) in 2017: value is '12%', which is not a number. "
                         "Write 12, and % as the unit."),
        ("value", float("inf"), "x (B) in 2017: value is 'inf', which is not finite. "
                                "Leave the cell empty where there is no figure."),
        ("year", "20x7", "x (B): year is '20x7', which is not a whole year. Write it as 2026."),
        ("year", 2016, "x (B): more than one value for 2016. Keep one value a year."),
        ("unit", "kg", "x (B): has the unit 'kg', but also 't'. Use one unit a series."),
        ("status", "guessed", "x (B) in 2017: status is 'guessed'. "
                              "Use one of: final, provisional, derived, proxy."),
        ("break", "maybe", "x (B) in 2017: break is 'maybe'. Write 1 in the first year of a new level, "
                           "else leave it empty."),
        ("area", None, "x: area is empty, but other rows name one ('A'). "
                       "Name an area in every row, or in none."),
        ("value", 1e300, "x (B) in 2017: value is '1e+300', not of a size that figures have. "
                         "Correct it, or its unit."),
        ("value", -5.0, "x (B) in 2017: value is -5, outside the bounds [0, open]. "
                        "Correct the value, its unit, or the bounds."),
    ],
)  # fmt: skip
def test_a_bad_series_is_a_row_with_its_problem_and_stops_no_other(
    column: str, value: object, said: str
) -> None:
    names = Catalogue({"x": Indicator("x", bounds=(0, None))})
    found = assess_frame(spoilt(column, 8, value), GOAL, catalogue=names)
    # A row without an area is a series of its own.
    assert found.problem[2 if column == "area" else 1] == said
    if column == "area":
        return
    assert (found.status[1], found.rating[1], found.evidence[1]) == ("unanswered", "not_assessed", "D")
    assert pd.isna(found.loc[1, ["last_value", "probability", "median"]]).all()
    good = assess_frame(SMALL[SMALL.area == "A"].assign(unit="t"), GOAL, catalogue=names)
    assert_same(found.iloc[:1], good)


def test_what_is_missing_is_said() -> None:
    frame = pd.concat(
        [SMALL, pd.DataFrame({"area": ["C", "D"], "indicator": ["y", None], "year": 2020, "value": 1})]
    )
    found = assess_frame(frame, [*GOAL, Target.at_least("y", 2, year=2024)])
    said = dict(zip(zip(found.area, found.indicator, strict=True), found.problem, strict=True))
    assert said["C", "x"] == "no history of 'x' in 'C'."
    assert said["C", "y"].startswith("y (C): StructuralMixture needs 2 observations; got 1.")
    assert found.iloc[-1][["id", "area", "problem"]].tolist() == [
        "", "D", "(D): indicator is empty. Name it.",
    ]  # fmt: skip
    with pytest.raises(ReadError, match=r"column 'value' is missing\. Did you mean 'valeu'"):
        assess_frame(SMALL.rename(columns={"value": "valeu"}), GOAL)
    with pytest.raises(ForecastError, match="targets: there is none"):
        assess_frame(SMALL, [])


def test_problems_are_told_in_the_language_that_is_asked_for() -> None:
    frame = SMALL.astype({"value": object})
    frame.iloc[0, frame.columns.get_loc("value")] = "?"
    said = assess_frame(frame, [*GOAL, Target.at_least("y", 2, year=2024)], lang="zh").problem.dropna()
    assert "“B”没有“y”的历史数据。" in set(said)
    assert any("value 是“?”，不是数字" in each for each in said)
    with pytest.raises(ForecastError, match="lang"):
        assess_frame(SMALL, GOAL, lang="fr")


def test_a_garbage_column_leaves_a_row_for_every_target() -> None:
    found = assess_frame(SMALL.assign(value="?"), GOAL)
    assert found.problem.str.contains("in 2015: value is '\\?'").all()
    assert len(found) == 2


def test_forecasting_frames_and_tables_of_targets() -> None:
    dates = pd.to_datetime(SMALL.year.astype(str) + "-12-31")
    frame = pd.DataFrame({"unique_id": SMALL.area + "/x", "ds": dates, "y": SMALL.value.astype("Float64")})
    table = pd.DataFrame({"id": ["a", "b"], "area": ["", "B"], "indicator": "x", "year": 2024,
                          "kind": ["at_least", "at_most"], "value": [8, 5]})  # fmt: skip
    found = assess_frame(frame, table)
    assert found[["id", "area"]].to_numpy().tolist() == [["a", "A"], ["a", "B"], ["b", "B"]]
    assert_same(found.iloc[:2].assign(id="1"), assess_frame(SMALL, GOAL))


def test_a_stand_in_and_a_base_without_a_history_are_answered_as_in_a_study() -> None:
    stand_in = Item("1", GOAL[0], area="Z", judged_on=("A", "x"))
    stated = Item("2", Target.at_least("y", 8, year=2024), area="A", base_year=2020, base_value=5.0)
    plan = Plan((stand_in, stated))
    found = assess_frame(SMALL, plan)
    expected = assess_plan(plan, read_histories(SMALL), model=StructuralMixture()).to_frame()
    found = found.sort_values("id", ignore_index=True)
    assert found.judged_on_area[0] == "A"
    assert found.required_per_year[1] == 0.75
    assert_same(found.drop(columns="problem").assign(problem=expected.problem), expected)


def test_a_ratio_of_two_series_is_derived() -> None:
    frame = pd.concat([SMALL, SMALL.assign(indicator="y", value=2.0)])
    target = Target.relative_to("x", "y", 2.0, year=2024)
    found = assess_frame(frame, [target])
    halved = assess_frame(SMALL.assign(value=SMALL.value / 2), [Target.at_least("x", 2.0, year=2024)])
    assert_allclose(found.probability, halved.probability, rtol=1e-9)


def test_a_series_is_compared_with_that_of_another_area() -> None:
    target = Target.relative_to("x", "x (B)", 1.5, year=2024)
    found = assess_frame(SMALL, [target])
    expected = assess_plan(Plan((Item("1", target, area="A"),)), read_histories(SMALL)).to_frame()
    assert found.last_value[0] == 1.0
    assert_same(found.iloc[:1], expected)
    assert found.problem[1] == "x (B): other areas are compared with it; itself it is not."


def test_what_cannot_be_compared_is_said_with_what_to_do() -> None:
    def said(to: str, frame: pd.DataFrame = SMALL) -> list[str]:
        return assess_frame(frame, [Target.relative_to("x", to, 1.5, year=2024)]).problem.tolist()

    assert said("y")[0] == "x (A): it is to be compared with 'y', but 'A' has no history of that. Add it."
    assert said("x (China)")[0] == (
        "x (A): it is to be compared with 'x (China)', which is not among the areas worked on with it. "
        "Files and Dask frames are worked on a few areas at a time: use assess_frame on the whole table, or "
        "give each area those figures as an indicator of its own."
    )
    broken = said("x (B)", spoilt("value", 8, "?"))
    assert broken[0] == broken[1]
    assert broken[0].startswith("x (B) in 2017: value is '?', which is not a number.")


def test_little_work_starts_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def noted(work: Any, n_jobs: int) -> Any:
        asked.append(n_jobs)
        return results_of(work, 1)

    monkeypatch.setattr("forecast.panel.frames.results_of", noted)
    targets = [Target.at_least("amount", 60, year=2030)]
    assess_frame(random_frame(4), targets, n_jobs=2)
    assert set(asked) == {1}
    monkeypatch.setattr("forecast.panel.frames._WORTH_STARTING", 0.0)
    assess_frame(random_frame(4), targets, n_jobs=2)
    assert asked[-1] == 2


def test_processes_and_progress_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forecast.panel.frames._WORTH_STARTING", 0.0)
    frame = random_frame(4)
    seen: list[tuple[int, int]] = []
    targets = [Target.at_least("amount", 60, year=2030), Target.at_most("mortality", 20, year=2030)]
    here = assess_frame(frame, targets, progress=lambda done, total: seen.append((done, total)))
    there = assess_frame(frame, targets, n_jobs=2)
    pd.testing.assert_frame_equal(here, there)
    assert seen[-1] == (2 * AREAS, 2 * AREAS)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_later_observations_are_not_used() -> None:
    early = assess_frame(SMALL[SMALL.year <= 2018], GOAL, as_of=2018)
    assert_same(assess_frame(SMALL, GOAL, as_of=2018), early)
    late = SMALL[(SMALL.area == "A") | (SMALL.year >= 2019)]
    found = assess_frame(late, GOAL, as_of=2018)
    assert found.problem[1] == "x (B): nothing observed by 2018; the first value is of 2019."


def test_very_short_series_of_a_known_kind_are_left_to_the_outside_view() -> None:
    frame = pd.DataFrame({"area": "J", "indicator": "primary_industry_value_added", "year": [2020, 2021],
                          "value": [9.0, 9.248]})  # fmt: skip
    plan = Plan((Item("1", Target.at_least("primary_industry_value_added", 12, year=2026), area="J"),))
    expected = assess_plan(plan, read_histories(frame), model=StructuralMixture())
    assert expected.assessments[0].reference is not None
    assert_same(assess_frame(frame, plan), expected.to_frame())


def test_what_breaks_the_arithmetic_of_one_series_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = assess_frame(SMALL, GOAL)

    def broken(*arguments: object) -> None:
        raise FloatingPointError("overflow")

    monkeypatch.setattr(answers, "_forecast", broken)
    assert_same(assess_frame(SMALL, GOAL), whole)
    monkeypatch.setattr("forecast.assessment.items._answered", broken)
    found = assess_frame(SMALL, GOAL)
    assert found.problem[0] == (
        "x (A): its figures break the arithmetic (FloatingPointError: overflow). "
        "Look for a wrong value, year or unit."
    )


def test_the_edges_of_what_a_frame_can_be() -> None:
    columns = ["area", "indicator", "year", "value"]
    assert tuple(assess_frame(pd.DataFrame(columns=columns), GOAL).columns) == COLUMNS
    assert assess_frame(SMALL.assign(value=None), GOAL).problem[0] == "x (A): no year has a value."
    nullable = SMALL.astype({"area": "category", "year": "Int32", "value": "Float64"}).assign(other="?")
    assert_same(assess_frame(nullable, GOAL), assess_frame(SMALL, GOAL))
    nowhere = assess_frame(SMALL[SMALL.area == "A"].drop(columns="area"), GOAL)
    assert nowhere.area.tolist() == [""]
    late = assess_frame(SMALL, [Target.at_least("x", 8, year=2010)])
    assert late.problem[1] == "x (B): 2010 lies in the past and was not observed."


def test_a_number_in_a_panel_is_spelt_as_in_any_file() -> None:
    frame = pd.DataFrame(
        {
            "area": "A",
            "indicator": "x",
            "year": range(2015, 2021),
            "value": ["1", "2", "２．５", "−3", "4", "5"],
        }
    )
    found = assess_frame(frame, [Target.at_least("x", 6, year=2026)])
    plain = assess_frame(frame.assign(value=[1, 2, 2.5, -3, 4, 5]), [Target.at_least("x", 6, year=2026)])
    pd.testing.assert_frame_equal(found, plain)
