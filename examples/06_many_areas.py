"""Two targets in 300 counties at once: who is on track, and how many will make it?"""

import numpy as np
import pandas as pd

import forecast as fc

# A long table as statistics offices keep it; here the figures are drawn at random.
rng = np.random.default_rng(1)
years = np.arange(2012, 2024)
parts = []
for i in range(300):
    growth = rng.normal(0.04, 0.02) + rng.normal(0, 0.02, len(years))
    income = 12 * np.exp(np.cumsum(growth))
    water = np.minimum(100, 82 + np.cumsum(rng.normal(1.0, 0.6, len(years))))
    for name, values in (("rural_income", income), ("safe_water", water)):
        columns = {"area": f"county {i:03d}", "indicator": name, "year": years, "value": values}
        parts.append(pd.DataFrame(columns))
frame = pd.concat(parts, ignore_index=True).astype({"value": object})
frame.loc[5, "value"] = "n/a"  # something is always wrong somewhere: it is said, and stops no other

shares = fc.Catalogue({"safe_water": fc.Indicator("safe_water", unit="%", bounds=(0, 100))})
targets = [fc.Target.at_least("rural_income", 24, year=2028), fc.Target.at_least("safe_water", 99, year=2026)]
table = fc.assess_frame(frame, targets, catalogue=shares)

print(table.rating.value_counts().to_string())
print(*table.problem.dropna(), sep="\n")
for row in fc.overview(table).itertuples():
    print(f"{row.indicator}: {row.share_on_track:.0%} on track or met")
    print(f"  {row.expected:.0f} areas expected to meet it, {row.low:.0f} to {row.high:.0f} with 80 %")

table.to_csv("counties.csv", index=False)
axes = fc.plot_heat(table.assign(target=table["indicator"]))
fc.save_plot(axes, "counties.svg")
