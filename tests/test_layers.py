"""The way through the house: rooms have ranks, and a file imports only from rooms above its own.

Inside a room files may import each other, but never in a circle.
"""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "forecast"
LONGEST = 400
# From the ground up; rooms on one line do not know each other.
ROOMS = (
    "errors", "arrays", "language", "history", "target", "distribution", "rules", "models", "evaluation",
    "assessment", "panel plot interop", "report sktime arguments", "cli", "__main__",
)  # fmt: skip
RANK = {room: rank for rank, line in enumerate(ROOMS) for room in line.split()}
FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path) for path in FILES}


def imports_of(path: Path) -> set[str]:
    """Every module of ours that a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write imports in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in MODULES else str(node.module))
    return {name for name in found if name.split(".")[0] == "forecast"}


def test_rooms_import_only_from_rooms_above() -> None:
    for path in FILES:
        me = module_of(path)
        if me == "forecast":  # the contents page: names are looked up when asked for
            assert imports_of(path) == set()
            continue
        mine = me.split(".")[1]
        rooms = {name: name.split(".")[1] for name in imports_of(path)}
        ahead = sorted(name for name, room in rooms.items() if room != mine and RANK[room] >= RANK[mine])
        assert not ahead, f"{me} reads ahead: {ahead}"


def test_no_file_imports_itself_by_way_of_others() -> None:
    # A folder's own page of contents may name its files, which do not need it.
    graph = {module_of(path): imports_of(path) - {module_of(path)} for path in FILES}
    TopologicalSorter({name: imports - contents(name) for name, imports in graph.items()}).prepare()


def contents(name: str) -> set[str]:
    """The pages of contents of the folders a file stands in."""
    parts = name.split(".")
    return {".".join(parts[:i]) for i in range(1, len(parts))}


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_fits_a_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{path.name} has {lines} lines: find the noun that wants a file of its own"


def test_reading_ahead_would_be_seen(tmp_path: Path) -> None:
    text = "def f():\n    from forecast.history.history import History\n    import forecast.errors\n"
    (tmp_path / "x.py").write_text(text, encoding="utf-8")
    assert imports_of(tmp_path / "x.py") == {"forecast.history.history", "forecast.errors"}


def test_no_room_has_the_name_of_something_public() -> None:
    # Importing a submodule binds its name on the package, and would hide the function of that name.
    import forecast

    files = {module.split(".")[1] for module in MODULES if "." in module}
    assert not files & set(forecast.__all__)
    assert files <= set(RANK), "a room without a rank"


def test_a_module_has_a_test_of_its_name() -> None:
    inner = [path.relative_to(PACKAGE) for path in FILES if path.stem not in ("__init__", "__main__")]
    without = [str(x) for x in inner if not (Path(__file__).parent / x.with_name(f"test_{x.name}")).exists()]
    assert not without, f"write a test of their name: {without}"
