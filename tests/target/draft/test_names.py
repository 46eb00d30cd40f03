"""The catalogue's name for what a text calls an indicator or an area."""

from __future__ import annotations

from forecast.target.draft.names import area_in, area_of, matched, unit_of


def test_names_of_the_catalogue() -> None:
    assert matched("全省森林覆盖率").name == "forest_cover"
    assert matched("國內生產總值").name == "gdp"
    assert matched("不存在的指标名").name == ""
    assert area_of("吉林省") == "Jilin"


def test_a_near_miss_is_named_not_taken() -> None:
    match = matched("城镇登记失业人数")
    assert match.name == ""
    assert "registered_unemployment_rate" in match.near
    assert matched("x").near == ()


def test_the_area_a_title_names() -> None:
    assert area_in("吉林省国民经济和社会发展规划") == "Jilin"
    assert area_in("某地规划") == ""
    assert unit_of("forest_cover") == "%"
