from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from forecast.assessment.study import RATINGS
from forecast.distribution.likelihood_scale import LIKELIHOODS
from forecast.errors import ReportError
from forecast.language.language import LANGUAGES, Language, keys
from forecast.language.note import Note
from forecast.models.mixture.structural_mixture import _BEHAVIOUR_WORDS
from forecast.rules import china, destatis, statcan, trend, unsd

EN, ZH = Language("en"), Language("zh")
SOURCE = Path(__file__).parents[2] / "forecast"


def test_both_languages_have_the_same_sentences() -> None:
    assert keys("en") == keys("zh")


def test_sentences_ask_for_the_same_values_in_both_languages() -> None:
    from forecast.language.language import _sentences

    def places(code: str, key: str) -> set[str]:
        entry = _sentences(code)[key]
        text = entry if isinstance(entry, str) else str(entry["other"])
        return {name.split(":")[0] for name in re.findall(r"{([^}]+)}", text)}

    unlike = {key for key in keys("en") if places("en", key) != places("zh", key)}
    assert not unlike


def test_no_english_is_left_in_the_chinese_file() -> None:
    from forecast.language.language import _sentences

    same = {key for key in keys("en") if _sentences("en")[key] == _sentences("zh")[key]}
    words = {key for key in same if re.search("[a-z]", re.sub("{.*?}", "", str(_sentences("en")[key])))}
    assert not words, "written in one language only"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_note_in_the_package_has_a_sentence(code: str) -> None:
    used = {
        key
        for path in SOURCE.rglob("*.py")
        for key in re.findall(r'(?<!print\()\bNote\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert len(used) > 10
    missing = sorted(key for key in used if not Language(code).knows(f"note.{key}"))
    assert not missing


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rating_likelihood_and_verdict_has_its_word(code: str) -> None:
    needed = [f"rating.{r}" for r in RATINGS] + [f"likelihood.{word.key}" for word in LIKELIHOODS]
    for rule, terms in (("china", china), ("destatis", destatis), ("statcan", statcan), ("unsd", unsd)):
        needed += [f"verdict.{rule}.{key}" for key in terms.TERMS]
    needed += [f"behaviour.{key}" for key in _BEHAVIOUR_WORDS]
    needed += [f"verdict.eurostat.{key}" for _, key in trend.EUROSTAT_BANDS]
    needed += [f"verdict.istat.{key}" for _, key in trend.ISTAT_BANDS]
    assert not [key for key in needed if not Language(code).knows(key)]


def test_the_words_for_a_probability_are_those_of_the_scale() -> None:
    for word in LIKELIHOODS:
        assert (EN.text(f"likelihood.{word.key}"), ZH.text(f"likelihood.{word.key}")) == (word.en, word.zh)


@pytest.mark.parametrize(
    ("p", "en", "zh"),
    [
        (1e-6, "<1 %", "<1%"),
        (0.0099, "<1 %", "<1%"),
        (0.01, "1 %", "1%"),
        (0.374, "37 %", "37%"),
        (0.99, "99 %", "99%"),
        (0.996, ">99 %", ">99%"),
    ],
)
def test_probabilities_are_whole_percents(p: float, en: str, zh: str) -> None:
    assert (EN.probability(p), ZH.probability(p)) == (en, zh)


@pytest.mark.parametrize(
    ("x", "decimals", "written"),
    [
        (9.248, None, "9.248"),
        (80.0, None, "80"),
        (0.15, None, "0.15"),
        (1348.0, None, "1,348"),
        (-0.04, 1, "0.0"),
        (-2.5, 1, "\N{MINUS SIGN}2.5"),
        (123456.7, 0, "123,457"),
        (0, None, "0"),
        (-1.5e20, None, "\N{MINUS SIGN}150×10¹⁸"),
    ],
)
def test_numbers(x: float, decimals: int | None, written: str) -> None:
    assert EN.number(x, decimals) == written


@pytest.mark.parametrize(
    ("x", "unit_en", "unit_zh", "en", "zh"),
    [
        (80, "%", "%", "80 %", "80%"),
        (9.248, "100 million yuan", "亿元", "924.8 million yuan", "9.248亿元"),
        (5.8, "10,000 hectares", "万公顷", "58,000 hectares", "5.8万公顷"),
        (351, "days", "天", "351 days", "351天"),
        (97.3, "index", "指数", "97.3", "97.3"),
        (123_000_000, "tonnes", "吨", "123,000,000 tonnes", "123000000吨"),
        (45_300, "tonnes", "吨", "45,300 tonnes", "45300吨"),
        (4_530_000, "tonnes", "吨", "4,530,000 tonnes", "4530000吨"),
        (3.0, "", "", "3", "3"),
    ],
)
def test_values_with_their_units(x: float, unit_en: str, unit_zh: str, en: str, zh: str) -> None:
    assert (EN.value(x, unit_en), ZH.value(x, unit_zh)) == (en, zh)


def test_changes_years_dates_and_lists() -> None:
    assert (EN.points(1.54), ZH.points(-0.5)) == ("+1.5 percentage points", "\N{MINUS SIGN}0.5个百分点")
    assert (EN.year_range(2011, 2021), ZH.year_range(2011, 2021)) == ("2011–2021", "2011—2021年")
    day = datetime.date(2026, 11, 3)
    assert (EN.date(day), ZH.date(day)) == ("3 November 2026", "2026年11月3日")
    assert (EN.listing([2017, 2019, 2021]), ZH.listing((2017, 2019))) == ("2017, 2019 and 2021", "2017和2019")


def test_a_sentence_chooses_its_form() -> None:
    assert EN.note(Note("few_points", {"n": 1})) == "There is only one figure."
    assert EN.note(Note("few_points", {"n": 4})) == "There are only 4 figures."
    assert ZH.note(Note("few_points", {"n": 1})) == "仅有1个年份的数据。"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ReportError, match=r"no text 'note.few_point' in en.toml. Did you mean 'note.few_poi"):
        EN.text("note.few_point")
    with pytest.raises(ReportError, match=r"'note.old' needs a value for 'age'; got \['last'\]"):
        EN.text("note.old", {"last": 2014})
    with pytest.raises(ReportError, match=r"unknown language 'cn' for a report. Available: en, zh."):
        Language("cn")
