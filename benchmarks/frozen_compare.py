"""What agrees with stored answers and what does not: figures to a relative 1e-9, words exactly."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from frozen_answers import ARRAY, LEAVES, RECORD

# Figures agree to so much of their size; nothing but rounding is taken for 0.
EXACT, NOTHING = 1e-9, 1e-12
MISSING = (None, "(nan)")
Answers = dict[str, dict[str, Any]]


class Comparison:
    """Counts what agrees, and keeps what does not."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.differences: list[tuple[str, object, object]] = []
        self.largest = 0.0

    def of(self, place: str, old: Any, new: Any) -> None:
        """Compare what was stored with what is answered now."""
        if _is_number(old) and _is_number(new):
            self._figure(place, old, new, abs(old))
        elif isinstance(old, dict) and isinstance(new, dict):
            self._mapping(place, old, new)
        elif isinstance(old, list) and isinstance(new, list):
            if len(old) != len(new):
                self._differ(f"{place} (length)", len(old), len(new))
            for i, (a, b) in enumerate(zip(old, new, strict=False)):
                # Which of its two marks for a missing cell a column of a table bears is pandas' affair.
                if not (a in MISSING and b in MISSING):
                    self.of(f"{place}[{i}]", a, b)
        else:
            self.counts["words"] += 1
            if old != new or type(old) is not type(new):
                self._differ(place, old, new)

    def _mapping(self, place: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        if old.keys() == new.keys() == {ARRAY}:
            self._array(place, old[ARRAY], new[ARRAY])
        elif old.keys() == new.keys() == {RECORD}:
            self.counts["new"] += max(len(new[RECORD]) - len(old[RECORD]), 0)
            self.of(place, old[RECORD], new[RECORD][: len(old[RECORD])])
        elif old.keys() == new.keys() == {LEAVES}:
            self._leaves(place, old[LEAVES], new[LEAVES])
        elif old.keys() == new.keys() == {"sha256"}:
            self.counts["files"] += 1
            self.counts["files the same to the byte"] += old == new
        else:
            self.counts["new"] += len(new.keys() - old.keys())
            for name, each in old.items():
                self.of(f"{place}.{name}", each, new.get(name, "(not there)"))

    def _array(self, place: str, old: list[Any], new: list[Any]) -> None:
        """Compare figures of one size, each relative to the largest of its row."""
        flat_old, flat_new = list(_flat(old)), list(_flat(new))
        if len(flat_old) != len(flat_new) or not all(map(_is_number, [*flat_old, *flat_new])):
            self.of(place, flat_old, flat_new)
            return
        size = max(map(abs, flat_old), default=0.0)
        for i, (a, b) in enumerate(zip(flat_old, flat_new, strict=True)):
            self._figure(f"{place}[{i}]", a, b, size)

    def _figure(self, place: str, old: float, new: float, size: float) -> None:
        self.counts["figures"] += 1
        off = abs(new - old)
        relative = off / max(size, abs(new)) if off else 0.0
        if off and min(abs(old), abs(new)) == 0 and off < NOTHING:
            relative = 0.0
        if relative > EXACT:
            self._differ(place, old, new)
        else:
            self.largest = max(self.largest, relative)
            self.counts["figures exactly"] += off == 0

    def _leaves(self, place: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Look for every number and text of the stored file among those of the new one."""
        lacking = Counter(old["texts"]) - Counter(new["texts"])
        for text, times in lacking.items():
            self._differ(f"{place}: a text of the file, {times} times", text, "(not there)")
        self.counts["words"] += len(old["texts"])
        rest, at = new["numbers"], 0
        for number in old["numbers"]:
            slack = max(EXACT * abs(number), NOTHING if number == 0 else 0)
            while at < len(rest) and rest[at] < number - slack:
                at += 1
            if at < len(rest) and rest[at] <= number + slack:
                self._figure(place, number, rest[at], max(abs(number), abs(rest[at])))
                at += 1
            else:
                self._differ(f"{place}: a number of the file", number, "(not there)")
        self.counts["new"] += max(len(new["texts"]) - len(old["texts"]), 0) + max(
            len(rest) - len(old["numbers"]), 0
        )

    def _differ(self, place: str, old: object, new: object) -> None:
        self.differences.append((place, old, new))


def _flat(values: list[Any]) -> Iterator[Any]:
    for each in values:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each


def _is_number(x: object) -> bool:
    return isinstance(x, int | float) and not isinstance(x, bool)


def compare(old: Answers, new: Answers, show: int) -> int:
    """Print what agrees and what does not; return the exit code."""
    found, entries, hit = Comparison(), Counter[str](), Counter[str]()
    for section, stored in old.items():
        for name, each in stored.items():
            before = len(found.differences)
            found.of(f"{section}: {name}", each, new.get(section, {}).get(name, "(not there)"))
            entries[section] += 1
            hit[section] += len(found.differences) > before
    for section, count in entries.items():
        print(f"{section:10} {count:5d} entries, {hit[section]:5d} with a difference")
    print(", ".join(f"{count:,} {word}" for word, count in found.counts.items()))
    print(f"largest relative difference among those that agree: {found.largest:.1e}")
    print(f"{len(found.differences)} differences in {sum(hit.values())} of {sum(entries.values())} entries")
    for place, a, b in found.differences[:show]:
        print(f"  {place}\n    was {_short(a)}\n    is  {_short(b)}")
    series = Counter(place.partition(": ")[2].partition("/")[0] for place, _, _ in found.differences)
    if series:
        print("by history: " + ", ".join(f"{name} {count}" for name, count in series.most_common(15)))
    return 1 if found.differences else 0


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 300 else text[:300] + " ..."
