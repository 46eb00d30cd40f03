"""The way through the house: every file has a rank, and imports only what has a lower one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "forecast"
LONGEST = 400

# From the ground up. Files on one line stand side by side and do not import each other.
RANKS = """
errors note units student notebook
shipped
language
catalogue
history
derived
histories
kinds.base
kinds.level kinds.course kinds.change kinds.flow
kinds.years kinds.relative kinds.areas
kinds.ordinal
kinds
target
plan
read.table
read.targets
read.histories read.plan
read
scale
roots
distribution
draws
scores
reliability
likelihoods
models.base models.engine models.linear models.statespace
models.course
models.gating
models.passage models.posterior
models.outlooks
models.drift models.ordinal
models.naive
models.smoothing models.theta models.arima models.structural models.trend models.mixture
models.pool
models
probabilities
growth joint arrival caveats
plot.fonts plot.style plot.values
plot.lettering
plot.frame
plot.record
backtests
dissent
rules.base
rules.aarr rules.statcan rules.unsd rules.destatis rules.escap rules.china rules.china_rates rules.trend
rules.applicable rules.agreement
rules
reference
comparable
evidence
assessment
gathering
study
crosscheck hindsight
panel.packed panel.workers panel.claim
panel.packing panel.terms
panel.figures panel.fits panel.pairs
panel.remarks
panel.answers
panel.jobs panel.table
panel.frames
panel.chunks panel.cluster panel.overview
panel.files
panel
goals precision
plot.tags plot.asked plot.goal plot.picture
plot.outlook plot.chances plot.risk plot.timeline plot.heat
plot
report.blocks report.recorded
report.wording
report.tables report.yearly
report.findings
report.cards report.appendix
report.document
report.figures report.archive report.native report.markup
report.html report.docx report.xlsx report.markdown report.record report.console
report.writing
report
cli
__main__
"""
RANK = {f"forecast.{name}": rank for rank, line in enumerate(RANKS.split("\n")) for name in line.split()}
FILES = sorted(PACKAGE.rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path) for path in FILES}


def imports_of(path: Path) -> set[str]:
    """Every module of ours that a file imports, wherever in the file it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: write imports in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in MODULES else str(node.module))
    return {name for name in found if name.split(".")[0] == "forecast"}


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_has_a_rank_and_imports_backwards(path: Path) -> None:
    me = module_of(path)
    if me == "forecast":  # the contents page: names are looked up when asked for
        assert imports_of(path) == set()
        return
    assert me in RANK, f"{me} has no rank: add it to RANKS"
    ahead = sorted(name for name in imports_of(path) if RANK[name] >= RANK[me])
    assert not ahead, f"{me} reads ahead: {ahead}"


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_file_fits_a_sitting(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{path.name} has {lines} lines: find the noun that wants a file of its own"


def test_reading_ahead_would_be_seen(tmp_path: Path) -> None:
    text = "def f():\n    from forecast.history.history import History\n    import forecast.errors\n"
    (tmp_path / "x.py").write_text(text, encoding="utf-8")
    assert imports_of(tmp_path / "x.py") == {"forecast.history.history", "forecast.errors"}


def test_no_chapter_has_the_name_of_something_public() -> None:
    # Importing a submodule binds its name on the package, and would hide the function of that name.
    import forecast

    files = {module.split(".")[1] for module in MODULES if "." in module}
    assert not files & set(forecast.__all__)
