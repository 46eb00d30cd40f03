from __future__ import annotations

import pytest

from forecast.errors import ReportError
from forecast.plot.fonts import BOX, check, drawable, families, missing

TREE = "\N{EVERGREEN TREE}"


def test_chinese_has_a_font_and_is_first_in_chinese_charts() -> None:
    assert missing("城镇化率≥80%") == []
    assert families("zh") == families("en")[::-1]


def test_what_no_font_shows_is_a_box_once_named() -> None:
    assert missing(f"{TREE}a{TREE}") == [TREE]
    assert drawable(f"a{TREE}") == f"a{BOX}"


def test_a_reader_s_own_chart_names_the_character() -> None:
    with pytest.raises(ReportError, match=r"U\+1F332"):
        check(["a", TREE])
