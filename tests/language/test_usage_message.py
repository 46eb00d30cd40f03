"""What is wrong with a command line is told in both languages, whatever parser Typer has."""

from __future__ import annotations

import re

import pytest

from forecast.cli import app
from forecast.language.usage_message import language_asked, usage_message


def fault_of(line: str) -> Exception:
    with pytest.raises(Exception) as raised:  # noqa: PT011  Typer's parser or Click's: no class in common
        app(line.split(), standalone_mode=False)
    return raised.value


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        ("asess x", "there is no command asess. Did you mean 'assess'?", "没有命令asess。是否指“assess”？"),
        ("assess", "PLAN is missing.", "缺少PLAN。"),
        ("assess plan.toml", "--history is missing.", "缺少--history。"),
        ("check --histry x", "there is no option --histry. Did you mean '--history'?", "没有选项--histry。"),
        ("backtest --history x --horizon two", "the value of --horizon cannot be used: write a whole number.",
         "--horizon的值不能使用：应为整数。"),
        ("backtest --history x --horizon 0", "write a whole number, 1 or more.", "应为不小于1的整数。"),
        ("draft a b c", "b c is one word too many.", "多出b c。"),
        ("check p --history", "--history needs a value.", "--history需要一个值。"),
        ("assess p --history x --no-parents=3", "--no-parents takes no value.", "--no-parents不带值。"),
    ],
)  # fmt: skip
def test_every_usage_error_in_both_languages(line: str, english: str, chinese: str) -> None:
    said = usage_message(fault_of(line))
    assert english in said
    told = said.in_language("zh")
    assert chinese in told
    # No word of English is left but names: those of commands, options and arguments.
    assert not re.findall(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", told)


def test_what_no_rule_knows_is_told_in_the_words_of_the_parser() -> None:
    assert "odd thing" in usage_message(Exception("odd thing"))


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("check p --lang zh", "zh"),
        ("--lang=zh", "zh"),
        ("--lang", "en"),
        ("check --lang xx", "en"),
        ("zh", "en"),
    ],
)
def test_the_language_is_seen_before_the_line_is_read(line: str, asked: str) -> None:
    assert language_asked(line.split()) == asked
