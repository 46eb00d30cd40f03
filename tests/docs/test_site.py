"""The documentation site: its code runs, every kind and name has its place, its figures are as recorded."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

import forecast as fc
from docs.make import check, figures, kinds, kinds_zh, papers, reference, site, templates
from docs.make.chinese import joined
from docs.make.docstrings import plain
from docs.make.page import FENCE, run_page
from forecast.target.kinds import KINDS

WRITTEN = site.written_pages()
GENERATED = site.generated_pages()
MADE = {**kinds.kind_pages(), kinds_zh.PATH: kinds_zh.chinese_page()}
RUN = {path: text for path, text in {**WRITTEN, **MADE}.items() if FENCE.search(text)}
NAV = (Path(__file__).parents[2] / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", RUN)
def test_the_code_of_a_page_runs(path: str) -> None:
    ran = site.ran(path, RUN[path])
    assert "Traceback" not in ran.text
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", ran.text):
        name = picture.rpartition("/")[2]
        assert name in ran.files or (site.DOCS / path).parent.joinpath(picture).exists(), picture


def test_every_kind_has_its_page() -> None:
    assert set(kinds.PAGES) == {kind.__name__ for kind in KINDS}
    for kind in KINDS:
        page = GENERATED[kinds.path_of(kind.__name__)]
        assert "$$" in page
        assert "fc.read_plan" in page


def test_a_kinds_plan_row_asks_what_its_example_asks() -> None:
    for path, text in kinds.kind_pages().items():
        if path != "kinds/index.md":
            assert "```text\nTrue\n```" in site.ran(path, text).text, path


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_is_on_the_chinese_page_with_a_row_that_asks_it(kind: type, tmp_path: Path) -> None:
    said = kinds_zh.SAID[kind.__name__]
    (tmp_path / "plan.csv").write_text(f"{said.header}\n{said.row}\n", encoding="utf-8")
    assert type(fc.read_plan(tmp_path / "plan.csv")["1"].target.kind) is kind
    for formula in kinds.PAGES[kind.__name__].formula:
        words = re.findall(r"\\text\{([^}]*)\}", kinds_zh.in_chinese(formula))
        assert not re.search("[A-Za-z]{2}", "".join(words))


def test_the_guides_stand_in_both_languages() -> None:
    guides = {path for path in WRITTEN if path.startswith("how-to/")}
    others = {"index.md", "start.md", "rules.md", "glossary.md", "formats.md"}
    assert {f"zh/{path}" for path in guides | others} == {path for path in WRITTEN if path.startswith("zh/")}


def test_a_line_broken_between_two_characters_is_one() -> None:
    assert joined("甲，\n乙 a\n丙") == "甲，乙 a\n丙"
    assert joined("甲\n乙\n\n```text\n甲\n乙\n```\n丙\n丁") == "甲乙\n\n```text\n甲\n乙\n```\n丙丁"


def test_every_public_name_is_in_the_reference() -> None:
    pages = "".join(reference.reference_pages().values())
    assert set(re.findall(r"^::: .*\.(\w+)$", pages, re.MULTILINE)) == set(fc.__all__)
    for name in fc.__all__:
        assert f"::: {reference.home(name)}\n" in pages


def test_every_page_is_in_the_navigation() -> None:
    for path in {*WRITTEN, *papers.paper_pages()}:
        assert path in NAV, path


@pytest.mark.parametrize("lang", ["", "-zh"])
def test_templates_answer_the_same_in_either_form(lang: str, tmp_path: Path) -> None:
    templates.write_templates(tmp_path)
    answers = []
    for ending in ("csv", "xlsx"):
        histories = fc.read_histories(tmp_path / f"history{lang}.{ending}")
        study = fc.assess_plan(fc.read_plan(tmp_path / f"plan{lang}.{ending}"), histories)
        answers.append([a.probability for a in study.assessments])
    assert answers[0] == answers[1]
    assert all(p is not None for p in answers[0])


def test_both_languages_have_the_same_figures() -> None:
    def numbers(rows: templates.Rows) -> list[list[object]]:
        return [[x for x in row if isinstance(x, int | float)] for row in rows]

    for rows in (templates.history_rows, templates.plan_rows):
        assert numbers(rows("en")) == numbers(rows("zh")) != []


def test_templates_are_the_same_bytes_each_time() -> None:
    assert templates.templates() == templates.templates()


def test_output_follows_its_code_and_names_stay(tmp_path: Path) -> None:
    text = "```python\nx = 2\n```\n\nthen\n\n```python\nprint(x + 1)\n```\n"
    assert run_page(text, tmp_path).text.endswith("```python\nprint(x + 1)\n```\n\n```text\n3\n```\n")


def test_what_is_only_shown_does_not_run(tmp_path: Path) -> None:
    ran = run_page("```python shown\n1 / 0\n```\n\n```console\npip install x\n```\n", tmp_path)
    assert "text" not in ran.text
    assert ran.blocks == 0


def test_a_failing_block_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_page("```python\n1 / 0\n```\n", tmp_path)


def test_a_failing_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"nowhere\.csv"):
        run_page("```console\nforecast check nowhere.csv --history nowhere.csv\n```\n", tmp_path)


def test_a_block_may_be_a_file_and_a_picture_is_shown(tmp_path: Path) -> None:
    code = """from pathlib import Path
