"""How fast panels are: ``python benchmarks/speed.py [--sizes N,N,...] [--peers PYTHON]``.

Files in, files out: each size is written, then assessed by ``assess_file`` in a process of its own
with two workers, whose wall time, CPU time and memory (proportional set size of all processes,
sampled; Linux) are taken. With ``--peers``, the Python of the environment of ``benchmarks/peers.py``,
the usual engines are timed on the same series, turn and turn about with this library.
``--profile`` says where the time goes. Writes ``benchmarks/results/speed.md``.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from speed_panel import rows, targets, write

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 61_600, 500_000)
WORKERS, ROUNDS = 2, 3
# Series each engine is given in a round: as many as it finishes in reasonable time.
PEERS = {"AutoETS": 400, "AutoTheta": 150, "AutoARIMA": 150}
OURS = 100


def memory_of_tree(root: int) -> int:
    """Return the proportional set size of a process and all below it, in bytes."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
    tree, total = {root}, 0
    for pid in sorted(parents):
        if parents[pid] in tree:
            tree.add(pid)
    for pid in tree:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 1024 * total


def measure(path: Path, output: Path) -> dict[str, float]:
    """Assess one file in a process of its own and return seconds and bytes."""
    return watched([sys.executable, __file__, "--one", str(path), str(output)])


def watched(command: list[str]) -> dict[str, float]:
    """Run a command whose last line is JSON; return that, its wall time and the peak of its memory."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = 0

    def watch() -> None:
        nonlocal peak
        while child.poll() is None:
            peak = max(peak, memory_of_tree(child.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    printed, _ = child.communicate()
    watcher.join()
    return {"wall": time.perf_counter() - begin, "memory": peak, **json.loads(printed.splitlines()[-1])}


def one(path: Path, output: Path) -> None:
    """Assess one file; print the CPU time of this process and its workers."""
    from forecast import assess_file

    assess_file(path, targets(), output, n_jobs=WORKERS)
    spent = os.times()
    cpu = spent.user + spent.system + spent.children_user + spent.children_system
    print(json.dumps({"cpu": cpu, "rows": pq.read_metadata(output).num_rows}))


def sizes_table(sizes: list[int]) -> list[str]:
    lines = [
        "| series | rows read | file, MB | wall, s | CPU, s | CPU a series, ms | memory, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = write(size, Path(folder))
            found = measure(path, Path(folder) / "result.parquet")
            read = pq.read_metadata(path).num_rows
            megabytes = path.stat().st_size / 1e6
        each = 1000 * found["cpu"] / found["rows"]
        cells = [f"{found['rows']:,}", f"{read:,}", f"{megabytes:.1f}", f"{found['wall']:.1f}"]
        cells += [f"{found['cpu']:.1f}", f"{each:.2f}", f"{found['memory'] / 1e6:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    return lines


def peers_table(python: str) -> list[str]:
    """Time the engines and this library turn and turn about on the same series."""
    from forecast import assess_frame

    frame, asked = rows(0, OURS), targets()
    series = [part.to_numpy() for _, part in frame.groupby(["area", "indicator"], sort=False)["value"]]
    chosen = np.random.default_rng(1).permutation(len(series))
    pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in PEERS}
    assess_frame(rows(0, 5), asked)
    for _ in range(ROUNDS):
        for name, count in PEERS.items():
            begin = time.process_time()
            assess_frame(frame, asked)
            ours = (time.process_time() - begin) / len(series)
            pairs[name].append((ours, _peer(python, name, [series[i] for i in chosen[:count]])))
    lines = ["| engine | CPU a series, ms | this library, ms | times as long |", "|---|---|---|---|"]
    for name, found in pairs.items():
        ours, theirs = 1000 * np.median(found, axis=0)
        times = np.median([b / a for a, b in found])
        lines.append(f"| {name} | {theirs:.1f} | {ours:.2f} | {times:.0f} |")
    print("\n".join(lines), flush=True)
    return lines


def _peer(python: str, name: str, series: list[np.ndarray]) -> float:
    """Return the CPU seconds a series takes an engine."""
    with tempfile.NamedTemporaryFile(suffix=".npz") as file:
        cuts = np.cumsum([len(values) for values in series])[:-1]
        np.savez(file, values=np.concatenate(series), cuts=cuts)
        file.flush()
        command = [python, str(HERE / "speed_peers.py"), file.name, name]
        env = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": ""}
        printed = subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout
    return float(printed.splitlines()[-1]) / len(series)


def profile_table(areas: int) -> list[str]:
    """Return the functions of this library in which most time is spent."""
    from forecast import assess_frame

    frame, asked = rows(0, areas), targets()
    assess_frame(rows(0, 5), asked)
    profiler = cProfile.Profile()
    profiler.runcall(assess_frame, frame, asked)
    stats = pstats.Stats(profiler)
    total = stats.total_tt
    steps = {
        "pack": "packing: text to arrays", "of": "fit: filters and weights", "quantile": "quantiles",
        "years_to": "the year a target is reached", "remarks": "notes",
        "_tail": "probabilities", "_arithmetic": "growth, completion", "table_of_answers": "the table",
        "kalman": "(in fit) Kalman filter", "student": "(in quantiles, probabilities) Student-t",
    }  # fmt: skip
    spent = {}
    for (file, _, name), (_, _, _, cumulative, _) in stats.stats.items():
        if "forecast" in file and name in steps and (name != "of" or "panel/fits" in file):
            spent[name] = spent.get(name, 0.0) + cumulative
    lines = ["| step | part of the time |", "|---|---|"]
    lines += [f"| {steps[name]} | {spent[name] / total:.0%} |" for name in steps if name in spent]
    print("\n".join(lines), flush=True)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--peers")
    parser.add_argument("--profile", type=int, default=500, help="areas to profile; 0 for none")
    parser.add_argument("--output", type=Path, default=HERE / "results" / "speed.md")
    parser.add_argument("--one", nargs=2)
    asked = parser.parse_args()
    if asked.one:
        one(*map(Path, asked.one))
        return
    load = os.getloadavg()[0]
    command = " ".join(["python benchmarks/speed.py", *(Path(word).name for word in sys.argv[1:])])
    machine = f"{os.cpu_count()} cores, {WORKERS} workers; load average before: {load:.1f}."
    lines = ["# Speed", "", f"`{command}`, {machine}", ""]
    if asked.sizes:
        lines += [*sizes_table([int(n) for n in asked.sizes.split(",")]), ""]
    if asked.peers:
        lines += ["## Beside other engines, on the same series", "", *peers_table(asked.peers), ""]
    if asked.profile:
        lines += ["## Where the time goes", "", *profile_table(asked.profile), ""]
    asked.output.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
