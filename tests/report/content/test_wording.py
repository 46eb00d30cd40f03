from __future__ import annotations

import re

import pytest

import forecast as fc
from forecast.assessment.model_spread import ANSWER, MODELS
from forecast.history.catalogue import Area, Catalogue, Indicator
from forecast.language.language import LANGUAGES, Language
from forecast.report.content.appendix import calibration_record
from forecast.report.content.wording import Wording, number_cell
from forecast.target.target import Target


def _of(last: float, unit: str, x: float, lang: str = "zh") -> str:
    history = fc.History.of("x", [2020, 2021], [last, last], unit=unit)
    return Wording(Language(lang), Catalogue({}, {})).of_history(history, x)


@pytest.mark.parametrize(
    ("last", "x", "said"),
    [
        (3965, 18_000, "18000吨"),
        (1_800_000, 3000, "3000吨"),
        (1_800_000, 35_000, "35000吨"),
        (0, 12_000, "12000吨"),
        (88_300, 94_000, "94000吨"),
    ],
)
def test_all_figures_of_a_series_are_written_out(last: float, x: float, said: str) -> None:
    assert _of(last, "吨", x) == said


def test_a_unit_with_a_number_of_its_own_takes_no_second_one() -> None:
    assert _of(9.248, "100 million yuan", 11.3, "en") == "1,130.0 million yuan"


def test_english_names_the_unit_of_a_range_once() -> None:
    en, zh = Language("en"), Language("zh")
    assert en.span(*en.once("730 million yuan", "1,800 million yuan")) == "730 to 1,800 million yuan"
    assert en.once("−3 %", "2 %") == ("−3", "2 %")
    assert en.once("class II", "class II") == ("class II", "class II")
    assert zh.span(*zh.once("7.3亿元", "18亿元")) == "7.3亿元～18亿元"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_model_of_a_cross_check_has_a_name_in_words(lang: str) -> None:
    w = Wording(Language(lang), Catalogue({}, {}))
    assert all(w.language.knows(f"model.{name}") for name in MODELS if name != ANSWER)
    assert w.model("LocalTrend") in ("local trend", "局部趋势模型")


def test_chinese_reports_group_no_digits() -> None:
    assert not re.search(r"\d,\d{3}", calibration_record()["source"]["zh"])


def test_a_figure_told_in_hundreds_is_kept_in_hundreds() -> None:
    cell = number_cell(Language("zh"), 4473.2, -2)
    assert (cell.text, cell.value, cell.decimals) == ("4500", 4500.0, 0)


def test_what_is_made_of_two_series_is_called_after_both() -> None:
    names = {
        "income": Indicator("income", "元", labels={"en": "Income", "zh": "居民收入"}),
        "gdp": Indicator("gdp", "元", labels={"en": "GDP", "zh": "生产总值"}),
    }
    catalogue = Catalogue(names, {"China": Area("China", {"en": "China", "zh": "全国"})})
    en, zh = (Wording(Language(lang), catalogue) for lang in LANGUAGES)
    assert (en.called("income / gdp"), zh.called("income / gdp")) == (
        "Income to GDP",
        "居民收入与生产总值之比",
    )
    assert zh.called("gdp - gdp (China)") == "生产总值与生产总值（全国）之差"
    assert en.called("unknown / thing") == "unknown to thing"
    target = Target.in_step_with("income", "gdp", year=2030, base_year=2025)
    assert zh.threshold(target) == "2025年以来增长不低于生产总值"
