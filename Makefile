# Every command of the project. `make` alone explains them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
export HOST ?= 127.0.0.1
export PORT ?= 8000
export DATA_DIR ?= $(CURDIR)/var
export PATH := $(CURDIR)/.venv/bin:$(PATH)

RUNTIME := .venv/.runtime
DEVELOPMENT := .venv/.development
NODE_MODULES := pwa/node_modules/.package-lock.json
MODEL := pwa/src/model/generated.json
MESSAGES := pwa/src/paraglide/runtime.js
FONTS := backend/reports/fonts/NotoSansSC_400Regular.ttf
APP := backend/static/index.html

PYTHON_SOURCES := $(shell find sync backend -name '*.py' -o -path 'backend/catalogue/*' -type f)
PWA_CONFIGURATION := pwa/index.html $(wildcard pwa/*.json pwa/*.ts pwa/*.js pwa/project.inlang/settings.json)
PWA_SOURCES := $(shell find pwa/src pwa/public -type f -not -path 'pwa/src/paraglide/*' -not -name '*.test.ts')

.PHONY: help env build run test lint format simulate restores bench requirements years horizon journeys slow-photo screenshots lock clean

help: ## Explain every command
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(DEVELOPMENT) $(NODE_MODULES) ## Make the environment for development: Python, Node and every tool, from the lock files

build: $(APP) $(FONTS) ## Build the app that phones install, and the fonts of printed reports

run: build ## Start Huizhi with a demo company on HOST:PORT (127.0.0.1:8000), data in DATA_DIR (./var)
	@exec huizhi serve --demo --scheduler

test: env build ## Check everything: lint, layers, types, tests, journeys in a real browser; ends with the counts
	@python -m tests.support.chromium
	@python -m tests

lint: env $(MODEL) $(MESSAGES) ## Check style, layers and types only
	@python -m tests lint

format: env ## Rewrite Python, TypeScript and Svelte in the one style
	@ruff check --fix-only --quiet
	@ruff format --quiet
	@npm --prefix pwa run --silent format

simulate: $(DEVELOPMENT) $(if $(filter client,$(TIER)),$(NODE_MODULES) $(MODEL)) ## Simulate phones on bad networks: SCHEDULES, STEPS, SEED, TIER, DATABASE, REPORT, RESUME
	@python -m tests.simulation

bench: $(DEVELOPMENT) ## Measure the server beside two plain baselines; BENCH=quick for development
	@python -m tests.bench

restores: $(DEVELOPMENT) ## Restore a working company from its backup, RESTORES times from SEED on, on DATABASE; what is missing
	@python -m tests.restores

requirements: $(DEVELOPMENT) ## Count which promises are proved, breaking what carries each; writes docs/requirements.md
	@python -m tests.requirements

years: $(DEVELOPMENT) ## Three years of patrols for 500 machines on both databases, judged by another library
	@python -m tests.clock

horizon: $(DEVELOPMENT) ## Thirty days for 10,000 plans on SQLite beside a running sync load: seconds, longest write
	@python -m tests.clock.horizon

journeys: env build ## Only the journeys: a real browser against the real server
	@python -m tests.support.chromium
	@python -m tests journeys

slow-photo: env build ## Carry a photo of 5 MB over a real 2G line that is cut ten times: a quarter of an hour
	@python -m tests.support.chromium
	@PHOTO=2g python -m pytest -q -rP -k five_megabytes tests/journeys/test_poor_network.py

screenshots: env build ## Photograph every screen in two languages and three widths into docs/screenshots
	@python -m tests.journeys.screenshots

lock: ## Pin the newest allowed Python packages again; needs uv
	@uv pip compile $(LOCKING) -o requirements.lock
	@uv pip compile $(LOCKING) --extra dev -o requirements-dev.lock

LOCKING := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	--no-annotate --extra build pyproject.toml

clean: ## Remove everything that was built; data in DATA_DIR stays
	@rm -rf .venv pwa/node_modules pwa/src/paraglide $(MODEL) backend/static backend/reports/fonts

$(RUNTIME): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Huizhi needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	@echo "Making the environment in .venv ..."
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	@pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(NODE_MODULES): pwa/package-lock.json | $(RUNTIME)
	@echo "Fetching the packages of the app ..."
	@npm --prefix pwa ci --loglevel=error
	@touch $@

$(MODEL): $(PYTHON_SOURCES) | $(RUNTIME)
	@huizhi export-model $@
	@touch $@

$(MESSAGES): $(wildcard pwa/messages/*.json) pwa/project.inlang/settings.json $(NODE_MODULES)
	@npm --prefix pwa run --silent messages
	@touch $@

$(FONTS): $(NODE_MODULES)
	@python -m backend.reports.fonts pwa/node_modules/@expo-google-fonts/noto-sans-sc
	@touch $@

$(APP): $(PWA_SOURCES) $(PWA_CONFIGURATION) $(MODEL) $(MESSAGES) $(NODE_MODULES)
	@echo "Building the app ..."
	@npm --prefix pwa run --silent build -- --logLevel warn
	@touch $@
