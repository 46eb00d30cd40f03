"""What a panel loses when something goes wrong: ``python benchmarks/faults.py [--series N] [--kills N]``.

Each fault is inflicted on a run from file to file; the table is then compared, row by row, with that
of an undisturbed run. Writes ``benchmarks/results/faults.md``. With ``--kills`` only runs are killed, so
many, each at a random moment, and the same command is given again; writes ``benchmarks/results/kills.md``.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import resource
import signal
import tempfile
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from speed_panel import targets, write

from forecast import assess_file
from forecast.errors import ForecastError
from forecast.panel import chunks

HERE = Path(__file__).parent
BAD = 0.01


def table_of(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path).sort_values(["area", "id"], ignore_index=True)


def differing(found: pd.DataFrame, want: pd.DataFrame) -> int:
    """Return how many rows of *want* are not in *found* as they are."""
    columns = ["area", "id", "median", "probability", "rating", "problem"]
    both = want[columns].merge(found[columns], on=["area", "id"], how="left", suffixes=("", "_found"))
    same = np.isclose(both["probability"], both["probability_found"], equal_nan=True, rtol=1e-12)
    same &= np.isclose(both["median"], both["median_found"], equal_nan=True, rtol=1e-12)
    return int((~same | (both["rating"] != both["rating_found"])).sum())


def said(run: Callable[[], object]) -> str:
    """Return the first line of what a run raises."""
    try:
        run()
    except ForecastError as problem:
        return str(problem).replace("\n", " ")
    return "nothing"


def kill_a_worker(source: Path, output: Path) -> str:
    """Kill one of the two workers as soon as a part is finished."""
    killed: list[int] = []

    def watch() -> None:
        folder = output.parent / f".{output.name}.unfinished"
        while not list(folder.glob("part-*.parquet")):
            time.sleep(0.02)
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or killed:
                continue
            try:
                words = (entry / "cmdline").read_bytes()
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            # A worker of ours, and nobody else's: a child of this very process.
            if b"LokyProcess" in words and parent == os.getpid():
                os.kill(int(entry.name), signal.SIGKILL)
                killed.append(int(entry.name))

    watcher = threading.Thread(target=watch)
    watcher.start()
    answer = said(lambda: assess_file(source, targets(), output, n_jobs=2))
    watcher.join()
    return f"{len(killed)} worker killed; said: {answer}"


def fill_the_disk(source: Path, output: Path, room: int) -> str:
    """Let no file grow beyond *room* bytes, then make room and run again."""
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    answer = said(lambda: assess_file(source, targets(), output))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, before)
    kept = len(list((output.parent / f".{output.name}.unfinished").glob("part-*.parquet")))
    there = output.exists()
    begin = time.perf_counter()
    assess_file(source, targets(), output)
    seconds = time.perf_counter() - begin
    state = f"half-written output: {'yes' if there else 'none'}, parts kept: {kept}"
    return f"{answer.replace(str(output.parent), '')} ({state}; the second run took {seconds:.1f} s)"


def workers_of(parent: int) -> list[int]:
    """Return the processes that a process has started to work for it."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found += [int(entry.name)] if b"LokyProcess" in (entry / "cmdline").read_bytes() else []
        except (OSError, ValueError, NotADirectoryError):
            continue
    return found


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill_the_run(source: Path, output: Path) -> str:
    """Kill a run to the same output with another question, and let the next one begin at once."""
    other = [replace(target, year=target.year + 20) for target in targets()]
    run = multiprocessing.get_context("spawn").Process(
        target=assess_file, args=(source, other, output), kwargs={"n_jobs": 2}
    )
    run.start()
    folder = output.parent / f".{output.name}.unfinished"
    while not list(folder.glob("part-*.parquet")):
        time.sleep(0.02)
    orphans = workers_of(run.pid or 0)
    run.kill()
    run.join()
    begin = time.perf_counter()
    answer = said(lambda: assess_file(source, targets(), output))
    seconds = time.perf_counter() - begin
    alive = sum(lives(pid) for pid in orphans)
    return f"{answer} ({len(orphans)} workers were left, {alive} of them {seconds:.0f} s later)"


