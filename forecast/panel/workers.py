"""Work in processes of one thread each; what a killed process was at is done again."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
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
    try:
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
    finally:
        _let_go()


def results_with_help(work: Sequence[Callable[[], _Result]], helpers: int) -> Iterator[tuple[int, _Result]]:
    """Yield the number and result of each piece, done here and in so many other processes at a time.

    What a killed process was at, and what it left, is done here.
    """
    from joblib.externals.loky import ProcessPoolExecutor, wait
    from joblib.externals.loky.process_executor import BrokenProcessPool

    waiting, sender = deque(enumerate(work)), os.getpid()
    sent: dict[Any, tuple[int, Callable[[], _Result]]] = {}
    with ProcessPoolExecutor(helpers, initializer=gc.freeze) as pool:
        while waiting or sent:
            while helpers and waiting and len(sent) < 2 * helpers:
                i, piece = waiting.popleft()
                sent[pool.submit(_sent, sender, i, piece)] = i, piece
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


def _let_go() -> None:
    """End the idle processes where this process could not end before them.

    They are kept for the next call, and a child of :mod:`multiprocessing` waits at its end for its own
    children, which is until they have been idle for five minutes.
    """
    if multiprocessing.parent_process() is not None:
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor().shutdown(wait=True)


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
