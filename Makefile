# Two commands do everything on a fresh machine with Python 3.11 or later: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint clean

$(BIN)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[test,parquet]'
	@touch $@

demo: $(BIN)/.installed  ## Write the Jiangyuan report, in both languages
	@mkdir -p reports
	$(BIN)/forecast demo --report reports/jiangyuan-2026-zh.html --lang zh
	$(BIN)/forecast demo --report reports/jiangyuan-2026-en.html --lang en

test: $(BIN)/.installed  ## Run every test
	$(BIN)/python -m pytest -q

lint: $(BIN)/.installed  ## Check style and types
	$(BIN)/python -m pip install --quiet --editable '.[lint]'
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) reports build dist
