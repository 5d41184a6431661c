# One verb a line; `make help` lists them. Needs Python 3.11 or later, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: help run test check bench fix clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(READY): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Voice needs Python 3.11 or later.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
	$(BIN)/uv sync --quiet --frozen --python $(BIN)/python
	@touch $(READY)

run: $(READY) ## Start Voice with made-up answers; prints the addresses to open
	@$(BIN)/voice demo

test: $(READY) ## Run everything: lint, types, the order of the house, all tests
	$(BIN)/python tests/browser/install.py
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

check: $(READY) ## The quick part, under a minute: lint, types, quick tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m 'not slow' -q

fix: $(READY) ## Format, and mend what can be mended by machine
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY) ## Print the figures of benchmarks/
	$(BIN)/python -m benchmarks

clean: ## Remove what make and Voice made here; the demo's data too
	rm -rf $(VENV) .voice .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
