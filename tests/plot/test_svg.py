from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from forecast.plot.export import plot_svg, save_plot
from forecast.plot.fonts import families
from forecast.plot.style import new_axes


def page(text: str, **how: object) -> str:
    ax = new_axes("page")
    ax.text(0.25, 0.5, text, parse_math=False, fontfamily=families("zh"), **how)
    ax.plot([0, 1 / 3], [0, 2 / 3])
    return plot_svg(ax, name="c1")


@pytest.mark.parametrize("text", ["Forest cover", "城镇化率 ≥ 80 %", 'id="x" href="#y" <b>'])
def test_letters_of_a_page_are_letters(text: str) -> None:
    words = ["".join(element.itertext()) for element in ElementTree.fromstring(page(text)).iter()]
    assert text in words


def test_letters_of_a_file_are_drawn(tmp_path) -> None:
    ax = new_axes("page")
    ax.text(0.25, 0.5, "Forest")
    assert "<text" not in save_plot(ax, tmp_path / "a.svg").read_text(encoding="utf-8")


def test_a_text_is_as_wide_as_it_was_measured() -> None:
    root = ElementTree.fromstring(page("MMMM"))
    widths = {e.text: float(e.get("textLength", 0)) for e in root.iter() if e.tag.endswith("text")}
    root = ElementTree.fromstring(page("MMMMMMMM"))
    twice = {e.text: float(e.get("textLength", 0)) for e in root.iter() if e.tag.endswith("text")}
    assert twice["MMMMMMMM"] == pytest.approx(2 * widths["MMMM"], rel=0.02)


def test_fonts_are_said_once_and_no_style_reaches_the_page() -> None:
    text = plot_svg(new_axes(), name="c1")
    assert text.count("font-family") == 1
    assert "<style" not in text


def test_numbers_of_a_path_end_at_the_hundredth() -> None:
    assert not re.search(r' d="[^"]*\.\d{3}', page("a"))


def test_a_turned_text_is_turned_about_its_own_place() -> None:
    turned = r'x="([\d.]+)" y="([\d.]+)"[^>]*rotate\(-90 ([\d.]+) ([\d.]+)\)"'
    (found,) = re.findall(turned, page("a", rotation=90))
    assert found[:2] == found[2:]
