# The first Python of 3.11 or later that is found; or say which: make PYTHON=…
PYTHON ?= $(shell for one in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; \
	done)
VENV := .venv
BIN := $(VENV)/bin

comma := ,

# constraints.txt is resolved for Python 3.11. Where another Python cannot have one of its versions,
# the newest of everything is taken.
install = $(BIN)/python -m pip install --quiet --constraint constraints.txt $(1) || { \
	$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] == (3, 11))' && \
	echo "constraints.txt does not fit this Python; taking the newest of everything" && \
	$(BIN)/python -m pip install --quiet $(1); }

.PHONY: help demo serve test test-models test-hosted test-litellm test-image test-ray check docs bench chaos constraints wheel release clean

help: ## Show these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Filmgate needs Python 3.11 or later: install it, or say make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.run: pyproject.toml constraints.txt | $(BIN)/python
	$(call install,--editable .)
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(call install,--editable '.[postgres$(comma)otel]' --group test --group check)
	@touch $@ $(VENV)/.run

demo: $(VENV)/.run ## Start a server, make the film of the source document, fetch it, show what it is
	$(BIN)/python -m filmgate demo

serve: $(VENV)/.run ## Serve on 127.0.0.1:8000
	$(BIN)/filmgate serve

test: $(VENV)/.dev ## Run every test, on all processors
	$(BIN)/python -m pytest --numprocesses logical --dist loadgroup

$(VENV)/.models: tests/models/requirements.txt $(VENV)/.dev
	$(call install,--requirement tests/models/requirements.txt --editable '.[diffusers]')
	$(BIN)/python -m pip check
	@touch $@

test-models: $(VENV)/.models ## Install torch and the like, and run the tests of real models
	FILMGATE_TEST_MODELS=1 $(BIN)/python -m pytest tests/models

$(VENV)/.hosted: $(VENV)/.dev
	$(call install,--editable '.[hosted$(comma)ark]' fal-client)
	$(BIN)/python -m pip check
	@touch $@

test-litellm: $(VENV)/.dev ## Install LiteLLM's proxy beside the house, and run Filmgate through it
	FILMGATE_TEST_LITELLM=$$($(BIN)/python -c \
	  "from pathlib import Path; from filmgate.testing.litellm import install; print(install(Path('$(VENV)-litellm').absolute()))") \
	  $(BIN)/python -m pytest tests/process/test_litellm.py

test-hosted: $(VENV)/.hosted ## Install the hosted providers' SDKs, and run their tests on the loopback
	FILMGATE_TEST_HOSTED=1 $(BIN)/python -m pytest tests/hosted

test-image: $(VENV)/.dev ## Run the steps of deploy/Dockerfile in a bare folder, and a server of what they make
	FILMGATE_TEST_IMAGE=1 $(BIN)/python -m pytest tests/deploy/test_image.py

$(VENV)-ray/.done: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m venv $(VENV)-ray
	$(VENV)-ray/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[postgres$(comma)ray]'
	@touch $@

test-ray: $(VENV)/.dev $(VENV)-ray/.done ## Install Ray beside the house, and let it place, kill and drain workers here
	FILMGATE_TEST_RAY=$(abspath $(VENV)-ray/bin/python) $(BIN)/python -m pytest tests/ray

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
	$(BIN)/python bench/drawing.py

chaos: $(VENV)/.dev ## Kill processes a thousand times under load: a night, then every video is accounted for
	$(BIN)/python bench/chaos.py --videos 10000 --poison 10 --kills 1000 --pause 30 --patience 7200

constraints: $(VENV)/.dev ## Resolve constraints.txt anew, to the newest versions
	$(BIN)/python tools/constraints.py

wheel: $(BIN)/python ## Build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

release: $(VENV)/.dev ## Build what the changelog's newest entry names into dist/, and try it
	$(BIN)/python tools/release.py

clean: ## Remove what these targets made
	rm -rf $(VENV) $(VENV)-ray dist build
