"""A draft as a plan file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import forecast as fc
from forecast.target.draft.found import Stated
from forecast.target.draft.names import Match
from forecast.target.draft.toml import _pair, keys_of, target_lines
from tests.target.draft.told import draft


def test_what_cannot_be_asked_stands_behind_a_sign_with_the_reason() -> None:
    text = draft("到2060年，主要河流水质达到Ⅱ类，空气质量达到二类，居民收入增长3%。").to_toml()
    assert "[[target]]" in text
    everything = draft("某规划\n到2033年参保率提高3个百分点。")
    assert everything.targets[0].base_year == 2032


def test_minor_numbers_are_written_behind_signs(tmp_path: Path) -> None:
    goals = (
        "2026年甲市政府工作报告\n一、主要目标\n"
        "到2030年，城镇化率70%以上，森林覆盖率45%以上，医保参保率95%以上。\n"
    )
    text = goals + "二、重点工作\n农产品加工业产值达到56亿元。" + "推进现代化产业体系建设，" * 300
    path = tmp_path / "plan.toml"
    path.write_text(draft(text).to_toml(), encoding="utf-8")
    assert len(fc.read_plan(path)) == 3
    path.write_text(path.read_text("utf-8").replace("# ", ""), encoding="utf-8")
    assert "农产品加工业产值" in path.read_text("utf-8")


def stated(kind: str, value: float | None, **options: object) -> Stated:
    return Stated("x", kind, value, "%", 2030, 0, 1, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (stated("at_least", 5.0, approximate=True), {"kind": "about"}),
        (stated("at_most", 5.0, approximate=True, direction="at_most"), {"kind": "at_most"}),
        (stated("cumulative", 9.0, base_year=2025), {"since": 2026, "base_year": None}),
        (
            stated("between", None, lower=5.0, upper=6.0, base_year=2025, growth_rate=True),
            {"kind": "average_growth", "value": 5.0},
        ),
        (
            stated("between", None, lower=-70.0, upper=-65.0, base_year=2025),
            {"kind": "change", "value": -65.0},
        ),
        (stated("between", None, lower=5.0, upper=6.0), {"kind": "between", "lower": 5.0, "upper": 6.0}),
    ],
)
def test_the_keys_that_ask_a_target(target: Stated, expected: dict[str, object]) -> None:
    keys, problem = keys_of(target, Match())
    assert {name: keys[name] for name in expected} == expected
    assert problem == ""


def test_a_change_without_a_base_is_not_asked() -> None:
    lines = target_lines("1", stated("change", -5.0), Match(near=("a", "b")), "words")
    assert any("add base_year" in line for line in lines)
    assert any("near names in the catalogue: a, b" in line for line in lines)
    assert all(line.startswith("#") for line in lines)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (20.0, "value = 20"),
        (0.125, "value = 0.125"),
        (1e300, "value = 1e+300"),
        (float("inf"), "value = inf"),
    ],
)
def test_numbers_of_any_size_are_written(value: float, line: str) -> None:
    assert _pair("value", value) == line
    assert tomllib.loads(line)["value"] == value
