# Two commands do everything on a fresh machine with Python 3.11 or later: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint docs sktime bench speed clean

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
	$(BIN)/codespell

docs: $(BIN)/.installed  ## Build the documentation site into site/, warnings as errors
	$(BIN)/python -m pip install --quiet --editable '.[docs]' --constraint constraints/docs.txt
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	$(BIN)/python docs/make/check.py site

# sktime asks for pandas below 3, so it has an environment of its own.
.venv-sktime/.installed: pyproject.toml
	$(PYTHON) -m venv .venv-sktime
	.venv-sktime/bin/python -m pip install --quiet --editable '.[sktime]' pytest hypothesis polars pyarrow
	@touch $@

sktime: .venv-sktime/.installed  ## The sktime forecaster passes sktime's own checks; polars frames are read
	.venv-sktime/bin/python -m pytest -q tests/interop tests/test_sktime.py tests/history/test_other_frames.py

# The peers live apart: statsforecast needs pandas below 3.
.venv-peers/.installed:
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet statsforecast 'pandas<3'
	@touch $@

bench: $(BIN)/.installed .venv-peers/.installed  ## Compare all models with their peers, on public series
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	$(BIN)/python benchmarks/accuracy.py --peers .venv-peers/bin/python

speed: $(BIN)/.installed .venv-peers/.installed  ## Time panels beside their peers, and inflict faults on them
	$(BIN)/python benchmarks/speed.py --peers .venv-peers/bin/python
	$(BIN)/python benchmarks/faults.py --series 10000

clean:
	rm -rf $(VENV) .venv-peers .venv-sktime reports build dist site
