"""What the package says of itself: its addresses, and a README that renders on a package index.

`home` under `[tool.hatch.metadata.hooks.custom]` in pyproject.toml is the one place for the project's
address, such as `https://example.org/owner/forecast`; the maintainer fills it in. With it, relative links of
the README become absolute ones and the addresses of the project are stated. Without it, links that would
lead nowhere on an index become plain words, pictures are left out, and no address is stated.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)")


def for_an_index(readme: str, home: str) -> str:
    """README whose links lead somewhere wherever it is shown."""

    def turned(match: re.Match[str]) -> str:
        picture, words, goal = match.groups()
        if home:
            return f"{picture}[{words}]({home}/{'raw' if picture else 'blob'}/main/{goal})"
        return "" if picture else words

    return LINK.sub(turned, readme)


def addresses(home: str) -> dict[str, str]:
    """Addresses of the project, none without a home."""
    if not home:
        return {}
    files = {"Changelog": "CHANGELOG.md", "Documentation": "docs/index.md"}
    return {"Homepage": home, **{name: f"{home}/blob/main/{file}" for name, file in files.items()}}


class Described(MetadataHookInterface):
    """Readme and addresses, made when the package is built."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put both into the metadata."""
        home = str(self.config.get("home", "")).rstrip("/")
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": for_an_index(text, home)}
        if home:
            metadata["urls"] = addresses(home)
