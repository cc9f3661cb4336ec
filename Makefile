# Everything runs from one virtual environment, .venv, which `make setup` makes and keeps up to date.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUNS := $(VENV)/.runs
RUNNABLE := $(if $(wildcard $(READY)),$(READY),$(RUNS))
CHECK_PYTHON := $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Homeward needs Python 3.11 or newer")'

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help setup demo serve test check bench train-reader verify docs clean

help:  ## lists the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(READY)  ## makes the virtual environment from the pinned, hashed requirements

$(READY): requirements/dev.txt pyproject.toml
	@$(CHECK_PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

# What the demo and the site need, without the tools of a developer (Ray, Playwright, mypy, ...).
$(RUNS): requirements/app.txt pyproject.toml
	@$(CHECK_PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/app.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(RUNS)

demo: $(RUNNABLE)  ## loads the public record, reads an article, prints the brief
	$(BIN)/homeward demo $(DEMO)

serve: $(RUNNABLE)  ## opens the site on this machine; `make serve SERVE=--demo` opens that of the demo
	$(BIN)/homeward serve $(SERVE)

# Tests never look at the data of whoever runs them.
test check docs: export HOMEWARD_DATA_DIR ?= $(CURDIR)/var

test: setup  ## passes the tests; what needs Chromium or PostgreSQL is skipped, with the reason, where those are absent
	$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST)

check: setup  ## style, types, import rules, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/django-admin makemigrations --check --dry-run --settings homeward.web.settings

bench: setup  ## measures, as ratios within one run
	$(BIN)/python -m benchmarks $(BENCH)

train-reader: setup  ## the reader's weights from the labelled texts, and the chart of their calibration
	$(BIN)/python -m tests.reader.training

docs: setup  ## checks that every link and every command in the documentation holds
	$(BIN)/python -m pytest -q tests/documentation

clean:  ## removes the environment and what tests left
	rm -rf $(VENV) var
