"""The stub gives editors and type checkers the names that ``__init__.py`` loads lazily."""

from __future__ import annotations

import ast
from pathlib import Path

import forecast

STUB = Path(forecast.__file__).with_suffix(".pyi")


def test_the_stub_names_what_is_public_and_from_where() -> None:
    tree = ast.parse(STUB.read_text(encoding="utf-8"))
    stated = {
        alias.asname: node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    loaded = {name: f"forecast.{chapter}" for name, chapter in forecast._HOME.items()}
    assert stated == loaded
