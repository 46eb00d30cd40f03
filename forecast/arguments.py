"""Arguments of the command line that more than one command takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from forecast.language.language import LANGUAGES

PlanFile = Annotated[Path, typer.Argument(help="The plan: a TOML, CSV or XLSX file.", metavar="PLAN")]
HistoryPath = Annotated[
    Path, typer.Option("--history", help="Folder or file with the histories.", metavar="DIR")
]
ReportFile = Annotated[
    Path | None,
    typer.Option("--report", help="Write a report: .html .pdf .docx .xlsx .md .json .csv", metavar="FILE"),
]
Detail = Annotated[str, typer.Option("--detail", help="Of the report: summary, or full.")]
Lang = Annotated[str, typer.Option("--lang", help="Language of table and report: " + " or ".join(LANGUAGES))]
AsOf = Annotated[
    int | None, typer.Option("--as-of", help="Use nothing observed after this year.", metavar="YEAR")
]
Thorough = Annotated[
    bool,
    typer.Option(
        "--cross-check", help="Ask every other model too, and their record; takes seconds a target."
    ),
]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since", help="An earlier study (.json): the report says what has changed.", metavar="FILE"
    ),
]
Alone = Annotated[
    bool,
    typer.Option("--no-parents", help="Let no area borrow from what it is part of (areas.csv, part_of)."),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where", help="Rows to read: column=value, for example sex=total.", metavar="COLUMN=VALUE"
    ),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Big files: go on from what an interrupted run has finished.")
]
