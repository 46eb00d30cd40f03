"""The shipped data: figures with sources, targets with words, derived figures with their arithmetic."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from numpy.testing import assert_allclose

import forecast as fc

DATA = Path(__file__).parents[2] / "data"
HISTORICAL = DATA / "historical"
COLUMNS = ["area", "indicator", "year", "value", "unit", "status", "source", "note", "break"]
CATALOGUES = {"indicators.csv", "areas.csv"}


def figure_files() -> list[Path]:
    return sorted(path for path in HISTORICAL.glob("*.csv") if path.name not in CATALOGUES)


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    return pd.concat([pd.read_csv(path, keep_default_na=False) for path in figure_files()], ignore_index=True)


@pytest.fixture(scope="module")
def indicators() -> pd.DataFrame:
    return pd.read_csv(HISTORICAL / "indicators.csv", keep_default_na=False).set_index("indicator")


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    return pd.read_csv(HISTORICAL / "areas.csv", keep_default_na=False).set_index("area")


@pytest.fixture(scope="module")
def plan() -> dict[str, object]:
    return tomllib.loads((DATA / "plans" / "jiangyuan-2026.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def targets(plan: dict[str, object]) -> list[dict[str, object]]:
    tables = plan["target"]
    assert isinstance(tables, list)
    return tables


def series(figures: pd.DataFrame, area: str, indicator: str) -> pd.Series[float]:
    rows = figures[(figures["area"] == area) & (figures["indicator"] == indicator)]
    return rows.set_index("year")["value"].astype(float)


def break_years(figures: pd.DataFrame, area: str, indicator: str) -> list[int]:
    rows = figures[(figures["area"] == area) & (figures["indicator"] == indicator)]
    return rows.loc[rows["break"] == "1", "year"].tolist()


class TestFiles:
    @pytest.mark.parametrize("path", sorted(HISTORICAL.glob("*.csv")), ids=lambda path: path.stem)
    def test_text_is_utf8_without_bom_and_with_plain_line_ends(self, path: Path) -> None:
        raw = path.read_bytes()
        assert raw.decode("utf-8").endswith("\n")
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw

    @pytest.mark.parametrize("path", figure_files(), ids=lambda path: path.stem)
    def test_a_file_holds_one_indicator_and_the_agreed_columns(self, path: Path) -> None:
        frame = pd.read_csv(path)
        assert frame.columns.tolist() == COLUMNS
        assert frame["indicator"].unique().tolist() == [path.stem]


class TestFigures:
    def test_there_are_enough(self, figures: pd.DataFrame) -> None:
        assert len(figures) >= 400

    def test_each_has_a_source_and_a_known_status(self, figures: pd.DataFrame) -> None:
        assert (figures["source"].str.len() > 15).all()
        assert set(figures["status"]) <= {"final", "provisional", "derived", "proxy"}

    def test_each_derived_figure_says_how(self, figures: pd.DataFrame) -> None:
        derived = figures[figures["status"] == "derived"]
        assert len(derived)
        assert (derived["note"] != "").all()

    def test_no_year_stands_twice(self, figures: pd.DataFrame) -> None:
        assert not figures.duplicated(["area", "indicator", "year"]).any()

    def test_a_series_has_one_unit_and_it_is_the_catalogued_one(
        self, figures: pd.DataFrame, indicators: pd.DataFrame
    ) -> None:
        assert (figures["unit"] == figures["indicator"].map(indicators["unit"])).all()

    def test_values_lie_within_the_catalogued_bounds(
        self, figures: pd.DataFrame, indicators: pd.DataFrame
    ) -> None:
        lower = pd.to_numeric(figures["indicator"].map(indicators["lower"])).fillna(-float("inf"))
        upper = pd.to_numeric(figures["indicator"].map(indicators["upper"])).fillna(float("inf"))
        assert figures["value"].between(lower, upper).all()

    def test_areas_are_catalogued_in_both_languages(self, figures: pd.DataFrame, areas: pd.DataFrame) -> None:
        assert set(figures["area"]) <= set(areas.index)
        assert (areas[["label_en", "label_zh", "level"]] != "").all(axis=None)
        assert set(areas["part_of"]) - {""} <= set(areas.index)


def test_a_district_lies_in_its_city_its_province_and_its_country() -> None:
    catalogue = fc.read_histories(HISTORICAL).catalogue
    around, place = [], "Jiangyuan"
    while place:
        around.append(place)
        place = catalogue.area(place).part_of
    assert around == ["Jiangyuan", "Baishan", "Jilin", "China"]


# Read by eye from the collected facts.
@pytest.mark.parametrize(
    ("area", "indicator", "year", "value"),
    [
        ("Jiangyuan", "primary_industry_value_added", 2001, 2.5751),
        ("Jiangyuan", "primary_industry_value_added", 2006, 3.6519),
        ("Jiangyuan", "primary_industry_value_added", 2011, 5.6102),
        ("Jiangyuan", "primary_industry_value_added", 2021, 9.248),
        ("Baishan districts", "primary_industry_value_added", 2021, 20.129),
        ("Fusong", "primary_industry_value_added", 2021, 24.2861),
        ("Jilin", "primary_industry_value_added", 2016, 1498.52),
        ("Jilin", "primary_industry_value_added", 2025, 1670.68),
        ("Jilin", "gdp", 2018, 15074.62),
        ("Jilin", "gdp", 2019, 11726.82),
        ("Baishan", "gdp", 2021, 541.4054),
        ("Jilin", "urbanization_rate", 2019, 58.27),
        ("Jilin", "urbanization_rate", 2024, 65.76),
        ("Jilin", "urbanization_rate", 2025, 66.83),
        ("China", "urbanization_rate", 2025, 67.9),
        ("Jilin", "good_air_days_share", 2025, 92.8),
        ("Yanji", "good_air_days", 2022, 364),
        ("Baishan", "gdp", 2025, 590.17),
        ("Baishan", "forest_cover", 2013, 83),
        ("Jilin", "forest_cover", 2005, 42.5),
        ("China", "urbanization_rate", 2021, 64.72),
        ("Jiangyuan", "nonagricultural_share", 2014, 76.41),
        ("Jiangyuan", "registered_population", 2021, 18.95),
        ("Jilin", "forest_cover", 2023, 45.42),
        ("Jilin", "energy_per_gdp_change", 2015, -10.69),
        ("China", "energy_per_gdp_change_5_years", 2010, -19.1),
        ("Jilin", "registered_unemployment_rate", 2018, 3.46),
        ("China", "sports_area_per_head", 2023, 2.89),
        ("Baishan", "industrial_dust_emissions", 2019, 3965),
    ],
)
def test_figures_are_the_published_ones(
    figures: pd.DataFrame, area: str, indicator: str, year: int, value: float
) -> None:
    assert series(figures, area, indicator)[year] == value


class TestLeftOut:
    @pytest.mark.parametrize("county", ["Linjiang", "Fusong", "Jingyu", "Changbai"])
    def test_counties_have_no_2009_since_it_repeats_2008(self, figures: pd.DataFrame, county: str) -> None:
        years = series(figures, county, "primary_industry_value_added").index
        assert 2008 in years
        assert 2009 not in years

    @pytest.mark.parametrize("year", [1992, 1993, 2004])
    def test_baishan_gdp_that_does_not_fit_is_missing(self, figures: pd.DataFrame, year: int) -> None:
        years = series(figures, "Baishan", "gdp").index
        assert {1991, 1994, 2003, 2005} <= set(years)
        assert year not in years
        assert year not in series(figures, "Baishan", "primary_industry_value_added").index


class TestBreaks:
    @pytest.mark.parametrize(
        ("area", "indicator", "years"),
        [
            ("Jilin", "primary_industry_value_added", [2017]),
            ("Baishan", "primary_industry_value_added", [2017]),
            ("Linjiang", "primary_industry_value_added", [2017]),
            ("Jiangyuan", "primary_industry_value_added", [2021]),
            ("Jilin", "gdp", [2019]),
            ("Baishan", "gdp", [2005, 2019]),
            ("Jilin", "urbanization_rate", [2020]),
            ("China", "urbanization_rate", []),
            ("China", "forest_cover_inventory", [2024]),
            ("Baishan", "industrial_dust_emissions", [2010]),
        ],
    )
    def test_breaks_stand_in_the_first_year_of_the_new_level(
        self, figures: pd.DataFrame, area: str, indicator: str, years: list[int]
    ) -> None:
        assert break_years(figures, area, indicator) == years

    def test_the_mark_is_1_or_nothing(self, figures: pd.DataFrame) -> None:
        assert set(figures["break"]) == {"", "1"}


class TestArithmetic:
    @pytest.mark.parametrize(("area", "years"), [("Jilin", range(2014, 2021)), ("China", range(2005, 2019))])
    def test_the_energy_index_gives_every_published_change_back(
        self, figures: pd.DataFrame, area: str, years: range
    ) -> None:
        index = series(figures, area, "energy_per_gdp_index")
        published = series(figures, area, "energy_per_gdp_change")
        assert index.index.tolist() == list(years)
        assert index.iloc[0] == 100
        implied = (100 * index.pct_change()).round(2)
        known = [year for year in published.index if year - 1 in index.index and year in index.index]
        assert len(known) >= 6
        assert_allclose(implied[known], published[known], rtol=0, atol=1e-9)

    def test_the_energy_index_bridges_only_where_a_rate_over_several_years_is_published(
        self, figures: pd.DataFrame
    ) -> None:
        index = series(figures, "China", "energy_per_gdp_index")
        yearly = series(figures, "China", "energy_per_gdp_change")
        assert set(index.index[1:]) - set(yearly.index) == {2010, 2012}
        assert round(100 * (index[2010] / index[2005] - 1), 1) == -19.1
        assert round(100 * (index[2014] / index[2010] - 1), 1) == -13.4

    def test_baishan_primary_value_added_is_gdp_times_its_share(self, figures: pd.DataFrame) -> None:
        product = series(figures, "Baishan", "gdp") * series(figures, "Baishan", "primary_share_of_gdp") / 100
        rows = figures[(figures["area"] == "Baishan") & (figures["status"] == "derived")]
        derived = series(rows, "Baishan", "primary_industry_value_added")
        assert len(derived) == 24
        assert_allclose(derived, product[derived.index], rtol=0, atol=0.0006)

    def test_the_two_districts_are_baishan_less_its_counties(self, figures: pd.DataFrame) -> None:
        counties = ("Linjiang", "Fusong", "Jingyu", "Changbai")
        values = {area: series(figures, area, "primary_industry_value_added") for area in counties}
        rest = series(figures, "Baishan", "primary_industry_value_added") - sum(values.values())
        both = series(figures, "Baishan districts", "primary_industry_value_added")
        assert_allclose(both, rest[both.index], rtol=0, atol=0.002)

    def test_good_air_days_are_the_share_of_the_days_of_the_year(self, figures: pd.DataFrame) -> None:
        share = series(figures, "Jilin", "good_air_days_share")
        days = [366 if year % 4 == 0 else 365 for year in share.index]
        assert_allclose(series(figures, "Jilin", "good_air_days"), share * days / 100, rtol=0, atol=0.05)


class TestIndicators:
    def test_each_is_labelled_defined_and_published_in_both_languages(self, indicators: pd.DataFrame) -> None:
        words = ["label_en", "label_zh", "definition_en", "definition_zh", "publisher", "publisher_zh"]
        assert (indicators[[*words, "unit", "unit_en", "unit_zh"]] != "").all(axis=None)
        assert indicators.index.is_unique

    def test_each_series_and_each_target_is_catalogued(
        self, figures: pd.DataFrame, indicators: pd.DataFrame, targets: list[dict[str, object]]
    ) -> None:
        assert set(figures["indicator"]) <= set(indicators.index)
        assert {target["indicator"] for target in targets} <= set(indicators.index)

    def test_nothing_is_catalogued_without_use(
        self, figures: pd.DataFrame, indicators: pd.DataFrame, targets: list[dict[str, object]]
    ) -> None:
        assert set(indicators.index) == set(figures["indicator"]) | {t["indicator"] for t in targets}


class TestPlan:
    def test_it_is_jiangyuan_from_2021_to_2026(self, plan: dict[str, object]) -> None:
        assert (plan["area"], plan["base_year"], plan["year"]) == ("Jiangyuan", 2021, 2026)
        assert plan["title_en"]
        assert plan["title_zh"]

    def test_all_22_targets_are_there_with_words_in_both_languages(
        self, targets: list[dict[str, object]]
    ) -> None:
        assert [target["id"] for target in targets] == [str(n) for n in range(1, 23)]
        assert len({target["indicator"] for target in targets}) == 22
        for target in targets:
            for key in ("label", "group"):
                assert target[f"{key}_en"], target
                assert target[f"{key}_zh"], target
            for key in ("note", "proxy"):
                assert (f"{key}_en" in target) == (f"{key}_zh" in target), target

    def test_values_are_the_plan_s(self, targets: list[dict[str, object]]) -> None:
        values = [13.8, 80, 6.2, 38, 20, 10, 100, 100, 95, 351, "II", 100, 97, 5.8, 73]
        values += [None, None, 95, 0.15, 4.5, 100, 4]
        assert [target.get("value") for target in targets] == values
        kinds = dict.fromkeys(range(1, 23), "at_least")
        kinds |= {
            6: "all_areas",
            11: "ordinal",
            16: "declining",
            17: "declining",
            19: "at_most",
            20: "at_most",
        }
        assert [target["kind"] for target in targets] == list(kinds.values())

    def test_units_are_the_catalogued_ones(
        self, targets: list[dict[str, object]], indicators: pd.DataFrame
    ) -> None:
        for target in targets:
            assert target.get("unit") == (
                indicators.loc[target["indicator"], "unit"] if "value" in target else None
            )

    def test_natures_are_known_words(self, targets: list[dict[str, object]]) -> None:
        assert {target.get("nature") for target in targets} == {"binding", "anticipatory", None}

    def test_the_history_of_each_is_as_declared(
        self, plan: dict[str, object], targets: list[dict[str, object]], figures: pd.DataFrame
    ) -> None:
        held = set(zip(figures["area"], figures["indicator"], strict=True))
        own, proxies, none = [], [], []
        for target in targets:
            key = (
                target.get("history_area", plan["area"]),
                target.get("history_indicator", target["indicator"]),
            )
            if key == (plan["area"], target["indicator"]):
                (own if key in held else none).append(target["id"])
            else:
                assert key in held, target["id"]
                assert target["proxy_en"]
                assert target["proxy_for"] in ("level", "change")
                proxies.append(target["id"])
        assert own == ["5"]
        assert proxies == ["2", "10", "15", "16", "17", "20"]
        assert len(none) == 15

    def test_parents_have_figures_and_hold_the_area(
        self,
        plan: dict[str, object],
        targets: list[dict[str, object]],
        figures: pd.DataFrame,
        areas: pd.DataFrame,
    ) -> None:
        held = set(zip(figures["area"], figures["indicator"], strict=True))
        around = {"Baishan", "Jilin", "China"}
        items = {item.id: item for item in fc.read_plan(DATA / "plans" / "jiangyuan-2026.toml")}
        lent = {id for id, item in items.items() if item.parents}
        assert lent == {"2", "5", "10", "15", "16", "17", "20"}
        for id in lent:
            assert set(items[id].parents) <= held, id
            assert {area for area, _ in items[id].parents} <= around, id
        assert {id for id, item in items.items() if item.spread} == {"10", "15", "20"}
        for item in items.values():
            if item.spread is not None:
                assert item.spread.reason("en")
                assert item.spread.reason("zh")

    def test_the_spread_of_air_days_is_the_arithmetic_of_its_reason(self, figures: pd.DataFrame) -> None:
        def odds(p: float) -> float:
            return math.log(p / (1 - p))

        # Mean of the largest of nine standard normal values: 1.485.
        spread = (odds(0.981) - odds(0.94)) / 1.485
        ends = [1 / (1 + math.exp(-(odds(0.928) + k * 1.2816 * spread))) for k in (-1, 1)]
        item = fc.read_plan(DATA / "plans" / "jiangyuan-2026.toml")["10"]
        assert item.spread is not None
        assert [round(365 * end) for end in ends] == [item.spread.low, item.spread.high]

    def test_a_proxy_for_the_level_speaks_in_the_unit_of_the_target(
        self, targets: list[dict[str, object]], indicators: pd.DataFrame
    ) -> None:
        levels = [target for target in targets if target.get("proxy_for") == "level"]
        assert len(levels) == 3
        for target in levels:
            history = target.get("history_indicator", target["indicator"])
            assert indicators.loc[history, "unit"] == target["unit"]

    def test_the_required_and_observed_growth_of_the_note(self, figures: pd.DataFrame) -> None:
        value = series(figures, "Jiangyuan", "primary_industry_value_added")
        assert round(100 * ((20 / value[2021]) ** (1 / 5) - 1), 1) == 16.7
        assert round(100 * ((value[2021] / value[2011]) ** (1 / 10) - 1), 1) == 5.1
