# Everything a newcomer needs: `make demo`, `make test`, `make check`, `make serve`.
# Wanted on the machine: make, git and a Python from 3.11 to 3.13.

SHELL := /bin/sh
BIN := .venv/bin
INSTALLED := .venv/installed

# The first Python of a version we support that can make virtual environments.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && echo $$name && break; done)

# Names of package indexes, download hosts and paths of one machine, written so as not to match
# themselves: a checkout must work wherever it is and wherever its packages come from.
ADDRESSES := py[p]i\.org|python[h]osted|pip[.]pypa|deb\.[d]ebian|registry\.[n]pmjs|[c]onda\.io
ADDRESSES := $(ADDRESSES)|githubuser[c]ontent|/releases/[d]ownload/|/[w]ork/(main|shared)
ADDRESSES := $(ADDRESSES)|/[h]ome/[a-z]+/|/[r]oot/\.|/[U]sers/[a-z]+/

# Tests start hundreds of processes; told to keep nothing compiled, each would compile the same anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check serve soak clean

help:
	@echo "make demo    the whole line, from application to filed return, into the folder demo"
	@echo "make test    every test but the long ones"
	@echo "make check   formatting, lint, types, architecture"
	@echo "make serve   Prefect's server and every schedule on this machine"
	@echo "make soak    the long tests (hours, one after another; docs/platform_months.md runs parts)"
	@echo "make clean   everything these commands made, away"

demo: $(INSTALLED)
	$(BIN)/vendorops demo --dir demo

test: $(INSTALLED)
	$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not soak"

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if git grep -nIE '$(ADDRESSES)'; then \
		echo "The lines above name a package index, a download host or a path of one machine."; \
		exit 1; fi

serve: $(INSTALLED)
	$(BIN)/vendorops serve

soak: $(INSTALLED)
	$(BIN)/pytest -q -m soak

clean:
	rm -rf .venv demo build dist .hypothesis
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .grimp_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "vendorops needs Python 3.11, 3.12 or 3.13 with its venv module;" \
		"install one, or name it: make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv .venv

# Exact versions with their hashes first, then this folder without asking anybody for anything.
$(INSTALLED): $(BIN)/python constraints.txt pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
