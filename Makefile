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

.PHONY: app demo test check lint snapshots pictures bench setup lock catalogues clean

app: setup  ## the app for pupils, as `lovhe` alone opens it
	$(BIN)/lovhe

demo: setup  ## the main job, end to end, on three virtual boards
	$(BIN)/lovhe demo

# Tests mostly wait for serial lines, so three workers suit two cores; slow ones stand side by side, so who is idle takes from others.
test: setup  ## the tests
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: lint test  ## everything a change must pass

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/catalogues.py

snapshots: setup  ## keep how every screen of the app looks now, after a change that was meant
	$(BIN)/python -m tests.screens snapshots

pictures: setup  ## draw the screens that the READMEs show
	$(BIN)/python -m tests.screens pictures

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
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group dev --extra postgres pyproject.toml -o .requirements.lock

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
