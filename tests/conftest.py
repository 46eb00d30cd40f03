"""What holds for every test."""

# Doctests are looked for in every file, but two files named conftest.py cannot be imported side by side.
collect_ignore_glob = ["*/conftest.py"]
