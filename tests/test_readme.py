"""The README's code runs as it stands, and its links lead somewhere."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")}


@pytest.mark.parametrize("name", READMES)
def test_the_code_prints_what_it_says(name: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", READMES[name], re.DOTALL)
    assert blocks
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, name, name, 0)
    report: list[str] = []
    result = doctest.DocTestRunner().run(test, out=report.append)
    assert result.attempted >= (15 if name == "README.md" else 5)
    assert not result.failed, "".join(report)


@pytest.mark.parametrize("name", READMES)
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    links = [
        link for link in re.findall(r"\]\(([^)]+)\)", READMES[name]) if not link.startswith(("http", "#"))
    ]
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


@pytest.mark.parametrize("name", READMES)
def test_the_first_screen_shows_what_it_is(name: str) -> None:
    """One sentence, one picture, two commands, one result."""
    first = READMES[name].partition("## ")[0]
    assert first.index("![") < first.index("pip install target-feasibility") < first.index("forecast demo")
    result = first.partition("<!-- result -->")[2].partition("<!-- end of result -->")[0]
    assert len(re.findall(r"\*\*[^*]+\*\*", result)) == 4
    assert first.count("import forecast") == 1


def test_both_readmes_have_the_same_figures() -> None:
    def table(name: str) -> str:
        return READMES[name].partition("<!-- accuracy -->")[2].partition("<!-- end of accuracy -->")[0]

    assert table("README.md") == table("README.zh.md")
    assert table("README.md").count("\n") > 5
