"""The examples as notebooks that have run: a page of the site each, and the notebook to download."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import jupytext
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("[0-9]*.py"))
# Charts of a notebook show by themselves; in a script the same lines write a file.
_KERNEL = "python3"


@dataclass(frozen=True)
class Executed:
    """A page, and the notebook it shows."""

    page: str
    notebook: str


def title_of(example: Path) -> str:
    """First line of what an example says of itself."""
    first = example.read_text(encoding="utf-8").lstrip('"').splitlines()[0]
    return first.rstrip('"').rstrip(".")


def executed(example: Path) -> Executed:
    """Run an example as a notebook, in a folder of its own."""
    text = example.read_text(encoding="utf-8")
    said, code = re.match(r'"""(.*?)"""\n(.*)', text, re.DOTALL).groups()  # type: ignore[union-attr]
    title, _, more = said.strip().partition("\n")
    book = jupytext.reads(code.lstrip(), fmt="py:light")
    book.cells.insert(0, _markdown(f"# {title}\n{more}"))
    book.metadata["kernelspec"] = {"name": _KERNEL, "display_name": "Python 3", "language": "python"}
    book.metadata.pop("jupytext", None)
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPATH"] = path
        NotebookClient(
            book, kernel_name=_KERNEL, timeout=600, startup_timeout=300,
            resources={"metadata": {"path": folder}}, extra_arguments=["--log-level=ERROR"],
        ).execute()  # fmt: skip
        offer = f"[Download the notebook](files/{example.stem}.ipynb), made of `examples/{example.name}`."
        lines = [f"# {title.rstrip('.')}", "", more.strip(), "", offer, ""]
        for i, cell in enumerate(book.cells):
            cell["id"] = f"cell-{i}"  # the same notebook whenever it is made
            cell.metadata.pop("execution", None)
            if i and cell.cell_type == "markdown":
                lines += [cell.source, ""]
            elif cell.cell_type == "code" and cell.source.strip():
                lines += ["```python", cell.source, "```", ""]
                printed = "".join(_text_of(output) for output in cell.outputs)
                if printed.strip():
                    lines += ["```text", _trimmed(printed.replace(f"{folder}{os.sep}", "")), "```", ""]
        notebook = jupytext.writes(book, fmt="ipynb").replace(f"{folder}{os.sep}", "")
    return Executed("\n".join(lines), notebook)


def _trimmed(printed: str) -> str:
    return "\n".join(line.rstrip() for line in printed.rstrip().splitlines())


def _markdown(text: str) -> object:
    return jupytext.reads(text.strip() + "\n", fmt="md").cells[0]


def _text_of(output: dict[str, object]) -> str:
    """What one output of a cell says as text."""
    if output.get("output_type") == "stream":
        return str(output["text"])
    data = output.get("data")
    return str(data.get("text/plain", "")) + "\n" if isinstance(data, dict) else ""


def notebook_pages() -> tuple[dict[str, str], dict[str, str]]:
    """Pages by their paths, the contents first, and the notebooks by theirs."""
    made = {example.stem: executed(example) for example in EXAMPLES}
    rows = [f"* [{title_of(example)}]({example.stem}.md)" for example in EXAMPLES]
    said = "The numbered scripts of `examples/`, run when this site was built."
    index = "\n".join(["# Notebooks", "", said, "", *rows, ""])
    pages = {f"notebooks/{stem}.md": each.page for stem, each in made.items()}
    files = {f"notebooks/files/{stem}.ipynb": each.notebook for stem, each in made.items()}
    return {"notebooks/index.md": index, **pages}, files
