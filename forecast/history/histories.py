"""Many histories, looked up by area and indicator."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from forecast.errors import HistoryError
from forecast.history.catalogue import Catalogue
from forecast.history.history import History
from forecast.history.ratio import FORMS, relative_history
from forecast.language.message import Message, suggestion


class Histories(Mapping[tuple[str, str], History]):
    """Histories by ``(area, indicator)``, with the catalogue of their names.

    Parameters
    ----------
    histories : iterable of History
        No two with the same area and indicator. A ratio or a difference of two is looked up by its
        name, ``("Jilin", "urban_income / rural_income")``, and made when asked for.
    catalogue : Catalogue, optional
        Labels, definitions and publishers.
    remarks : iterable of str
        What was done to the files on the way, and what was left aside.

    Examples
    --------
    >>> both = Histories([History.of("x", [2020], [1.0], area="A"), History.of("x", [2020], [2.0], area="B")])
    >>> both["B", "x"].last_value
    2.0
    >>> both.areas
    ('A', 'B')
    """

    def __init__(
        self,
        histories: Iterable[History] = (),
        catalogue: Catalogue | None = None,
        remarks: Iterable[str] = (),
    ) -> None:
        self._by_key: dict[tuple[str, str], History] = {}
        self.catalogue = catalogue or Catalogue()
        self.remarks = tuple(remarks)
        for history in histories:
            if history.key in self._by_key:
                raise HistoryError(Message("history_twice", name=history.name))
            self._by_key[history.key] = history

    def __getitem__(self, key: tuple[str, str]) -> History:
        """History of ``(area, indicator)``; a HistoryError lists what exists."""
        if key in self._by_key:
            return self._by_key[key]
        parts = self._parts(key)
        if parts:
            return relative_history(parts[0], parts[1], form=parts[2])
        if not (isinstance(key, tuple) and len(key) == 2 and all(isinstance(part, str) for part in key)):
            raise HistoryError(Message("history_key", key=key))
        area, indicator = key
        if not self._by_key:
            raise HistoryError(Message("no_histories_at_all", indicator=indicator, area=area))
        there = [i for a, i in self._by_key if a == area]
        if there:
            raise HistoryError(
                Message("no_history_of", indicator=indicator, area=area, hint=suggestion(indicator, there))
            )
        raise HistoryError(Message("no_history_in_area", area=area, hint=suggestion(area, self.areas)))

    def among(self, keys: Iterable[tuple[str, str]]) -> list[History]:
        """Histories of those *keys* that are there, each once; two that cannot be compared make none.

        Examples
        --------
        >>> two = Histories([History.of("x", [2020], [1.0]), History.of("y", [2021], [2.0])])
        >>> [h.indicator for h in two.among([("", "x"), ("", "z"), ("", "x / y")])]
        ['x']
        """
        found = []
        for key in dict.fromkeys(keys):
            with suppress(HistoryError):
                found.append(self[key])
        return found

    def get(self, key: object, default: Any = None) -> Any:
        """History of ``(area, indicator)``, or *default* where there is none."""
        if key not in self:
            return default
        return self[key]  # type: ignore[index]

    def __contains__(self, key: object) -> bool:
        """Whether there is a history of ``(area, indicator)``."""
        return isinstance(key, Hashable) and (key in self._by_key or self._parts(key) is not None)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Iterate over the ``(area, indicator)`` pairs, in the order they were given."""
        return iter(self._by_key)

    def __len__(self) -> int:
        """Number of histories."""
        return len(self._by_key)

    def __repr__(self) -> str:
        return f"<Histories: {len(self)} of {len(self.areas)} areas and {len(self.indicators)} indicators>"

    def _parts(self, key: object) -> tuple[History, History, str] | None:
        """Two histories, and the form, of a name like ``"a / b"`` or ``"a - b (China)"``."""
        if not (isinstance(key, tuple) and len(key) == 2 and isinstance(key[1], str)):
            return None
        for form, mark in FORMS.items():
            of, found, to = key[1].partition(f" {mark} ")
            below = self._by_key.get((key[0], to)) or next((h for h in self.values() if h.name == to), None)
            if found and (key[0], of) in self._by_key and below is not None:
                return self._by_key[key[0], of], below, form
        return None

    @property
    def areas(self) -> tuple[str, ...]:
        """Areas, in the order they were given."""
        return tuple(dict.fromkeys(area for area, _ in self._by_key))

    @property
    def indicators(self) -> tuple[str, ...]:
        """Indicators, in the order they were given."""
        return tuple(dict.fromkeys(indicator for _, indicator in self._by_key))

    def without_parents(self) -> Histories:
        """Same histories, none of which lends to the parts of its area."""
        return Histories(self.values(), self.catalogue.without_parents())

    def until(self, year: int) -> Histories:
        """What was known at the end of *year*; histories that start later are left out."""
        return Histories(
            (h.until(year) for h in self.values() if h.first_year <= year), self.catalogue, self.remarks
        )
