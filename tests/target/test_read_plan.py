"""A plan read from TOML, tables and frames, with every problem at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from numpy.testing import assert_allclose

import forecast as fc
from tests.target.plan_files import HEAD, toml


def one(folder: Path, target: str, head: str = HEAD) -> fc.Target:
    return next(iter(fc.read_plan(toml(folder, target, head=head)))).target


KINDS = [
    ('kind="at_least"\nvalue=80\nunit="%"', fc.Target.at_least("x", 80, year=2025, unit="%")),
    ('kind="at_least"\nvalue=351\ndecimals=0', fc.Target.at_least("x", 351, year=2025, decimals=0)),
    ('kind="at_most"\nvalue=4.5\nyear=2030', fc.Target.at_most("x", 4.5, year=2030)),
    ('kind="between"\nlower=1\nupper=2', fc.Target.between("x", 1, 2, year=2025)),
    ('kind="equal"\nvalue=1\ntolerance=0.1', fc.Target.equal("x", 1, year=2025, tolerance=0.1)),
    ('kind="declining"', fc.Target.declining("x", year=2025)),
    ('kind="declining"\nrule="every_year"\nbase_year=2019',
     fc.Target.declining("x", year=2025, rule="every_year", base_year=2019)),
    ('kind="rising"\nrule="on_average"', fc.Target.rising("x", year=2025, rule="on_average")),
    ('kind="change"\nvalue=-18\nunit="%"', fc.Target.change("x", -0.18, year=2025, base_year=2020)),
    ('kind="change"\nvalue=3\nunit="百分点"',
     fc.Target.change("x", 3, year=2025, base_year=2020, unit="百分点")),
    ('kind="change"\nvalue=-5\nunit="Mt"\nbase_year=2015\ndirection="at_least"',
     fc.Target.change("x", -5, year=2025, base_year=2015, unit="Mt", direction="at_least")),
    ('kind="average_growth"\nvalue=6\nunit="%"',
     fc.Target.average_growth("x", 0.06, year=2025, base_year=2020)),
    ('kind="cumulative"\nvalue=110\nunit="bn"',
     fc.Target.cumulative("x", 110, since=2021, year=2025, unit="bn")),
    ('kind="cumulative"\nvalue=110\nsince=2022\ndirection="at_most"',
     fc.Target.cumulative("x", 110, since=2022, year=2025, direction="at_most")),
    ('kind="maintain"\nvalue=65', fc.Target.maintain("x", 65, year=2025, since=2021)),
    ('kind="maintain"\nvalue=65\nsince=2024', fc.Target.maintain("x", 65, year=2025, since=2024)),
    ('kind="milestones"\nmilestones={2023=65, 2025=70}\nunit="%"',
     fc.Target.milestones("x", {2023: 65, 2025: 70}, unit="%")),
    ('kind="relative_to"\nother="y (China)"\nvalue=0.9\ndirection="at_most"',
     fc.Target.relative_to("x", "y (China)", 0.9, year=2025, direction="at_most")),
    ('kind="relative_to"\nother="y"\nvalue=-2\nform="difference"',
     fc.Target.relative_to("x", "y", -2, year=2025, form="difference")),
    ('kind="all_areas"\nvalue=10\nunit="k"', fc.Target.all_areas("x", 10, year=2025, unit="k")),
    ('kind="at_least_k_areas"\nvalue=10\nk=3', fc.Target.at_least_k_areas("x", 10, k=3, year=2025)),
    ('kind="at_least"\nvalue=6\nunit="%"\ngrowth_rate=true',
     replace(fc.Target.at_least("x", 6, year=2025, unit="%"), growth_rate=True)),
    ('kind="不低于"\nvalue=80', fc.Target.at_least("x", 80, year=2025)),
]  # fmt: skip


COLUMNS = "id,indicator,kind,value,unit,year,base_year,scale,milestones,nature"


ROWS = [
    "a,x,at_least,80,%,2025,,,,约束性",
    "b,w,ordinal,II,class,2025,2020,I;II;III,,",
    "c,x,milestones,,%,,,,2023: 65；2025：70,",
    "d,x,change,-18,%,2025,2020,,,预期性",
]


def _cell(text: str) -> object:
    return None if not text else float(text) if text.lstrip("-").isdigit() else text


@pytest.mark.parametrize(("text", "target"), KINDS, ids=[text.split("\n")[0][6:-1] for text, _ in KINDS])
def test_every_kind(tmp_path: Path, text: str, target: fc.Target) -> None:
    assert one(tmp_path, 'indicator="x"\n' + text) == target


def test_an_ordinal_target_counts_from_the_year_after_the_base(tmp_path: Path) -> None:
    target = one(
        tmp_path, 'indicator="w"\nkind="ordinal"\nvalue="II"\nscale=["I", "II", "III"]\nunit="class"'
    )
    assert (target.value, target.kind.word, target.kind.since, target.kind.rule) == (
        2.0,
        "II",
        2021,
        "every_year",
    )


def test_the_plans_own_base_value_serves_a_change(tmp_path: Path) -> None:
    target = one(tmp_path, 'indicator="x"\nkind="change"\nvalue=-50\nunit="%"\nbase_value=80\nbase_year=2005')
    assert target.threshold(fc.History.of("x", [2020, 2021], [60.0, 58.0])) == 40.0


def test_a_table_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("\n".join([COLUMNS, *ROWS]), encoding="utf-8")
    plan = fc.read_plan(path)
    assert [item.id for item in plan] == ["a", "b", "c", "d"]
    assert [item.nature for item in plan] == ["binding", "", "", "anticipatory"]
    assert plan["b"].target.kind.word == "II"
    assert plan["c"].target == fc.Target.milestones("x", {2023: 65, 2025: 70}, unit="%")
    assert_allclose(plan["d"].target.value, -0.18)
    assert plan.title("en") == "plan"


def test_so_does_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line in [COLUMNS, *ROWS]:
        book.active.append([_cell(cell) for cell in line.split(",")])
    book.save(tmp_path / "plan.xlsx")
    (tmp_path / "plan.csv").write_text("\n".join([COLUMNS, *ROWS]), encoding="utf-8")
    assert fc.read_plan(tmp_path / "plan.xlsx").items == fc.read_plan(tmp_path / "plan.csv").items


@pytest.mark.parametrize(
    ("word", "flag"), [("true", True), ("TRUE", True), ("1", True), ("是", True), ("否", False), ("", False)]
)
def test_a_table_can_say_that_an_indicator_is_a_growth_rate(tmp_path: Path, word: str, flag: bool) -> None:
    from openpyxl import Workbook

    path, book = tmp_path / "plan.csv", Workbook()
    path.write_text(f"indicator,kind,value,year,growth_rate\ngdp,at_least,5,2026,{word}\n", encoding="utf-8")
    book.active.append(["indicator", "kind", "value", "year", "growth_rate"])
    book.active.append(["gdp", "at_least", 5, 2026, {"TRUE": True}.get(word, word)])
    book.save(tmp_path / "plan.xlsx")
    for found in (fc.read_plan(path), fc.read_plan(tmp_path / "plan.xlsx")):
        assert found["1"].target.growth_rate is flag


def test_chinese_headers(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("序号,指标,类型,目标值,单位,年份\n1,x,不高于,4.5,%,2026\n", encoding="gb18030")
    assert fc.read_plan(path)["1"].target == fc.Target.at_most("x", 4.5, year=2026, unit="%")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_toml_plan_in_the_encodings_of_tables(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        HEAD + '[[target]]\nindicator="x"\nkind="at_least"\nvalue=1\nlabel_zh="甲"\n', encoding=encoding
    )
    plan = fc.read_plan(path)
    assert (plan.title("zh"), plan["1"].label("zh")) == ("规划", "甲")


def test_every_problem_of_a_plan_at_once(tmp_path: Path) -> None:
    path = toml(
        tmp_path,
        'id="1"\nindicator="x"\nkind="at_leats"\nvalue=5',
        'id="2"\nindicator="x"\nkind="at_least"\nvalue="5,000"\nnature="firm"\nproxy_for="pace"',
        'id="3"\nkind="between"\nlower=3',
        'id="4"\nindicator="x"\nkind="change"\nvalue=-18\nbase_year=2020.5',
        'id="4"\nindicator="x"\nkind="at_least"\nvalue=5\nyaer=2025',
        'id="6"\nindicator="x"\nkind="ordinal"\nvalue="VI"\nscale=["I", "II"]',
        'id="7"\nindicator="x"\nkind="at_least_k_areas"\nvalue=5\nk=2.5',
        'id="8"\nindicator="x"\nkind="milestones"\nmilestones={2023=1, soon=2}',
        'id="9"\nindicator="x"\nkind="average_growth"\nvalue=6',
        'id="10"\nindicator="x"\nkind="cumulative"\nvalue=6\ndirection="up"',
        'id="11"\nindicator="x"\nkind="relative_to"\nvalue=6',
        'id="12"\nindicator="x"\nkind="at_least"\nvalue=6\nbase_year="soon"\nyear=20300',
        'id="15"\nindicator="x"\nkind="ordinal"\nvalue="II"',
        'id="16"\nindicator="x"\nkind="milestones"',
        'id="13"\nindicator="x"\nkind="at_least"\nvalue=6\ngrowth_rate="maybe"',
        'id="14"\nindicator="x"\nkind="average_growth"\nvalue=6\nunit="%"\ngrowth_rate=true',
    )
    with pytest.raises(fc.ReadError) as caught:
        fc.read_plan(path)
    text = "\n".join(caught.value.problems)
    for expected in (
        "target 1: kind is 'at_leats'. Did you mean 'at_least'?",
        "target 2: value is '5,000', which is not a number. Write 1,234.5 as 1234.5.",
        "target 2: nature is 'firm'. Use binding, anticipatory, or leave it empty.",
        "target 2: proxy_for is 'pace'. Use one of: level, change.",
        "target 3: indicator is empty.",
        "target 4: base_year is '2020.5', which is not a whole year.",
        "target 4: unit is empty, and a change needs it: '%' for percent of the base value",
        "target 4: the id '4' is used twice.",
        "target 4: 'yaer' is not known. Did you mean 'year'?",
        "target 6: x: 'VI' is not a class of its scale. Use one of: I, II.",
        "target 7: k is '2.5', which is not a whole number.",
        "target 8: milestones is 'soon', which is not a whole year.",
        "target 9: unit is ''; an average growth is written in % a year: 6 with unit '%'.",
        "target 10: x: direction is at_least or at_most; got 'up'.",
        "target 12: base_year is 'soon', which is not a whole year.",
        "target 12: year is 20300. Give a whole year between 1000 and 3000.",
        "target 11: other is empty, and a relative_to target needs the other indicator.",
        "target 15: scale is empty, and an ordinal target needs it: I; II; III, best first.",
        "target 16: milestones is empty. Write 2024: 65; 2026: 70.",
        "target 13: growth_rate is 'maybe'. Write true or false.",
        "target 14: x: a growth rate has no growth in percent; state a change in points",
    ):
        assert expected in text
    assert len(caught.value.problems) == 23, text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "it holds no target"),
        ("title = ", "it is not TOML: Invalid value"),
        ("target = 3", "targets are written as [[target]] tables"),
        ("tilte = 'x'", "the head: 'tilte' is not known. Did you mean 'title'?"),
        ("year = 'soon'\n[[target]]", "the head: year is 'soon', which is not a whole year"),
    ],
)
def test_a_plan_that_is_none(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(fc.ReadError) as caught:
        fc.read_plan(path)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("missing.toml", "there is no such file"),
        ("missing.csv", "there is no such file"),
        ("a_paln.toml", "there is no such file. Did you mean 'a_plan.toml'?"),
        (".", "got no suffix"),
    ],
)
def test_a_file_that_is_no_plan(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "a_plan.toml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(fc.ReadError) as caught:
        fc.read_plan(tmp_path / name)
    assert problem in str(caught.value)


def test_gaps_in_a_table_are_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("indicator,kind,vale,year\nx,at_least,5,2025\n", encoding="utf-8")
    with pytest.raises(fc.ReadError, match=r"the header: 'vale' is not known\. Did you mean 'value'\?"):
        fc.read_plan(path)
    path.write_text("indicator,value\nx,5\n", encoding="utf-8")
    with pytest.raises(fc.ReadError, match=r"column 'kind' is missing"):
        fc.read_plan(path)
