"""How far a work is, told to whoever waits: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# Seconds between two lines that tell how far a work is.
SILENT = 5.0


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Tell how far a work is: in a bar on a terminal, in a line now and then where the output is piped."""
    from rich.console import Console
    from rich.progress import Progress

    if not sys.stderr.isatty():
        yield Lines(what).told
        return
    # Gone when done; drawn when it moves, not by a thread, beside which no process can be copied.
    with Progress(transient=True, console=Console(stderr=True), auto_refresh=False) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)


@dataclass
class Lines:
    """One line every few seconds, and none for what is done before the first."""

    what: str
    last: float = field(default_factory=time.monotonic)

    def told(self, done: int, total: int) -> None:
        """Take note of how far the work is."""
        if time.monotonic() - self.last >= SILENT:
            self.last = time.monotonic()
            sys.stderr.write(f"{self.what}: {done} / {total}\n")
            sys.stderr.flush()
