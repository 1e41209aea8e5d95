# Everything here stays inside this folder: .venv holds Python's packages, .cache what the tools remember.
PYTHON ?= python3
BIN := .venv/bin
CACHE := $(CURDIR)/.cache

export PIP_CACHE_DIR := $(CACHE)/pip
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export HYPOTHESIS_STORAGE_DIRECTORY := $(CACHE)/hypothesis
export VIRTUAL_ENV :=
export PYTHONPATH :=

.DEFAULT_GOAL := help
.PHONY: help demo demo-shell test quick check format docs index site bench fuzz mutants compare-inits wanted kernels examples release clean

help: ## what can be made (this list)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

demo: .venv/.run ## watch the lesson of two modules on a machine of its own
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/lesson.sh

demo-shell: .venv/.run ## watch a driver and its C program in a shell in the machine (Linux)
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/shell_lesson.sh

test: .venv/.dev ## run the tests; those whose reference is not on this machine are skipped and named
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

quick: .venv/.dev ## run the tests without the slow ones
	$(BIN)/pytest -n auto --dist worksteal -m 'not slow' $(ARGS)

check: .venv/.dev ## check format, lint and types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

format: .venv/.dev ## put the code into its format
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

docs: .venv/.dev ## write docs/commands.md, docs/man and docs/rules again, from what the commands and rules say
	$(BIN)/python -m tools.commands
	$(BIN)/python -m tools.manual
	$(BIN)/python -m tools.rules

index: .venv/.dev ## write again which file provides each kernel symbol
	$(BIN)/python -m tools.symbol_index

site: .venv/.dev ## write docs/ as a web site into build/site
	$(BIN)/python -m pip install -qq --editable '.[site]'
	$(BIN)/mkdocs build -q

bench: .venv/.dev ## measure the figures that the project promises
	$(BIN)/python -m benchmarks $(ARGS)

fuzz: .venv/.dev ## damage files of all kinds until something breaks, or MINUTES=60 are over; SEED=7 repeats a run
	$(BIN)/python -m tests.fuzz $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED)) $(ARGS)

mutants: .venv/.dev ## change the code at COUNT=50 random places and see which changes no test notices; SEED=7 draws others
	$(BIN)/python -m tests.mutants $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED)) $(ARGS)

compare-inits: .venv/.dev ## compare with recordings of Debian's modules: FILE=… TREE=…/lib/modules/6.1.0-56-amd64
	$(BIN)/python -m tests.inits $(FILE) --tree $(TREE) $(ARGS)

wanted: .venv/.dev ## count which kernel symbols Debian's modules want that pymod lacks: ARGS='FOLDER... --recordings FILE...'
	$(BIN)/python -m tools.wanted $(ARGS)

kernels: .venv/.dev ## boot Debian's kernels from all that tells of them, and load modules of each: ARGS='amd64 --only 6.12'
	$(BIN)/python -m tests.kernels $(ARGS)

examples: ## build examples/*.ko again (needs kernel headers)
	@$(MAKE) --no-print-directory -C examples

release: .venv/.dev ## check version and changelog, build dist/, install and try what was built
	$(BIN)/python -m tools.release

clean: ## remove .venv and everything that was built
	rm -rf .venv .cache build dist

# The states of .venv: able to run pymod, and able to develop it.
.venv/.run: pyproject.toml .venv/bin/pip
	@$(BIN)/python -m pip install -qq --editable '.[run]' || { \
		echo "There is no emulator for this machine: modules' own code will not be run." >&2; \
		$(BIN)/python -m pip install -qq --editable .; }
	@touch $@

.venv/.dev: pyproject.toml .venv/bin/pip
	$(BIN)/python -m pip install -qq --editable '.[run,dev]'
	@touch $@ .venv/.run

.venv/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed; make PYTHON=... names another" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "pymod needs Python 3.11 or newer; $$($(PYTHON) --version) is too old; make PYTHON=... names another" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make virtual environments; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
