"""The command line: the only room that reads arguments, prints, or exits."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console

from forecast.arguments import (
    Alone,
    AsOf,
    Detail,
    HistoryPath,
    Lang,
    PlanFile,
    ReportFile,
    Resume,
    Since,
    Thorough,
    Where,
)
from forecast.errors import ForecastError, ReadError
from forecast.language.language import Language
from forecast.language.message import Message, complaint, told
from forecast.language.progress import counting
from forecast.language.terminal_text import write_any_text
from forecast.language.usage_message import language_asked, usage_message

# What only some commands need is imported where it is needed: help is shown at once.

if TYPE_CHECKING:
    from forecast.assessment.study import Study
    from forecast.history.histories import Histories
    from forecast.target.plan import Plan

# What a mistaken file or argument ends with, and Ctrl-C, as shells expect.
MISTAKE, INTERRUPTED = 2, 130
# An error, and what is remarked of files, is told in so many lines.
_MOST_LINES = 8
DEMO_PLAN = "plans/jiangyuan-2026.toml"

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

_Read = TypeVar("_Read")


@app.command()
def check(plan: PlanFile, history: HistoryPath, lang: Lang = "en", where: Where = None) -> None:
    """Check plan and histories together, and say what each target will be assessed on."""
    from forecast.assessment.plan_check import basis, doubts_by_target, misfits

    words, console = Language(lang), Console()
    read, histories = _read(plan, history, where=where)
    _remark(histories, words)
    problems = [problem for unread in read.unread for problem in unread.problems]
    doubted = doubts_by_target(read, histories)
    for item in read:
        found = histories.get(item.key)
        problems += [] if found is None else misfits(item, found)
        said = {"label": item.label(lang), "text": basis(item, found, histories, words)}
        console.print(f"{item.id:>3}  {words.text('line.labelled', said)}", highlight=False)
        for note in doubted[item.id]:
            console.print(f"     {words.note(note)}", highlight=False)
    beside = Message("beside", plan=str(plan), history=str(history))
    _refuse_nothing(read, histories, beside, problems)
    if problems:
        raise ReadError(beside, problems)


@app.command()
def assess(
    plan: PlanFile,
    history: HistoryPath,
    report: ReportFile = None,
    lang: Lang = "en",
    as_of: AsOf = None,
    since: Since = None,
    cross_check: Thorough = False,
    resume: Resume = False,
    no_parents: Alone = False,
    where: Where = None,
    detail: Detail = "summary",
) -> None:
    """Assess every target of a plan; print a table, and write a report."""
    if history.suffix.lower() == ".parquet":
        panel(plan, history, report or Path("result.parquet"), lang, as_of, resume, no_parents)
        return
    from forecast.report.formats.json_study import read_study

    words, target = Language(lang), _checked(report, detail)
    before = None if since is None else read_study(since)
    read, histories = _read(plan, history, as_of, where)
    _remark(histories, words)
    study = _study(read, histories.without_parents() if no_parents else histories, as_of, words)
    _show(_cross_checked(study, words) if cross_check else study, words, Asked(target, detail, before))
    _refuse_nothing(read, histories, Message("beside", plan=str(plan), history=str(history)), [])


@app.command()
def tidy(
    files: Annotated[list[Path], typer.Argument(help="Publishers' files, or folders.", metavar="FILE...")],
    lang: Lang = "en",
    where: Where = None,
) -> None:
    """Write files of any known format as one table of this library: forecast tidy FILE > history.csv."""
    from forecast.history.read_files import read_histories
    from forecast.history.tidy_csv import tidy_csv

    words = Language(lang)
    histories = read_histories(files if len(files) > 1 else files[0], where=_chosen(where))
    for remark in histories.remarks:
        Console(stderr=True).print(told(remark, words.code), highlight=False, markup=False, soft_wrap=True)
    sys.stdout.write(tidy_csv(histories))


@app.command(name="panel")
def panel(
    plan: PlanFile,
    history: Annotated[
        Path, typer.Option("--history", help="A CSV or Parquet file of any size.", metavar="FILE")
    ],
    report: Annotated[
        Path, typer.Option("--report", help="Where to write the table: .parquet or .csv", metavar="FILE")
    ] = Path("result.parquet"),
    lang: Lang = "en",
    as_of: AsOf = None,
    resume: Resume = False,
    no_parents: Alone = False,
) -> None:
    """Assess a plan in every area of a big file, on all cores; write one row for each area and target."""
    from forecast.panel.files import assess_file, columns_of, forget
    from forecast.panel.overview import COLUMNS, overview
    from forecast.report.formats.console import panel_table
    from forecast.target.read_plan import read_plan

    words = Language(lang)
    if not resume:
        forget(report)
    with counting(words.text("cli.assessing")) as told_of:
        parents: dict[str, str] | None = {} if no_parents else None
        written = assess_file(
            history,
            read_plan(plan),
            report,
            parents=parents,
            as_of=as_of,
            n_jobs=-1,
            progress=told_of,
            lang=words.code,
        )
    console = Console()
    found = overview(columns_of(written, COLUMNS))
    console.print(panel_table(found, words, console.width))
    if found["not_assessed"].any():
        console.print(words.text("panel.problems"), soft_wrap=True, highlight=False)
    console.print(str(written.resolve()), soft_wrap=True, highlight=False)


@app.command()
def draft(
    document: Annotated[
        Path, typer.Argument(help="A plan's text: .txt .md .docx .html .pdf .csv .xlsx", metavar="DOCUMENT")
    ],
    year: Annotated[
        int | None, typer.Option("--year", help="The year of targets that name none.", metavar="YEAR")
    ] = None,
    area: Annotated[str | None, typer.Option("--area", help="Whose targets they are.")] = None,
    lang: Lang = "en",
) -> None:
    """Read the targets in a plan's text; print a plan file for a person to check."""
    from forecast.target.draft.draft import draft_plan

    words, read = Language(lang), draft_plan(document, year=year, area=area)
    sys.stdout.write(read.to_toml(words.code))
    said = Console(stderr=True, soft_wrap=True)
    for remark in (*read.remarks, read.summary()):
        said.print(told(remark, words.code), highlight=False, markup=False)


