"""The claim of a run to its output, so that two at once cannot spoil each other's work.

A claim is a file beside the output that its run keeps locked. The system lets go of the lock when the
process ends, however it ends, so a file left behind is no claim: whatever it says, or if it says nothing.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from forecast.errors import ReportError
from forecast.language.message import Message

# What says which machine's processes a lock is known to; and how much of a claim is read.
_BOOT, _LONGEST = Path("/proc/sys/kernel/random/boot_id"), 1000
# A link in the place of a claim is somebody else's file.
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


@dataclass(frozen=True)
class Claim:
    """Who writes an output, and since when.

    Parameters
    ----------
    host : str
    process : int
    since : str
        Local time.
    boot : str
        Of the machine: containers on it share their locks, whatever they call themselves.
    """

    host: str
    process: int
    since: str
    boot: str = ""

    @classmethod
    def mine(cls) -> Claim:
        """Claim of this process."""
        return cls(platform.node(), os.getpid(), f"{datetime.now():%Y-%m-%d %H:%M}", _boot())

    @property
    def is_of_this_machine(self) -> bool:
        """Whether a lock of its process would be seen here."""
        return self.host == platform.node() or bool(self.boot and self.boot == _boot())

    def __str__(self) -> str:
        return f"process {self.process} on {self.host}, since {self.since}"


def claim_path(output: Path) -> Path:
    """Where the claim to an output is written down: beside it."""
    return output.parent / f".{output.name}.running"


@contextmanager
def claimed(output: Path) -> Iterator[None]:
    """Hold the claim to an output; what a run on this machine left when it was killed is none.

    Raises
    ------
    ReportError
        If another run holds it, or one on another machine has left it: nothing is known of that.
    OSError
        If nothing can be written there.
    """
    path = claim_path(output)
    file, held = _locked(path)
    if file is None:
        raise ReportError(
            Message("panel_locked", output=output, held=held or Message("not_said_which"), path=path)
        )
    try:
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, json.dumps(asdict(Claim.mine())).encode())
        yield
    finally:
        # Somebody may have deleted it, and another run begun. Unlocked it is no claim, should it stay.
        with suppress(PermissionError):
            if _is_at(file, path):
                path.unlink()
        os.close(file)


def _locked(path: Path) -> tuple[int | None, Claim | None]:
    """Open the claim's file and lock it; None where another run has, and the claim that stands there."""
    while True:
        there = path.exists()
        try:
            file = os.open(path, _FLAGS, 0o666)
        except PermissionError:
            if not there:
                raise
            return None, None
        # Where nothing can be locked, a file that is there stands for a run that may be.
        free, held = _lock(file, otherwise=not there), _read(file)
        if not free or (held is not None and not held.is_of_this_machine):
            os.close(file)
            return None, held
        if _is_at(file, path):
            return file, held
        # Its run has ended and removed it since it was opened.
        os.close(file)


def _lock(file: int, *, otherwise: bool) -> bool:
    """Lock an open file, unless another has; *otherwise* where files cannot be locked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # Far behind the text, which others may read.
            os.lseek(file, 1 << 20, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return otherwise
    return True


def _is_at(file: int, path: Path) -> bool:
    """Whether an open file is the one that stands at *path*."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _read(file: int) -> Claim | None:
    """Claim in an open file, None where there is none that can be read."""
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        os.lseek(file, 0, os.SEEK_SET)
        said = json.loads(os.read(file, _LONGEST).decode())
        host, since, boot = (str(said.get(name, "")) for name in ("host", "since", "boot"))
        if (host + since + boot).isprintable():
            return Claim(host, int(said["process"]), since, boot)
    return None


def _boot() -> str:
    """What tells one start of a machine from another, "" where that is not said."""
    with suppress(OSError):
        return _BOOT.read_text("utf-8").strip()
    return ""
