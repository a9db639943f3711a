# `make demo` shows what the program does, `make test` checks it; both set up what they need.

VENV := .venv
BIN := $(VENV)/bin
DEMO := demo/izvestia
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt
BUILT_FROM := pyproject.toml setup.py building.py $(wildcard aligner/native/source/*)
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: demo test clean constraints

demo: $(VENV)/installed
	@mkdir -p demo
	$(BIN)/aligner align seeds/izvestia.txt --force -o $(DEMO).tmx -o $(DEMO).csv -o $(DEMO).html
	@echo
	@echo "Read it side by side: open $(CURDIR)/$(DEMO).html in a browser, by a double click or"
	@echo "with 'xdg-open $(DEMO).html' (Linux), 'open $(DEMO).html' (macOS)."
	@echo "The same pairs for a spreadsheet: $(DEMO).csv; for a translation tool: $(DEMO).tmx."

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest --cov
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf aligner/native/loops-* $(VENV) demo build dist *.egg-info .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find aligner tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Pin anew whatever pyproject.toml resolves to today. torch keeps its pin: a newer one, or
# one without a pin, may bring gigabytes of GPU libraries that nobody asked for.
constraints:
	rm -rf build/pins
	python3 -m venv build/pins
	build/pins/bin/python -m pip install --quiet "$$(grep '^torch==' constraints.txt)" '.[dev]'
	{ grep '^#' constraints.txt; build/pins/bin/python -m pip freeze --exclude bitext-aligner \
	    | sed 's/+cpu$$//'; } > build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/pins

# The stamps say what is installed; a change of what is to be installed makes them stale.
$(VENV)/made:
	@for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	    if $$python -c '$(NEW_ENOUGH)' 2> /dev/null; then \
	        echo "Making $(VENV) with $$python"; \
	        $$python -m venv $(VENV) && touch $@; \
	        exit; \
	    fi; \
	done; \
	echo "aligner needs Python 3.11 or newer; name one: make demo PYTHON=/path/to/python3" >&2; \
	exit 1

$(VENV)/installed: $(VENV)/made $(BUILT_FROM) constraints.txt
	@echo "Installing the program and what it needs (1.5 GB, once; a minute or two)"
	$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/made $(BUILT_FROM) constraints.txt
	@echo "Installing the program and what its tests need (1.6 GB, once; a minute or two)"
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/installed
