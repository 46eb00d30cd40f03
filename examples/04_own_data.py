"""Your own figures, from a CSV as Chinese Windows writes it and from a DataFrame."""

from pathlib import Path

import pandas as pd

import forecast as fc

table = """指标,地区,年份,数值,单位,状态
粮食产量,甲县,2015,31.2,万吨,
粮食产量,甲县,2016,32.0,万吨,
粮食产量,甲县,2018,32.9,万吨,
粮食产量,甲县,2019,33.8,万吨,
粮食产量,甲县,2020,34.1,万吨,
粮食产量,甲县,2021,35.0,万吨,快报数
"""
Path("grain.csv").write_text(table, encoding="gb18030")
history = fc.read_histories("grain.csv")["甲县", "粮食产量"]
answer = fc.assess(history, fc.Target.at_least("粮食产量", 38, year=2025, unit="万吨"))
print(f"{history.indicator}: {answer.probability:.0%}, {answer.likelihood.zh}; gap: {history.gaps}")

frame = pd.DataFrame({"indicator": "pm25", "area": "A", "year": range(2014, 2023), "unit": "µg/m³",
                      "value": [62, 58, 55, 49, 47, 44, 39, 38, 35]})  # fmt: skip
history = fc.read_histories(frame)["A", "pm25"]
answer = fc.assess(history, fc.Target.at_most("pm25", 30, year=2025, unit="µg/m³"))
print(f"{history.indicator}: {answer.probability:.0%}, {answer.likelihood.en}")

wrong = frame.assign(value=["62", "n/a", *frame["value"][2:]], year=[2014.5, *frame["year"][1:]])
try:
    fc.read_histories(wrong)
except fc.ReadError as problems:
    print(problems)
