"""Plans: every kind of target from TOML, CSV and XLSX, and every problem at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import forecast as fc

PLANS = Path(__file__).parents[2] / "data" / "plans"


HEAD = 'title = "T"\ntitle_zh = "规划"\narea = "J"\nbase_year = 2020\nyear = 2025\n'


def toml(folder: Path, *targets: str, head: str = HEAD) -> Path:
    path = folder / "plan.toml"
    path.write_text(head + "".join(f"\n[[target]]\n{target}\n" for target in targets), encoding="utf-8")
    return path


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


def test_the_plan_of_jiangyuan() -> None:
    plan = fc.read_plan(PLANS / "jiangyuan-2026.toml")
    assert len(plan) == 22
    assert plan["6"].target.for_one_area() == fc.Target.at_least(
        "village_collective_income", 10, year=2026, unit="万元"
    )
    water = plan["11"].target.kind
    assert (water.word, water.rule, water.since) == ("II", "every_year", 2022)
    assert [item.target.kind.name for item in plan].count("at_least") == 16
    assert {item.nature for item in plan} == {"binding", "anticipatory", ""}


def test_a_plan_is_looked_up_by_id() -> None:
    plan = fc.read_plan(PLANS / "jiangyuan-2026.toml")
    assert plan["2"].judged_on == ("Jiangyuan", "nonagricultural_share")
    assert plan["2"].by_proxy
    assert plan["5"].key == ("Jiangyuan", "primary_industry_value_added")
    with pytest.raises(fc.TargetError, match=r"no target '99'"):
        plan["99"]


def test_a_relative_target_is_judged_on_the_derived_history(tmp_path: Path) -> None:
    plan = fc.read_plan(
        toml(
            tmp_path,
            'id="1"\nindicator="urban"\nkind="relative_to"\nother="rural"\nvalue=2\ndirection="at_most"',
        )
    )
    years = range(2015, 2024)
    histories = fc.Histories(
        [
            fc.History.of("urban", years, [40, 42, 43, 45, 46, 48, 50, 51, 53], area="J"),
            fc.History.of("rural", years, [15, 16, 17, 18, 19, 20, 21, 22, 24], area="J"),
        ]
    )
    study = fc.assess_plan(plan, histories)
    assert not study.failures
    assert 0 < study.to_frame()["probability"].iloc[0] < 1


class TestParentsAndSpread:
    HEAD = (
        'area = "A"\nyear = 2030\n[[target]]\nid = "1"\nindicator = "share"\nkind = "at_least"\nvalue = 5\n'
    )

    def read(self, tmp_path: Path, more: str) -> fc.Item:
        path = tmp_path / "plan.toml"
        path.write_text(self.HEAD + more, encoding="utf-8")
        return fc.read_plan(path)["1"]

    def test_an_area_alone_is_of_the_target_s_indicator(self, tmp_path: Path) -> None:
        item = self.read(tmp_path, 'parents = ["City", "index (Great Province)"]\n')
        assert item.parents == (("City", "share"), ("Great Province", "index"))

    def test_a_table_separates_parents_by_semicolons(self, tmp_path: Path) -> None:
        path = tmp_path / "plan.csv"
        path.write_text("indicator,kind,value,year,parents\nshare,at_least,5,2030,City; index (P)\n")
        assert fc.read_plan(path)["1"].parents == (("City", "share"), ("P", "index"))

    def test_without_the_keys_there_is_nothing(self, tmp_path: Path) -> None:
        item = self.read(tmp_path, "")
        assert (item.parents, item.spread) == ((), None)

    def test_a_spread_comes_with_its_reason(self, tmp_path: Path) -> None:
        item = self.read(tmp_path, 'spread_low = 3\nspread_high = 8\nspread_en = "Neighbours."\n')
        assert item.spread is not None
        assert (item.spread.low, item.spread.high, item.spread.level) == (3, 8, 0.8)
        assert item.spread.reason("zh") == "Neighbours."

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ("spread_low = 3\nspread_high = 8\n", "needs its reason"),
            ('spread_low = 8\nspread_high = 3\nspread_en = "x"\n', "spread_low below spread_high"),
            ('spread_low = 3\nspread_en = "x"\n', "spread_low below spread_high"),
            ('spread_low = 3\nspread_high = 8\nspread_level = 80\nspread_en = "x"\n', "no proportion"),
        ],
    )
    def test_a_spread_that_is_none_is_refused(self, tmp_path: Path, more: str, said: str) -> None:
        with pytest.raises(fc.ReadError, match=said):
            self.read(tmp_path, more)
