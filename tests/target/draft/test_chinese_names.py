"""What is cut off a name, and how a list of names is told apart."""

from __future__ import annotations

import pytest

from forecast.target.draft.chinese_names import base_of, cleaned, listed, several, verbs_off
from tests.target.draft.told import told


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
    found = told(f"到2030年，{clause}。")
    assert [each[0] for each in found] == names
    assert [each[2] for each in found] == values


def test_the_edge_of_a_list_holds_for_all_of_it() -> None:
    found = told("到2030年，甲物、乙物排放总量分别控制在10万吨、2万吨以内。")
    assert [each[1] for each in found] == ["at_most", "at_most"]


@pytest.mark.parametrize(
    ("clause", "base", "rest"),
    [
        ("比2020年下降", 2020, "下降"),
        ("较上年增长", "prior", "增长"),
        ("比“十三五”末提高".replace("“", '"').replace("”", '"'), 2020, "提高"),
        ("寿命较目前再增加", None, "寿命再增加"),
        ("达到", None, "达到"),
    ],
)
def test_the_base_a_clause_names(clause: str, base: int | str | None, rest: str) -> None:
    assert base_of(clause) == (base, rest)


def test_verbs_come_off_from_behind() -> None:
    name, verbs = verbs_off("森林覆盖率稳定在")
    assert name == "森林覆盖率"
    assert [kind for _, kind in verbs] == ["hold"]
    assert verbs_off("赤字率拟按")[0] == "赤字率"
    assert cleaned("力争森林覆盖率") == ("森林覆盖率", "")


def test_one_number_for_each_of_a_list_or_for_one_name() -> None:
    assert several("二氧化硫、氮氧化物排放量") == ["二氧化硫排放量", "氮氧化物排放量"]
    assert several("食品、石化等产业增加值") == ["食品、石化等产业增加值"]
    assert listed("甲、乙", 3) == ["甲", "乙"]
