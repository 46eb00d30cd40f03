"""Small plans written to a file, for the tests of plans and their readers."""

from __future__ import annotations

from pathlib import Path

HEAD = 'title = "T"\ntitle_zh = "规划"\narea = "J"\nbase_year = 2020\nyear = 2025\n'


def toml(folder: Path, *targets: str, head: str = HEAD) -> Path:
    path = folder / "plan.toml"
    path.write_text(head + "".join(f"\n[[target]]\n{target}\n" for target in targets), encoding="utf-8")
    return path
