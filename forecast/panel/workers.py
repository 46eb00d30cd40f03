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
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left, failures = dict(enumerate(work)), 0
    while left:
        try:
            for i, result in _finished(left, n_jobs):
                del left[i]
                failures = 0
                yield i, result
        except TerminatedWorkerError as killed:
            failures += 1
            if failures == _PATIENCE:
                raise ForecastError(
                    Message("panel_killed", times=_PATIENCE, left=len(left), pieces=len(work))
                ) from killed


def _finished(left: dict[int, Callable[[], _Result]], n_jobs: int) -> Iterator[tuple[int, _Result]]:
    """Yield what is finished of the work that is left, at most two pieces a process on their way."""
    from joblib import effective_n_jobs
    from joblib.externals.loky import ProcessPoolExecutor, wait

    processes = effective_n_jobs(n_jobs)
    waiting = deque(left.items())
    sent: set[Any] = set()
    # Processes that nobody else shares end when the work is done: idle ones would hold memory, and where
    # they end by themselves just as work is sent, the sender may wait for ever.
    with ProcessPoolExecutor(processes, initializer=_end_with, initargs=(os.getpid(),)) as pool:
        try:
            while waiting or sent:
                while waiting and len(sent) < 2 * processes:
                    sent.add(pool.submit(_numbered, *waiting.popleft()))
                for done in wait(sent, return_when="FIRST_COMPLETED").done:
                    sent.remove(done)
                    yield done.result()
        finally:
            # Where the reader of the results stops early, what nobody waits for is not begun.
            for each in sent:
                each.cancel()


def results_with_help(work: Sequence[Callable[[], _Result]], helpers: int) -> Iterator[tuple[int, _Result]]:
    """Yield the number and result of each piece, done here and in so many other processes at a time.

    What a killed process was at, and what it left, is done here.
    """
    from concurrent.futures import wait
    from concurrent.futures.process import BrokenProcessPool

    waiting = deque(enumerate(work))
    sent: dict[Any, tuple[int, Callable[[], _Result]]] = {}
    with _frozen(), _pool(helpers) as pool:
        while waiting or sent:
            while helpers and waiting and len(sent) < 2 * helpers:
                i, piece = waiting.popleft()
                sent[_submitted(pool, i, piece)] = i, piece
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

        return ProcessPoolExecutor(
            helpers, get_context("fork"), initializer=_end_with, initargs=(os.getpid(),)
        )
    from joblib.externals import loky

    return loky.ProcessPoolExecutor(helpers, initializer=_begin_help, initargs=(os.getpid(),))


def _submitted(pool: Any, i: int, piece: Callable[[], _Result]) -> Any:
    if not can_fork():
        return pool.submit(_numbered, i, piece)
    with warnings.catch_warnings():
        # The threads that Python warns of are those of linear algebra, which end before a fork.
        warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)
        return pool.submit(_numbered, i, piece)


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


def _numbered(i: int, piece: Callable[[], _Result]) -> tuple[int, _Result]:
    with threadpool_limits(1):
        return i, piece()


def _begin_help(sender: int) -> None:
    _end_with(sender)
    gc.freeze()


def _end_with(sender: int) -> None:
    """End with the process that started this one, from its first moment on."""
    # Windows tells no new parent.
    if os.name != "nt":
        threading.Thread(target=_watch, args=(sender,), daemon=True).start()


def _watch(sender: int) -> None:
    while os.getppid() == sender:
        time.sleep(_LOOK)
    os._exit(1)
