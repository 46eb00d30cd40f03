"""The reference: every public name, by the room of the house it comes from."""

from __future__ import annotations

import forecast as fc

# Title of each group and the modules whose public names it holds, in the order of the story.
GROUPS = (
    ("history", "Histories", ("history",)),
    ("target", "Targets and plans", ("target",)),
    ("assessment", "Assessments", ("assessment",)),
    ("panel", "Many areas", ("panel",)),
    ("models", "Models", ("models",)),
    ("distribution", "Distributions and scales", ("distribution",)),
    ("evaluation", "Back-tests and scores", ("evaluation",)),
    ("plot", "Charts", ("plot",)),
    ("report", "Reports and words", ("report", "language")),
    ("interop", "Other libraries", ("interop",)),
    ("errors", "Errors", ("errors",)),
)


def home(name: str) -> str:
    """Full path of a public name.

    Examples
    --------
    >>> home("assess")
    'forecast.assessment.assess.assess'
    """
    return f"forecast.{fc._HOME[name]}.{name}"


def groups() -> dict[str, tuple[str, list[str]]]:
    """Title and public names of each page, by the page's name; pages without names are left out."""
    pages = {}
    for page, title, rooms in GROUPS:
        names = [name for name in fc.__all__ if home(name).split(".")[1] in rooms]
        if names:
            pages[page] = (title, sorted(names, key=str.lower))
    return pages


def reference_pages() -> dict[str, str]:
    """Every page of the reference by its path, the contents first."""
    made = groups()
    lines = [
        "# Public names",
        "",
        "Everything that `import forecast as fc` gives. Where a module lies is no promise.",
        "",
    ]
    pages = {}
    for page, (title, names) in made.items():
        lines += [f"## {title}", "", ", ".join(f"[`{name}`]({page}.md#{home(name)})" for name in names), ""]
        body = "\n\n".join(f"::: {home(name)}" for name in names)
        pages[f"reference/{page}.md"] = f"# {title}\n\n{body}\n"
    return {"reference/index.md": "\n".join(lines), **pages}
