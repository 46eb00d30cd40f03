"""A text as the draft reads it, for the tables of these tests."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import forecast as fc
from forecast.target.draft.found import Stated


def draft(text: str, name: str = "plan.txt", **options: int) -> fc.Draft:
    """Return the draft of a text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        return fc.draft_plan(path, **options)


def told(text: str, **options: int) -> list[tuple[object, ...]]:
    """Return indicator, kind, value, unit and year of each target; a range in place of its value."""
    return [
        (each.indicator, each.kind, _value(each), each.unit, each.year)
        for each in draft(text, **options).targets
    ]


def _value(each: Stated) -> object:
    return each.value if each.lower is None else (each.lower, each.upper)


def numbers(path: Path) -> list[tuple[str, object, int | None]]:
    """Return indicator, value and year of each target of a file."""
    return [(each.indicator, each.value, each.year) for each in fc.draft_plan(path).targets]


TITLE = "# 甲市“十五五”规划主要指标\n\n"


def rows(table: str, title: str = TITLE) -> list[Stated]:
    """Return the targets of a Markdown table below a title."""
    return list(draft(title + table, "plan.md").targets)


def table(*lines: str) -> str:
    """Return a Markdown table; the first line is its head."""
    head, *rest = (f"| {line} |" for line in lines)
    rule = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([head, rule, *rest]) + "\n"
