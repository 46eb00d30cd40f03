"""Eurostat TSV: dimensions in one column, flags behind the figures."""

from __future__ import annotations

import pytest

from forecast.errors import ReadError
from tests.history.formats.written import Values, any_history, few, figures, lines, read


def written(values: Values) -> str:
    years, cells = ("\t".join(f"{each} " for each in row) for row in (values, values.values()))
    return f"freq,unit,geo\\TIME_PERIOD\t{years}\nA,PC,Aland\t{cells}\n"


@few
@any_history
def test_a_history_is_read_back(values: Values) -> None:
    assert figures(read(written(values), "tps.tsv"), "Aland", "tps") == values


def test_flags_become_status_and_break() -> None:
    text = lines("unit,geo\\TIME_PERIOD\t2018 \t2019 \t2020 \t2021 ", "PC,AT\t12.3 \t12.5 p\t: \t13 be")
    history = read(text, "tps.tsv")["AT", "tps"]
    assert history.status == ("final", "provisional", "derived")
    assert history.years.tolist() == [2018, 2019, 2021]
    assert history.breaks == (2021,)


def test_two_units_are_told_apart() -> None:
    text = lines("freq,unit,geo\\TIME_PERIOD\t2019 \t2020 ", "A,PC,AT\t1\t2", "A,THS,AT\t10\t20")
    with pytest.raises(ReadError, match=r"the column 'unit' tells rows of one name apart \(PC, THS\)"):
        read(text, "tps.tsv")
