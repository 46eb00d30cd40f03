"""Work in processes of one thread each; what a killed process was at is done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from threadpoolctl import threadpool_limits

from forecast.errors import ForecastError

_Result = TypeVar("_Result")
# A process that is killed this often, with nothing finished in between, will be killed again.
_PATIENCE = 3


def results_of(work: Sequence[Callable[[], _Result]], n_jobs: int) -> Iterator[tuple[int, _Result]]:
    """Yield the number and result of each piece of work, in the order they are finished.

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

    left, failures = dict(enumerate(work)), 0
    while left:
        parallel = Parallel(n_jobs=n_jobs, return_as="generator_unordered", pre_dispatch="2*n_jobs")
        try:
            for i, result in parallel(delayed(_numbered)(i, piece) for i, piece in [*left.items()]):
                del left[i]
                failures = 0
                yield i, result
        except TerminatedWorkerError as killed:
            failures += 1
            if failures == _PATIENCE:
                raise ForecastError(
                    f"panel: processes were killed {_PATIENCE} times in a row; {len(left)} of {len(work)} "
                    f"pieces are left. Is there enough memory? Try a smaller n_jobs."
                ) from killed


def _numbered(i: int, piece: Callable[[], _Result]) -> tuple[int, _Result]:
    with threadpool_limits(1):
        return i, piece()
