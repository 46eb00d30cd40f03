"""Messages: one key, two languages, and the same places to fill in both."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import forecast.errors
from forecast.errors import ForecastError, ReadError
from forecast.language.message import Message, _sentences, message_keys, suggestion


def places(lang: str, key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(_sentences(lang)[key]) if name}


def test_both_languages_know_the_same_messages() -> None:
    assert message_keys("en") == message_keys("zh")


@pytest.mark.parametrize("key", sorted(message_keys("en")))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    assert places("en", key) == places("zh", key)


def test_a_message_is_text_that_can_be_told_again() -> None:
    said = Message("at", place=Message("row", row=3), problem=suggestion("yaer", ["year", "value"]))
    assert said == "row 3: Did you mean 'year'?"
    assert said.in_language("zh") == "第3行：是否指“year”？"
    again = pickle.loads(pickle.dumps(said))
    assert (again, again.in_language("zh")) == (said, said.in_language("zh"))


def test_long_cells_and_long_lists_are_cut() -> None:
    assert len(Message("not_a_number", column="value", text="9x" * 5000, advice="")) < 200
    many = suggestion("zzz", (f"name {i}" for i in range(100_000)))
    assert many.endswith("... of 100000.")
    assert len(many) < 400


# Rooms and files whose mistakes only a caller in Python can make, and a caller in Python reads English.
FOR_PYTHON_ALONE = (
    "assessment/base_rate.py", "assessment/outlook_table.py", "assessment/together.py", "distribution/",
    "errors.py", "evaluation/compare.py", "evaluation/scores.py", "models/ordinal.py", "models/pool.py",
    "interop/", "plot/", "rules/", "target/draft/",
)  # fmt: skip
# What the texts of the reports themselves lack is told to whoever writes texts.
FOR_AUTHORS = {"language/language.py"}
PACKAGE = Path(forecast.errors.__file__).parent


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def untold(tree: ast.Module) -> list[int]:
    """Lines that make an error of this library, or a list of problems, of bare English."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr == "append":
            named = getattr(node.func.value, "id", "") in ("problems", "wrong")
            found += [node.lineno] if named and isinstance(node.args[0], ast.JoinedStr | ast.Constant) else []
        if not isinstance(node.func, ast.Name):
            continue
        kind = getattr(forecast.errors, node.func.id, None)
        if not (isinstance(kind, type) and issubclass(kind, ForecastError)):
            continue
        said = node.args[1 if kind is ReadError else 0]
        each = said.elts if isinstance(said, ast.List) else [said]
        found += [one.lineno for one in each if isinstance(one, ast.JoinedStr | ast.Constant | ast.BinOp)]
    return found


def test_every_error_that_reaches_the_command_line_can_be_told_in_both_languages() -> None:
    bare = {
        name: lines
        for name, tree in sources()
        if not name.startswith(FOR_PYTHON_ALONE) and (lines := untold(tree))
    }
    assert set(bare) <= FOR_AUTHORS, f"write a message for each, in both languages: {bare}"


def test_bare_english_would_be_seen() -> None:
    text = 'raise TargetError("no")\nraise ReadError(p, [f"{n}"])\nraise TargetError(Message("row", row=1))'
    text += '\nproblems.append("no")'
    assert untold(ast.parse(text)) == [1, 2, 4]


def test_every_message_of_the_code_has_a_sentence_and_every_sentence_a_message() -> None:
    asked, quoted = set(), set()
    for _, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                first = node.args[0]
                asked |= {first.value} if isinstance(first, ast.Constant) else set()
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                quoted.add(node.value)
    assert asked <= message_keys("en")
    # A key may be chosen among several, or put together of what a format is called.
    spare = {
        key
        for key in message_keys("en") - quoted
        if not key.startswith(("kind_", "aside_", "draft_year_from_"))
    }
    assert not spare


@pytest.mark.parametrize("key", sorted(message_keys("zh")))
def test_a_chinese_sentence_is_chinese(key: str) -> None:
    words = _sentences("zh")[key]
    bare = "".join(text for text, _, _, _ in Formatter().parse(words)).strip(" :：，。()（）…-")
    assert not bare or any("\u4e00" <= letter <= "\u9fff" for letter in bare)
