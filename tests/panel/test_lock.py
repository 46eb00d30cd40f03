"""Two runs to one output: the second is told who has it, and a run that was killed has it no more."""

from __future__ import annotations

import errno
import json
import os
import platform
import re
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from forecast.errors import ReportError
from forecast.panel.files import assess_file, forget
from forecast.panel.lock import Claim, claim_path, claimed
from forecast.target.target import Target

GOAL = [Target.at_least("x", 8, year=2024)]
HOLD = """
import sys, time
from pathlib import Path
from forecast.panel.lock import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    rows = [
        f"A,x,{year},{value}" for year, value in zip(range(2015, 2021), [1, 2, 2.5, 4, 4.5, 6], strict=True)
    ]
    path = tmp_path / "panel.csv"
    path.write_text("\n".join(["area,indicator,year,value", *rows]))
    return path


def test_a_run_is_told_who_writes_its_output_and_takes_over_from_one_that_was_killed(source: Path) -> None:
    output = source.parent / "out.csv"
    command = [sys.executable, "-c", HOLD, str(output)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        said = rf"another run is writing it \(process {first.pid} on {re.escape(platform.node())}, since 20"
        with pytest.raises(ReportError, match=said):
            assess_file(source, GOAL, output)
        assert not output.exists()
        first.kill()
    assert claim_path(output).exists()
    assess_file(source, GOAL, output)
    assert sorted(path.name for path in source.parent.iterdir()) == ["out.csv", "panel.csv"]


def test_a_run_keeps_its_claim_while_it_works_and_gives_it_up_when_it_stops(source: Path) -> None:
    output = source.parent / "out.csv"

    def look(done: int, total: int) -> None:
        with pytest.raises(
            ReportError, match=rf"process {os.getpid()} on .*delete .*\.out\.csv\.running and start"
        ):
            assess_file(source, GOAL, output)
        with pytest.raises(ReportError, match="another run is writing it"):
            forget(output)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess_file(source, GOAL, output, progress=look)
    assert not claim_path(output).exists()
    assess_file(source, GOAL, output)
    assert output.exists()


def test_the_claim_of_another_machine_stands(tmp_path: Path) -> None:
    output, text = (
        tmp_path / "out.csv",
        json.dumps(asdict(Claim("elsewhere", 1, "2026-01-01 00:00", "other"))),
    )
    claim_path(output).write_text(text)
    with pytest.raises(ReportError, match="process 1 on elsewhere, since 2026"), claimed(output):
        pass
    assert claim_path(output).read_text() == text


HERE = asdict(Claim.mine())


@pytest.mark.parametrize(
    "text",
    [
        "",  # of a run that found the disk full
        "{}",
        "null",
        "[" * 900,
        "\ufffd\x00",
        json.dumps(HERE),  # the number of this very process: a container that was started again
        json.dumps(HERE | {"host": "a container of this machine"}),
        json.dumps(HERE | {"process": 1}),
        json.dumps(HERE | {"process": -1}),
        json.dumps(HERE | {"process": 10**30}),
        json.dumps(HERE | {"process": "; rm"}),
        json.dumps(HERE | {"host": "\x1b[2J"}),
    ],
    # Names that do not hold the number of this process, so that all workers of a run name them alike.
    ids=["empty", "no fields", "null", "deep", "bytes", "own number", "other host", "process 1", "minus one",
         "huge", "a command", "an escape"],
)  # fmt: skip
def test_what_a_killed_run_has_left_is_no_claim(tmp_path: Path, text: str) -> None:
    output = tmp_path / "out.csv"
    claim_path(output).write_text(text, encoding="utf-8")
    turn = claim_path(output).with_name(".out.csv.running.turn")
    turn.touch()
    with claimed(output):
        assert json.loads(claim_path(output).read_text()) == asdict(Claim.mine())
        with pytest.raises(ReportError, match=f"process {os.getpid()}"), claimed(output):
            pass
    assert not claim_path(output).exists()


def test_a_link_in_the_place_of_a_claim_is_not_followed(tmp_path: Path) -> None:
    output, other = tmp_path / "out.csv", tmp_path / "precious"
    other.write_text("mine")
    claim_path(output).symlink_to(other)
    with pytest.raises(OSError), claimed(output):  # noqa: PT011
        pass
    assert other.read_text() == "mine"


def test_where_nothing_can_be_locked_a_file_that_is_there_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refuse(file: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    output = tmp_path / "out.csv"
    with claimed(output), pytest.raises(ReportError, match=f"process {os.getpid()}"), claimed(output):
        pass
    assert not claim_path(output).exists()


def test_of_many_that_would_take_over_a_void_claim_one_does(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    claim_path(output).write_text(json.dumps(asdict(replace(Claim.mine(), process=gone.pid))))
    start, stop, held = threading.Barrier(8), threading.Event(), []

    def run() -> None:
        start.wait()
        try:
            with claimed(output):
                held.append(1)
                stop.wait(20)
        except ReportError:
            held.append(0)
        if len(held) == 8:
            stop.set()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    # The one that holds it waits until all others have been refused.
    for _ in range(400):
        if len(held) == 8:
            break
        stop.wait(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    assert sum(held) == 1
    assert not list(tmp_path.iterdir())
