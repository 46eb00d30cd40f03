"""Was it right? The same questions asked in the past, beside what came.

First the Jiangyuan plan as of 2016 ... 2021, then one answer in detail, then the plan's four main
indicators for Jilin and the country, forecast from every year since 2005.
"""

import forecast as fc

histories = fc.read_histories(fc.data_path("historical"))
plan = fc.read_plan(fc.data_path("plans/jiangyuan-2026.toml"))
words = fc.Language("en")

# 1. A target without figures by then has no answer. Chinese places compare with Chinese places.
asked = range(2016, 2022)
answers = [fc.assess_plan(plan, histories, as_of=year).assessments for year in asked]
print("Probability of each target for 2026, by the year of asking")
print("".join(f"{year:>8}" for year in asked))
for item, seen in zip(plan, zip(*answers, strict=True), strict=True):
    chances = [a.probability for a in seen]
    if any(p is not None for p in chances):
        cells = ["-" if p is None else words.probability(p) for p in chances]
        print("".join(f"{cell:>8}" for cell in cells), "", item.label("en"))

# 2. How one answer grew, and what it hangs on.
jilin = histories["Jilin", "urbanization_rate"]
target = fc.Target.at_least("urbanization_rate", 65, year=2025, unit="%")
print("\nUrbanization of Jilin, at least 65 % in 2025, as seen from")
for year, a in ((year, fc.assess(jilin, target, as_of=year)) for year in range(2016, 2025)):
    print(f"  {year}: {a.history.last_value:5.2f} % then, {words.probability(a.probability):>5}  {a.rating}")
later = fc.Target.at_least("urbanization_rate", 68, year=2030, unit="%")
hangs = fc.stability(jilin, later)
least, most = (pick(hangs.drops, key=lambda drop: drop.probability) for pick in (min, max))
print(
    f"68 % in 2030: {words.probability(hangs.probability)}; with one figure left out from "
    f"{words.probability(least.probability)} (without {least.year}) to "
    f"{words.probability(most.probability)} (without {most.year})"
)

# 3. Every forecast up to five years ahead, beside what came. Losses are in usual yearly changes.
print("\nForecasts since 2005, up to five years ahead")
print(f"{'forecasts':>9} {'held by 80 %':>12} {'loss':>6} {'naive':>6} {'drift':>6}")
for area, indicator in (
    ("Jilin", "primary_industry_value_added"),
    ("China", "primary_share_of_gdp_world_bank"),
    ("Jilin", "urbanization_rate"),
    ("China", "urbanization_rate"),
    ("Jilin", "forest_cover"),
    ("China", "forest_cover_fao"),
    ("Jilin", "energy_per_gdp_index"),
    ("China", "energy_per_gdp_index"),
):
    past = fc.backtest(fc.StructuralMixture(), histories[area, indicator], horizon=5, since=2005)
    scores = past.scores()
    ours, loss = scores.loc["model"], scores["scaled_crps"]
    if not ours["n"]:
        print(f"{'-':>9} {'too few figures by then':<34}  {indicator} ({area})")
        continue
    print(
        f"{ours['n']:9.0f} {ours['coverage']:12.0%} {loss['model']:6.2f} {loss['naive']:6.2f} "
        f"{loss['drift']:6.2f}  {indicator} ({area})"
    )
