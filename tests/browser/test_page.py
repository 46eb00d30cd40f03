"""The report in a real browser, at desk, phone and print size.

Not collected by default: it needs Debian's chromium and the extra ``browser``. ``.ci/run`` brings
both and runs ``pytest tests/browser``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

import forecast as fc
from forecast.language.language import Language
from forecast.report import write_report

ROOT = Path(__file__).parents[2]
DESK, PHONE = (1280, 900), (390, 844)
QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def study() -> fc.Study:
    plan = fc.read_plan(ROOT / "data/plans/jiangyuan-2026.toml")
    return fc.assess_plan(plan, fc.read_histories(ROOT / "data/historical"))


@pytest.fixture(scope="session", params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def file(study: fc.Study, lang: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(study, tmp_path_factory.mktemp("page") / f"{lang}.html", lang=lang, detail="full")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "no chromium on this machine: apt-get install chromium"
    with sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=path, args=QUIET)
        yield started
        started.close()


class Visit:
    """A page with all that it said and asked for."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.messages: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(file.as_uri())


@pytest.fixture
def visit(browser: Browser, file: Path) -> Iterator[object]:
    opened: list[Visit] = []

    def open_page(size: tuple[int, int] = DESK, scheme: str = "light", script: bool = True) -> Visit:
        view = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=view, color_scheme=scheme, java_script_enabled=script)
        opened.append(Visit(context.new_page(), file))
        return opened[-1]

    yield open_page
    for each in opened:
        each.page.context.close()


@pytest.mark.parametrize("size", [DESK, PHONE, (320, 640)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_quiet_and_fits(visit, file: Path, size: tuple[int, int], scheme: str) -> None:
    seen = visit(size, scheme)
    assert not seen.messages
    assert seen.requests == [file.as_uri()]
    wide, room = seen.page.evaluate(
        "(root => [root.scrollWidth, root.clientWidth])(document.documentElement)"
    )
    assert wide <= room
    beyond = seen.page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => !e.closest('svg'))
             .filter(e => { const r = e.getBoundingClientRect(); return r.width && r.right > innerWidth + 1 })
             .map(e => e.tagName + '.' + e.className)"""
    )
    assert beyond == []


def _text(place: Locator) -> str:
    """Return what a place shows, with ordinary spaces."""
    return str(place.inner_text()).replace("\N{NO-BREAK SPACE}", " ")


def test_the_handle_gives_the_librarys_own_probability(visit, study: fc.Study, lang: str) -> None:
    page, words = visit().page, Language(lang)
    line = next(line for line in study.lines if line.item.id == "5")
    outlook = line.assessment.outlook
    box = page.locator("#slider-5")
    assert box.is_visible()
    assert _text(box.locator("strong")) == words.probability(line.assessment.probability)
    last = int(str(box.locator("input").get_attribute("max")))
    for at in (0, last // 3, last // 2, last):
        page.evaluate(
            """at => { const h = document.querySelector('#slider-5 input'); h.value = at;
                 h.dispatchEvent(new Event('input')) }""",
            at,
        )
        # "at least 1,200 million yuan" in English is 12 亿元, the unit of the history.
        number = re.sub(r"[^\d.]", "", _text(box.locator(".goal")))
        value = float(number) / (100 if lang == "en" else 1)
        assert _text(box.locator("strong")) == words.probability(outlook.at_least(value))


def test_the_handle_moves_with_the_keyboard_and_says_so(visit) -> None:
    page = visit().page
    handle = page.locator("#slider-5 input")
    before = handle.get_attribute("aria-valuetext")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    assert handle.get_attribute("aria-valuetext") not in (None, before)


def test_without_scripts_the_page_still_says_everything(visit, study: fc.Study) -> None:
    page = visit(script=False).page
    assert page.locator(".slider >> visible=true").count() == 0
    assert page.locator("figure svg >> visible=true").count() > 10
    assert page.locator(".t-targets tbody tr:not(.group)").count() == len(study.lines)


def test_the_first_stop_of_the_keyboard_leads_past_the_contents(visit) -> None:
    page = visit().page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_words_stand_out_from_their_ground(visit) -> None:
    contrast = """() => {
      const lum = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => v / 255)
        .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b };
      const ground = e => {
        for (; e; e = e.parentElement) {
          const c = getComputedStyle(e).backgroundColor;
          if (!/, 0\\)$/.test(c) && c !== 'transparent') return c }
        return 'rgb(255, 255, 255)' };
      return Math.min(...[...document.querySelectorAll('main *:not(svg *)')]
        .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .filter(e => e.getClientRects().length)
        .map(e => { const [a, b] = [lum(getComputedStyle(e).color), lum(ground(e))].sort((x, y) => y - x);
                    return (a + .05) / (b + .05) })) }"""
    for scheme in ("light", "dark"):
        assert visit(DESK, scheme).page.evaluate(contrast) >= 4.5, scheme


def test_it_prints_on_a4_with_the_main_table_across(visit, tmp_path: Path) -> None:
    page = visit().page
    page.emulate_media(media="print")
    printed = page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    boxes = {tuple(float(x) for x in box.split()) for box in _boxes(printed)}
    sizes = {(round(box[2] - box[0]), round(box[3] - box[1])) for box in boxes}
    assert sizes == {(595, 842), (842, 595)}


def _boxes(pdf: bytes) -> list[str]:
    """Return the paper sizes named in a PDF, in points."""
    return [found.decode() for found in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)]


def test_the_main_table_is_printed_on_two_pages_across(file: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(file.as_uri())
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    sizes = [(float(w), float(h)) for w, h in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)]
    assert sum(wide > high for wide, high in sizes) == 2
