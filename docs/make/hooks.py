"""What MkDocs calls while it builds: pages are made and run first, formulas drawn at the end."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = str(Path(__file__).resolve().parents[2])
sys.path.insert(0, ROOT)

from docs.make import site  # noqa: E402
from docs.make.chinese import joined  # noqa: E402
from docs.make.formulas import with_mathml  # noqa: E402
from docs.make.kinds import PAGES, path_of  # noqa: E402
from docs.make.notebooks import EXAMPLES, notebook_pages, title_of  # noqa: E402
from docs.make.reference import groups  # noqa: E402

_TEXTS: dict[str, str] = {}
_CODE = re.compile("<code>[^<]*</code>")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the generated pages into the navigation."""
    sys.path.insert(0, ROOT)  # MkDocs takes it away once this file is read; worker processes need it
    made: dict[str, Any] = {
        "KINDS": ["kinds/index.md", *({page.title: path_of(name)} for name, page in PAGES.items())],
        "REFERENCE": [
            "reference/index.md",
            *({title: f"reference/{p}.md"} for p, (title, _) in groups().items()),
        ],
        "NOTEBOOKS": ["notebooks/index.md", *({title_of(e): f"notebooks/{e.stem}.md"} for e in EXAMPLES)],
    }
    if not site.wants_notebooks():
        config.nav = [entry for entry in config.nav or [] if "Notebooks" not in entry]
    config.nav = _filled(config.nav, made)
    return config


def _filled(entry: Any, made: dict[str, Any]) -> Any:
    if isinstance(entry, list):
        return [_filled(each, made) for each in entry]
    if isinstance(entry, dict):
        return {key: _filled(value, made) for key, value in entry.items()}
    return made.get(entry, entry)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Make and run every page."""
    written, generated = site.written_pages(), site.generated_pages()
    extra: dict[str, str | bytes] = {**site.template_files()}
    for path, text in {**written, **generated}.items():
        page = site.ran(path, text)
        _TEXTS[path] = page.text
        extra.update(site.assets_of(path, page))
        if path in generated:
            files.append(File.generated(config, path, content=page.text))
    if site.wants_notebooks():
        pages, books = notebook_pages()
        for path, text in pages.items():
            _TEXTS[path] = text
            files.append(File.generated(config, path, content=text))
        extra.update(books)
    for path, content in extra.items():
        files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """The page as it reads once its code ran."""
    # MkDocs looks for anchors in raw HTML, and falls over a pattern like (?<![ab]) even inside code.
    text = _TEXTS.get(page.file.src_uri, markdown).replace("<![", "<\u2060![")
    return joined(text) if page.file.src_uri.startswith("zh/") else text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """The page with formulas that need no script, and patterns of tables as they are."""
    # A bar within a table has to be escaped, and stays so in code.
    return with_mathml(_CODE.sub(lambda code: code.group().replace(r"\|", "|"), html))
