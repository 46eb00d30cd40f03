"""Which kind of target a number is: each rule by a clause of its own."""

from __future__ import annotations

import pytest

from forecast.target.draft.measures import direction_of, less_is_better
from tests.target.draft.told import draft, told


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("甲县森林覆盖率达到45%", ("甲县森林覆盖率", "at_least", 45.0, "%")),
        ("城镇化率70%以上", ("城镇化率", "at_least", 70.0, "%")),
        ("湿地保护率不低于55%", ("湿地保护率", "at_least", 55.0, "%")),
        ("林业总产值突破30亿元", ("林业总产值", "at_least", 30.0, "亿元")),
        ("粮食产能迈上100亿斤新台阶", ("粮食产能", "at_least", 100.0, "亿斤")),
        ("空气优良天数不少于330天", ("空气优良天数", "at_least", 330.0, "天")),
        ("能源消费总量控制在800万吨标准煤以内", ("能源消费总量", "at_most", 800.0, "万吨标准煤")),
        ("PM2.5平均浓度降至28微克/立方米", ("PM2.5平均浓度", "at_most", 28.0, "微克/立方米")),
        ("城镇登记失业率5%", ("城镇登记失业率", "at_most", 5.0, "%")),
        ("非化石能源占能源消费总量比重达到25%", ("非化石能源占能源消费总量比重", "at_least", 25.0, "%")),
        ("5岁以下儿童死亡率下降到5‰", ("5岁以下儿童死亡率", "at_most", 5.0, "‰")),
        ("每千人口执业医师数达到3.5人", ("每千人口执业医师数", "at_least", 3.5, "人")),
        ("耕地保有量稳定在60万亩以上", ("耕地保有量", "maintain", 60.0, "万亩")),
        ("各乡镇集中供水率达到95%", ("各乡镇集中供水率", "all_areas", 95.0, "%")),
        ("村集体收入全部超过20万元", ("村集体收入", "all_areas", 20.0, "万元")),
        ("人均收入由2025年的3.1万元提高到4.5万元", ("人均收入", "at_least", 4.5, "万元")),
        ("单位GDP能耗比2025年下降14%", ("单位GDP能耗", "change", -14.0, "%")),
        ("人均预期寿命在2025年基础上提高1岁", ("人均预期寿命", "change", 1.0, "岁")),
        ("参保率提高3个百分点", ("参保率", "change", 3.0, "个百分点")),
        ("降低单位产值水耗10%", ("单位产值水耗", "change", -10.0, "%")),
        ("地区生产总值年均增长6%左右", ("地区生产总值", "average_growth", 6.0, "%")),
        ("研发经费年均增速8%以上", ("研发经费年均增速", "average_growth", 8.0, "%")),
        ("煤炭消费量年均下降2%", ("煤炭消费量", "average_growth", -2.0, "%")),
        ("生产总值年均增长5%—6%", ("生产总值", "between", (5.0, 6.0), "%")),
        ("实际利用外资累计达到9亿美元", ("实际利用外资", "cumulative", 9.0, "亿美元")),
        ("新建污水管网120公里", ("污水管网", "cumulative", 120.0, "公里")),
        ("建成300个以上示范工厂", ("示范工厂", "cumulative", 300.0, "个")),
    ],
)
def test_a_clause_states_one_target(clause: str, expected: tuple[object, ...]) -> None:
    assert told(f"到2030年，{clause}。") == [(*expected, 2030)]


def test_prices_are_a_growth_rate_already() -> None:
    (only,) = draft("2026年政府工作报告\n主要预期目标：居民消费价格涨幅2%左右。").targets
    assert (only.kind, only.value, only.growth_rate) == ("at_most", 2.0, True)


def test_a_small_rate_over_a_plan_is_one_a_year_and_doubted() -> None:
    (only,) = draft("到2030年，居民收入增长5%。").targets
    assert (only.kind, only.value, only.base_year) == ("average_growth", 5.0, 2025)
    assert only.doubts == ("a yearly rate, though 年均 is not written",)


def test_one_year_of_growth_counts_from_the_year_before() -> None:
    growth, fall = draft("2026年政府工作报告\n主要预期目标：地区生产总值增长5%，单位GDP能耗下降3%。").targets
    assert (growth.kind, growth.base_year) == ("average_growth", 2025)
    assert (fall.kind, fall.value, fall.base_year) == ("change", -3.0, 2025)


def test_about_is_marked_and_takes_its_side_from_the_indicator() -> None:
    share, rate = draft("到2030年，制造业占比25%左右，失业率5.5%左右。").targets
    assert share.approximate
    assert rate.approximate
    assert (share.kind, rate.kind) == ("at_least", "at_most")


def test_a_share_is_judged_by_what_it_is_a_share_of() -> None:
    assert less_is_better("煤炭消费占能源消费总量比重")
    assert not less_is_better("非化石能源占能源消费总量比重")
    assert not less_is_better("污染物减排率")
    assert direction_of("失业率", ["reach"], "at_least") == "at_least"


def test_a_rate_told_behind_its_number_is_a_rate() -> None:
    assert told("到2030年，GDP保持5%的年均增长水平。") == [("GDP", "average_growth", 5.0, "%", 2030)]
