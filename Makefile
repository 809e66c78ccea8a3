# `make demo` and `make test` need Python 3.11, make and git, nothing else.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/.ready
LOCALE := desktop_app/lovhe/locale
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(LOCALE)/*/LC_MESSAGES/lovhe.po))

.PHONY: demo test check lint bench setup lock catalogues clean

demo: setup  ## the main job, end to end, on three virtual boards
	$(BIN)/lovhe demo

# Tests mostly wait for serial lines, so three workers suit two cores.
test: setup  ## the tests
	$(BIN)/python -m pytest -n 3

check: lint test  ## everything a change must pass

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/catalogues.py

bench: setup  ## side by side with what a user would pick instead
	$(BIN)/python -m tests.bench

setup: $(READY) catalogues

catalogues: $(CATALOGUES)  ## the .mo files that gettext reads, made from the .po files

$(LOCALE)/%.mo: $(LOCALE)/%.po | $(READY)
	$(BIN)/python desktop_app/hatch_build.py

# A stamp younger than the lock file and pyproject.toml means: nothing to install.
$(READY): .requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r .requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

lock:  ## resolve the dependencies anew, for all systems (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o .requirements.lock

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
