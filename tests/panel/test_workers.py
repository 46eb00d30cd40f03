"""Work in processes that may be killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from forecast.errors import ForecastError
from forecast.panel.workers import results_of, results_with_help


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


SLOW = """
import os, sys, time
from functools import partial
from tests.panel.test_workers import say_and_sleep
from forecast.panel.workers import results_of, results_with_help
list(results_of([partial(say_and_sleep, sys.argv[1]) for _ in range(4)], 2))
"""


def say_and_sleep(folder: str) -> None:
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


def lives(pid: int) -> bool:
    try:
        state = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
def test_processes_end_with_the_one_that_sent_them_their_work(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOW, str(tmp_path)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as sender:
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        workers = [int(path.name) for path in tmp_path.iterdir()]
        assert all(lives(pid) for pid in workers)
        sender.kill()
    until(lambda: not any(lives(pid) for pid in workers))


def children(pid: int) -> list[int]:
    threads = [*Path(f"/proc/{pid}/task").iterdir()]
    return [int(child) for thread in threads for child in (thread / "children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at /proc")
def test_processes_that_have_no_work_yet_end_with_their_sender_too(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOW, str(tmp_path)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL) as sender:
        # The third is the one that keeps account of what they share.
        until(lambda: len(children(sender.pid)) >= 3)
        started = children(sender.pid)
        sender.kill()
    assert not [*tmp_path.iterdir()]
    until(lambda: not any(lives(pid) for pid in started))


def squares(count: int) -> None:
    assert len(list(results_of([partial(square, x) for x in range(count)], 2))) == count


def test_a_process_that_was_started_by_another_ends_when_its_work_is_done() -> None:
    child = multiprocessing.get_context("spawn").Process(target=squares, args=(6,))
    child.start()
    child.join(100)
    alive = child.is_alive()
    child.kill()
    child.join()
    assert not alive
    assert child.exitcode == 0


def until(done: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.1)


def test_help_gives_what_one_process_gives() -> None:
    work = [partial(square, i) for i in range(12)]
    assert dict(results_with_help(work, 1)) == {i: i * i for i in range(12)}


def test_what_a_killed_helper_was_at_is_done_here() -> None:
    work = [partial(_killed_elsewhere, os.getpid(), i) for i in range(8)]
    assert dict(results_with_help(work, 1)) == {i: i for i in range(8)}


def _killed_elsewhere(home: int, i: int) -> int:
    if os.getpid() != home:
        os._exit(1)
    return i
