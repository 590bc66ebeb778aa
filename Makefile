# Two commands on a fresh machine: `make demo` and `make test`. Both make their own .venv first; a second run is instant.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := $(VENV)/.demo
FULL := $(VENV)/.full
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo desk test lint bench clean

demo: $(DEMO)
	$(BIN)/legation code examples/moscow-press-conference.txt --published 2021-07-09

desk: $(DEMO)
	$(BIN)/legation serve --demo --open

test: $(FULL) lint
	$(BIN)/python -m pytest -n 2

lint: $(FULL)
	$(BIN)/ruff check src tests scripts benchmarks
	$(BIN)/mypy

bench: $(FULL)
	$(BIN)/python benchmarks/bench.py --write

# What a user installs: the coder and the web desk.
$(DEMO): pyproject.toml requirements/lock.txt
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements/lock.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $(DEMO)

# And what the tests need besides: every extra, the browser's driver, the independent readers.
$(FULL): $(DEMO) requirements/dev.txt
	$(INSTALL) --require-hashes -r requirements/dev.txt
	touch $(FULL)

clean:
	rm -rf $(VENV)