@app.command()
def demo(
    report: Annotated[
        Path, typer.Option("--report", help="Where to write the report.", metavar="FILE")
    ] = Path("jiangyuan-2026.html"),
    lang: Lang = "en",
    detail: Detail = "summary",
) -> None:
    """Assess the shipped plan: the 22 targets of Jiangyuan District for 2026."""
    from forecast.history.shipped_data import data_path

    words, target = Language(lang), _checked(report, detail)
    study = _study(*_read(data_path(DEMO_PLAN), data_path("historical")), None, words)
    _show(_cross_checked(study, words), words, Asked(target, detail))


@app.command(name="backtest")
def backtest_command(
    history: HistoryPath,
    horizon: Annotated[int, typer.Option("--horizon", help="The most years ahead.", min=1)] = 5,
    lang: Lang = "en",
    where: Where = None,
) -> None:
    """Ask whether the default model would have been right before, beside the naive forecast and drift."""
    from forecast.evaluation.backtests import backtest
    from forecast.history.read_files import read_histories
    from forecast.models import DEFAULT
    from forecast.report.formats.console import backtest_table

    words = Language(lang)
    histories = read_histories(history, where=_chosen(where))
    _remark(histories, words)
    past = backtest(DEFAULT, histories, horizon=horizon)
    Console().print(backtest_table(past, words))


