"""Does borrowing from parents help areas never seen in training? ``python benchmarks/small_area.py DATA...``.

DATA are the files of ``train_small_area.py``. The weights are trained four times, each time without a quarter
of the groups (provinces, subregions of the world) of every file, and judged on that quarter: the own
history alone (the default model), the outlook of the ratio own / parent times that of the parent (both by the
default model, as independent), and ``SmallArea``. Own figures and parents are cut as offices have them.
Writes ``results/small_area.md``. ``--stored`` judges the stored weights on all of DATA instead.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
import pandas as pd
from small_area_data import Family, Question, ask, question, read_families
from train_small_area import draw, train, unpack

import forecast as fc
from forecast.models.small_area import small_area
from forecast.models.small_area.lending import Learned

FloatArray = npt.NDArray[np.float64]
FOLDER = Path(__file__).parent / "results"
PARTS = 4
# Families of each part and file that are asked as in training.
JUDGED = 150
# Own figures, the parent's last year, and the last year asked for: counties, figures of 2000-2021.
ROWS: dict[str, tuple[tuple[int, ...], int]] = {
    "2001, 06, 11, 16; parent to 2016": ((2001, 2006, 2011, 2016), 2016),
    "2001, 06, 11, 16; parent to 2019": ((2001, 2006, 2011, 2016), 2019),
    "2001, 06, 11; parent to 2016": ((2001, 2006, 2011), 2016),
    "2011, 16; parent to 2016": ((2011, 2016), 2016),
    "2009-16; parent to 2016": (tuple(range(2009, 2017)), 2016),
    "2009-16; parent to 2018": (tuple(range(2009, 2017)), 2018),
    "2000-16; parent to 2016": (tuple(range(2000, 2017)), 2016),
    "2000-16; parent to 2018": (tuple(range(2000, 2017)), 2018),
    "2016; parent to 2016": ((2016,), 2016),
    "2016; parent to 2019": ((2016,), 2019),
}
ASKED = range(2017, 2022)
# Thresholds around the last value, in mean yearly changes times years: the score is an integral over them.
NODES = np.sinh(np.linspace(-6, 6, 241)) / np.sinh(6) * 400


class Judged(NamedTuple):
    """One model's answer to one question: its score, where the truth came to lie, its 95 % interval score."""

    score: float
    place: float
    interval: float


def judge(at_most: FloatArray, nodes: FloatArray, q: Question, unit: float) -> Judged:
    """Score probabilities at ascending nodes, the truth among them, by the mean yearly change *unit*."""
    is_left = nodes[1:] <= q.truth
    square = np.where(is_left, at_most[1:] ** 2 + at_most[:-1] ** 2, 0.0)
    square += np.where(is_left, 0.0, (1 - at_most[1:]) ** 2 + (1 - at_most[:-1]) ** 2)
    score = float((square * np.diff(nodes)).sum() / 2 / unit)
    low, high = (float(np.interp(p, np.maximum.accumulate(at_most), nodes)) for p in (0.025, 0.975))
    missed = max(low - q.truth, 0.0) + max(q.truth - high, 0.0)
    place = float(at_most[np.searchsorted(nodes, q.truth)])
    return Judged(score, place, (high - low + 40 * missed) / unit)


def answers(questions: Sequence[Question]) -> Iterator[dict[str, FloatArray | Judged]]:
    """Yield the judged answers of every model to each question that has an own history."""
    areas = {id(q.own): q for q in questions}
    made = small_area.fit_small_areas([(q.own, fc.SmallArea(q.parents)) for q in areas.values()])
    fits = dict(zip(areas, made, strict=True))
    beside = {key: _apart(q) for key, q in areas.items() if _divides(q)}
    for q in questions:
        fitted = fits[id(q.own)]
        unit = yearly_change(q.own) or q.unit
        ahead = q.year - q.own.last_year
        nodes = np.sort(np.append(q.own.last_value + unit * ahead * NODES, q.truth))
        lower, upper = q.own.bounds
        nodes = np.clip(nodes, lower, upper)
        found = {"SmallArea": judge(np.asarray(fitted.predict(q.year).at_most(nodes)), nodes, q, unit)}
        if fitted.own is not None:
            alone = np.asarray(fitted.own.predict(q.year).at_most(nodes))
            found["own alone"] = judge(alone, nodes, q, unit)
            if id(q.own) in beside and fitted.lenders:
                found["ratio x parent"] = judge(product(q, nodes, *beside[id(q.own)]), nodes, q, unit)
        yield found


def yearly_change(own: fc.History) -> float:
    """Return the mean absolute yearly change of the own figures."""
    return float(np.mean(np.abs(np.diff(own.values) / np.diff(own.years)))) if len(own) > 1 else 0.0


def _divides(q: Question) -> bool:
    """Say whether there is a ratio of amounts in two years or more."""
    common = np.intersect1d(q.own.years, q.parents[-1].years)
    positive = q.own.values.min() > 0 and q.parents[-1].values.min() > 0
    return bool(q.own.bounds == (0.0, None) and positive and len(common) > 1)


