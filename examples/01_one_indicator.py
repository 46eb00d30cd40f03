"""One indicator from a list of numbers: how likely is the target, and what would it take?"""

import forecast as fc

# Share of residents living in urban areas; a year without a figure is simply left out.
years = [2010, 2011, 2012, 2013, 2015, 2016, 2017, 2018, 2019]
values = [49.9, 51.8, 53.1, 54.5, 57.3, 58.8, 60.2, 61.5, 62.7]
history = fc.History.of("urbanization_rate", years, values, unit="%", bounds=(0, 100))
target = fc.Target.at_least("urbanization_rate", 68, year=2025, unit="%")

answer = fc.assess(history, target)
low, high = answer.outlook.interval(0.8)

chance = fc.Language("en").probability(answer.probability)  # never "0 %" or "100 %"
print(f"Probability of {target.value:g} % by {target.year}: {chance} ({answer.likelihood.en})")
print(f"Outlook for {target.year}: {answer.outlook.median():.1f} %, 80 % interval {low:.1f} to {high:.1f} %")
print(f"Required: {answer.required.per_year:+.2f} points a year; observed: {answer.observed.per_year:+.2f}")
print(f"What could be promised with 80 %: {answer.reachable:.1f} %")
print(f"Year by which it is met as likely as not: {answer.year_reached}")
print(f"Evidence: {answer.evidence.grade}")
