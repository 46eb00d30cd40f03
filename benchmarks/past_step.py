"""Does a large step in the past count as noise for ever? ``python benchmarks/past_step.py DATA...``.

Series of populations left out of training (see ``left_out.py``), as of their last year and of an
earlier one, in which the default model notes a step: a change whose rate lies more than five robust
spreads from the usual one, on every scale, and that is not undone a year later. Each is forecast as it
stands and once more with a break declared in the year of every step noted; what came is compared with
both. A series counts once for each of the two times. Writes ``benchmarks/results/past_step.md``; the
note ``past_level_step`` quotes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from left_out import PARTS, as_of_earlier, in_place_of_the_stored, learned_without, run
from sdg import markdown
from training_data import KnownSeries

import forecast as fc
from forecast.models.mixture.structural_mixture import STEP_OF_THE_PAST

AHEAD = (1, 3, 5)
LEVELS = (95, 80, 50)
QUANTILES = np.arange(1, 40) / 40


def history_of(known: KnownSeries) -> fc.History | None:
    """Return the past of a series, bounded as it is; None where there is too little to see a step."""
    seen = np.flatnonzero(np.isfinite(known.past))[-60:]
    if len(seen) < 7 or not np.isfinite(known.past[-1]) or np.ptp(known.past[seen]) == 0:
        return None
    lower, upper = (None if np.isinf(bound) else float(bound) for bound in known.bounds)
    return fc.History.of("x", 1900 + seen, known.past[seen], bounds=(lower, upper))


def with_steps(series: list[KnownSeries]) -> tuple[int, list[tuple[KnownSeries, fc.History, list[int]]]]:
    """Return how many series were looked at, and those in which steps are noted, with their years."""
    pairs = [(known, h) for known in series if (h := history_of(known)) is not None]
    fits = fc.StructuralMixture().fit_all([h for _, h in pairs])
    found = []
    for (known, history), fitted in zip(pairs, fits, strict=True):
        years = [int(str(note.values["year"])) for note in fitted.notes if note.key.endswith("level_step")]
        if years:
            found.append((known, history, years))
    return len(pairs), found


def compared(found: list[tuple[KnownSeries, fc.History, list[int]]]) -> Iterator[dict[str, object]]:
    """Yield, for every series and year ahead, what both forecasts held and how wide they were."""
    stands = fc.StructuralMixture().fit_all([history for _, history, _ in found])
    declared = fc.StructuralMixture().fit_all([replace(h, breaks=tuple(years)) for _, h, years in found])
    for (known, history, years), *fits in zip(found, stands, declared, strict=True):
        unit = float(np.abs(np.diff(history.values) / np.diff(history.years)).mean())
        since = int((history.years >= max(years)).sum())
        for ahead in AHEAD:
            came = known.future[ahead - 1] if ahead <= len(known.future) else np.nan
            if not np.isfinite(came):
                continue
            row: dict[str, object] = {"since": since, "ahead": ahead}
            for name, fitted in zip(("as it stands", "break declared"), fits, strict=True):
                outlook = fitted.predict(history.last_year + ahead)
                for level in LEVELS:
                    low, high = outlook.interval(level / 100)
                    row[f"{name}, {level} %"] = low <= came <= high
                    if level == 80:
                        row[f"{name}, width"] = high - low
                misses = came - np.asarray(outlook.quantile(QUANTILES))
                loss = 2 * np.maximum(QUANTILES * misses, (QUANTILES - 1) * misses).mean()
                row[f"{name}, score"] = loss / unit
            yield row


def summary(rows: pd.DataFrame) -> dict[str, object]:
    """Return coverage, median ratio of widths and mean scores of both ways."""
    said: dict[str, object] = {"forecasts": len(rows)}
    for name in ("as it stands", "break declared"):
        held = [f"{rows[f'{name}, {level} %'].mean():.3f}" for level in LEVELS]
        said[f"{name}: 95 / 80 / 50 % hold"] = " / ".join(held)
        # A few series that leapt would rule a plain mean (benchmarks/README.md): capped at fifty.
        said[f"{name}: sCRPS"] = round(float(np.minimum(rows[f"{name}, score"].astype(float), 50).mean()), 3)
    ratio = rows["break declared, width"].astype(float) / rows["as it stands, width"].astype(float)
    said["80 %: declared / as it stands, median width"] = round(float(ratio.median()), 2)
    return said


def asked(
    files: dict[str, list[list[KnownSeries]]], others: list[list[list[KnownSeries]]], store: Path | None
) -> tuple[pd.DataFrame, dict[str, tuple[int, int]]]:
    """Return a row for each forecast, and how many series were looked at and had a step."""
    rows: list[dict[str, object]] = []
    counts = dict.fromkeys(files, (0, 0))
    for part in range(PARTS):
        model = learned_without(part, [*files.values(), *others], store)
        for name, parts in files.items():
            rng = np.random.default_rng(300 + part)
            with in_place_of_the_stored(model):
                for then in (parts[part], list(as_of_earlier(parts[part], rng))):
                    looked, found = with_steps(then)
                    counts[name] = counts[name][0] + looked, counts[name][1] + len(found)
                    rows += [{"set": name, **row} for row in compared(found)]
    return pd.DataFrame(rows), counts


def written(rows: pd.DataFrame, counts: dict[str, tuple[int, int]], command: str) -> str:
    """Return the tables as Markdown, with what made them."""
    lines = [f"Made by `{command}` on {date.today().isoformat()}.", ""]
    lines += [
        f"* {name}: {n:,} histories looked at, a step noted in {k:,}." for name, (n, k) in counts.items()
    ]
    past = np.where(rows["since"] >= STEP_OF_THE_PAST, f"{STEP_OF_THE_PAST} values ago or more", "later")
    table = [
        {"set": name, "step": when, **summary(group)} for (name, when), group in rows.groupby(["set", past])
    ]
    table += [{"set": "all", "step": when, **summary(group)} for when, group in rows.groupby(past)]
    by_year = [
        {"years ahead": ahead, **summary(group)}
        for ahead, group in rows[rows["since"] >= STEP_OF_THE_PAST].groupby("ahead")
    ]
    return (
        "\n".join([*lines, "", *markdown(pd.DataFrame(table)), "", *markdown(pd.DataFrame(by_year))]) + "\n"
    )


def main() -> None:
    run(__doc__, "past_step", lambda files, others, store, said: written(*asked(files, others, store), said))


if __name__ == "__main__":
    main()