def _apart(q: Question) -> tuple[fc.Fitted, fc.Fitted]:
    """Return the ratio to the last parent and that parent, each fitted by the default model."""
    parent = q.parents[-1]
    common = np.intersect1d(q.own.years, parent.years)
    own, theirs = (h.values[np.isin(h.years, common)] for h in (q.own, parent))
    ratio = fc.History.of("ratio", common, own / theirs, bounds=(0, None))
    model = fc.StructuralMixture()
    return model.fit(ratio), model.fit(parent)


def product(q: Question, nodes: FloatArray, ratio: fc.Fitted, parent: fc.Fitted) -> FloatArray:
    """Return P(at most node) of the ratio's outlook times the parent's, taken as independent."""
    outlook, known = ratio.predict(q.year), parent.history.value_in(q.year)
    if known is not None:
        return np.asarray(outlook.at_most(nodes / known))
    ahead = parent.predict(q.year)
    cuts = np.maximum(ahead.landmarks(), 1e-9)
    weights = np.diff(np.concatenate([[0.0], np.asarray(ahead.at_most(cuts[1:-1])), [1.0]]))
    return weights @ [np.asarray(outlook.at_most(nodes / v)) for v in np.sqrt(cuts[1:] * cuts[:-1])]


def county_questions(families: Sequence[Family], row: str) -> list[Question]:
    """Return the questions of one row of the table."""
    years, until = ROWS[row]
    found = []
    for family in families:
        kept = np.array(years) - family.first
        # The widest parent only: every county has a province, not every one a prefecture of several.
        whole = family._replace(parents=family.parents[-1:])
        asked = [question(whole, kept, [until - family.first], year - family.first) for year in ASKED]
        known = [q for q in asked if q is not None]
        # One history for all years asked: it is fitted once.
        found += [q._replace(own=known[0].own, parents=known[0].parents) for q in known]
    return found


def table_of(found: pd.DataFrame) -> pd.DataFrame:
    """Return the mean scores and coverages by row and model."""
    place = found["place"]
    found = found.assign(
        inside95=(place >= 0.025) & (place <= 0.975), inside80=(place >= 0.1) & (place <= 0.9)
    )
    grouped = found.groupby(["row", "model"], sort=False)
    return grouped.agg(
        n=("score", "size"),
        sCRPS=("score", "mean"),
        MSIS=("interval", "mean"),
        c95=("inside95", "mean"),
        c80=("inside80", "mean"),
    ).reset_index()


def judged(families: Sequence[Sequence[Family]], seed: int) -> pd.DataFrame:
    """Judge every model on the rows of the counties, and on questions as drawn in training of all files."""
    rows = []
    for part in families:
        if not part:
            continue
        name = part[0].file
        rng = np.random.default_rng(seed)
        some = [part[i] for i in rng.permutation(len(part))[:JUDGED]]
        asked = {f"{name}, as in training": ask(some, rng)}
        if name.startswith("county"):
            asked |= {row: county_questions(part, row) for row in ROWS}
        for row, questions in asked.items():
            for each in answers(questions):
                rows += [(row, model, *answer) for model, answer in each.items()]
    return pd.DataFrame(rows, columns=["row", "model", *Judged._fields])


def parts_of(families: Sequence[Family]) -> list[list[Family]]:
    """Cut the families of a file into parts that share no group, about equally large."""
    sizes = pd.Series([family.group for family in families]).value_counts(sort=False).sort_index()
    part: dict[str, int] = {}
    load = np.zeros(PARTS)
    for group in sizes.sort_values(ascending=False, kind="stable").index:
        part[group] = int(load.argmin())
        load[part[group]] += sizes[group]
    return [[family for family in families if part[family.group] == k] for k in range(PARTS)]


@contextmanager
def in_place_of_the_stored(model: Learned) -> Iterator[None]:
    """Let small areas use these weights."""
    with patch.object(small_area, "learned", lambda: model):
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", nargs="+", type=Path, help="training files with children within parents")
    parser.add_argument("--stored", action="store_true", help="judge the stored weights on all of DATA")
    parser.add_argument("--output", type=Path, default=FOLDER / "small_area.md")
    options = parser.parse_args()
    files = [read_families(path) for path in options.data]
    if options.stored:
        found = judged(files, 0)
    else:
        cut = [parts_of(families) for families in files]
        every = []
        for k in range(PARTS):
            rest = [[f for j, part in enumerate(parts) if j != k for f in part] for parts in cut]
            with in_place_of_the_stored(unpack(train(draw(rest, k + 1)))):
                every.append(judged([parts[k] for parts in cut], k))
            print(f"part {k + 1} of {PARTS} judged", flush=True)
        found = pd.concat(every, ignore_index=True)
    command = " ".join(["python benchmarks/small_area.py", *(Path(word).name for word in sys.argv[1:])])
    text = f"`{command}`, {date.today().isoformat()}\n\n{markdown(table_of(found))}\n"
    options.output.write_text(text, encoding="utf-8")
    print(text)


def markdown(table: pd.DataFrame) -> str:
    """Return the table, figures with the digits that mean something."""
    lines = ["| own figures | model | n | sCRPS | MSIS | 95 % | 80 % |", "|---|---|---|---|---|---|---|"]
    for row in table.itertuples():
        shown = f"{row.sCRPS:.3f} | {row.MSIS:.1f} | {row.c95:.3f} | {row.c80:.3f}"
        lines.append(f"| {row.row} | {row.model} | {row.n} | {shown} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