def main() -> None:
    """Run the command line; a mistake in a file or argument is one sentence and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        write_any_text(stream)
    try:
        sys.exit(app(standalone_mode=False))
    except ForecastError as mistake:
        _complain(mistake, language_asked(sys.argv))
        sys.exit(MISTAKE)
    except Exception as fault:
        sys.exit(_ended(fault))


def _ended(fault: Exception) -> int:
    """Exit code of what the parser (Click's or Typer's own) ended with; anything else is raised."""
    kinds = {kind.__name__ for kind in type(fault).__mro__}
    if "Abort" in kinds:
        return INTERRUPTED
    if "NoArgsIsHelpError" in kinds:
        fault.show()  # type: ignore[attr-defined]
        return MISTAKE
    if "UsageError" not in kinds:
        raise fault
    _complain(ForecastError(usage_message(fault)), language_asked(sys.argv))
    return MISTAKE


def _complain(mistake: ForecastError, lang: str) -> None:
    said = f"forecast: {complaint(mistake, lang, _MOST_LINES)}"
    Console(stderr=True, soft_wrap=True).print(said, style="bold red", highlight=False, markup=False)


def _chosen(where: list[str] | None) -> dict[str, str]:
    """Rows to choose, by column."""
    wrong = [each for each in where or [] if "=" not in each]
    if wrong:
        raise ForecastError(Message("where_form", text=wrong[0]))
    return {
        column.strip(): value.strip() for column, _, value in (each.partition("=") for each in where or [])
    }


def _remark(histories: Histories, words: Language) -> None:
    """What was recognised in the files, and what was left aside."""
    console = Console()
    for remark in histories.remarks[:_MOST_LINES]:
        console.print(told(remark, words.code), style="dim", highlight=False, markup=False, soft_wrap=True)
    if len(histories.remarks) > _MOST_LINES:
        more = Message("more_remarks", n=len(histories.remarks) - _MOST_LINES)
        console.print(more.in_language(words.code), style="dim", highlight=False)


def _refuse_nothing(plan: Plan, histories: Histories, source: str, problems: list[str]) -> None:
    """End with a mistake where no target at all has figures."""
    from forecast.target.places import missing

    absent = [(item, missing(item, histories)) for item in plan]
    if all(said is not None for _, said in absent):
        place = ((Message("target_id", id=item.id), said) for item, said in absent)
        raise ReadError(source, [*problems, *(Message("at", place=at, problem=said) for at, said in place)])


def _read(
    plan: Path, history: Path, as_of: int | None = None, where: list[str] | None = None
) -> tuple[Plan, Histories]:
    """Read both files, and report the problems of both at once; refuse figures of years to come."""
    from forecast.history.read_files import read_histories
    from forecast.target.places import placed
    from forecast.target.read_plan import read_plan

    problems: list[str] = []
    rows = _chosen(where)
    read = _tried(read_plan, plan, problems), _tried(partial(read_histories, where=rows), history, problems)
    if read[0] is None or read[1] is None:
        raise ReadError(Message("plan_and_histories"), problems)
    now = date.today().year
    early = [each for each in read[1].values() if each.last_year > now] if as_of is None else []
    if early:
        raise ReadError(
            str(history),
            [Message("still_to_come", name=each.name, year=each.last_year, now=now) for each in early],
        )
    given, remarks = placed(read[0], read[1])
    read[1].remarks += tuple(remarks)
    return given, read[1]


def _tried(reader: Callable[[Path], _Read], path: Path, problems: list[str]) -> _Read | None:
    try:
        return reader(path)
    except ReadError as error:
        problems += [Message("at", place=error.source, problem=problem) for problem in error.problems]
        return None


@dataclass(frozen=True)
class Asked:
    """Which report is asked for, if any."""

    file: Path | None
    detail: str
    since: Study | None = None


def _checked(report: Path | None, detail: str) -> Path | None:
    """Path of a report, once ending, folder and detail are known to be right."""
    from forecast.report.content.document import check_detail
    from forecast.report.write import report_path

    check_detail(detail)
    return None if report is None else report_path(report)


def _study(plan: Plan, histories: Histories, as_of: int | None, words: Language) -> Study:
    from forecast.assessment.items import assess_plan

    with counting(words.text("cli.assessing")) as told_of:
        return assess_plan(plan, histories, as_of=as_of, progress=told_of)


def _cross_checked(study: Study, words: Language) -> Study:
    from forecast.assessment.crosscheck import cross_check_plan

    with counting(words.text("cli.assessing")) as told_of:
        return cross_check_plan(study, progress=told_of)


def _show(study: Study, words: Language, asked: Asked) -> None:
    from forecast.report.content.document import document
    from forecast.report.formats.console import study_remarks, study_table
    from forecast.report.write import write_document

    console = Console()
    console.print(study_table(study, words, console.width))
    unread = [(u.id, problem) for u in study.plan.unread for problem in u.problems]
    said = [
        Message("unread_target", id=id, problem=problem).in_language(words.code) for id, problem in unread
    ]
    for remark in (*study_remarks(study, words), *said[:_MOST_LINES]):
        console.print(remark, highlight=False, markup=False, soft_wrap=True)
    if asked.file is not None:
        report = document(study, lang=words.code, since=asked.since, detail=asked.detail)
        with counting(words.text("cli.drawing")) as told_of:
            written = write_document(report, asked.file, told_of)
        console.print(
            words.text("cli.written", {"file": str(written.resolve())}), highlight=False, soft_wrap=True
        )


def _print_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"forecast {sys.modules['forecast'].__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Say how likely a target is to be met, and what growth it would take."""
