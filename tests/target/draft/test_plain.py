"""One spelling for the rules, with the way back to the text's own characters."""

from __future__ import annotations

from forecast.target.draft.plain import is_chinese, is_traditional, original, plain
from tests.target.draft.told import draft


def test_traditional_characters_are_read_and_kept() -> None:
    text = "到2030年，失業率降至4%以下，單位國內生產總值能耗較2025年減少百分之十。"
    first, second = draft(text).targets
    assert (first.indicator, first.kind) == ("失業率", "at_most")
    assert (second.indicator, second.value) == ("單位國內生產總值能耗", -10.0)
    assert is_traditional(text * 2)
    assert not is_traditional("单位国内生产总值能耗比上年下降" * 4)


def test_every_letter_keeps_its_place() -> None:
    text = "ＧＤＰ 增长 ５％ ，㎡"
    read = plain(text, offset=100)
    assert read.text == "GDP增长5%,m2"
    assert read.at[0] == 100
    assert read.at[-1] == 100 + len(text) - 1
    assert is_chinese(text)


def test_classes_and_brackets_keep_their_sign() -> None:
    assert plain("Ⅱ类〔１７〕—“”").text == 'Ⅱ类〔17〕-""'
    assert plain("forest  cover").text == "forest  cover"


def test_years_of_the_republic_become_common_ones() -> None:
    read = plain("民國115年失業率", roc=True)
    assert read.text == "民国2026年失业率"
    assert original("失业率", read, "民國115年失業率") == "失業率"
    assert read.span(2, 6) == (2, 5)
