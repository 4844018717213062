# Type `make` for the list. Everything is made inside this folder: .venv, node_modules, build, var.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHON := $(VENV)/bin/python
PYTEST := $(PYTHON) -m pytest
RUN := $(PYTHON) -m portal

.PHONY: help run test check lint words fast lock messages build clean \
        test-full faults attack audit bench venv runtime testing node system

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: runtime node ## set up what is missing, then run portal, exchange and worker (HTTPS=1: for a phone on this network)
	@$(RUN) build
	@exec $(RUN) run $(if $(HTTPS),--https)

test: system testing node ## what continuous integration runs: lint, every test, PostgreSQL and a browser (20 minutes)
	@$(MAKE) lint words
	@.ci/with-postgres $(PYTEST) -n 2 --dist worksteal -m "not long"

check: testing node ## format, lint, types, contracts, translations, fast tests (under 3 minutes)
	@$(MAKE) lint words fast

lint: testing
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint portal/templates --lint --quiet

words: testing
	$(RUN) build --strict-words

fast: testing
	$(PYTEST) -q -n 2 --dist worksteal -m "not browser and not slow and not postgres and not faults and not long"

test-full: system testing node ## every test, the long ones too, on both databases
	@$(RUN) build
	@.ci/with-postgres $(PYTEST) -n 2 --dist worksteal

faults: testing node ## kill, cut and break things on purpose
	@$(RUN) build
	@$(PYTEST) -m faults

attack: testing node ## hostile requests against a running portal on loopback
	@$(RUN) build
	@$(PYTEST) tests/attack

audit: system testing node ## the accessibility run, evidence in build/evidence/
	@$(RUN) build
	@PORTAL_EVIDENCE=build/evidence $(PYTEST) tests/accessibility

bench: testing node ## measure bytes, CPU and start-up; table here, figures in build/bench.json
	@$(RUN) build
	@$(PYTHON) -m tests.bench

lock: testing ## make the lock files again from requirements*.in and package.json
	@$(PYTHON) -m pip install -q uv
	@for name in requirements requirements-test; do \
		$(VENV)/bin/uv pip compile -q --upgrade --universal --python-version 3.12 --generate-hashes \
			--no-header --no-annotate --no-emit-index-url -o $$name.txt $$name.in; \
	done
	@npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

messages: testing ## bring locales/ up to date with the words in code and templates
	@$(RUN) messages

build: runtime node ## make build/: fonts, assets, catalogues, places
	@$(RUN) build

clean: ## take away what was built (not var/, which holds data)
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

venv:
	@test -x $(PYTHON) || { python=$$(.ci/find-python) && echo "making .venv with $$python" && "$$python" -m venv $(VENV); }

# Installed again only when the words of the lock changed, whatever its date says.
install = want=$$(sha256sum <$(1)); \
	if [ "$$(cat $(VENV)/$(1).installed 2>/dev/null)" != "$$want" ]; then \
		echo "installing $(1)"; \
		$(PYTHON) -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r $(1); \
		echo "$$want" >$(VENV)/$(1).installed; \
	fi

runtime: venv
	@$(call install,requirements.txt)

testing: venv
	@$(call install,requirements-test.txt)

node:
	@if ! node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null || ! command -v npm >/dev/null; then \
		echo "Node.js 20 or newer is not here: pages go without enhancement, PDF fonts come from Debian."; \
	else \
		want=$$(sha256sum <package-lock.json); \
		if [ "$$(cat node_modules/.installed 2>/dev/null)" != "$$want" ]; then \
			echo "installing package-lock.json"; \
			npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; \
			echo "$$want" >node_modules/.installed; \
		fi; \
	fi

system:
	@.ci/system-packages
