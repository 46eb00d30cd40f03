"""Each rule of the Chinese grammar, by a clause of its own."""

from __future__ import annotations

import pytest

from tests.target.draft.told import draft, told

UNTIL = "到2030年，"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        # levels: the edge decides, then the verb, then what the indicator is
        ("甲县森林覆盖率达到45%", ("甲县森林覆盖率", "at_least", 45.0, "%")),
        ("城镇化率70%以上", ("城镇化率", "at_least", 70.0, "%")),
        ("湿地保护率不低于55%", ("湿地保护率", "at_least", 55.0, "%")),
        ("林业总产值突破30亿元", ("林业总产值", "at_least", 30.0, "亿元")),
        ("粮食产能迈上100亿斤新台阶", ("粮食产能", "at_least", 100.0, "亿斤")),
        ("财政收入突破百亿元", ("财政收入", "at_least", 1.0, "百亿元")),
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
        # changes
        ("单位GDP能耗比2025年下降14%", ("单位GDP能耗", "change", -14.0, "%")),
        ("人均预期寿命在2025年基础上提高1岁", ("人均预期寿命", "change", 1.0, "岁")),
        ("参保率提高3个百分点", ("参保率", "change", 3.0, "个百分点")),
        ("降低单位产值水耗10%", ("单位产值水耗", "change", -10.0, "%")),
        ("碳排放量比2020年减半", ("碳排放量", "change", -50.0, "%")),
        ("旅游总收入比2025年翻一番", ("旅游总收入", "change", 100.0, "%")),
        ("旅游总收入比2025年翻两番", ("旅游总收入", "change", 300.0, "%")),
        ("装机容量达到2025年的2.5倍", ("装机容量", "change", 150.0, "%")),
        ("化肥使用量比2025年减少三分之一", ("化肥使用量", "change", -33.333333, "%")),
        # growth
        ("地区生产总值年均增长6%左右", ("地区生产总值", "average_growth", 6.0, "%")),
        ("研发经费年均增速8%以上", ("研发经费年均增速", "average_growth", 8.0, "%")),
        ("煤炭消费量年均下降2%", ("煤炭消费量", "average_growth", -2.0, "%")),
        ("生产总值年均增长5%—6%", ("生产总值", "between", (5.0, 6.0), "%")),
        # sums, classes, courses, steps
        ("实际利用外资累计达到9亿美元", ("实际利用外资", "cumulative", 9.0, "亿美元")),
        ("新建污水管网120公里", ("污水管网", "cumulative", 120.0, "公里")),
        ("建成300个以上示范工厂", ("示范工厂", "cumulative", 300.0, "个")),
        ("干流断面水质保持在Ⅱ类", ("干流断面水质", "ordinal", "Ⅱ类", "")),
        ("主要河流水质达到三类以上", ("主要河流水质", "ordinal", "Ⅲ类", "")),
        ("主要污染物排放总量持续减少", ("主要污染物排放总量", "declining", None, "")),
        ("居民收入增长与经济增长同步", ("居民收入", "in_step_with", None, "")),
        ("居民收入增长高于经济增长", ("居民收入", "in_step_with", None, "")),
        # numbers in words, blanks and full-width signs inside
        ("失业率不超过百分之四点五", ("失业率", "at_most", 4.5, "%")),
        ("城镇化率 达到 ７０ ％ 以上", ("城镇化率", "at_least", 70.0, "%")),
    ],
)
def test_a_clause_states_one_target(clause: str, expected: tuple[object, ...]) -> None:
    assert told(f"{UNTIL}{clause}。") == [(*expected, 2030)]


@pytest.mark.parametrize(
    ("clause", "names", "values"),
    [
        ("城镇、农村居民人均可支配收入分别达到6万元、3万元",
         ["城镇居民人均可支配收入", "农村居民人均可支配收入"], [6.0, 3.0]),
        ("城乡居民收入分别达到6万元和3万元", ["城镇居民收入", "农村居民收入"], [6.0, 3.0]),
        ("一二三产业增加值分别达到5、20和40亿元",
         ["第一产业增加值", "第二产业增加值", "第三产业增加值"], [5.0, 20.0, 40.0]),
        ("甲物、乙物、丙物排放总量分别控制在10万吨、2万吨、3万吨以内",
         ["甲物排放总量", "乙物排放总量", "丙物排放总量"], [10.0, 2.0, 3.0]),
        ("生活垃圾处理率、污水集中处理率均达到98%", ["生活垃圾处理率", "污水集中处理率"], [98.0, 98.0]),
    ],
)  # fmt: skip
def test_a_list_gives_each_name_its_number(clause: str, names: list[str], values: list[float]) -> None:
    found = told(f"{UNTIL}{clause}。")
    assert [each[0] for each in found] == names
    assert [each[2] for each in found] == values


def test_the_edge_of_a_list_holds_for_all_of_it() -> None:
    found = told(f"{UNTIL}甲物、乙物排放总量分别控制在10万吨、2万吨以内。")
    assert [each[1] for each in found] == ["at_most", "at_most"]


def test_respectively_over_years() -> None:
    found = told("到2027年和2030年，森林覆盖率分别达到44%和45%。")
    assert [(each[2], each[4]) for each in found] == [(44.0, 2027), (45.0, 2030)]


def test_as_many_names_as_numbers_or_none() -> None:
    read = draft(f"{UNTIL}甲物、乙物、丙物排放总量分别控制在10万吨、2万吨以内。")
    assert not read.targets
    assert "3 names with 2 numbers" in read.left[0].reason


def test_a_base_is_carried_to_the_next_clause() -> None:
    read = draft("到2025年，二氧化碳排放比2020年下降18%，细颗粒物浓度下降10%。")
    assert [each.base_year for each in read.targets] == [2020, 2020]
    assert read.targets[0].inherited == ()
    assert read.targets[1].inherited == ("base from the clause before",)
    assert read.targets[0].confidence > read.targets[1].confidence


def test_a_name_is_carried_over_too() -> None:
    first, second = draft("到2030年，生产总值达到500亿元，年均增长6%。").targets
    assert (first.indicator, second.indicator) == ("生产总值", "生产总值")
    assert second.kind == "average_growth"
    assert "name from the clause before" in second.inherited


def test_from_and_to_give_the_base_and_the_target() -> None:
    (only,) = draft("到2030年，城镇化率由2025年的52%提高到60%。").targets
    assert (only.value, only.base_value, only.base_year) == (60.0, 52.0, 2025)


@pytest.mark.parametrize(
    "clause",
    [
        "加强湾沟等4个特色城镇建设",
        "开展“五水共治”行动",
        "实施甲桥、乙路等4项工程",
        "部署十大重点工程、3大行动",
        "粮食产量高于全国平均水平2个百分点",
        "空气质量跻身全国前列",
        "建设15分钟生活圈",
        "推进G331国道改造",
    ],
)
def test_a_number_that_is_no_target_stays_one(clause: str) -> None:
    assert told(f"{UNTIL}{clause}。") == []


def test_about_is_marked_and_takes_its_side_from_the_indicator() -> None:
    share, rate = draft("到2030年，制造业占比25%左右，失业率5.5%左右。").targets
    assert share.approximate
    assert rate.approximate
    assert (share.kind, rate.kind) == ("at_least", "at_most")


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
