"""A history made of two: the ratio of one indicator to another, or their difference."""

from __future__ import annotations

from forecast.errors import HistoryError
from forecast.history.history import History
from forecast.language.message import Message

FORMS = {"ratio": "/", "difference": "-"}


def relative_name(of: str, to: str, form: str = "ratio") -> str:
    """Indicator's name of a derived history: ``"a / b"`` or ``"a - b"``."""
    return f"{of} {FORMS.get(form, '/')} {to}"


def relative_history(history: History, other: History, *, form: str = "ratio") -> History:
    """Yearly ratio (or difference) of two histories over the years both have.

    Parameters
    ----------
    history, other : History
        Two indicators of one area, or one indicator of two.
    form : str
        ``ratio`` (*history* / *other*) or ``difference`` (*history* - *other*, of one unit).

    Returns
    -------
    History
        Its indicator is named ``"a / b"`` or ``"a - b"``, as ``Target.relative_to`` names it; a year is
        ``derived``, or ``provisional`` or ``proxy`` where one of the two is; breaks of both are kept.

    Raises
    ------
    HistoryError
        Without a common year, for a zero in the denominator, or a difference of unlike units.

    Examples
    --------
    >>> rural = History.of("rural_income", [2021, 2022, 2023], [18.9, 20.1, 21.7], unit="k")
    >>> urban = History.of("urban_income", [2020, 2022, 2023], [43.8, 49.3, 51.8], unit="k")
    >>> ratio = relative_history(urban, rural)
    >>> ratio.indicator, ratio.years.tolist(), ratio.values.round(3).tolist()
    ('urban_income / rural_income', [2022, 2023], [2.453, 2.387])
    """
    to = other.indicator if other.area == history.area else other.name
    name = relative_name(history.indicator, to, form)
    common = sorted(set(history.years.tolist()) & set(other.years.tolist()))
    if not common:
        raise HistoryError(Message("no_common_year", name=name))
    if form == "difference" and history.unit != other.unit:
        raise HistoryError(Message("difference_of_units", name=name, unit=history.unit, other=other.unit))
    above, below = _at(history, common), _at(other, common)
    zeros = [str(year) for year, value in zip(common, below, strict=True) if value == 0]
    if form == "ratio" and zeros:
        raise HistoryError(Message("ratio_to_zero", name=name, other=other.name, years=", ".join(zeros)))
    positive = all(each.bounds[0] is not None and each.bounds[0] >= 0 for each in (history, other))
    values = [a / b if form == "ratio" else a - b for a, b in zip(above, below, strict=True)]
    return History(
        name,
        years=common,  # type: ignore[arg-type]
        values=values,  # type: ignore[arg-type]
        unit=_unit(history.unit, other.unit, form),
        area=history.area,
        bounds=(0.0, None) if form == "ratio" and positive else (None, None),
        status=tuple(_worse(history, other, year) for year in common),
        sources=tuple(_joined(history, other, year) for year in common),
        breaks=tuple(sorted({*history.breaks, *other.breaks})),
    )


def _at(history: History, years: list[int]) -> list[float]:
    return [float(history.values[history.years == year][0]) for year in years]


def _unit(above: str, below: str, form: str) -> str:
    if form == "difference":
        return above
    return "" if above == below else f"{above}/{below}"


def _worse(history: History, other: History, year: int) -> str:
    both = {each.status[each.years.tolist().index(year)] for each in (history, other)}
    return next((status for status in ("proxy", "provisional") if status in both), "derived")


def _joined(history: History, other: History, year: int) -> str:
    both = [each.sources[each.years.tolist().index(year)] for each in (history, other)]
    return "; ".join(dict.fromkeys(source for source in both if source))
