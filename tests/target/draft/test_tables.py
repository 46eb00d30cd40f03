"""Each rule for tables, by a small table of its own."""

from __future__ import annotations

from tests.target.draft.told import TITLE, draft, rows, table


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


def test_a_footnote_moves_the_base_year() -> None:
    text = table("指标 | 2025年 | 2030年 | 属性", "森林覆盖率（%） | 25.1* | 25.8 | 约束性")
    assert rows(text)[0].doubts == ("the mark at the base is not explained",)
    assert rows(text + "\n注：带*的为2024年数据。\n")[0].base_year == 2024


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


def test_the_quote_of_a_row_is_the_row() -> None:
    text = table("指标 | 2025年 | 2030年 | 属性", "城镇化率（%） | 65.2 | 70 | 预期性")
    read = draft(TITLE + text, "plan.md")
    assert read.quote(read.targets[0]) == "城镇化率（%）\t65.2\t70"
