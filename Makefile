# Below the Line: `make figures` does the main job, `make test` runs the tests; both set everything up first.
PYTHON ?= python3
CORPUS ?= sample
VENV := .venv
BIN := $(VENV)/bin
UV := UV_PYTHON_DOWNLOADS=never UV_NO_CONFIG=1 $(BIN)/uv
READY := $(VENV)/.ready
# One thread in the linear algebra: the same sums wherever it runs, and small matrices are done sooner.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

.PHONY: figures test browser-test setup lock format check clean help
help:            ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

figures: $(READY)  ## read CORPUS (default: the shipped sample), run the notebooks, export every figure
	$(BIN)/python -m analysis figures $(CORPUS)

test: $(READY)   ## the whole test suite, doctests included
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

# Needs Debian's chromium: installed where we may, and where there is none to be had, said in one line. A test that fails
# is run once more before it counts: a browser on a busy machine may be slower than any wait.
browser-test: $(READY)  ## the coding pane in JupyterLab in a real browser
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  timeout 60 apt-get update -qq && timeout 120 apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || true
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-browser.lock 2>/dev/null || true
	@if command -v chromium >/dev/null && $(BIN)/python -c 'import playwright' 2>/dev/null; then \
	  $(BIN)/python -m pytest tests/browser || $(BIN)/python -m pytest tests/browser --last-failed; \
	  else echo "browser-test: no chromium and playwright on this machine and none to be had; the coding pane was not tried in a browser."; fi

setup: $(READY)  ## the virtual environment from the lock files

# Debian ships python3 without the venv module; where we may, we install it.
$(READY): requirements.lock requirements-setup.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Below the Line needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); \
	  echo "python3 has no venv module: installing the system package python3-venv"; \
	  apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } || \
	  { echo "No virtual environment could be made: install your system's python3-venv package, then try again."; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-setup.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

lock: $(READY)   ## requirements*.lock and environment.yml from pyproject.toml
	$(UV) pip compile --quiet --python $(BIN)/python --universal --generate-hashes --no-header --no-annotate requirements-setup.in -o requirements-setup.lock
	$(UV) pip compile --quiet --python $(BIN)/python --universal --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --python $(BIN)/python --universal --generate-hashes --no-header --no-annotate --group browser -c requirements.lock -o requirements-browser.lock
	$(BIN)/python tests/conda_environment.py > environment.yml

format: $(READY) ## lay the code out
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

check: $(READY)  ## lint and types
	$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy

clean:           ## remove what was built (never your corpora)
	rm -rf $(VENV) build .pytest_cache .ruff_cache .mypy_cache .hypothesis dist
