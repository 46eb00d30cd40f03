"""Do statements about several years come true as often as they say? ``python benchmarks/paths.py DATA...``.

A cumulative target asks for the sum of years, a maintain target for the least of them, "reached by" for
the greatest. What they are told rests on joint draws of the years, ``fitted.paths``. So for series of
populations left out of training (see ``left_out.py``), as of the last year and as of an earlier one, whole
and cut to the last 8 values, the sum, the least, the greatest, the last and the last change of the next
five years are looked up among 1,000 such draws: intervals of 95 % should hold 95 % of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from left_out import PARTS, as_of_earlier, in_place_of_the_stored, learned_without, run
from training_data import KnownSeries

import forecast as fc

FloatArray = npt.NDArray[np.float64]

YEARS, DRAWS = 5, 1000
# Series of each part of each file.
JUDGED = 200
CUTS = {"whole": 80, "last 8": 8}
ASKED: dict[str, Callable[[FloatArray], FloatArray]] = {
    "the last year": lambda years: years[:, -1],
    "the sum": lambda years: years.sum(axis=1),
    "the least": lambda years: years.min(axis=1),
    "the greatest": lambda years: years.max(axis=1),
    "the last change": lambda years: years[:, -1] - years[:, -2],
}


def judged(series: list[KnownSeries], keep: int) -> Iterator[tuple[str, float]]:
    """Yield, for every series and question, the share of draws below what came true."""
    histories, futures = [], []
    for known in series:
        seen = np.flatnonzero(np.isfinite(known.past))[-keep:]
        future = known.future[:YEARS]
        known_well = np.isfinite(known.past[-1]) and np.isfinite(future).sum() == YEARS
        if known_well and len(seen) > 1 and np.ptp(known.past[seen]) > 0:
            histories.append(fc.History.of("x", 1900 + seen, known.past[seen]))
            futures.append(future[None])
    for fitted, future in zip(fc.StructuralMixture().fit_all(histories), futures, strict=True):
        draws = fitted.paths(fitted.history.last_year + YEARS, n=DRAWS, rng=0)
        for name, ask in ASKED.items():
            drawn, came = ask(draws), ask(future)[0]
            yield name, float((np.mean(drawn < came) + np.mean(drawn <= came)) / 2)


def asked(
    files: dict[str, list[list[KnownSeries]]],
    others: list[list[list[KnownSeries]]],
    store: Path | None = None,
) -> pd.DataFrame:
    """Return one row for each series and question; *others* are files to train on alone."""
    rows = []
    for part in range(PARTS):
        model = learned_without(part, [*files.values(), *others], store)
        for name, parts in files.items():
            rng = np.random.default_rng(200 + part)
            some = [parts[part][i] for i in rng.permutation(len(parts[part]))[:JUDGED]]
            times = {"": some, ", earlier": list(as_of_earlier(some, rng))}
            with in_place_of_the_stored(model):
                rows += [
                    (f"{name}, {cut}{time}", question, below)
                    for time, then in times.items()
                    for cut, keep in CUTS.items()
                    for question, below in judged(then, keep)
                ]
    return pd.DataFrame(rows, columns=["set", "question", "below"])


def written(rows: pd.DataFrame, command: str) -> str:
    """Return coverage by question and set as Markdown, with what made it."""
    shares = {f"{level} %": np.abs(rows["below"] - 0.5) <= level / 200 for level in (95, 80, 50)}
    table = rows.assign(**shares, above=rows["below"] > 0.5)
    groups = table.groupby(["question", "set"], sort=False)
    means = groups[[*shares, "above"]].mean()
    lines = [
        f"Made by `{command}` on {date.today().isoformat()}: what came of {YEARS} years, on populations "
        f"left out of training, among {DRAWS:,} joint draws.",
        "",
        "| question | set | series | 95 % | 80 % | 50 % | above the median |",
        "|---|---|---|---|---|---|---|",
    ]
    for question in ASKED:
        for data_set in dict.fromkeys(rows["set"]):
            cells = " | ".join(f"{x:.3f}" for x in means.loc[(question, data_set)])
            n = len(groups.get_group((question, data_set)))
            lines.append(f"| {question} | {data_set} | {n} | {cells} |")
        mine = table[table["question"] == question]
        cells = " | ".join(f"{x:.3f}" for x in mine[[*shares, "above"]].mean())
        lines.append(f"| **{question}** | all | {len(mine)} | {cells} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    run(__doc__, "paths", lambda files, others, store, said: written(asked(files, others, store), said))


if __name__ == "__main__":
    main()
