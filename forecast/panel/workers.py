"""Work in processes of one thread each; what a killed process was at is done again."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits

from forecast.errors import ForecastError
from forecast.language.message import Message

_Result = TypeVar("_Result")
# A process that is killed this often, with nothing finished in between, will be killed again.
_PATIENCE = 3
# Seconds after which a worker sees that whoever sent the work is gone.
_LOOK = 0.5


def results_of(work: Sequence[Callable[[], _Result]], n_jobs: int) -> Iterator[tuple[int, _Result]]:
    """Yield the number and result of each piece of work, in the order they are finished.

    Processes end with the one that sent them their work, even if that is killed.

    Raises
    ------
    ForecastError
        If processes are killed three times over without finishing anything.
    """
    if n_jobs == 1:
        for i, piece in enumerate(work):
            yield _numbered(i, piece)
        return
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left, failures, sender = dict(enumerate(work)), 0, os.getpid()
    while left:
        parallel = Parallel(n_jobs=n_jobs, return_as="generator_unordered", pre_dispatch="2*n_jobs")
        try:
            for i, result in parallel(delayed(_sent)(sender, i, piece) for i, piece in [*left.items()]):
                del left[i]
                failures = 0
                yield i, result
        except TerminatedWorkerError as killed:
            failures += 1
            if failures == _PATIENCE:
                raise ForecastError(
                    Message("panel_killed", times=_PATIENCE, left=len(left), pieces=len(work))
                ) from killed


def results_with_help(work: Sequence[Callable[[], _Result]], helpers: int) -> Iterator[tuple[int, _Result]]:
    """Yield the number and result of each piece, done here and in so many other processes at a time.

    What a killed process was at, and what it left, is done here.
    """
    from concurrent.futures import wait
    from concurrent.futures.process import BrokenProcessPool

    waiting, sender = deque(enumerate(work)), os.getpid()
    sent: dict[Any, tuple[int, Callable[[], _Result]]] = {}
    with _frozen(), _pool(helpers) as pool:
        while waiting or sent:
            while helpers and waiting and len(sent) < 2 * helpers:
                i, piece = waiting.popleft()
                sent[_submitted(pool, sender, i, piece)] = i, piece
            if waiting:
                yield _numbered(*waiting.popleft())
            else:
                wait(sent, return_when="FIRST_COMPLETED")
            for done in [each for each in sent if each.done()]:
                numbered = sent.pop(done)
                try:
                    result: tuple[int, _Result] = done.result()
                except BrokenProcessPool:
                    helpers = 0
                    waiting.append(numbered)
                else:
                    yield result


def can_fork() -> bool:
    """Whether a copy of this process can help: it starts at once and shares its memory.

    Not while other threads run, which may hold locks that nobody opens in the copy, and only on Linux:
    elsewhere the system's own libraries do not bear it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _pool(helpers: int) -> Any:
    if can_fork():
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(helpers, mp_context=get_context("fork"))
    from joblib.externals import loky

    return loky.ProcessPoolExecutor(helpers, initializer=gc.freeze)


def _submitted(pool: Any, sender: int, i: int, piece: Callable[[], _Result]) -> Any:
    with warnings.catch_warnings():
        # The threads that Python warns of are those of linear algebra, which end before a fork.
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        return pool.submit(_sent, sender, i, piece)


@contextmanager
def _frozen() -> Iterator[None]:
    """Spare the collector of garbage what is here already: a quarter of the time, and pages of copies."""
    mine = gc.get_freeze_count() == 0
    if mine:
        gc.collect()
        gc.freeze()
    try:
        yield
    finally:
        if mine:
            gc.unfreeze()


def _sent(sender: int, i: int, piece: Callable[[], _Result]) -> tuple[int, _Result]:
    """Do a piece of work sent by another process, and end with that process."""
    _end_with(sender)
    return _numbered(i, piece)


def _numbered(i: int, piece: Callable[[], _Result]) -> tuple[int, _Result]:
    with threadpool_limits(1):
        return i, piece()


def _end_with(sender: int) -> None:
    """Watch, from now on, whether the process that sends the work is still the parent of this one."""
    name = f"ends with {sender}"
    # A worker that is no child of the sender belongs to somebody else; Windows tells no new parent.
    if os.getppid() != sender or os.name == "nt" or any(t.name == name for t in threading.enumerate()):
        return
    threading.Thread(target=_watch, args=(sender,), name=name, daemon=True).start()


def _watch(sender: int) -> None:
    while os.getppid() == sender:
        time.sleep(_LOOK)
    os._exit(1)
