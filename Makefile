# Ristretto needs Python 3.11 to 3.13 and make; everything else lands in .venv/. `make help` lists what there is.
PYTHON = python3
ARGS =
ONLY =

VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input

# Another Python's modules on the path would win over the ones locked here.
unexport PYTHONHOME PYTHONPATH

.PHONY: help demo test check faults bench pictures lock clean FORCE
.NOTPARALLEL:

help: ## lists these
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

demo: $(VENV)/.runtime ## a chat on a new database with the sample company (ARGS="--as sam --json" reach it)
	@unset RISTRETTO_DATABASE_URL; $(BIN)/ristretto chat --sample $(ARGS)

test: $(VENV)/.dev ## the whole suite, PostgreSQL included (ARGS="-k kudos" reach pytest)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(VENV)/.dev ## format, lint, types, import contracts, words and docs in step with code
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/house -q

faults: $(VENV)/.dev ## the promises at full size, under an hour (ONLY=name for one)
	@$(BIN)/python -m benchmarks.faults $(ONLY)

bench: $(VENV)/.dev ## our cost as a ratio to the floor's (ONLY=name for one)
	@$(BIN)/python -m benchmarks $(ONLY)

pictures: $(VENV)/.dev ## draws the pictures of docs and README; needs chromium
	@command -v chromium >/dev/null || { \
	  echo "The pictures are drawn in Chromium, which is missing: on Debian, apt install chromium fonts-lato fonts-open-sans." >&2; exit 2; }
	@$(BIN)/python docs/pictures/draw.py $(ARGS)

lock: $(VENV)/.python ## resolves the dependencies anew (ARGS=--upgrade takes newer ones)
	@$(BIN)/python -m venv $(VENV)/lock >&2
	@$(VENV)/lock/bin/python -m pip --disable-pip-version-check install --quiet uv >&2
	@$(call lock,requirements.txt,pyproject.toml)
	@$(call lock,requirements-build.txt,--group build --constraint requirements.txt)
	@$(call lock,requirements-dev.txt,pyproject.toml --group dev --constraint requirements.txt)

clean: ## removes .venv/ and what tools leave behind
	@rm -rf $(VENV) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: .python says whose environment this is, .runtime and .dev that their lock is installed.
$(VENV)/.python: FORCE
	@$(PYTHON) -c '' 2>/dev/null || { \
	  echo "There is no $(PYTHON) here: name another Python, as in: make PYTHON=python3.12 demo" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "Ristretto needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is not:" \
	    "name another one, as in: make PYTHON=python3.12 demo" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) came without its venv module: on Debian or Ubuntu, apt install python3-venv." >&2; exit 2; }
	@want=$$($(PYTHON) -c 'import sys; print(sys.version.split()[0], sys.base_prefix)'); \
	  test "$$want" = "$$(cat $@ 2>/dev/null)" || { \
	    echo "Setting up $(VENV) (once, about a minute)" >&2; \
	    $(PYTHON) -m venv --clear $(VENV) >&2 && echo "$$want" >$@; }

$(VENV)/.runtime: $(VENV)/.python requirements.txt requirements-build.txt pyproject.toml
	@$(call install,-r requirements.txt -r requirements-build.txt)
	@touch $@

$(VENV)/.dev: $(VENV)/.python requirements-dev.txt pyproject.toml
	@$(call install,-r requirements-dev.txt)
	@touch $(VENV)/.runtime $@

# By name, version and hash; then the project itself, by the build backend just installed.
define install
$(PIP) install --quiet --require-hashes $(1) >&2 && \
$(PIP) install --quiet --no-deps --no-build-isolation --editable . >&2
endef

define lock
$(VENV)/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
  --python-version 3.11 --custom-compile-command "make lock" --output-file $(1) $(2) $(ARGS) >&2
endef
