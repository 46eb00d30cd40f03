"""Do statements about every year come true as often as they say? ``python benchmarks/every_year.py DATA...``.

Series of populations left out of training (see ``left_out.py``), as of their last year and of an
earlier one, are asked whether each of the next five years stays at or above x ("every year"), whether
the second and the fifth do ("milestones"), and whether the fifth does ("last year", which depends on no
path): x is the last value, and that less or more a half and one mean yearly change; and the mirror
image, at or below. What is said rests on the same stratified paths as answers do. Series without trend
(net change of the history less than a fifth of the sum of its changes) are set apart by the
autocorrelation of their yearly changes: about -.5 is noise about a level, 0 a random walk. Writes
``benchmarks/results/every_year.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from left_out import PARTS, as_of_earlier, in_place_of_the_stored, learned_without, run
from past_step import history_of
from sdg import markdown
from training_data import KnownSeries

import forecast as fc

FloatArray = npt.NDArray[np.float64]

YEARS = 5
# Series of each part of each file.
JUDGED = 400
AWAY = (-1.0, -0.5, 0.0, 0.5, 1.0)
KINDS = {"every year": list(range(YEARS)), "milestones": [1, YEARS - 1], "last year": [YEARS - 1]}
NO_TREND = 0.2
GROUPS = (-1.01, -0.35, -0.15, 0.15, 1.01)


def shape_of(values: FloatArray) -> tuple[float, float]:
    """Return the net part of a series' movement, and the first autocorrelation of its yearly changes."""
    change = np.diff(values)
    moved = np.abs(change).sum()
    centred = change - change.mean()
    total = float(centred @ centred)
    return abs(values[-1] - values[0]) / moved, float(centred[1:] @ centred[:-1]) / total if total else 0.0


def judged(series: list[KnownSeries]) -> Iterator[dict[str, object]]:
    """Yield what was said of each series and question, and whether it came true."""
    histories, futures = [], []
    for known in series:
        history = history_of(known)
        if history is not None and np.isfinite(known.future[:YEARS]).sum() == YEARS:
            histories.append(history)
            futures.append(known.future[:YEARS])
    for fitted, came in zip(fc.StructuralMixture().fit_all(histories), futures, strict=True):
        values = fitted.history.values
        net, repeats = shape_of(values)
        unit, paths = (
            np.abs(np.diff(values)).mean(),
            fitted.stratified_paths(fitted.history.last_year + YEARS),
        )
        shape = {"trend": net >= NO_TREND, "autocorrelation": repeats, "n": len(values)}
        for away in AWAY:
            edge = values[-1] + away * unit
            for kind, years in KINDS.items():
                for way in (1, -1):
                    # Below is the mirror image: at the same distance on the other side.
                    goal = edge if way > 0 else values[-1] - away * unit
                    said = (way * (paths[:, years] - goal) >= 0).all(axis=1).mean()
                    true = bool((way * (came[years] - goal) >= 0).all())
                    yield {**shape, "kind": kind, "away": away, "said": said, "true": true}


def asked(
    files: dict[str, list[list[KnownSeries]]], others: list[list[list[KnownSeries]]], store: Path | None
) -> pd.DataFrame:
    """Return one row for each series and question."""
    rows: list[dict[str, object]] = []
    for part in range(PARTS):
        model = learned_without(part, [*files.values(), *others], store)
        for name, parts in files.items():
            rng = np.random.default_rng(400 + part)
            some = [parts[part][i] for i in rng.permutation(len(parts[part]))[:JUDGED]]
            with in_place_of_the_stored(model):
                for then in (some, list(as_of_earlier(some, rng))):
                    rows += [{"set": name, **row} for row in judged(then)]
    return pd.DataFrame(rows)


def summary(rows: pd.DataFrame) -> dict[str, object]:
    """Return what was said and what came true, for each kind."""
    told: dict[str, object] = {"answers": len(rows) // len(KINDS)}
    for kind, group in rows.groupby("kind", sort=False):
        told[f"{kind}: said"] = round(float(group["said"].mean()), 3)
        told[f"{kind}: true"] = round(float(group["true"].mean()), 3)
    return told


def written(rows: pd.DataFrame, command: str) -> str:
    """Return the tables as Markdown, with what made them."""
    group = pd.cut(rows["autocorrelation"].astype(float), GROUPS)
    names = {low: f"{low:+.2f} to {high:+.2f}" for low, high in pairwise(GROUPS)}
    rows = rows.assign(changes=[names[min(names, key=lambda low: abs(low - each.left))] for each in group])
    still = rows[~rows["trend"].astype(bool)]
    lines = [
        f"Made by `{command}` on {date.today().isoformat()}. Series without trend, by autocorrelation:",
        "",
    ]
    for keys in (["changes"], ["changes", "away"], ["set"], ["away"]):
        table = []
        for key, some in still.groupby(keys, sort=True):
            table.append({**dict(zip(keys, key, strict=True)), **summary(some)})
        lines += [*markdown(pd.DataFrame(table)), ""]
    lines += ["Series with trend:", "", *markdown(pd.DataFrame([summary(rows[rows["trend"].astype(bool)])]))]
    return "\n".join(lines) + "\n"


def main() -> None:
    run(__doc__, "every_year", lambda files, others, store, said: written(asked(files, others, store), said))


if __name__ == "__main__":
    main()
