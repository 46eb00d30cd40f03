"""A plan: a titled list of targets, each with its labels, its nature, and the history it is judged on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from forecast.errors import TargetError
from forecast.history.catalogue import in_language
from forecast.language.clean_text import clean_text, clean_texts
from forecast.language.message import Message, suggestion
from forecast.target.target import Target

NATURES = ("binding", "anticipatory", "")
PROXIES_FOR = ("level", "change")


@dataclass(frozen=True)
class Spread:
    """Where an area without figures of its own lies: known from its neighbours, or assumed.

    Parameters
    ----------
    low, high : float
        In the indicator's unit, in the last year of the nearest parent.
    level : float
        The probability, a proportion, that the area lies between them.
    reasons : mapping of str to str
        Why, by language code. A spread without a reason is not taken.
    """

    low: float
    high: float
    level: float = 0.8
    reasons: Mapping[str, str] = field(default_factory=dict)

    def reason(self, lang: str) -> str:
        """Why, in *lang*, else in any language."""
        return in_language(self.reasons, lang)


@dataclass(frozen=True)
class Item:
    """One line of a plan.

    Parameters
    ----------
    id : str
        As the plan numbers it.
    target : Target
    labels : mapping of str to str
        By language code.
    area : str
        Whose target it is.
    group : str
        The plan's chapter, as a key.
    groups : mapping of str to str
        The chapter's name by language code.
    nature : str
        ``binding``, ``anticipatory``, or empty where the plan does not say.
    base_year, base_value
        Where the plan counts progress from; None where it does not say.
    notes : mapping of str to str
        By language code.
    judged_on : tuple of (str, str) or None
        Area and indicator of another history that stands in for the item's own.
    proxies : mapping of str to str
        Why that history stands in, by language code.
    proxy_for : str
        ``level`` where the proxy's values stand in for the item's own; ``change`` where only its
        pace or direction does, so that no probability of reaching a number can be read from it.
    parents : tuple of (str, str)
        Area and indicator of the series to borrow strength from, the nearest first, where they are not
        simply the areas that the item's own is part of.
    spread : Spread or None
        For an area without any figure of its own: where it lies around its nearest parent.
    quote : str
        The words of the plan that state the target.
    """

    id: str
    target: Target
    labels: Mapping[str, str] = field(default_factory=dict)
    area: str = ""
    group: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    nature: str = ""
    base_year: int | None = None
    base_value: float | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    judged_on: tuple[str, str] | None = None
    proxies: Mapping[str, str] = field(default_factory=dict)
    proxy_for: str = "level"
    parents: tuple[tuple[str, str], ...] = ()
    spread: Spread | None = None
    quote: str = ""

    def __post_init__(self) -> None:
        """Take out of its texts what cannot be written."""
        for name in ("id", "area", "group", "nature"):
            object.__setattr__(self, name, clean_text(getattr(self, name)))
        for name in ("labels", "groups", "notes", "proxies"):
            object.__setattr__(self, name, clean_texts(getattr(self, name)))
        if self.judged_on is not None:
            area, indicator = self.judged_on
            object.__setattr__(self, "judged_on", (clean_text(area), clean_text(indicator)))

    @property
    def key(self) -> tuple[str, str]:
        """Area and indicator of the history it is judged on."""
        return self.judged_on or (self.area, self.target.indicator)

    @property
    def by_proxy(self) -> bool:
        """Whether another area's or indicator's history stands in for its own."""
        return self.key != (self.area, self.target.indicator)

    def label(self, lang: str) -> str:
        """Label in *lang*, else in any language, else the indicator's name."""
        return in_language(self.labels, lang) or self.target.indicator

    def group_in(self, lang: str) -> str:
        """Chapter's name in *lang*, else its key."""
        return in_language(self.groups, lang) or self.group

    def note(self, lang: str) -> str:
        """Note in *lang*, else in any language, else ``""``."""
        return in_language(self.notes, lang)

    def proxy(self, lang: str) -> str:
        """Why another history stands in, in *lang* where known."""
        return in_language(self.proxies, lang)


@dataclass(frozen=True)
class Unread:
    """A target of a plan file that could not be read: its id, its indicator, and what is wrong."""

    id: str
    indicator: str
    problems: tuple[str, ...]

    @property
    def sentences(self) -> tuple[Message, ...]:
        """Each problem with the target that it is of."""
        return tuple(Message("unread_target", id=self.id, problem=problem) for problem in self.problems)


@dataclass(frozen=True)
class Plan:
    """A titled list of targets.

    Parameters
    ----------
    items : tuple of Item
    titles : mapping of str to str
        By language code.
    area : str
        Whose plan it is; empty for a plan over many areas.
    base_year, year : int or None
        The plan's own first and last year.
    unread : tuple of Unread
        Targets of the file that could not be read.

    Examples
    --------
    >>> target = Target.at_least("urbanization_rate", 80, year=2026, unit="%")
    >>> plan = Plan((Item("2", target, area="Jiangyuan"),), {"en": "Outline to 2026"})
    >>> plan.title("en"), len(plan), plan["2"].target.value
    ('Outline to 2026', 1, 80.0)
    """

    items: tuple[Item, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    area: str = ""
    base_year: int | None = None
    year: int | None = None
    unread: tuple[Unread, ...] = ()

    def __post_init__(self) -> None:
        """Take out of its titles what cannot be written."""
        object.__setattr__(self, "titles", clean_texts(self.titles))
        object.__setattr__(self, "area", clean_text(self.area))

    def __repr__(self) -> str:
        """Title and size, and the first targets."""
        ids = ", ".join(item.id for item in self.items[:5]) + (", ..." if len(self.items) > 5 else "")
        title = f"{self.title('en')!r}: " if self.titles else ""
        return f"<Plan {title}{len(self.items)} targets ({ids})>"

    def title(self, lang: str) -> str:
        """Title in *lang*, else in any language, else ``""``."""
        return in_language(self.titles, lang)

    def __len__(self) -> int:
        """Number of targets."""
        return len(self.items)

    def __iter__(self) -> Iterator[Item]:
        """Iterate over the items in the plan's order."""
        return iter(self.items)

    def __getitem__(self, id: str) -> Item:
        """Item with that id; a TargetError lists what exists."""
        for item in self.items:
            if item.id == id:
                return item
        raise TargetError(Message("no_target_of_id", id=id, hint=suggestion(id, (i.id for i in self.items))))


def question_of(item: Item) -> Target:
    """Target as a question to the history it is judged on."""
    target = item.target
    if item.base_year is not None:
        target = replace(target, kind=target.kind.from_base(item.base_year))
    return replace(target, indicator=item.key[1]) if item.by_proxy else target
