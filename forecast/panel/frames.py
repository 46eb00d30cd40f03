"""A whole panel in one call: a long DataFrame and targets in, one row for each (area, target) out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import cast

import numpy as np
import pandas as pd

from forecast.assessment.batch import Answers
from forecast.errors import HistoryError
from forecast.history.batch import SeriesBatch
from forecast.history.catalogue import Catalogue
from forecast.history.other_frames import as_pandas
from forecast.history.read_frame import pack
from forecast.language.language import Language
from forecast.language.message import Message
from forecast.panel.jobs import Job, alone_from_the_start, jobs, jobs_alone, lenders_of
from forecast.panel.matching import Pairs, ask, counted, indicators_of, items_of, refusals
from forecast.panel.table import table_of_answers
from forecast.panel.workers import results_of
from forecast.target.batch import Context
from forecast.target.plan import Item, Plan
from forecast.target.target import Target

Progress = Callable[[int, int], None]
# Seconds that a row takes in a batch and alone; work of fewer than these is done sooner by one process:
# others take one to two seconds to start.
_TOGETHER, _ALONE, _WORTH_STARTING = 0.0005, 0.01, 4.0


def assess_frame(
    frame: pd.DataFrame,
    targets: Plan | Sequence[Target] | pd.DataFrame,
    *,
    catalogue: Catalogue | None = None,
    parents: Mapping[str, str] | None = None,
    as_of: int | None = None,
    n_jobs: int = 1,
    progress: Progress | None = None,
    lang: str = "en",
) -> pd.DataFrame:
    """Assess many targets in many areas, with the default model.

    The figures are those of :func:`forecast.assess`, computed for thousands of series at once. Kinds
    of target that depend on the way to their year are answered one by one, which takes some forty
    times as long. Anything wrong with a series is said in its own rows and stops no other.

    The outside view is that of the classes shipped with the library. A study also asks the other areas
    in its histories where they are thirty; here a row would then depend on who shares its chunk.

    Parameters
    ----------
    frame : pandas.DataFrame
        One observation a row: ``area, indicator, year, value`` and optionally ``unit, status, break``;
        or ``unique_id, ds, y``, where ``unique_id`` may be ``area/indicator``.
    targets : Plan, sequence of Target, or pandas.DataFrame
        A DataFrame has the columns of a plan file. A target without an area is asked of every area
        in the frame, and so is each part of a target over many areas.
    catalogue : Catalogue, optional
        Units and bounds of indicators, and what the areas are part of.
    parents : mapping of str to str, optional
        What areas are part of, ``{"child": "parent"}``: the parents' figures lend to the answers of
        their parts (:class:`forecast.SmallArea`), which are then given one by one. In place of what
        the catalogue says; ``{}`` turns it off.
    as_of : int, optional
        Later observations are not used, and the age of the last one is counted from here. Default:
        the newest year observed in any series that a target asks about.
    n_jobs : int
        Processes; -1 for one a core. Each uses one thread. Work of less than about four seconds (8,000 rows)
        is done by one, which is sooner done than others start.
    progress : callable, optional
        Called with (done, total) rows, now and then.
    lang : {"en", "zh"}
        Language of the column ``problem``; all else in the table is figures, names and words for programs.

    Returns
    -------
    pandas.DataFrame
        One row for each area and target: the columns of :meth:`forecast.Study.to_frame`. Areas come
        in the order they first appear. Rows of series that belong to no indicator come last, with an
        empty ``id``.

    Raises
    ------
    ReadError
        If a column is missing, or a table of targets has problems.
    HistoryError
        If a parent is no area of the frame, or parents run in a circle.

    Examples
    --------
    >>> frame = pd.DataFrame({"area": ["A"] * 8 + ["B"] * 8, "indicator": "coverage",
    ...                       "year": [*range(2016, 2024)] * 2,
    ...                       "value": [60, 62, 63, 66, 67, 70, 71, 74, 60, 59, 61, 60, 62, 61, 62, "?"]})
    >>> table = assess_frame(frame, [Target.at_least("coverage", 80, year=2027)])
    >>> table.rating.tolist()
    ['acceleration_needed', 'not_assessed']
    >>> print(table.problem[1])
    coverage (B) in 2023: value is '?', which is not a number. Leave the cell empty where there is none.
    """
    items = items_of(targets)
    names = catalogue or Catalogue()
    packed = pack(cast(pd.DataFrame, as_pandas(frame)), names)
    if parents is not None:
        names = with_parents(names, parents, set(packed.area))
    return assess_packed(packed, items, Settings(names, as_of, n_jobs, progress, lang=Language(lang).code))


def with_parents(catalogue: Catalogue, parents: Mapping[str, str], areas: Collection[str]) -> Catalogue:
    """Catalogue with these parents and no others; refuse those not among *areas*, and circles.

    Raises
    ------
    HistoryError
    """
    alone = {name: replace(area, part_of="") for name, area in catalogue.areas.items()}
    found = replace(catalogue, areas=alone).with_parents(parents)
    strays = replace(found, areas={child: found.areas[child] for child in parents}).strays(areas)
    if strays:
        raise HistoryError(Message("parents_problem", problem=strays[0]))
    return found


@dataclass(frozen=True)
class Settings:
    """How a panel is worked on; the fields are those of :func:`assess_frame` and :func:`assess_file`.

    ``lenders`` are series that are asked nothing here: what areas of this piece of a panel are part of,
    where that is in another piece.
    """

    catalogue: Catalogue = field(default_factory=Catalogue)
    as_of: int | None = None
    n_jobs: int = 1
    progress: Progress | None = None
    lenders: SeriesBatch | None = None
    lang: str = "en"


def assess_packed(packed: SeriesBatch, items: tuple[Item, ...], settings: Settings) -> pd.DataFrame:
    """Table of a panel that is already packed."""
    as_of = newest_year(packed, items) if settings.as_of is None else settings.as_of
    known = _until(packed, as_of)
    asked = ask(counted(items, settings.catalogue), known)
    context = Context(asked.items, settings.catalogue, as_of)
    found = Answers.none(len(asked.item))
    pairs = Pairs.of(asked, known)
    refused = refusals(asked, known) | pairs.problems
    found.problems.update(refused)
    every = known if settings.lenders is None else known.beside(_until(settings.lenders, as_of))
    lent = lenders_of(asked, every, settings.catalogue)
    alone = alone_from_the_start(asked)
    alone[list(lent)] = True
    together = ~alone
    together[list(refused)] = False
    done = _Count(len(asked.item), settings.progress)
    together_jobs = list(jobs(asked, known, np.flatnonzero(together), context))
    _run(together_jobs, found, _worth(settings.n_jobs, _TOGETHER * np.count_nonzero(together)), done)
    left = np.flatnonzero(alone | found.left)
    alone_jobs = list(jobs_alone(asked, every, left, lent | pairs.series, context))
    _run(alone_jobs, found, _worth(settings.n_jobs, _ALONE * len(left)), done)
    # Said of the series itself, and so better than that there is no history.
    found.problems.update({i: text for i, text in refused.items() if i in found.problems})
    done.finish()
    return table_of_answers(asked, known, found, settings.lang)


def _until(packed: SeriesBatch, as_of: int | None) -> SeriesBatch:
    return packed if as_of is None else packed.until(as_of)


def newest_year(packed: SeriesBatch, items: Iterable[Item]) -> int | None:
    """Newest year observed in any series that an item may ask about."""
    wanted = set(chain.from_iterable(indicators_of(item) for item in items))
    asked = np.array([name in wanted for name in packed.indicator], dtype=bool) & (packed.counts > 0)
    last = packed.years[packed.start[1:][asked] - 1]
    return int(last.max()) if len(last) else None


@dataclass
class _Count:
    """Tells how many rows are done."""

    total: int
    progress: Progress | None
    done: int = 0

    def add(self, rows: int) -> None:
        """Count some rows more."""
        self.done = min(self.done + rows, self.total)
        if self.progress:
            self.progress(self.done, self.total)

    def finish(self) -> None:
        """Say once more, and at the latest now, that all are done."""
        if self.done < self.total:
            self.add(self.total)


def _worth(n_jobs: int, seconds: float) -> int:
    """So many processes, or one where the work is done before others have started."""
    return n_jobs if seconds >= _WORTH_STARTING else 1


def _run(work: Sequence[Job], found: Answers, n_jobs: int, done: _Count) -> None:
    """Do the jobs, here or in other processes, and write their answers down."""
    for i, answers in results_of([job.work for job in work], n_jobs):
        found.put(work[i].rows, answers)
        done.add(len(work[i].rows))
