"""What an indicator and an area are called: labels, units, bounds, definitions, publishers."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import SupportsFloat

from forecast.errors import HistoryError
from forecast.language.clean_text import clean_text, clean_texts
from forecast.language.message import Message, suggestion

Bounds = tuple[float | None, float | None]

# No figure is larger, or smaller without being zero; squares and ratios of those that are left stay finite.
SMALLEST, LARGEST = 1e-100, 1e100


@dataclass(frozen=True)
class Indicator:
    """One indicator as its publisher defines it.

    Parameters
    ----------
    name : str
        The key used in files and code, for example ``"urbanization_rate"``.
    unit : str
        The unit of its values; ``""`` for a pure number.
    bounds : tuple of (float or None, float or None)
        The values it cannot leave, in its unit; ``None`` for an open side.
    labels, units, definitions, publishers : mapping of str to str
        Text by language code (``"en"``, ``"zh"``).
    decimals : int, optional
        With how many it is usually published; 0 for what is counted in whole numbers.
    classes : tuple of str
        The classes of an ordered scale, best first; a history holds their positions from 1 on.

    Examples
    --------
    >>> Indicator("forest_cover", unit="%", labels={"en": "Forest cover"}).label("en")
    'Forest cover'
    """

    name: str
    unit: str = ""
    bounds: Bounds = (None, None)
    labels: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    publishers: Mapping[str, str] = field(default_factory=dict)
    decimals: int | None = None
    classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Take out of its texts what cannot be written."""
        object.__setattr__(self, "name", clean_text(self.name))
        object.__setattr__(self, "unit", clean_text(self.unit))
        for name in ("labels", "units", "definitions", "publishers"):
            if texts := getattr(self, name):
                object.__setattr__(self, name, clean_texts(texts))

    @property
    def whole(self) -> bool | None:
        """Whether it is counted in whole numbers, by its decimals; None if nothing is declared."""
        return None if self.decimals is None else self.decimals == 0

    def label(self, lang: str) -> str:
        """Label in *lang*, else in any language, else the name."""
        return in_language(self.labels, lang) or self.name

    def unit_in(self, lang: str) -> str:
        """Unit as *lang* writes it."""
        return in_language(self.units, lang) or self.unit

    def definition(self, lang: str) -> str:
        """Definition in *lang*, else in any language, else ``""``."""
        return in_language(self.definitions, lang)

    def publisher(self, lang: str) -> str:
        """Who publishes it, in *lang* where known, else ``""``."""
        return in_language(self.publishers, lang)


@dataclass(frozen=True)
class Area:
    """A place: its labels, its level (district, city, ...) and what it is part of."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    level: str = ""
    part_of: str = ""

    def __post_init__(self) -> None:
        """Take out of its texts what cannot be written."""
        object.__setattr__(self, "name", clean_text(self.name))
        object.__setattr__(self, "labels", clean_texts(self.labels))

    def label(self, lang: str) -> str:
        """Label in *lang*, else in any language, else the name."""
        return in_language(self.labels, lang) or self.name


@dataclass(frozen=True)
class Catalogue:
    """The indicators and areas a set of histories knows by name.

    Parameters
    ----------
    indicators, areas : mapping
        By name.
    lends : bool
        Whether figures of what an area is part of may lend to its answers.
    """

    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    lends: bool = True

    def indicator(self, name: str) -> Indicator:
        """Entry for *name*, or a bare one where the catalogue has none."""
        return self.indicators.get(name) or Indicator(name)

    def area(self, name: str) -> Area:
        """Entry for *name*, or a bare one where the catalogue has none."""
        return self.areas.get(name) or Area(name)

    def ancestors(self, name: str) -> tuple[str, ...]:
        """What an area is part of, the nearest first: its city, its province, its country.

        Raises
        ------
        HistoryError
            If an area is part of itself by way of others.

        Examples
        --------
        >>> areas = {"District": Area("District", part_of="City"), "City": Area("City", part_of="Province")}
        >>> Catalogue(areas=areas).ancestors("District")
        ('City', 'Province')
        """
        way = [name]
        while place := self.area(way[-1]).part_of:
            way.append(place)
            if place in way[:-1]:
                raise HistoryError(Message("areas_in_a_circle", names=" → ".join(way)))
        return tuple(way[1:])

    @property
    def parents(self) -> frozenset[str]:
        """Areas that may lend: those that others are part of; empty where none may."""
        parts = self.areas.values() if self.lends else ()
        return frozenset(area.part_of for area in parts if area.part_of)

    def strays(self, known: Collection[str] = ()) -> tuple[str, ...]:
        """Sentence for each area that is part of nothing known, or of itself by way of others.

        Parameters
        ----------
        known : collection of str
            Areas that need no entry.
        """
        found = []
        for area in self.areas.values():
            if area.part_of and area.part_of not in self.areas and area.part_of not in known:
                hint = suggestion(area.part_of, [*self.areas, *known])
                found.append(Message("part_of_unknown", area=area.name, parent=area.part_of, hint=hint))
        try:
            for name in self.areas:
                self.ancestors(name)
        except HistoryError as problem:
            found.append(problem.args[0])
        return tuple(found)

    def with_parents(self, parents: Mapping[str, str]) -> Catalogue:
        """Catalogue with what each area is part of, by name: ``{"child": "parent"}``."""
        areas = {child: replace(self.area(child), part_of=parent) for child, parent in parents.items()}
        return replace(self, areas={**self.areas, **areas})

    def without_parents(self) -> Catalogue:
        """Catalogue of areas that take nothing from what they are part of."""
        return replace(self, lends=False)


def in_language(texts: Mapping[str, str], lang: str) -> str:
    """Text in *lang*, else the first that is not empty, else ``""``."""
    return texts.get(lang) or next((text for text in texts.values() if text), "")


def checked_bounds(indicator: str, bounds: Bounds) -> Bounds:
    """Bounds as floats, a side beyond every figure as None; refuse what is not a pair in order."""
    try:
        lower, upper = bounds
    except (TypeError, ValueError):
        raise HistoryError(Message("bounds_form", indicator=indicator, bounds=bounds)) from None
    numbers = [side for side in (lower, upper) if side is not None]
    if any(not isinstance(side, SupportsFloat) or math.isnan(side) for side in numbers):
        raise HistoryError(Message("bound_no_number", indicator=indicator, bounds=bounds))
    sides = tuple(None if side is None or abs(side) > LARGEST else float(side) for side in (lower, upper))
    if sides[0] is not None and sides[1] is not None and sides[0] >= sides[1]:
        raise HistoryError(Message("bounds_crossed", indicator=indicator, bounds=interval_text(bounds)))
    return (sides[0], sides[1])


def interval_text(bounds: Bounds) -> str:
    """Bounds for a message."""
    lower, upper = ("open" if side is None else f"{side:g}" for side in bounds)
    return f"[{lower}, {upper}]"


def position(value: float | str, scale: tuple[str, ...]) -> float | None:
    """1-based position of a class, given as its word or as the position itself.

    Examples
    --------
    >>> position("II", ("I", "II", "III")), position(3, ("I", "II", "III")), position("IV", ("I", "II"))
    (2.0, 3.0, None)
    """
    words = [word.casefold() for word in scale]
    text = str(value).strip().casefold()
    if text in words:
        return float(words.index(text) + 1)
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number in range(1, len(scale) + 1) else None
