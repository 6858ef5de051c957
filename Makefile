# What a newcomer needs is make and python3 with venv; everything else is fetched into this folder.
#   make run      start the demo at http://127.0.0.1:8000 (PORT=8123, TREFFPUNKT_HOME=folder)
#   make test     run the tests (ONLY=folder below tests/, WORKERS=processes)
#   make check    everything CI runs: format, lint, types, imports, templates, translations, migrations, tests
#   make shots    a picture of every page into shots/ (ONLY=word)
#   make bench    measure on real data (ONLY=prefix, DATA=folder)
#   make wheel    the package for a server, into dist/ (docs/operate.md)
#   make fmt      put the code into its usual form
#   make schema   write down what the migrations make, after a new one
#   make lock     renew the locks after a change of the dependencies (UPGRADE=1 for newer versions)
#   make clean    forget what was built; the data stay

PORT ?= 8000
ONLY ?=
DATA ?=
WORKERS ?= auto
UPGRADE ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

BIN := .venv/bin
PY := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
OWN_UV := $(filter .uv/bin/uv,$(UV))
UVPIP := $(UV) pip install --quiet --python $(PY) --require-hashes
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# An account of the system may have no home; what was fetched then stays in this folder.
ifneq ($(shell test -d "$$HOME" && test -w "$$HOME" && echo home),home)
export UV_CACHE_DIR := $(CURDIR)/.uv/cache
export PIP_CACHE_DIR := $(CURDIR)/.uv/cache-pip
export npm_config_cache := $(CURDIR)/.uv/cache-npm
endif
# Settings of an installation on this machine have no say in tests and checks.
PLAIN := env $(foreach name,$(filter TREFFPUNKT_%,$(if $(filter given,$(DATABASE)),,$(shell env | sed -n 's/^\(TREFFPUNKT_[A-Z_]*\)=.*/\1/p'))),-u $(name))

NODE = $(shell node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null && npm --version >/dev/null 2>&1 && echo system)
ASSETS := src/treffpunkt/ui/static/ui/built
# Templates and Python name the classes and icons that the style sheet and the sprite hold.
SOURCES := $(shell find src/treffpunkt -name built -prune -o -name migrations -prune -o \( -name '*.html' -o -name '*.css' -o -name '*.js' -o -name '*.ts' -o -name '*.py' \) -print 2>/dev/null)
TEXTS := $(wildcard src/treffpunkt/locale/*/LC_MESSAGES/django.po)

.PHONY: help run install dev build test check format lint types imports templates translations migrations shots bench wheel schema lock fmt clean

help:
	@sed -n '2,/^$$/s/^#   //p' Makefile

run:
	@$(MAKE) -j3 build
	@exec $(BIN)/treffpunkt up --demo --port $(PORT)

install: .venv/.runtime
dev: .venv/.runtime .venv/.dev
build: .venv/.runtime $(ASSETS)/.built .venv/.texts

# --- what is fetched ------------------------------------------------------------------------------------------

.uv/bin/uv:
	@python3 -m venv .uv || { echo "Python needs its venv module: apt install python3-venv" >&2; exit 1; }
	@.uv/bin/python -m pip install --quiet "uv>=0.9"

.venv/.made: | $(OWN_UV)
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Treffpunkt needs Python 3.11 or newer" >&2; exit 1; }
	@test -x $(PY) || $(UV) venv --quiet --python "$$(command -v python3)" .venv
	@touch $@

.venv/.runtime: requirements.lock requirements-build.lock pyproject.toml | .venv/.made $(OWN_UV)
	@echo "Fetching what Treffpunkt is built on ..."
	@$(UVPIP) -r requirements.lock -r requirements-build.lock
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/.runtime $(OWN_UV)
	@$(UVPIP) -r requirements-dev.lock
	@$(PY) -m compileall -qq -j 0 .venv/lib || true # tests start many processes, some where Python keeps nothing
	@touch $@

.venv/.node: requirements-node.lock | .venv/.made $(OWN_UV)
	@$(if $(NODE),true,$(UVPIP) -r requirements-node.lock)
	@touch $@

node_modules/.installed: package-lock.json | .venv/.node
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error --update-notifier=false >/dev/null
	@touch $@

# --- what is built --------------------------------------------------------------------------------------------

NPM = PATH="$$(pwd)/$(BIN):$$PATH" PYTHON="$$(pwd)/$(PY)" npm

$(ASSETS)/.built: node_modules/.installed package.json $(wildcard scripts/*.mjs) scripts/fonts.py $(SOURCES) | .venv/.runtime
	@mkdir -p $(ASSETS)
	@$(NPM) run --silent build
	@touch $@

.venv/.texts: $(TEXTS) scripts/messages.py | .venv/.runtime
	@$(PLAIN) $(PY) scripts/messages.py compile
	@touch $@

# --- what is checked ------------------------------------------------------------------------------------------

test: dev build
	@$(PLAIN) $(if $(DATA),DATA="$(DATA)") $(PY) -m pytest -q -n $(WORKERS) --dist loadfile $(addprefix tests/,$(ONLY))

check: format lint types imports templates translations migrations test

format: dev
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not in their usual form: make fmt" >&2; exit 1; }

lint: dev
	@$(BIN)/ruff check --quiet .

types: dev
	@$(PLAIN) $(BIN)/mypy

imports: dev
	@$(BIN)/lint-imports

templates: dev
	@find src -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} + >/dev/null || \
		{ echo "Some templates are not in their usual form: make fmt" >&2; exit 1; }
	@$(BIN)/djlint --lint --quiet src

translations: dev
	@$(PLAIN) $(PY) scripts/messages.py check

migrations: dev
	@$(PLAIN) DJANGO_SETTINGS_MODULE=treffpunkt.site.settings $(PY) -W ignore -m django makemigrations --check --dry-run
	@$(PLAIN) $(PY) scripts/schema.py check

# --- what is looked at ----------------------------------------------------------------------------------------

shots: dev build
	@$(PLAIN) $(PY) scripts/shots.py $(if $(ONLY),--only "$(ONLY)")

bench: dev build
	@$(PLAIN) $(PY) -m bench $(if $(ONLY),--only "$(ONLY)") $(if $(DATA),--data "$(DATA)")

# --- what is handed on ----------------------------------------------------------------------------------------

# The locked versions lie beside the package: what was tested is what gets installed.
wheel: build
	@rm -rf dist
	@$(UV) build --quiet --wheel --no-build-isolation --python $(PY) --out-dir dist
	@cp requirements.lock dist/
	@ls dist

# --- what is tended -------------------------------------------------------------------------------------------

# The locks name no place to fetch from, so everybody uses their own: docs/decisions/0001-locks.md
COMPILE = $(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url $(if $(UPGRADE),--upgrade)

lock: .venv/.made $(OWN_UV)
	@$(COMPILE) pyproject.toml --output-file requirements.lock
	@for group in build node dev; do \
		$(COMPILE) --group $$group --constraints requirements.lock --output-file requirements-$$group.lock || exit 1; \
	done

schema: dev
	@$(PLAIN) $(PY) scripts/schema.py write

fmt: dev
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .
	@find src -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true

clean:
	@rm -rf .venv .uv node_modules $(ASSETS) src/treffpunkt/meetings/built .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis dist shots bench/out
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
