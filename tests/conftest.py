"""What holds for every test."""

from hypothesis import HealthCheck, settings

# Tests never assert a time, so a slow machine fails none, and the same code draws the same examples
# each time. To look further: pytest --hypothesis-profile=search
SLOW_IS_FINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("gate", SLOW_IS_FINE, derandomize=True)
settings.register_profile("search", SLOW_IS_FINE, max_examples=2000)
settings.load_profile("gate")

# Doctests are looked for in every file, but two files named conftest.py cannot be imported side by side.
collect_ignore_glob = ["*/conftest.py"]
