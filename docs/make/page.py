"""A page of the site as it is written, and as it reads once its code has run.

Every block of Python is run, in the page's order and in one folder of its own; what it prints follows
it, and so do the pictures it saves. A block of commands (``console``) runs those that begin with
``forecast``. A block that names a file (```` ```csv file=plan.csv````) writes it. So no output on the
site is written by hand, and a page whose code fails stops the build and the tests.

Words after the language: ``file=NAME`` writes the block, ``offer=NAME`` links what the block made,
``quiet`` shows no output, ``shown`` is shown and not run.
"""

from __future__ import annotations

import io
import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from forecast.cli import main

FENCE = re.compile(r"^```(\w+)([^\n`]*)\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
PICTURES = (".svg", ".png")
COMMAND = "forecast "
# What code on a page finds: a terminal as wide as a page, and this checkout, for its worker processes too.
SURROUNDINGS = {"COLUMNS": "110", "TERM": "dumb", "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


@dataclass(frozen=True)
class Ran:
    """A page after its code ran: its text, and the files it shows or offers, by name."""

    text: str
    files: dict[str, bytes] = field(default_factory=dict)
    blocks: int = 0


def run_page(text: str, folder: Path, *, assets: str = "") -> Ran:
    """Page with the output of its code, run in *folder*.

    Parameters
    ----------
    text : str
        Markdown as it is written.
    folder : Path
        Where the code reads and writes; whatever the page expects lies there.
    assets : str
        What stands before the names of the page's files in its links.

    Raises
    ------
    RuntimeError
        With the block, where code fails or a command ends with an error.
    """
    names: dict[str, object] = {"__name__": "__main__"}
    files: dict[str, bytes] = {}
    count = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal count
        language, said, code = match.group(1), match.group(2).split(), match.group(3)
        options = dict(word.partition("=")[::2] for word in said)
        shown = f"```{language}\n{code}```"
        if "file" in options:
            goal = folder / options["file"]
            goal.parent.mkdir(parents=True, exist_ok=True)
            goal.write_text(code, encoding="utf-8")
            return f'```{language} title="{options["file"]}"\n{code}```'
        if language not in ("python", "console") or "shown" in options:
            return shown
        before = _files_of(folder)
        in_python = language == "python"
        printed = _run_python(code, folder, names) if in_python else _run_commands(code, folder)
        count += printed is not None
        parts = [shown]
        if printed and "quiet" not in options:
            parts.append(f"```text\n{_trimmed(printed)}\n```")
        made = sorted(path for path, when in _files_of(folder).items() if before.get(path) != when)
        wanted = [path for path in made if path.suffix in PICTURES and "quiet" not in options]
        for path in wanted:
            files[path.name] = path.read_bytes()
            parts.append(f"![{path.stem.replace('-', ' ').replace('_', ' ')}]({assets}{path.name})")
        if offer := options.get("offer"):
            files[offer] = (folder / offer).read_bytes()
            parts.append(f"[{offer}]({assets}{offer})")
        return "\n\n".join(parts)

    return Ran(FENCE.sub(replaced, text), files, count)


def _files_of(folder: Path) -> dict[Path, int]:
    """Files of a folder with the time of their last change."""
    return {path: path.stat().st_mtime_ns for path in folder.iterdir() if path.is_file()}


def _run_python(code: str, folder: Path, names: dict[str, object]) -> str:
    """What a block of Python prints; its names stay for the next block."""
    out = io.StringIO()
    try:
        with _in(folder), redirect_stdout(out), warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(compile(code, "page", "exec"), names)
    except Exception as reason:
        raise RuntimeError(f"a block of Python failed with {reason!r}:\n{code}") from reason
    return out.getvalue()


def _run_commands(code: str, folder: Path) -> str | None:
    """What the commands of this library in a block print; None where there are none."""
    commands = [line.strip() for line in code.splitlines() if line.startswith(COMMAND)]
    return "".join(_run_command(line, folder) for line in commands) if commands else None


def _run_command(line: str, folder: Path) -> str:
    line = line.partition("  #")[0].strip()
    command, _, goal = line.partition(" > ")
    out, complaints = io.StringIO(), io.StringIO()
    with (
        _in(folder), redirect_stdout(out), redirect_stderr(complaints),
        mock.patch.object(sys, "argv", command.split()),
    ):  # fmt: skip
        try:
            main()
        except SystemExit as end:
            if end.code not in (0, None):
                raise RuntimeError(f"`{line}` ended with {end.code}:\n{complaints.getvalue()}") from end
    if goal:
        (folder / goal.strip()).write_text(out.getvalue(), encoding="utf-8")
        return ""
    # The folder of the run is no reader's.
    return out.getvalue().replace(f"{folder}{os.sep}", "")


@contextmanager
def _in(folder: Path) -> Iterator[None]:
    """The folder to work in, and what surrounds it."""
    with chdir(folder), mock.patch.dict(os.environ, SURROUNDINGS):
        yield


def _trimmed(printed: str) -> str:
    """Output without the blanks a table ends its lines with."""
    return "\n".join(line.rstrip() for line in printed.rstrip().splitlines())
