"""Papers of the project's root as pages of the site, their links turned to where things stand here."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Where each paper stands on the site.
PAPERS = {
    "ARCHITECTURE.md": "project/architecture.md",
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "VISION.md": "project/vision.md",
    "benchmarks/README.md": "project/benchmarks.md",
}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#:]+)(#[^)]*)?\)")


def paper_pages() -> dict[str, str]:
    """Every paper as a page, by its path on the site."""
    return {page: _turned(ROOT / paper) for paper, page in PAPERS.items()}


def _turned(paper: Path) -> str:
    def link(match: re.Match[str]) -> str:
        picture, words, goal, part = match.group(1), match.group(2), match.group(3), match.group(4) or ""
        path = (paper.parent / goal).resolve()
        inside = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else ""
        if inside in PAPERS:
            return f"{picture}[{words}](../{PAPERS[inside]}{part})"
        if inside.startswith("docs/"):
            return f"{picture}[{words}](../{inside.removeprefix('docs/')}{part})"
        return f"`{inside or words}`"  # a file of the checkout that is no page

    return LINK.sub(link, paper.read_text(encoding="utf-8"))
