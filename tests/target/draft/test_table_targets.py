"""What the cell of a target asks of its row."""

from __future__ import annotations

from tests.target.draft.told import rows, table


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
