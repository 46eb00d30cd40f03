from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from rich.cells import cell_len
from rich.console import Console

import forecast as fc
from forecast.history.catalogue import Catalogue, Indicator
from forecast.language.language import Language
from forecast.report.formats.console import backtest_table, line_table, panel_table, study_table


def _printed(table: object, width: int = 140) -> str:
    console = Console(width=width, no_color=True)
    with console.capture() as seen:
        console.print(table)
    return seen.get()


def test_every_target_has_its_row(study: fc.Study, lang: str) -> None:
    words = Language(lang)
    lines = _printed(study_table(study, words, 140)).splitlines()
    for line in study.lines:
        row = next(text for text in lines if text.split()[:1] == [line.item.id])
        assert words.text(f"rating.{line.assessment.rating}") in row
        if line.assessment.probability is not None:
            assert words.probability(line.assessment.probability) in row


@pytest.mark.parametrize("label", ["[bold]x[/bold]", "=1+1"])
def test_labels_are_data(study: fc.Study, label: str) -> None:
    item = replace(study.plan.items[2], labels={"en": label})
    lines = (replace(study.lines[2], item=item),)
    assert label in _printed(study_table(replace(study, lines=lines), Language("en"), 140))


def test_one_target_shows_its_finding_and_every_figure(study: fc.Study, lang: str) -> None:
    words = Language(lang)
    shown = _printed(line_table(study.lines[0], study.histories.catalogue, words))
    assert words.probability(study.lines[0].assessment.probability or 0.0) in shown.splitlines()[0]
    assert words.text("fact.observed") in shown


def test_the_star_is_explained_only_where_one_is_shown(study: fc.Study) -> None:
    own = tuple(line for line in study.lines if not line.item.by_proxy)
    assert len(own) < len(study.lines)
    assert "*" in _printed(study_table(study, Language("en"), 140)).splitlines()[-1]
    assert "*" not in _printed(study_table(replace(study, lines=own), Language("en"), 140))


def test_a_narrow_terminal_breaks_cells_between_words(study: fc.Study) -> None:
    words = Language("en")
    item = replace(study.plan.items[0], labels={"en": "Registered urban unemployment rate"})
    lines = (replace(study.lines[0], item=item), *study.lines[1:])
    table = study_table(replace(study, lines=lines), words, 80)
    seen = {word for line in _printed(table, 80).splitlines() for word in line.split()}
    assert {"Registered", "unemployment", "Probability"} <= seen
    assert all(len(line) <= 80 for line in _printed(table, 80).splitlines())


@pytest.mark.parametrize("width", [80, 60])
def test_a_narrow_terminal_shows_every_figure_of_a_panel_whole(lang: str, width: int) -> None:
    found = pd.DataFrame(
        {
            "id": ["1", "2"], "indicator": ["registered_urban_unemployment_rate", "grain_output"],
            "areas": 61600, "share_on_track": [0.4, 0.0], "expected": [812.3, 0.0], "low": [741.0, 0.0],
            "high": [1204.0, 0.0], "not_assessed": [12, 61600],
        }
    )  # fmt: skip
    words = Language(lang)
    shown = _printed(panel_table(found, words, width), width)
    assert f"812 ({words.span('741', '1204')})" in shown
    assert "…" not in shown
    assert all(cell_len(line) <= width for line in shown.splitlines())


@pytest.mark.parametrize("values", [[1.0, 2.0], [12.3, 12.5, 12.6, 12.9]])
def test_a_back_test_of_series_too_short_says_that_they_were_read(values: list[float]) -> None:
    past = fc.backtest(fc.StructuralMixture(), fc.History.of("x", range(2018, 2018 + len(values)), values))
    assert backtest_table(past, Language("en")) == (
        "1 series was read; it is too short to be tested on its own past."
    )
    assert "读取了1个序列" in str(backtest_table(past, Language("zh")))


def test_a_narrow_chinese_terminal_keeps_names_and_tears_no_bracket() -> None:
    """Names get 18 characters; a unit or a year in brackets, and a rating, stand on one line."""
    names = {"率": "常住人口城镇化率", "浓度": "细颗粒物浓度", "收入": "人均可支配收入"}
    given = (("率", "%", 70.0), ("浓度", "微克/立方米", 32.0), ("收入", "元", 88_300.0))
    found = [
        fc.History.of(name, range(2015, 2025), [x + t / 10 for t in range(10)], unit=unit)
        for name, unit, x in given
    ]
    items = [
        fc.Item(str(i), fc.Target.at_least(name, x + 2, year=2027, unit=unit), {"zh": names[name]})
        for i, (name, unit, x) in enumerate(given)
    ]
    study = fc.assess_plan(fc.Plan(tuple(items)), fc.Histories(found), model=fc.Drift())
    printed = _printed(study_table(study, Language("zh"), 80), 80)
    for word in ("常住人口城镇化率", "（%）", "（微克/立方米）", "人均可支配收入", "（2024年）"):
        assert word in printed
    assert all(cell_len(line) <= 80 for line in printed.splitlines())


def test_the_latest_of_a_water_body_is_its_class() -> None:
    history = fc.History.of("water", range(2018, 2025), [3, 3, 2, 3, 2, 2, 2], unit="")
    item = fc.Item("1", fc.Target.ordinal("water", "II", year=2027, scale=("I", "II", "III")))
    study = fc.assess_plan(fc.Plan((item,)), fc.Histories((history,)), model=fc.Drift())
    assert "II (2024)" in _printed(study_table(study, Language("en"), 140))


def test_a_narrow_chinese_terminal_keeps_a_unit_in_its_bracket_and_a_sign_with_its_figure() -> None:
    names = {"energy": Indicator("energy", "吨标准煤/万元", labels={"zh": "单位地区生产总值能耗"})}
    items = [
        fc.Item("1", fc.Target.change("energy", -0.135, year=2030, base_year=2025), area="甲"),
        fc.Item("2", fc.Target.average_growth("energy", 0.055, year=2030, base_year=2025), area="甲"),
    ]
    values = [0.62, 0.60, 0.575, 0.556, 0.54, 0.523, 0.515, 0.498]
    history = fc.History.of("energy", range(2018, 2026), values, unit="吨标准煤/万元", area="甲")
    study = fc.assess_plan(
        fc.Plan(tuple(items)), fc.Histories((history,), Catalogue(names, {})), model=fc.Drift()
    )
    printed = _printed(study_table(study, Language("zh"), 80), 80)
    assert all(whole in printed for whole in ("（吨标准煤/万元）", "≥13.5%", "≥5.5%"))
    assert all(cell_len(line) <= 80 for line in printed.splitlines())
