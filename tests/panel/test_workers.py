"""Work in processes that may be killed."""

from __future__ import annotations

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from forecast.errors import ForecastError
from forecast.panel.workers import results_of


def square(x: int) -> int:
    return x * x


def square_or_die(x: int, mark: str) -> int:
    if x == 3 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return x * x


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_every_piece_is_done_once(n_jobs: int) -> None:
    assert sorted(results_of([partial(square, x) for x in range(6)], n_jobs)) == [
        (x, x * x) for x in range(6)
    ]


def test_what_a_killed_process_was_at_is_done_again(tmp_path: Path) -> None:
    work = [partial(square_or_die, x, str(tmp_path / "killed")) for x in range(6)]
    assert sorted(results_of(work, 2)) == [(x, x * x) for x in range(6)]
    assert (tmp_path / "killed").exists()


def test_processes_that_are_killed_again_and_again_are_given_up() -> None:
    with pytest.raises(ForecastError, match=r"killed 3 times in a row; 2 of 2 pieces are left"):
        list(results_of([die, die], 2))
