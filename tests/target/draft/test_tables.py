"""Each rule for tables, by a small table of its own."""

from __future__ import annotations

import pytest

from forecast.target.draft.context import Context
from forecast.target.draft.found import Stated
from forecast.target.draft.table_cells import name_of, nature_of, reached
from forecast.target.draft.table_header import header
from tests.target.draft.told import draft

TITLE = "# 甲市“十五五”规划主要指标\n\n"


def rows(table: str, title: str = TITLE) -> list[Stated]:
    return list(draft(title + table, "plan.md").targets)


def table(*lines: str) -> str:
    head, *rest = (f"| {line} |" for line in lines)
    rule = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([head, rule, *rest]) + "\n"


def test_two_years_and_the_nature() -> None:
    text = table(
        "序号 | 指标 | 2025年 | 2030年 | 属性",
        "1 | 城镇化率（%） | 65.2 | 70 | 预期性",
        "2 | PM2.5浓度（微克/立方米） | 30 | <27 | 约束性",
        "3 | 粮食产量（万吨） | 29.5 | 30左右 | 约束性",
    )
    rate, dust, grain = rows(text)
    assert (rate.indicator, rate.kind, rate.value, rate.unit, rate.year) == (
        "城镇化率",
        "at_least",
        70.0,
        "%",
        2030,
    )
    assert (rate.base_year, rate.base_value, rate.nature) == (2025, 65.2, "anticipatory")
    assert (dust.indicator, dust.kind, dust.unit, dust.nature) == (
        "PM2.5浓度",
        "at_most",
        "微克/立方米",
        "binding",
    )
    assert grain.approximate


def test_yearly_growth_and_totals_over_five_years() -> None:
    text = table(
        "指标 | 2025年 | 2030年 | 年均/〔累计〕 | 属性",
        "地区生产总值增长（%） | — | — | 6左右 | 预期性",
        "单位GDP二氧化碳排放降低（%） | — | — | 〔17〕 | 约束性",
        "婴幼儿入托率提高（百分点） | — | — | 〔6〕 | 预期性",
        "城镇新增就业（万人） | — | — | 〔25〕 | 预期性",
        "人均预期寿命（岁） | 79 | — | 〔1〕 | 预期性",
        "居民收入增长（%） | 5 | — | 与GDP增长同步 | 预期性",
    )
    found = [(each.indicator, each.kind, each.value, each.unit, each.base_year) for each in rows(text)]
    assert found == [
        ("地区生产总值", "average_growth", 6.0, "%", 2025),
        ("单位GDP二氧化碳排放", "change", -17.0, "%", 2025),
        ("婴幼儿入托率", "change", 6.0, "百分点", 2025),
        ("城镇新增就业", "cumulative", 25.0, "万人", 2025),
        ("人均预期寿命", "change", 1.0, "岁", 2025),
        ("居民收入", "in_step_with", None, "", 2025),
    ]


def test_a_footnote_moves_the_base_year() -> None:
    text = table("指标 | 2025年 | 2030年 | 属性", "森林覆盖率（%） | 25.1* | 25.8 | 约束性")
    assert rows(text)[0].doubts == ("the mark at the base is not explained",)
    assert rows(text + "\n注：带*的为2024年数据。\n")[0].base_year == 2024


def test_two_indicators_in_a_row() -> None:
    text = table(
        "指标 | 目标", "草原盖度 / 森林覆盖率 | 59.5% / ≥20%", "旅游收入、人次 | 分别达50亿元、800万人次"
    )
    found = [(each.indicator, each.value, each.unit) for each in rows(text)]
    assert found == [
        ("草原盖度", 59.5, "%"), ("森林覆盖率", 20.0, "%"), ("旅游收入", 50.0, "亿元"), ("旅游人次", 800.0,
            "万人次"),
    ]  # fmt: skip


