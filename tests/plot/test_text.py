"""Fonts, lettering, values, labels beside a chart."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.errors import ReportError
from forecast.language.language import Language
from forecast.plot import fonts
from forecast.plot.axis_values import Values
from forecast.plot.labels import apart
from forecast.plot.style import new_axes
from forecast.plot.text import Lettering
from tests.plot.readable import LONG_EN, LONG_ZH


def test_every_text_of_ours_can_be_shown(lang):
    texts = files("forecast.language").joinpath(f"{lang}.toml").read_text(encoding="utf-8")
    fonts.check(texts.splitlines())


def test_without_any_chinese_font_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setattr(fonts, "chinese", lambda: None)
    monkeypatch.setattr(fonts, "_drawable", fonts._drawable.__wrapped__)
    with pytest.raises(ReportError, match=r"'城' \(U\+57CE .*Install zhplot"):
        fonts.check(["城"])


def test_the_carried_font_is_found_without_importing_its_package():
    code = (
        "import sys; from forecast.plot import fonts; assert fonts.carried().is_file(); "
        "fonts.chinese(); assert 'zhplot' not in sys.modules; assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("text", [LONG_EN, LONG_ZH, "x" * 200, "中" * 200, "a（b）" * 30, ""])
@pytest.mark.parametrize("width", [40, 90, 300])
def test_wrapped_text_keeps_every_character_and_no_line_is_too_wide(text, width):
    letters = Lettering.of(new_axes("page"), "zh")
    lines = letters.wrap(text, width).split("\n")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(letters.width(line) for line in lines) <= width


def test_no_line_begins_with_a_mark_that_ends_a_clause():
    letters = Lettering.of(new_axes("page"), "zh")
    text = "城镇化率，森林覆盖率，空气质量优良天数（天），新增就业。" * 3
    lines = [line for width in range(60, 200, 7) for line in letters.wrap(text, width).split("\n")]
    assert len(lines) > 100
    assert not [line for line in lines if line[0] in "，。）"]
    assert not [line for line in lines if line[-1] == "（"]


def test_a_number_is_not_parted_from_its_percent_sign():
    letters = Lettering.of(new_axes("page"), "en")
    for width in range(20, 200, 5):
        assert "\n%" not in letters.wrap("target, class II or better: 44 %; then 5 % more", width)


@pytest.mark.parametrize(
    ("low", "high", "unit", "lang", "written"),
    [
        (0, 4.2e9, "persons", "en", ("billion persons", "2.50")),
        (0, 4.2e9, "人", "zh", ("亿人", "25.0")),
        (0, 20, "100 million yuan", "en", ("million yuan", "250,000,000,000")),
        (0, 3e-12, "mol", "en", ("×10⁻¹² mol", "2.500×10²¹")),
        (0, 100, "%", "en", ("%", "2,500,000,000")),
        (0, 50_000, "t", "en", ("t", "2,500,000,000")),
        (0, 3e7, "万元", "zh", ("×10⁶ 万元", "2500.0")),
    ],
)
def test_one_factor_for_all_values_of_a_chart(low, high, unit, lang, written):
    values = Values.between(low, high, unit, language=Language(lang))
    assert (values.unit, values.written(2.5e9)) == written


def test_neighbouring_ticks_never_read_alike():
    for step in (1e-9, 0.0025, 0.25, 2.5, 5.0, 2.5e6, 1e13):
        values = Values.between(100 * step, 106 * step, "t", language=Language("en"))
        ticks = [values.tick((100 + i) * step, step) for i in range(6)]
        assert len(set(ticks)) == 6


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 9)), min_size=1, max_size=11))
def test_labels_are_moved_apart_within_the_axes_and_keep_their_order(boxes):
    wanted, heights = (np.array(column) for column in zip(*boxes, strict=True))
    placed = apart(wanted, heights, 0.0, 100.0)
    order = np.argsort(wanted, kind="stable")
    low, high = (placed - heights / 2)[order], (placed + heights / 2)[order]
    assert (low[1:] >= high[:-1] - 1e-6).all()
    assert low[0] >= -1e-6
    assert high[-1] <= 100 + 1e-6


def test_labels_that_are_clear_of_each_other_stay_where_they_are():
    wanted = np.array([50.0, 10.0, 90.0])
    np.testing.assert_allclose(apart(wanted, np.full(3, 5.0), 0.0, 100.0), wanted)


def test_estimates_are_rounded_to_what_the_chart_can_show_and_published_figures_are_not():
    values = Values.between(0, 50_000, "t", language=Language("en"))
    assert (values.written(34_762.4), values.exact(3965.0)) == ("34,800", "3,965")
    values = Values.between(70, 78, "%", language=Language("en"))
    assert (values.written(76.517), values.exact(76.41)) == ("76.5", "76.41")


def test_a_space_made_not_to_break_is_kept_and_not_broken():
    letters = Lettering(Language("en"), 10)
    text = "very unlikely; evidence\N{NO-BREAK SPACE}C"
    lines = letters.wrap(text, letters.width(text) - 1).split("\n")
    assert lines == ["very unlikely;", "evidence\N{NO-BREAK SPACE}C"]
