# One verb a line; `make help` lists them. Needs Python 3.11 or later, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
READY := $(VENV)/ready
TESTS_READY := $(VENV)/tests-ready

.PHONY: help run test check bench bench-full faults fix audit docs screens words fonts models large clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Voice needs Python 3.11 or later.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

# What runs Voice, and on top of it what tests it.
$(READY): $(UV) pyproject.toml uv.lock
	$(UV) sync --quiet --frozen --no-dev --inexact --python $(BIN)/python
	@touch $(READY)

$(TESTS_READY): $(UV) pyproject.toml uv.lock
	$(UV) sync --quiet --frozen --python $(BIN)/python
	@touch $(READY) $(TESTS_READY)

run: $(READY) ## Start Voice with made-up answers; prints the addresses to open
	@$(BIN)/voice demo

test: $(TESTS_READY) ## Run everything: lint, types, the order of the house, all tests
	$(BIN)/python -m tests.browser.install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(TESTS_READY) ## The quick part, a minute or so: lint, types, quick tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m 'not slow' -q -n auto --maxprocesses 4 --dist loadfile

faults: $(TESTS_READY) ## Kill, cut, fill and hang things while people answer, each twenty times; a quarter of an hour
	VOICE_FAULT_ROUNDS=20 $(BIN)/python -m pytest tests/faults -n 2 --dist loadfile

fix: $(TESTS_READY) ## Format, and mend what can be mended by machine
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(TESTS_READY) ## Print the table of speed in its short form, in under five minutes
	$(BIN)/python -m benchmarks --short

bench-full: $(TESTS_READY) ## Print the table in its full form, then all figures of benchmarks/; hours
	$(BIN)/python -m benchmarks

AUDIT_OPTIONS ?=
audit: $(TESTS_READY) ## Look for known faults in what Voice depends on; asks pypi.org, and fails where it cannot
	@$(UV) export --quiet --frozen --no-dev --no-emit-project --no-hashes -o $(VENV)/audited.txt
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r $(VENV)/audited.txt $(AUDIT_OPTIONS)

docs: $(TESTS_READY) ## Make the site of the documents in dist/docs, to open without a server
	$(BIN)/python -m docs.site.build

screens: $(TESTS_READY) ## Take the pictures of the main screens anew, from the demo; two minutes
	$(BIN)/python -m tests.browser.screens

words: $(TESTS_READY) ## Collect our own words for translators, after a change to any of them
	$(BIN)/python -m voice.languages.gather

fonts: $(TESTS_READY) ## Make the fonts from their packages, after a change to a fonts.toml; needs npm
	$(BIN)/python -m voice.web.subset_fonts

models: $(TESTS_READY) ## Make the language models again from what they are made of; minutes
	$(UV) run --quiet --no-project nlp_models/embedding/make.py
	$(BIN)/python nlp_models/codebook/make.py
	$(UV) run --quiet --no-project nlp_models/redaction/make.py
	$(BIN)/python nlp_models/safeguarding/make.py
	$(UV) run --quiet --no-project nlp_models/words/make.py

large: $(UV) ## Make the large model, which small surveys then use: fetches 404 MB, keeps 110
	$(UV) run --quiet --no-project nlp_models/large/make.py

clean: ## Remove what make and Voice made here; the demo's data too
	rm -rf $(VENV) tests/browser/node_modules .voice dist/docs .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
