# Pantau. `make demo` runs the whole main job on a sample newsroom; `make test` proves it. Both set up what they need.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
UV := uv==0.13.9
BIN := .venv/bin
ARGS ?=
WORKERS ?= 3
# What is needed besides Python packages is installed with apt where we are root, else asked for.
APT := apt-get -o DPkg::Lock::Timeout=300

.PHONY: help demo run test check format bench bench-latency train soak elasticsearch lock clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/run.stamp pango ## the whole main job on the sample newsroom, then the desk on http://127.0.0.1:8400
	@$(BIN)/pantau demo $(ARGS)

run: .venv/run.stamp pango ## the same job on the outlets of config/outlets.toml, on schedule, with the desk
	@$(BIN)/pantau run $(ARGS)

test: check chromium pango elasticsearch postgresql ## lint, types, import rules and all tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: .venv/dev.stamp ## lint, formatting, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev.stamp ## rewrite the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp elasticsearch pango ## speed and quality of each part next to peers or a floor, as ratios in one run
	$(BIN)/python -m benchmarks.extraction
	$(BIN)/python -m benchmarks.crawl
	$(BIN)/python -m benchmarks.backfill
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.ledger
	$(BIN)/python -m benchmarks.stories
	$(BIN)/python -m benchmarks.analysis
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.exports

bench-latency: .venv/dev.stamp ## minutes from a negative article's appearance to its alert, at real pace (half an hour)
	$(BIN)/python -m benchmarks.latency $(ARGS)

train: .venv/train.stamp ## make the models anew (hours; docs/models.md), or FROM=corrections.jsonl: learn from the team
	$(BIN)/python -m nlp.training $(if $(FROM),--from $(FROM),all)

soak: .venv/dev.stamp elasticsearch ## fifty kills of a crawl and of deliveries, a large rebuild under writes, much asked of the API, and every poll of a simulated day (takes hours)
	PANTAU_TEST_KILLS=50 $(BIN)/python -m pytest tests/crawler/test_kills.py
	PANTAU_TEST_KILLS=50 $(BIN)/python -m pytest -s tests/service/test_delivery_kills.py
	PANTAU_TEST_REBUILD_ARTICLES=20000 $(BIN)/python -m pytest --timeout=1800 tests/service/test_index_rebuild.py
	PANTAU_TEST_API_EXAMPLES=500 $(BIN)/python -m pytest --timeout=1800 tests/service/test_web_api_description.py
	$(BIN)/python -m benchmarks.recall

lock: .venv/dev.stamp ## resolve the dependencies anew
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes \
		pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header --generate-hashes \
		pyproject.toml --group dev -o requirements-dev.lock

clean: ## remove the environment, caches and the data folder of the demo
	rm -rf .venv .cache .data/demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info < (3, 14)))' \
		|| { echo "Python 3.11 to 3.13 is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { [ "$$(id -u)" = 0 ] && $(APT) update -qq && $(APT) install -y -qq python3-venv; } \
		|| { echo "The module venv is missing; install it: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check "$(UV)"

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/uv
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

# torch comes by pip, which may know a build for the processor alone.
.venv/train.stamp: .venv/dev.stamp
	$(BIN)/python -m pip install -q --disable-pip-version-check "torch==2.13.0" "scikit-learn>=1.8,<2"
	@touch $@

elasticsearch: .venv/dev.stamp ## the server for the tests of the adapter, once; without it they are skipped
	@$(BIN)/python -m tests.elasticsearch.installing

.PHONY: postgresql
postgresql:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 \
		|| { [ "$$(id -u)" = 0 ] && $(APT) update -qq && $(APT) install -y -qq postgresql >/dev/null; } \
		|| echo "PostgreSQL is missing, tests on it will be skipped; install it: sudo apt install postgresql"

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && $(APT) update -qq && $(APT) install -y -qq chromium >/dev/null; } \
		|| echo "Chromium is missing, browser tests will be skipped; install it: sudo apt install chromium"

# What the clip book (PDF) is laid out with; without it everything else works.
PANGO := libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core

.PHONY: pango
pango:
	@$(PYTHON) -c 'from ctypes.util import find_library as f; import sys; sys.exit(not (f("pango-1.0") and f("pangoft2-1.0")))' \
		|| { [ "$$(id -u)" = 0 ] && $(APT) update -qq && $(APT) install -y -qq $(PANGO) >/dev/null; } \
		|| echo "Pango is missing, so no clip book (PDF) can be made; install it: sudo apt install $(PANGO)"