def test_prose_in_the_cells() -> None:
    text = table(
        "指标 | “十五五”目标",
        "城镇化率 | 到2030年达67%左右（2025年64.7%）",
        "研发经费 | 年均增长8%以上（预期性）",
        "耕地保有量 | 保持在国家下达目标内（838.7万亩以上，约束性）",
    )
    rate, research, land = rows(text)
    assert (rate.value, rate.base_year, rate.base_value, rate.approximate) == (67.0, 2025, 64.7, True)
    assert (research.kind, research.value, research.nature) == ("average_growth", 8.0, "anticipatory")
    assert (land.value, land.unit, land.nature) == (838.7, "万亩", "binding")


def test_a_head_over_two_columns_and_a_group_s_unit() -> None:
    text = table(
        "指标 |  | 2025年 | 2030年 | 〔累计〕 | 属性",
        "主要污染物排放总量减少（%） | 氨氮 | — | — | 〔10〕 | 约束性",
    )
    (only,) = rows(text)
    assert (only.kind, only.value, only.unit) == ("change", -10.0, "%")
    assert only.indicator.startswith("氨氮")


def test_a_table_of_observations_has_no_targets() -> None:
    text = table("年份 | 2019年 | 2020年 | 2021年", "粮食产量（万吨） | 28 | 29 | 30")
    assert rows(text, title="甲市统计\n\n") == []


def test_an_english_table() -> None:
    text = table("Indicator | Unit | Baseline 2020 | Target 2030", "Forest cover | % | 21.7 | 33")
    (only,) = rows(text, title="")
    assert (only.indicator, only.value, only.unit, only.year) == ("Forest cover", 33.0, "%", 2030)
    assert (only.base_year, only.base_value) == (2020, 21.7)


def test_rows_that_lost_their_strokes() -> None:
    text = (
        "“十五五”主要指标\n指标 2025年 2030年 属性\n1.城镇化率（%） 65 70 预期性\n"
        "2.森林覆盖率（%） 25.1 25.8 约束性\n3.人均预期寿命（岁） 79 80 预期性\n"
    )
    found = draft(text).targets
    assert [(each.indicator, each.value, each.base_value, each.nature) for each in found] == [
        ("城镇化率", 70.0, 65.0, "anticipatory"), ("森林覆盖率", 25.8, 25.1, "binding"),
        ("人均预期寿命", 80.0, 79.0, "anticipatory"),
    ]  # fmt: skip


def test_the_quote_of_a_row_is_the_row() -> None:
    text = table("指标 | 2025年 | 2030年 | 属性", "城镇化率（%） | 65.2 | 70 | 预期性")
    read = draft(TITLE + text, "plan.md")
    assert read.quote(read.targets[0]) == "城镇化率（%）\t65.2\t70"


@pytest.mark.parametrize(
    ("cell", "number", "side", "total"),
    [(">22", 22.0, "at_least", False), ("≤5.5", 5.5, "at_most", False), ("〔17〕", 17.0, "", True),
     ("[>25]", 25.0, "at_least", True), ("4.5以内", 4.5, "at_most", False), ("累计6", 6.0, "", True)],
)  # fmt: skip
def test_what_a_cell_gives(cell: str, number: float, side: str, total: bool) -> None:
    got = reached(cell)
    assert got is not None
    assert (got.amount.number, got.side, got.total) == (number, side, total)


@pytest.mark.parametrize("cell", ["", "—", "-", "/", "保持在合理区间"])
def test_a_cell_without_a_number(cell: str) -> None:
    assert reached(cell) is None


def test_what_a_name_says() -> None:
    assert (
        name_of("3. 常住人口城镇化率（%）".replace("（", "(").replace("）", ")")).text == "常住人口城镇化率"
    )
    assert name_of("GDP年均增速").growth
    assert name_of("能耗降低(%)").change == -1
    assert name_of("常住人口城镇化率(2030)").year == 2030
    assert nature_of("约束性指标") == "binding"


def test_the_columns_of_a_header() -> None:
    size, columns = header([["指标", "单位", "2025年", "2030年目标", "属性"]], Context())
    assert (size, [column.role for column in columns]) == (1, ["name", "unit", "base", "target", "nature"])
