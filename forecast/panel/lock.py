"""The claim of a run to its output, so that two at once cannot spoil each other's work."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from forecast.errors import ReportError


@dataclass(frozen=True)
class Claim:
    """Who writes an output, and since when.

    Parameters
    ----------
    host : str
    process : int
    since : str
        Local time.
    """

    host: str
    process: int
    since: str

    @classmethod
    def mine(cls) -> Claim:
        """Return the claim of this process."""
        return cls(platform.node(), os.getpid(), f"{datetime.now():%Y-%m-%d %H:%M}")

    @property
    def is_void(self) -> bool:
        """Say whether its process is known to be gone: one of this machine that does not run any more."""
        # Elsewhere nothing is known of it; and on Windows asking would end it.
        if self.host != platform.node() or os.name == "nt":
            return False
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False

    def __str__(self) -> str:
        return f"process {self.process} on {self.host}, since {self.since}"


def claim_path(output: Path) -> Path:
    """Return where the claim to an output is written down: beside it."""
    return output.parent / f".{output.name}.running"


@contextmanager
def claimed(output: Path) -> Iterator[None]:
    """Hold the claim to an output; one left by a run that was killed on this machine is taken over.

    Raises
    ------
    ReportError
        If another run holds it.
    OSError
        If nothing can be written there.
    """
    path, mine = claim_path(output), Claim.mine()
    if not (_written(path, mine) or _taken_over(path, mine)):
        held = _read(path)
        raise ReportError(
            f"{output}: another run is writing it ({held or 'it does not say which'}). Wait until it is "
            f"done, or give another output. If that run is gone, delete {path} and start again."
        )
    try:
        yield
    finally:
        # Somebody may have deleted it, and another run begun.
        if _read(path) == mine:
            path.unlink()


def _written(path: Path, mine: Claim) -> bool:
    """Write a claim down, unless there is one."""
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump(asdict(mine), file)
    except FileExistsError:
        return False
    return True


def _taken_over(path: Path, mine: Claim) -> bool:
    """Put a claim in the place of a void one; of several that try, one does."""
    held = _read(path)
    if held is None or not held.is_void:
        return False
    # Whoever creates this file may remove the void claim, and nobody else.
    turn = path.with_name(f"{path.name}.turn")
    try:
        turn.touch(exist_ok=False)
    except FileExistsError:
        return False
    try:
        # Another may have had its turn since.
        if _read(path) != held:
            return False
        path.unlink()
        return _written(path, mine)
    finally:
        turn.unlink()


def _read(path: Path) -> Claim | None:
    """Return the claim, None where there is none that can be read."""
    with suppress(OSError, ValueError, TypeError):
        return Claim(**json.loads(path.read_text("utf-8")))
    return None
