"""Arguments that several commands take."""

from __future__ import annotations

import typer
from typer.testing import CliRunner

from forecast import arguments
from forecast.language.language import LANGUAGES


def test_each_argument_stands_in_the_help_with_what_it_is_for() -> None:
    app = typer.Typer()

    def ask(
        plan: arguments.PlanFile, history: arguments.HistoryPath, lang: arguments.Lang = "en"
    ) -> None: ...

    ask.__annotations__ = {
        "plan": arguments.PlanFile,
        "history": arguments.HistoryPath,
        "lang": arguments.Lang,
    }
    app.command()(ask)
    said = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).stdout
    for wanted in ("PLAN", "--history", "--lang", *LANGUAGES):
        assert wanted in said
