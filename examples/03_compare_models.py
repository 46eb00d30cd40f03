"""Several models asked the same question: does the answer depend on the model?"""

import forecast as fc

histories = fc.read_histories(fc.data_path("historical"))
history = histories["Jilin", "urbanization_rate"]
target = fc.Target.at_least("urbanization_rate", 68, year=2026, unit="%")

models = [fc.StructuralMixture(), fc.Drift(), fc.LocalTrend(), fc.ARIMA(), fc.Trend(), fc.ETS(), fc.Theta()]
print(f"{history}\nAt least {target.value:g} % in {target.year}:")
for model in models:
    name = type(model).__name__
    try:
        fitted = model.fit(history)
    except fc.ModelError as reason:  # ETS and Theta need every year, and say what to use instead
        print(f"{name:>18}  -     {reason}")
        continue
    low, high = fitted.predict(target.year).interval(0.8)
    print(f"{name:>18}  {fc.probability(fitted, target):4.0%}  80 % interval {low:.1f} to {high:.1f}")
