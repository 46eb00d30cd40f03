"""Plans as people keep them in tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from numpy.testing import assert_allclose

from forecast.assessment.assess import assess
from forecast.errors import ReadError
from forecast.history.history import History
from forecast.target.read_plan import read_plan
from forecast.target.target import Target

FIVE_YEARS = (
    "“十五五”主要指标\n序号,指标,2025年,2030年,年均增速[累计],属性\n"
    "1,常住人口城镇化率(%),66.2,70,[3.8],预期性\n2,地区生产总值(亿元),1260,,>5%,预期性\n"
    "3,单位GDP能耗降低(%),,,[13.5],约束性\n4,失业率(%),5.5,<5,,预期性\n5,新增就业(万人),,,〔60〕,预期性\n"
    "6,优良天数比率(%),,92,,约束性\n注：〔〕为五年累计。\n"
)


def write(folder: Path, text: str) -> Path:
    (folder / "plan.csv").write_text(text, encoding="utf-8")
    return folder / "plan.csv"


def test_the_table_of_a_five_year_plan(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, FIVE_YEARS))
    assert plan.title("zh") == "“十五五”主要指标"
    assert plan["1"].target == Target.at_least("常住人口城镇化率", 70, year=2030, unit="%")
    assert (plan["1"].base_year, plan["1"].base_value, plan["1"].nature) == (2025, 66.2, "anticipatory")
    growth, energy = plan["2"].target, plan["3"].target
    assert (growth.kind.name, growth.indicator) == ("average_growth", "地区生产总值")
    assert_allclose(growth.value, 0.05)
    assert (energy.kind.name, energy.indicator) == ("change", "单位GDP能耗")
    assert_allclose(energy.value, -0.135)
    assert plan["4"].target == Target.at_most("失业率", 5, year=2030, unit="%")
    assert plan["5"].target == Target.cumulative("新增就业", 60, since=2026, year=2030, unit="万人")
    assert len(plan.unread) == 1
    assert "could be meant as at least or at most" in plan.unread[0].problems[0]


def test_the_headers_of_an_analyst(tmp_path: Path) -> None:
    text = "地区,指标,目标年,目标值,方向,基期,基期值,单位,约束性\n吉林,x,2030年,75,不低于,2025,60,%,是\n"
    item = read_plan(write(tmp_path, text))["1"]
    assert item.target == Target.at_least("x", 75, year=2030, unit="%")
    assert (item.area, item.base_year, item.base_value, item.nature) == ("吉林", 2025, 60.0, "binding")


def test_a_sign_before_the_number_is_its_kind(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, "指标,目标值,单位,年份\nx,≥75,%,2030\ny,≤5,%,2030\n"))
    assert [item.target.kind.name for item in plan] == ["at_least", "at_most"]


@pytest.mark.parametrize("between", [",", "，", ";", "、"])
def test_milestones_with_any_comma(between: str, tmp_path: Path) -> None:
    text = f'indicator,kind,milestones,unit\nx,milestones,"2027:5.2{between}2030:5.5",%\n'
    assert read_plan(write(tmp_path, text))["1"].target == Target.milestones(
        "x", {2027: 5.2, 2030: 5.5}, unit="%"
    )


def test_one_unreadable_target_does_not_stop_the_others(tmp_path: Path) -> None:
    plan = read_plan(
        write(tmp_path, "indicator,kind,value,year\nx,at_least,about 5,2030\ny,at_least,5,2030\n")
    )
    assert [item.target.indicator for item in plan] == ["y"]
    assert plan.unread[0].problems == (
        "row 2: value is 'about 5', which is not a number. Write the number alone.",
    )


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 3000, "year = " + "9" * 5000, ".".join(["a"] * 5000) + " = 1", "a = " + "{b=" * 2000],
)
def test_a_hostile_toml_is_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(ReadError, match=r"nests deeper, or holds longer numbers|it is not TOML"):
        read_plan(tmp_path / "p.toml")


def test_any_number_of_decimals_is_answered(tmp_path: Path) -> None:
    """Rounding to 400 decimals raised OverflowError."""
    (tmp_path / "p.toml").write_text(
        '[[target]]\nindicator = "x"\nkind = "at_least"\nvalue = 5\nyear = 2030\ndecimals = 400\n'
    )
    (item,) = read_plan(tmp_path / "p.toml")
    history = History.of("x", range(2010, 2021), range(11))
    assert 0.9 < (assess(history, item.target).probability or 0) < 1


def test_thousands_of_mistakes_are_told_in_a_few_lines_and_little_time(tmp_path: Path) -> None:
    wrong = '[[target]]\nid="{}"\nindicator="name {}"\nkind="at_lest"\nvalue=1\nyear=2030\n'
    (tmp_path / "plan.toml").write_text(
        'title="t"\n' + "".join(wrong.format(i, i) for i in range(1500)), "utf-8"
    )
    with pytest.raises(ReadError, match="1500 problems") as told:
        read_plan(tmp_path / "plan.toml")
    assert len(str(told.value)) < 20_000
