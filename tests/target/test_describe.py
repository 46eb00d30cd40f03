"""How every kind of target is said, in both languages, in words and in short."""

from __future__ import annotations

import pytest

import forecast as fc
from forecast.language.language import Language
from forecast.target.describe import described

EN, ZH = Language("en"), Language("zh")
SCALE = ("I", "II", "III")


@pytest.mark.parametrize(
    ("target", "english", "short", "chinese"),
    [
        (fc.Target.at_least("x", 80, year=2026), "at least 80 %", "≥ 80", "不低于80%"),
        (fc.Target.between("x", 1, 2, year=2026), "between 1 % and 2 %", "1 to 2", "在1%与2%之间"),
        (fc.Target.equal("x", 1, year=2026, tolerance=0.5), "1 %, give or take 0.5 %", "1 ± 0.5",
         "1%（允许偏差0.5%）"),
        (fc.Target.about("x", 5, year=2026), "about 5 %, give or take 0.5 %", "≈ 5 ± 0.5",
         "5%左右（上下0.5%以内）"),
        (fc.Target.in_step_with("x", "y", year=2026, base_year=2021),
         "growth not below that of y since 2021",
         "growth ≥ y, 2021 on", "2021年以来增长不低于y"),
        (fc.Target.in_step_with("x", "y", year=2026, direction="at_most"),
         "growth not above that of y from now on",
         "growth ≤ y", "今后增长不高于y"),
        (fc.Target.declining("x", year=2026, rule="every_year"), "lower in every year", "falling every year",
         "逐年下降"),
        (fc.Target.change("x", -0.18, year=2026, base_year=2020), "a fall of 18 % or more from 2020",
         "fall ≥ 18 % from 2020", "比2020年下降18%以上"),
        (fc.Target.change("x", -0.18, year=2026, base_year=2020, direction="at_least"),
         "a fall of 18 % from 2020 at most", "fall ≤ 18 % from 2020", "比2020年下降不超过18%"),
        (fc.Target.change("x", 5, year=2026, base_year=2020, unit="points"),
         "a rise of 5 percentage points or more from 2020", "rise ≥ 5 percentage points from 2020",
         "比2020年上升5个百分点以上"),
        (fc.Target.change("x", 5, year=2026, base_year=2020, unit="Mt", direction="at_most"),
         "a rise of 5 Mt from 2020 at most", "rise ≤ 5 Mt from 2020", "比2020年上升不超过5Mt"),
        (fc.Target.average_growth("x", 0.065, year=2026, base_year=2020),
         "an average growth of 6.5 % or more a year from 2020", "growth ≥ 6.5 % a year from 2020",
         "2020年以来年均增长6.5%以上"),
        (fc.Target.average_growth("x", -0.03, year=2026, base_year=2020),
         "an average fall of 3 % or more a year from 2020", "fall ≥ 3 % a year from 2020",
         "2020年以来年均下降3%以上"),
        (fc.Target.cumulative("x", 110, since=2021, year=2025), "at least 110 % in all from 2021 to 2025",
         "≥ 110 from 2021 to 2025", "2021—2025年累计不低于110%"),
        (fc.Target.maintain("x", 65, year=2026), "at least 65 % in every year", "≥ 65, every year",
         "每年不低于65%"),
        (fc.Target.milestones("x", {2024: 65, 2026: 70}), "at least 65 % in 2024 and 70 % in 2026",
         "≥ 65 (2024) and 70 (2026)", "不低于65%（2024年）和70%（2026年）"),
        (fc.Target.ordinal("x", "II", year=2026, scale=SCALE), "class II or better in every year",
         "class II or better, every year", "每年达到或优于II类"),
        (fc.Target.relative_to("x", "y", 0.9, year=2026, direction="at_most"),
         "at most 0.9 %, relative to the comparison", "≤ 0.9, relative", "相对比较对象不高于0.9%"),
        (fc.Target.all_areas("x", 10, year=2026), "at least 10 % in every area", "≥ 10, every area",
         "各单元均不低于10%"),
        (fc.Target.at_least_k_areas("x", 10, k=3, year=2026), "at least 10 % in 3 areas or more",
         "≥ 10, 3 areas", "至少3个单元不低于10%"),
    ],
    ids=lambda value: value.kind.name if isinstance(value, fc.Target) else "",
)  # fmt: skip
def test_every_kind_is_said(target: fc.Target, english: str, short: str, chinese: str) -> None:
    assert described(EN, target, "%") == english
    assert described(EN, target, "%", in_words=False) == short
    assert described(ZH, target, "%") == chinese
    assert described(ZH, target, "%", in_words=False)
