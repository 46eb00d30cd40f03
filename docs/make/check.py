"""Check the built site: links within it lead somewhere, and nothing is fetched from elsewhere.

Usage: python docs/make/check.py site
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What a browser fetches by itself when it opens a page.
FETCHED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "video": "src"}
# Links of <link> that are only told, not fetched.
TOLD = {"canonical", "alternate", "prev", "next"}
IN_STYLES = re.compile(r"""(?:@import\s+|url\()\s*['"]?(https?:)?//""")


class Reading(HTMLParser):
    """Anchors, links and fetched addresses of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element names and leads to."""
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        address = given.get(FETCHED.get(tag, ""), "")
        if address and not (tag == "link" and given.get("rel") in TOLD):
            self.fetched.append(address)


def problems_of(site: Path) -> list[str]:
    """What is wrong with a built site, a sentence each."""
    pages = {path.resolve(): _read(path) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        name = path.relative_to(site.resolve())
        for address in page.fetched:
            if urlsplit(address).scheme in ("http", "https") or address.startswith("//"):
                found.append(f"{name}: fetches {address}")
            else:
                found += _lost(site, path, address, pages)
        for link in page.links:
            found += _lost(site, path, link, pages)
    for path in sorted(site.rglob("*.css")):
        if IN_STYLES.search(path.read_text(encoding="utf-8", errors="replace")):
            found.append(f"{path.relative_to(site)}: a style is fetched from elsewhere")
    return found


def _read(path: Path) -> Reading:
    reading = Reading()
    reading.feed(path.read_text(encoding="utf-8"))
    return reading


def _lost(site: Path, page: Path, link: str, pages: dict[Path, Reading]) -> list[str]:
    """A sentence where a link within the site leads nowhere."""
    parts = urlsplit(link)
    if parts.scheme or link.startswith("//"):
        return []
    goal = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    goal = goal / "index.html" if goal.is_dir() else goal
    name = page.relative_to(site.resolve())
    if page.name == "404.html":
        return []  # its links are those of the server's root
    if not goal.exists():
        return [f"{name}: {link} leads nowhere"]
    anchor = unquote(parts.fragment)
    if anchor and goal in pages and anchor not in pages[goal].anchors and not anchor.startswith("__"):
        return [f"{name}: {link} names no place of that page"]
    return []


if __name__ == "__main__":
    wrong = problems_of(Path(sys.argv[1]))
    sys.stdout.write("".join(f"{line}\n" for line in wrong[:50]))
    sys.exit(bool(wrong))
