"""Run a file of golden cases through the rules: passed / total for each system, and every miss.

    python benchmarks/golden.py FILE

FILE is a CSV with columns system, case, inputs, expected, source; inputs and expected are JSON.
Figures are compared to 1e-9; published figures (percentages, and what a document is quoted for) at
their printed digits, or within the case's own ``tolerance``. Exits 1 if a system that must be
complete has a miss.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from golden_systems import Either, answer_of, is_known

MUST_BE_COMPLETE = ("AARR", "OpenSDG-StatCan", "CN-", "ESCAP", "Likelihood", "Pitfall", "Destatis")
REMARKS = {"note", "rule", "published_verdict", "tolerance"}  # words about a case, not figures of it
QUOTING = ("CN-", "ESCAP")  # figures with two to four decimals are quoted from a document, rounded
EXACT = 1e-9


@dataclass(frozen=True)
class Miss:
    """One expected figure that the rules do not give."""

    system: str
    case: str
    key: str
    expected: object
    got: object

    def __str__(self) -> str:
        """Say what was expected and what came."""
        return f"{self.system} | {self.case} | {self.key}: expected {self.expected!r}, got {self.got!r}"


def agrees(expected: object, got: object, *, slack: Callable[[object], float]) -> bool:
    """Return whether a figure is the expected one; `slack` says how far a figure may be off."""
    if isinstance(got, Either):
        return any(agrees(expected, one, slack=slack) for one in got.figures)
    if isinstance(expected, list):
        return (
            isinstance(got, Sequence)
            and len(got) == len(expected)
            and all(agrees(e, g, slack=slack) for e, g in zip(expected, got, strict=True))
        )
    if not (_is_number(expected) and _is_number(got)):
        return expected == got and type(expected) is type(got)
    within = max(slack(expected), EXACT * max(1.0, abs(float(expected))))
    return abs(float(got) - float(expected)) <= within


def rounding_tolerance_of(system: str, key: str, expected: Mapping[str, object]) -> Callable[[object], float]:
    """Return how far the figures under one key may be off: nothing, unless they were published rounded."""
    if key == "pred":
        # Holt on two points fits along a whole curve, and where an optimiser stops on it is its own affair.
        return _last_digit
    if key.endswith("_pct") and _is_number(expected.get("tolerance")):
        return lambda _: float(expected["tolerance"])
    if key.endswith("_pct"):
        return lambda figure: _last_digit(figure) / 2
    if system.startswith(QUOTING):
        return lambda figure: _last_digit(figure) / 2 if 1e-4 <= _last_digit(figure) <= 1e-2 else 0.0
    return lambda _: 0.0


def misses_of(row: Mapping[str, str]) -> Iterator[Miss]:
    """Yield what the rules get wrong in one case."""
    system, case = row["system"], row["case"]
    try:
        inputs, expected = json.loads(row["inputs"]), json.loads(row["expected"])
        got = answer_of(system, inputs, expected)
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        yield Miss(system, case, "(case)", "an answer", f"{type(error).__name__}: {error}")
        return
    for key in expected.keys() - REMARKS:
        if key not in got:
            yield Miss(system, case, key, expected[key], "no such figure")
        elif not agrees(expected[key], got[key], slack=rounding_tolerance_of(system, key, expected)):
            yield Miss(system, case, key, expected[key], got[key])


def main(arguments: Sequence[str]) -> int:
    """Print the table and the misses; return the exit code."""
    if len(arguments) != 1:
        print("usage: python benchmarks/golden.py FILE", file=sys.stderr)
        return 2
    with Path(arguments[0]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        print(f"{arguments[0]}: no cases.", file=sys.stderr)
        return 1
    total, passed, failed = Counter(row["system"] for row in rows), Counter[str](), set()
    for row in rows:
        found = list(misses_of(row)) if is_known(row["system"]) else []
        for miss in found:
            print(miss)
        if found and row["system"].startswith(MUST_BE_COMPLETE):
            failed.add(row["system"])
        passed[row["system"]] += is_known(row["system"]) and not found
    for system, count in sorted(total.items()):
        unknown = "" if is_known(system) else "   unknown system: not checked"
        print(f"{system:28} {passed[system]:4d} / {count}{unknown}")
    print(f"{'all':28} {sum(passed.values()):4d} / {len(rows)}")
    return 1 if failed else 0


def _last_digit(figure: object) -> float:
    """Return the size of the last printed digit of a figure, 0 for what is no number."""
    return 10.0 ** int(Decimal(repr(figure)).as_tuple().exponent) if _is_number(figure) else 0.0


def _is_number(x: object) -> bool:
    """Return whether *x* is a finite number and not a truth value."""
    return isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
