"""Papers for those who carry on: what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import forecast as fc
from tests.test_layers import ROOMS

HERE = Path(__file__).parent.parent
PAPERS = ("ARCHITECTURE.md", "CONTRIBUTING.md")
# A paper may speak of a file as one does who stands in its folder.
PLACES = ("", "forecast", "forecast/target", "forecast/language")
PATH = re.compile(r"`([\w/.-]+/[\w/.-]*|[\w-]+\.(?:py|md|toml))`")


def text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_a_paper_names_is_there(paper: str) -> None:
    named = {each for each in PATH.findall(text(paper)) if "NAME" not in each}
    assert len(named) > 10
    lost = [name for name in sorted(named) if not any((HERE / top / name).exists() for top in PLACES)]
    assert not lost


def test_the_architecture_has_the_ranks_of_the_test() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", text("ARCHITECTURE.md"), flags=re.MULTILINE)
    stated = [" ".join(re.findall(r"`(\w+?)(?:\.py|/)?`", names)) for _, names in rows]
    assert stated == [*ROOMS[:-2], "cli __main__"]


def test_new_names_are_public_and_old_ones_gone() -> None:
    table = re.findall(r"^\| `(\w+)` \| `(\w+)` \|$", text("CHANGELOG.md"), flags=re.MULTILINE)
    assert len(table) >= 5
    for old, new in table:
        assert hasattr(fc, new)
        assert not hasattr(fc, old)


def test_the_citation_is_of_this_version() -> None:
    assert f"\nversion: {fc.__version__}\n" in text("CITATION.cff")
