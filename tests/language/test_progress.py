from __future__ import annotations

import pytest

from forecast.language.progress import SILENT, Lines, counting


def test_a_line_now_and_then_and_none_for_what_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines("Charts")
    lines.told(1, 9)
    assert capsys.readouterr().err == ""
    lines.last -= SILENT
    lines.told(2, 9)
    lines.told(3, 9)
    assert capsys.readouterr().err == "Charts: 2 / 9\n"


def test_what_is_piped_has_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with counting("Charts") as told_of:
        told_of(1, 2)
    assert capsys.readouterr().err == ""
