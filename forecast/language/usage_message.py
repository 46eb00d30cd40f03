"""What is wrong with a command line, told in the language of everything else.

The parser says it in English alone, so what it found is read off its error: by the names of the classes,
since Typer has parsers of its own (from 0.16 on) and Click's before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from forecast.language.language import LANGUAGES
from forecast.language.message import Message, suggestion

_NAMED = re.compile(r"'([^']*)'|\(([^()]*)\)\W*$")
_LEAST = re.compile(r"(?:greater than or equal to |>= ?)(-?\d+)")


def usage_message(fault: Exception) -> Message:
    """Sentence for an error of the argument parser, with what to do.

    Parameters
    ----------
    fault : Exception
        A ``UsageError`` of Click or of Typer.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> fault = type("NoSuchOption", (Exception,), {"option_name": "--histry"})()
    >>> fault.possibilities, fault.ctx = ["--history"], SimpleNamespace(command_path="forecast check")
    >>> print(usage_message(fault))
    there is no option --histry. Did you mean '--history'? See forecast check --help.
    """
    return Message("usage", what=_what(fault), command=_command(fault))


def _what(fault: Exception) -> Message:
    said = getattr(fault, "message", "") or str(fault)
    kind = type(fault).__name__
    if kind == "NoSuchOption":
        near = getattr(fault, "possibilities", None) or ()
        how = suggestion(str(getattr(fault, "option_name", "")), near) if near else ""
        return Message("usage_no_option", name=getattr(fault, "option_name", ""), how=how)
    if kind == "MissingParameter":
        return Message("usage_missing", name=_parameter(fault))
    if kind == "BadParameter":
        return Message("usage_value", name=_parameter(fault), wanted=_wanted(said))
    named = _NAMED.search(said)
    name = next((each for each in named.groups() if each), "") if named else ""
    if "No such command" in said:
        commands = getattr(getattr(getattr(fault, "ctx", None), "command", None), "commands", {})
        return Message("usage_no_command", name=name, how=suggestion(name, commands))
    for words, key in (
        ("unexpected extra", "usage_extra"),
        ("requires", "usage_no_value"),
        ("does not take a value", "usage_takes_none"),
    ):
        if words in said:
            return Message(key, name=name or getattr(fault, "option_name", ""))
    return Message("usage_other", problem=said)


def _parameter(fault: Exception) -> str:
    """Name of the option or argument, as it is written on the command line."""
    parameter = getattr(fault, "param", None)
    if parameter is None:
        return str(getattr(fault, "param_hint", None) or "")
    if getattr(parameter, "param_type_name", "") == "option":
        return str(parameter.opts[0])
    return str(getattr(parameter, "metavar", None) or getattr(parameter, "name", ""))


def _wanted(said: str) -> Message | str:
    """A whole number that the value should be, with its least; else what the parser says."""
    least = _LEAST.search(said)
    if least is not None:
        return Message("usage_whole_from", least=least[1])
    return Message("usage_whole") if "integer" in said else said


def _command(fault: Exception) -> str:
    path = str(getattr(getattr(fault, "ctx", None), "command_path", "") or "forecast")
    return path.replace("python -m forecast", "forecast")


def language_asked(arguments: Sequence[str]) -> str:
    """Language that a command line asks for, so far as it can be told before it is read.

    Examples
    --------
    >>> language_asked(["check", "plan.toml", "--lang=zh"]), language_asked(["--lang", "xx"])
    ('zh', 'en')
    """
    for word, after in zip(arguments, [*arguments[1:], ""], strict=True):
        asked = after if word == "--lang" else word.removeprefix("--lang=")
        if asked in LANGUAGES and word.startswith("--lang"):
            return asked
    return "en"
