"""Everything the site is made of: pages as they are written and as they read once their code ran."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from docs.make.figures import with_figures
from docs.make.kinds import kind_pages
from docs.make.kinds_zh import PATH as KINDS_IN_CHINESE
from docs.make.kinds_zh import chinese_page
from docs.make.page import Ran, run_page
from docs.make.papers import paper_pages
from docs.make.reference import reference_pages
from docs.make.templates import templates, write_templates

DOCS = Path(__file__).resolve().parents[1]


def written_pages() -> dict[str, str]:
    """Pages of the folder ``docs``, by their paths."""
    return {
        path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(DOCS.rglob("*.md"))
        if "make" not in path.relative_to(DOCS).parts
    }


def generated_pages() -> dict[str, str]:
    """Pages that no one writes: kinds, reference, papers of the root."""
    return {**kind_pages(), KINDS_IN_CHINESE: chinese_page(), **reference_pages(), **paper_pages()}


def ran(path: str, text: str) -> Ran:
    """A page with its figures and the output of its code; templates lie in its folder, as if downloaded."""
    if path.startswith(("project/", "reference/")):
        return Ran(text)
    with tempfile.TemporaryDirectory() as folder:
        write_templates(Path(folder))
        return run_page(with_figures(text), Path(folder), assets=f"{_name(path)}-files/")


def assets_of(path: str, page: Ran) -> dict[str, bytes]:
    """Files that a page shows or offers, by their paths on the site."""
    return {f"{path.removesuffix('.md')}-files/{name}": content for name, content in page.files.items()}


def template_files() -> dict[str, bytes]:
    """Templates by their paths on the site."""
    return {f"downloads/{name}": content for name, content in templates().items()}


def wants_notebooks() -> bool:
    """Whether the examples are run as notebooks; ``DOCS_NOTEBOOKS=0`` leaves them out while one writes."""
    return os.environ.get("DOCS_NOTEBOOKS", "1") != "0"


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
