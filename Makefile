PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
GROUPS :=

.PHONY: help demo serve test test-models check docs bench wheel clean

help: ## Show these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Filmgate needs $(PYTHON): install it, or say make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[postgres]' --group test --group check
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run ## Start a server, make the film of the source document, fetch it, show what it is
	$(BIN)/python -m filmgate demo

serve: $(VENV)/.run ## Serve on 127.0.0.1:8000
	$(BIN)/filmgate serve

test: $(VENV)/.dev ## Run every test
	$(BIN)/python -m pytest

$(VENV)/.models: tests/models/requirements.txt $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --requirement tests/models/requirements.txt
	$(BIN)/python -m pip install --quiet --editable '.[diffusers]'
	$(BIN)/python -m pip check
	@touch $@

test-models: $(VENV)/.models ## Install torch and the like, and run the tests of real models
	FILMGATE_TEST_MODELS=1 $(BIN)/python -m pytest tests/models

check: $(VENV)/.dev ## Lint, types, floors, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

docs: $(VENV)/.dev ## Write the pages that come from the code
	$(BIN)/python docs/generate.py

bench: $(VENV)/.dev ## Measure serving and drawing, each beside its own yardstick
	$(BIN)/python bench/serving.py
	$(BIN)/python bench/animatic.py

wheel: $(BIN)/python ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## Remove what these targets made
	rm -rf $(VENV) dist build
