# Two commands do everything on a fresh machine with Python 3.11 and make: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
EARSHOT := $(BIN)/earshot
RUN_HOME ?= data
WORKERS ?= 2
# Python warns of the semaphores that sqlfluff leaves to the end of its process
QUIETLY := PYTHONWARNINGS=ignore::UserWarning:multiprocessing.resource_tracker

.PHONY: setup run test check bench long sample docs pictures golden clean

setup: .venv/ready

.venv/ready: requirements.lock requirements-dev.lock requirements-bucket.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Earshot needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock -r requirements-dev.lock \
		-r requirements-bucket.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

run: setup  ## the nightly job on the shipped, synthetic sample
	$(EARSHOT) init --home $(RUN_HOME) --sample
	$(EARSHOT) nightly --home $(RUN_HOME)

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint rules data tests transforms flows .yamllint
	$(BIN)/python .ci/sql_lint.py transforms rules
	$(QUIETLY) $(BIN)/sqlfluff lint --disable-progress-bar --processes $(WORKERS) transforms rules
	$(EARSHOT) rules check

bench: setup  ## what Earshot costs, beside bare reads and beside peers: tests/bench/RESULTS.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-bench.lock \
		|| echo "requirements-bench.lock could not be installed: peers that are not there are left out"
	$(BIN)/python -m tests.bench.measure $(BENCH)

long: setup  ## more rounds of properties and kills, and the measurements that are tests
	EARSHOT_DIRTY_FILES=500 EARSHOT_SEEDS=4 $(BIN)/python -m pytest -m "" -n $(WORKERS) --dist worksteal tests/property
	$(BIN)/python -m pytest -m long -n $(WORKERS) --dist worksteal tests/flow tests/unit tests/cases tests/browser
	$(BIN)/python -m pytest tests/bench --override-ini addopts=-q -s

sample: setup  ## regenerate the committed synthetic sample
	$(BIN)/python data/sample/generate.py
	$(BIN)/python data/sample/sap.py

docs: setup  ## regenerate the page of the schema from the declarations
	$(EARSHOT) schema --markdown > docs/schema.md

pictures: setup  ## retake the pictures of the docs, from the sample, with Chromium
	$(BIN)/python docs/pictures.py

golden: setup  ## write what tests compare with anew; read the difference line by line before you commit it
	EARSHOT_GOLDEN=write $(BIN)/python -m pytest -m golden -n $(WORKERS) --dist loadfile
	git diff --stat tests/flow/golden

clean:
	rm -rf .venv data/inbox data/landed data/logs data/mirror data/quarantine data/reports data/rulebooks data/state data/archive
	rm -f data/earshot.duckdb* data/earshot.lock data/journal*.txt
