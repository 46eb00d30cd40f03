"""What is wrong with the rows of a table of observations, alone and beside each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from forecast.errors import shortened
from forecast.history.catalogue import Catalogue, checked_bounds, interval_text
from forecast.history.cells import text_of
from forecast.history.observations import Observations, bounds_of
from forecast.history.units import same_unit
from forecast.language.message import Message, suggestion

# Pairs of names that are compared for slips: more would take longer than anyone waits.
_MOST_COMPARED = 100_000
# Of so many rows of one kind each is told in its own words; a reader of more sees only how many there are.
_MOST_TOLD = 50
_TYPED = str.maketrans("‘’`´–—−‐ _", "''''------")
_POINT_AND_THREE = re.compile(r"^[-+]?[1-9]\d{0,2}\.\d{3}$")
Place = Callable[[int], Message | None]


def problems(rows: Observations, catalogue: Catalogue, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield every row that is refused, with why; a row may be refused for several reasons.

    Parameters
    ----------
    place : callable
        What a message calls the row at a place in the table; None where rows have no names.
    """
    indicator = rows.indicator[rows.of_indicator]
    nameless = indicator == ""
    for i in np.flatnonzero(nameless[rows.series]).tolist() if nameless.any() else []:
        yield i, Message("no_indicator")
    yield from _nowhere(rows, place)
    at = rows.of_place()
    for column in ("year", "value", "status", "break"):
        for j, message in rows.refused[column].items():
            yield int(at[j]), message
    for check in (_told_apart, _second_values, _units, _spellings, _thousands):
        yield from check(rows, place)
    yield from _against_catalogue(rows, catalogue)


