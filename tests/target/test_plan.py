"""Plans: every kind of target from TOML, CSV and XLSX, and every problem at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import forecast as fc
from tests.target.plan_files import toml

PLANS = Path(__file__).parents[2] / "data" / "plans"


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
