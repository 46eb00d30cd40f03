"""Chinese reduction rates counted in logarithms, against a published case."""

from __future__ import annotations

from forecast.rules import china, china_rates

# Qinghai bureau of statistics, 2009-09-17: energy per GDP in 2006, 2007, 2008 against -17 % in five years.
QINGHAI = (0.0151, -0.0220, -0.0418)


def test_qinghai_counts_a_reduction_rate_in_logarithms():
    done = china_rates.total_change(QINGHAI)
    assert round(done, 4) == -0.0487
    assert round(china_rates.annual_change(-0.17, 5), 4) == -0.0366
    rest = china_rates.remaining_change(done, -0.17)
    assert round(rest, 4) == -0.1275
    assert round(china_rates.annual_change(rest, 2), 4) == -0.0659
    assert round(china_rates.log_progress(done, -0.17).value, 3) == 0.268
    assert china.schedule(3, 0, 5) == 0.6
    assert round(china_rates.equivalent_years(done, -0.0366), 4) == 1.3398