def _nowhere(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield each row without an area, where others have one."""
    homeless = rows.area == ""
    if rows.by_id or not homeless.any() or len(rows.area) == 1:
        return
    of_row = rows.of_area[rows.series]
    named = np.flatnonzero(~homeless[of_row])
    first = int(named[np.argmin(rows.order[named])])
    area, where = rows.area[of_row[first]], place(int(rows.order[first]))
    said = (
        Message("no_area_elsewhere", area=area)
        if where is None
        else Message("no_area", area=area, place=where)
    )
    for i in np.flatnonzero(homeless[of_row] & np.isfinite(rows.value)).tolist():
        yield i, said


def _second_values(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    same = (rows.series[1:] == rows.series[:-1]) & (np.diff(rows.year) == 0) & (rows.year[1:] >= 0)
    twice = np.flatnonzero(same) + 1
    starts = np.flatnonzero(np.append(True, ~same))
    first = starts[np.searchsorted(starts, twice, side="right") - 1]
    # In the order of the table: what is said of many rows is said of the first.
    ordered = np.argsort(rows.order[twice], kind="stable").tolist()
    written = rows.years_written.tolist() if len(twice) else []
    said: dict[str, Message] = {}
    for n, (i, one) in enumerate((int(twice[at]), int(first[at])) for at in ordered):
        dates = [text_of(written[int(rows.order[at])]) for at in (one, i)]
        key = "within_year" if dates[0] != dates[1] else "second_value"
        if n < _MOST_TOLD or key not in said:
            said[key] = _second_value(rows, i, place(int(rows.order[one])), dates)
        elif said[key].key.endswith("_bare"):
            said[key] = Message("second_value_bare", year=int(rows.year[i]))
        yield i, said[key]


def _second_value(rows: Observations, i: int, first: Message | None, dates: Sequence[str]) -> Message:
    year = int(rows.year[i])
    if dates[0] != dates[1]:
        return Message("within_year", year=year, first=dates[0], second=dates[1])
    if first is None:
        return Message("second_value_bare", year=year)
    return Message("second_value", name=_called(rows, i), year=year, place=first)


def _units(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield the rows whose unit is not that of the first row of their series that has one."""
    if len(rows.unit) < 2:
        return
    same, _ = pd.factorize(np.array([same_unit(unit) for unit in rows.unit], dtype=object))
    first = rows.first_unit()
    given = rows.unit[rows.of_unit] != ""
    of_first = first[rows.series]
    wrong = given & (of_first >= 0) & (same[rows.of_unit] != same[rows.of_unit[np.maximum(of_first, 0)]])
    for i in np.flatnonzero(wrong).tolist():
        unit, other = rows.unit[rows.of_unit[i]], rows.unit[rows.of_unit[of_first[i]]]
        where = place(int(rows.order[of_first[i]]))
        if where is None:
            yield i, Message("two_units_bare", unit=unit, first=other)
        else:
            yield i, Message("two_units", name=_called(rows, i), unit=unit, first=other, place=where)


def _spellings(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield the series whose area or indicator is another's in another spelling."""
    begin = rows.first_row()
    for column, names, of in (
        ("area", rows.area, rows.of_area),
        ("indicator", rows.indicator, rows.of_indicator),
    ):
        first: dict[str, int] = {}
        pairs = [(code, first.setdefault(_folded(name), code)) for code, name in enumerate(names)]
        pairs = [(code, other) for code, other in pairs if other != code]
        by_name = np.argsort(of, kind="stable") if pairs else np.empty(0, dtype=np.int64)
        ends = np.searchsorted(of[by_name], np.arange(len(names) + 1))
        for code, other in pairs:
            own, others = (by_name[ends[c] : ends[c + 1]].tolist() for c in (code, other))
            where = place(int(rows.order[begin[others[0]]]))
            for s in own if where is not None else [*others, *own]:
                name, differs = (names[code], names[other]) if of[s] == code else (names[other], names[code])
                yield int(begin[s]), _two_spellings(column, name, differs, where)


def _two_spellings(column: str, name: str, other: str, where: Message | None) -> Message:
    if where is None:
        return Message("two_spellings_bare", column=column, name=name, other=other)
    return Message("two_spellings", column=column, name=name, other=other, place=where)


def _folded(name: str) -> str:
    """Name without what two typists do differently: case, width, kinds of dash and apostrophe."""
    plain = unicodedata.normalize("NFKC", name) if not name.isascii() else name
    return plain.casefold().translate(_TYPED)


def _told_apart(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield the series whose rows are of different sexes, ages or the like (files choose them before)."""
    del place
    begin = rows.first_row()
    for name, (codes, texts) in rows.dimensions.items():
        ordered = codes[rows.order]
        wrong = np.flatnonzero(ordered != ordered[begin][rows.series])
        for s in np.unique(rows.series[wrong]).tolist():
            values = shortened(sorted({str(texts[c]) or '""' for c in ordered[rows.series == s].tolist()}))
            yield int(begin[s]), Message("rows_of_several", column=name, names=values)


def _thousands(rows: Observations, place: Place) -> Iterator[tuple[int, Message]]:
    """Yield where a series leaps between 987 and 1.012: the point is a thousands mark."""
    del place
    if pd.api.types.is_numeric_dtype(rows.values_written):
        return
    size = np.abs(rows.value)
    with np.errstate(invalid="ignore", divide="ignore"):
        small, large = np.minimum(size[1:], size[:-1]), np.maximum(size[1:], size[:-1])
        jump = (rows.series[1:] == rows.series[:-1]) & (large >= 100) & (small > 0) & (large > 100 * small)
    for i in (np.flatnonzero(jump) + 1).tolist():
        low, high = (i, i - 1) if size[i] < size[i - 1] else (i - 1, i)
        text, other = (str(rows.values_written.iloc[int(rows.order[at])]).strip() for at in (low, high))
        if _POINT_AND_THREE.match(text) and "." not in other.removesuffix(".0"):
            number = text.replace(".", "")
            yield i, Message("thousands", text=text, year=int(rows.year[low]), other=other.removesuffix(".0"),
                             other_year=int(rows.year[high]), number=number)  # fmt: skip


def _against_catalogue(rows: Observations, catalogue: Catalogue) -> Iterator[tuple[int, Message]]:
    """Yield what contradicts the catalogue: names nearly its own, units, values out of bounds."""
    entries = [catalogue.indicator(name) for name in rows.indicator]
    compared = 0
    begin = rows.first_row()
    for code, entry in enumerate(entries):
        unknown = bool(entry.name and catalogue.indicators) and entry.name not in catalogue.indicators
        compared += unknown
        if unknown and compared * len(catalogue.indicators) <= _MOST_COMPARED:
            hint = suggestion(entry.name, catalogue.indicators)
            for s in np.flatnonzero(rows.of_indicator == code) if hint.key == "did_you_mean" else ():
                yield int(begin[s]), Message("not_in_catalogue", name=entry.name, hint=hint)
    known = np.array([entry.unit for entry in entries], dtype=object)[rows.of_indicator]
    own = rows.units()
    for s in np.flatnonzero((own != "") & (known != "") & (own != known)):
        if same_unit(own[s]) == same_unit(known[s]):
            continue
        name = rows.name(int(s))[1]
        yield int(begin[s]), Message("other_unit", name=name, unit=own[s], known=known[s])
    lower, upper = bounds_of(rows, catalogue)
    of = rows.series
    for i in np.flatnonzero((rows.value < lower[of]) | (rows.value > upper[of])).tolist():
        bounds = checked_bounds("", entries[rows.of_indicator[of[i]]].bounds)
        yield i, Message("out_of_bounds", value=f"{rows.value[i]:g}", bounds=interval_text(bounds))


def _called(rows: Observations, i: int) -> Message | str:
    area, indicator = rows.name(int(rows.series[i]))
    return f"{indicator} in {area}" if area else indicator