print(Path("a/b.csv").read_text())
Path("p.svg").write_text("<svg/>")
"""
    ran = run_page(f"```csv file=a/b.csv\nx\n```\n\n```python\n{code}```\n", tmp_path, assets="here/")
    assert "```text\nx\n```" in ran.text
    assert "![p](here/p.svg)" in ran.text
    assert ran.files == {"p.svg": b"<svg/>"}


def test_figures_are_those_recorded() -> None:
    with (figures.RESULTS / "accuracy.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if (r["set"], r["model"]) == ("M3", figures.OURS))
    ours = next(line for line in figures.accuracy("M3").splitlines() if figures.OURS in line)
    assert f"| {float(row['MASE']):.3f} | {float(row['MSIS']):.3f} | {float(row['sCRPS']):.3f} |" in ours
    said = [int(x.replace(",", "")) for x in re.findall(r"[\d,]{4,}", figures.near("0.7"))]
    assert 0.6 < said[1] / said[0] < 0.8


def test_a_figure_that_is_not_recorded_stops_the_page() -> None:
    with pytest.raises(KeyError):
        figures.with_figures("<!-- figure: nothing -->")


def test_pages_quote_no_figure_by_hand() -> None:
    for path in ("compare.md", "reliability.md"):
        without = re.sub(r"<!--.*?-->|\]\([^)]*\)", "", WRITTEN[path])
        assert not re.findall(r"\d\.\d{2,}|\d+\.\d %", without), path


def test_papers_link_to_pages_of_the_site() -> None:
    page = papers.paper_pages()["project/contributing.md"]
    assert "](../project/architecture.md)" in page
    assert "](../glossary.md)" in page


def test_roles_become_names() -> None:
    assert plain("see :func:`~forecast.assess`") == "see `assess`"
    assert not re.search(r":\w+:`", "".join(kinds.kind_pages().values()))


def test_the_check_sees_lost_links_and_what_is_fetched(tmp_path: Path) -> None:
    good = '<a id="x"></a><a href="b.html#y">b</a><a href="https://example.org">out</a>'
    (tmp_path / "a.html").write_text(good, encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="y"></p>', encoding="utf-8")
    assert check.problems_of(tmp_path) == []
    bad = '<a href="c.html">c</a><a href="a.html#z">z</a><script src="https://example.org/x.js"></script>'
    (tmp_path / "b.html").write_text(f'<p id="y"></p>{bad}', encoding="utf-8")
    (tmp_path / "s.css").write_text("@import url(//example.org/f.css);", encoding="utf-8")
    assert len(check.problems_of(tmp_path)) == 4


def test_a_csv_template_opens_in_a_spreadsheet() -> None:
    content = templates.templates()["history-zh.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[0] == "地区"


def test_formulas_need_no_script() -> None:
    pytest.importorskip("latex2mathml")
    from docs.make.formulas import with_mathml

    block = '<div class="arithmatex">\\[\ny_T &lt; y_b\n\\]</div>'
    inline = '<span class="arithmatex">\\(x^2\\)</span>'
    html = with_mathml(f"{block} and {inline}")
    assert html.count("<math") == 2
    assert "arithmatex" not in html
    assert re.search(r"<mo>&(lt|#x0003C);</mo>", html)