def spoil_the_parts(source: Path, output: Path) -> str:
    """Stop a run, flip one bit in each part and chunk it has left, and go on."""

    def stop(done: int, total: int) -> None:
        if done == total // 2:
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        assess_file(source, targets(), output, progress=stop)
    pieces = sorted((output.parent / f".{output.name}.unfinished").glob("[pc]*-*"))
    for piece in pieces:
        data = bytearray(piece.read_bytes())
        data[len(data) // 3] ^= 4
        piece.write_bytes(data)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        answer = said(lambda: assess_file(source, targets(), output))
    for aside in output.parent.glob("*.damaged-*"):
        aside.unlink()
    first = str(heard[0].message).replace(str(output.parent), "") if heard else "nothing"
    return f"{answer}; warned {len(heard)} times of {len(pieces)} pieces: {first}"


def run_once(source: Path, output: Path, series: int, workers: int) -> None:
    """One run in a process of its own; how it ends is its exit code."""
    chunks.SERIES = series
    assess_file(source, targets(), output, n_jobs=workers)


def killed_runs(size: int, kills: int, seconds: float) -> str:
    """Kill runs at random moments and give the same command again; what came of it, as a table."""
    # Forked from a server that has imported everything and started no thread.
    here = multiprocessing.get_context("forkserver")
    here.set_forkserver_preload(["forecast.panel.files", "speed_panel"])
    rng = np.random.default_rng(7)
    rows = [
        "| workers | kills | finished runs | raw errors | hung | rows lost or changed |",
        "|---" * 6 + "|",
    ]
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        source, output = write(size, Path(name)), Path(name) / "out.parquet"
        for workers, part in ((1, 0.8), (2, 0.2)):
            goal = round(part * kills)
            run_once(source, output, 60, workers)
            want = table_of(output)
            output.unlink()
            start = time.perf_counter()
            done = here.Process(target=run_once, args=(source, output, 60, workers))
            done.start()
            done.join()
            usual = time.perf_counter() - start
            output.unlink()
            killed = finished = raw = hung = lost = 0
            while killed < goal and time.perf_counter() - begin < seconds:
                run = here.Process(target=run_once, args=(source, output, 60, workers))
                run.start()
                # One in ten is left alone: what the killed ones have kept must let it finish.
                left_alone = rng.random() < 0.1
                run.join(60 + 10 * usual if left_alone else rng.uniform(0.05, 0.5) * usual)
                if run.is_alive():
                    hung += left_alone
                    killed += not left_alone
                    run.kill()
                    run.join()
                elif run.exitcode:
                    raw += 1
                if output.exists():
                    found = table_of(output)
                    lost += differing(found, want) + abs(len(found) - len(want))
                    output.unlink()
                    finished += 1
            rows.append(
                f"| {workers} | {killed} | {finished} | {raw} | {hung} | {lost} of {len(want):,} each |"
            )
            print(rows[-1], flush=True)
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=900, help="the kills end then")
    given = parser.parse_args()
    size = given.series
    if given.kills:
        table = killed_runs(size, given.kills, given.seconds)
        text = f"# Kills\n\n`python benchmarks/faults.py --series {size} --kills {given.kills}`\n\n{table}\n"
        (HERE / "results" / "kills.md").write_text(text, "utf-8")
        return
    chunks.SERIES = 500
    lines = [
        "| fault | what was said | rows | rows that differ from an undisturbed run |",
        "|---|---|---|---|",
    ]

    def note(fault: str, answer: str, rows: object, lost: object) -> None:
        lines.append(f"| {fault} | {answer} | {rows} | {lost} |")
        print(lines[-1], flush=True)

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = write(size, folder)
        want = table_of(assess_file(source, targets(), folder / "whole.parquet"))
        output = folder / "out.parquet"
        answer = kill_a_worker(source, output)
        note("a worker killed during the run", answer, f"{len(want):,}", differing(table_of(output), want))
        output.unlink()
        room = int(0.9 * (folder / "whole.parquet").stat().st_size)
        answer = fill_the_disk(source, output, room)
        note("no room for the output", answer, f"{len(want):,}", differing(table_of(output), want))
        output.unlink()

        answer = kill_the_run(source, output)
        note("a run killed (-9), then another question", answer, f"{len(want):,}",
             differing(table_of(output), want))  # fmt: skip
        output.unlink()
        answer = spoil_the_parts(source, output)
        note("one bit changed in every unfinished piece", answer, f"{len(want):,}",
             differing(table_of(output), want))  # fmt: skip
        output.unlink()

        whole = source.read_bytes()
        cut = folder / "cut.parquet"
        cut.write_bytes(whole[: len(whole) // 2])
        answer = said(lambda: assess_file(cut, targets(), output)).replace(str(folder), "")
        note("a Parquet file cut in half", answer, 0, f"no output written: {not output.exists()}")

        frame = pd.read_parquet(source)
        pq.write_table(pa.Table.from_pandas(frame.assign(value="#REF!")), cut)
        found = table_of(assess_file(cut, targets(), output))
        note("one column of garbage", found["problem"][0], f"{len(found):,}",
             f"every row has its problem: {bool(found['problem'].notna().all())}")  # fmt: skip

        rng = np.random.default_rng(5)
        key = frame["area"] + "/" + frame["indicator"]
        series = key.unique()
        bad = set(rng.choice(series, max(int(BAD * len(series)), 4), replace=False))
        hit = np.flatnonzero(~key.duplicated() & key.isin(bad))
        spoilt = frame.astype({"value": object, "year": object})
        for n, i in enumerate(hit):
            column, value = (("value", "n/a"), ("year", "20x1"), ("value", float("inf")), ("value", "-"))[
                n % 4
            ]
            spoilt.loc[i, column] = value
        spoilt.to_csv(folder / "spoilt.csv", index=False)
        found = table_of(assess_file(folder / "spoilt.csv", targets(), output))
        keys = found["area"] + "/" + found["indicator"]
        problems = found["problem"].dropna()
        lost = differing(found[~keys.isin(bad)], want[~(want["area"] + "/" + want["indicator"]).isin(bad)])
        answer = f"{len(problems)} rows with a problem, such as: {problems.iloc[0]}"
        note(f"1 % bad series ({len(bad)})", answer, f"{len(found):,}", f"{lost} of the others")
    text = ["# Faults", "", f"`python benchmarks/faults.py --series {size}`", "", *lines, ""]
    (HERE / "results" / "faults.md").write_text("\n".join(text), "utf-8")


if __name__ == "__main__":
    main()
