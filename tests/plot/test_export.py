from __future__ import annotations

import re
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from forecast.errors import ReportError
from forecast.plot.export import plot_png, plot_svg, save_plot
from forecast.plot.outlook import plot_outlook
from tests.plot.test_outlook import CASES


def chart():
    return plot_outlook(CASES["marked"](), lang="zh", label="城镇化率")


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_the_same_chart_is_the_same_file(tmp_path, suffix):
    before = dict(mpl.rcParams)
    first = save_plot(chart(), tmp_path / f"a{suffix}").read_bytes()
    assert first == save_plot(chart(), tmp_path / f"b{suffix}").read_bytes()
    assert len(first) > 5000
    assert dict(mpl.rcParams) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a{suffix}", f"b{suffix}"]


def test_svg_for_a_page_has_its_own_ids_and_an_alternative_text():
    text = plot_svg(chart(), name="c1", alt='P < 5 % & "low"')
    element = ElementTree.fromstring(text)
    assert element.get("aria-label") == 'P < 5 % & "low"'
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids)) > 10
    assert all(id.startswith("c1-") for id in ids)
    used = set(re.findall(r'href="#([^"]+)"', text)) | set(re.findall(r"url\(#([^)]+)\)", text))
    assert used
    assert used <= set(ids)
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", text)


def test_png_is_as_large_as_its_sheet():
    data = plot_png(chart(), dpi=50)
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (420, 240)


def test_an_existing_file_is_replaced(tmp_path):
    path = tmp_path / "a.svg"
    path.write_text("old", encoding="utf-8")
    assert "<svg" in save_plot(chart(), path).read_text(encoding="utf-8")


def test_what_cannot_be_saved_says_why(tmp_path):
    with pytest.raises(ReportError, match=r"a chart is saved as \.svg, \.pdf, \.png"):
        save_plot(chart(), tmp_path / "a.gif")
    with pytest.raises(ReportError, match="does not exist"):
        save_plot(chart(), tmp_path / "missing" / "a.png")
    with pytest.raises(ReportError, match="cannot begin an id"):
        plot_svg(chart(), name='x" onload="')
