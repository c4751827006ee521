# `make` alone prints what there is. Everything runs inside .venv, which the first target makes.
PYTHON ?= python3
BIN := .venv/bin
# On two cores the tests in a browser take a little less time with a third; the others take the same.
JOBS ?= 3
.DEFAULT_GOAL := help
# The tools find one another beside themselves, which this variable forbids.
unexport PYTHONSAFEPATH
# A kernel of the same name in its folders would lack the lessons.
unexport JUPYTER_PATH
# `make slides PATH=50` names a path through the lessons. Programs are looked for where the shell did:
# a make up to 4.3 still tells its own commands, a later one has it only at its own start.
ifeq ($(origin PATH),command line)
TALK := $(PATH)
override PATH := $(shell if [ "$$PATH" = "$(TALK)" ]; then \
	/usr/bin/tr '\0' '\n' < /proc/$$PPID/environ 2>/dev/null | /bin/sed -n 's/^PATH=//p' | /bin/grep . \
	|| "$${SHELL:-/bin/sh}" -lc 'echo "$$PATH"'; else echo "$$PATH"; fi)
export PATH
endif
.PHONY: help lab reset present slides handout script paper site test test-all lint notebooks assignment bench bench-hub upgrade clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

lab: .venv/.lab ## set up, copy the lessons to work/ and open JupyterLab on the first
	@$(BIN)/python tools/lab.py

reset: .venv/.lab ## put one lesson back as it was, keeping yours as a backup: make reset NB=03
	@$(BIN)/python tools/lab.py reset "$(NB)"

present: .venv/.lab ## open slides, the kernel running: make present NB=03, or PATH=50 for a path
	@$(BIN)/python tools/present.py $(if $(TALK),--path "$(TALK)",$(NB))

slides: .venv/.lab ## write decks that need no network to build/slides: all, NB=03, or PATH=50
	@$(BIN)/python tools/slides.py $(if $(TALK),--path "$(TALK)",$(NB))

handout: .venv/.lab ## write each lesson as a PDF to print, to build/handout
	@$(BIN)/python tools/handout.py $(NB)

script: .venv/.lab ## print a talk's script, slides, notes and minutes: make script PATH=50
	@$(BIN)/python tools/script.py $(if $(TALK),"$(TALK)")

paper: .venv/.lab ## write worksheets, keys, formula and cheat sheet to build/paper: all, or NB=03
	@$(BIN)/python tools/paper.py $(NB)

site: .venv/.site ## write the site, for any web server, to build/site: make site PYODIDE=/path/to/its/wheels
	@$(BIN)/python tools/website.py $(if $(PYODIDE),--pyodide "$(PYODIDE)")

# The tests run side by side: threads inside NumPy's matrix product would only wait for one another.
test-all notebooks: export OPENBLAS_NUM_THREADS := 1

# The browser tests share one run of each notebook, so they have a plan of their own for the workers.
PYTEST := $(BIN)/python -m pytest -q
WORKERS := -n $(JOBS) --dist loadfile
# The site's own tools are set up for those tests alone that build it.
ifneq ($(filter test-all,$(MAKECMDGOALS)),)
test-all: .venv/.site
endif
# In the order of the folders: by the number of tests, files with few long ones would come last.
test: LEFT_OUT := -m "not slow"
test: test-all ## set up and run the tests; with NB=03 of the lessons that one alone
test-all: lint ## run the tests that take long as well
	$(PYTEST) $(WORKERS) $(LEFT_OUT) --no-loadscope-reorder tests --ignore tests/browser
	$(PYTEST) $(WORKERS) tests/browser $(if $(NB),-k $(NB)_,$(LEFT_OUT))
	own="$$(mktemp -d)" && IPYTHONDIR="$$own" LESSONS_PROGRESS="$$own/progress.txt" $(PYTEST) $(WORKERS) --nbval --nbval-cell-timeout=120 notebooks/$(NB)*.ipynb

lint: .venv/.test ## check style, types and spelling
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy --no-error-summary
	$(BIN)/codespell src tests tools benchmarks docs *.md
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml

notebooks: .venv/.test ## execute every notebook and store its outputs
	@$(BIN)/python tools/notebooks.py

assignment: .venv/.test ## write homework for nbgrader to build/assignment: all lessons, or NB=03
	@$(BIN)/python tools/assignment.py $(NB) $(if $(AGAIN),--again)

bench: .venv/.bench ## print how fast everything is, against its peers
	$(BIN)/python -m benchmarks.model
	$(BIN)/python -m benchmarks.digits
	$(BIN)/python -m benchmarks.live
	$(BIN)/python -m benchmarks.dragging
	$(BIN)/python -m benchmarks.notebooks
	$(BIN)/python -m benchmarks.site

bench-hub: .venv/.test ## print what a class costs a hub, and what each fault does (root on Linux)
	PYTHONPATH=tools $(BIN)/python -m benchmarks.hub $(N)
	PYTHONPATH=tools $(BIN)/python -m benchmarks.hub_faults

upgrade: .venv/.bench ## renew the exact versions in constraints.txt
	$(BIN)/python tools/upgrade.py

# In these two of its folders somebody works: an instructor's slides; submissions and marks of a class.
clean: ## remove what make made, except your work/, what you present and the nbgrader course
	[ ! -d build ] || find build -mindepth 1 -maxdepth 1 ! -name present ! -name assignment -exec rm -rf {} +
	rm -rf .venv node_modules .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find src tests tools benchmarks -name __pycache__ -type d -exec rm -rf {} +
	rm -rf src/*.egg-info

# Each stamp is newer than the files that decide what is installed, so a second run installs nothing.
.venv/.lab: EXTRA := lab
.venv/.test: EXTRA := test
.venv/.site: EXTRA := site
.venv/.bench: EXTRA := bench
EXTENSION := $(shell find slides/jupyterlab -type f)
.venv/.lab .venv/.test .venv/.site .venv/.bench: pyproject.toml constraints.txt tools/environment.py $(EXTENSION)
	@command -v $(PYTHON) >/dev/null || { echo "No $(PYTHON) here: install Python 3.11 to 3.14, or name yours: make lab PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) tools/environment.py $(EXTRA)
	@touch $@
