# Everything a developer does here, by name; "make" alone lists it.
.POSIX:

PYTHON ?= python3
PY = .venv/bin/python
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r
# No setting of this machine may lend an index, so that the files hold the hashes of the public PyPI alone.
COMPILE = env -u UV_INDEX -u UV_DEFAULT_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS -u UV_CONFIG_FILE \
	.venv/bin/uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

.PHONY: help demo demo-reset test browser-test bench messages requirements clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

demo: .venv/runtime.stamp ## try everything in the browser, with invented people and no account anywhere
	$(PY) -m bot demo

demo-reset: .venv/runtime.stamp ## forget what happened in the demo
	$(PY) -m bot demo --reset

test: .venv/dev.stamp ## lint, types and every test that needs no browser
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	# Types are checked beside the tests, and there is one worker more than cores, because many tests wait.
	$(PY) -m mypy & types=$$!; \
	$(PY) -m pytest -m "not browser" -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist loadfile && wait $$types

browser-test: .venv/dev.stamp ## the tests that drive Chromium
	$(PY) -m pytest -m browser -n 2 --dist loadfile

bench: .venv/dev.stamp ## measure what docs/decisions rest on
	$(PY) -m bench.hops
	$(PY) -m bench.cards
	$(PY) -m bench.kinds

messages: .venv/dev.stamp ## bring messages.pot and the English catalogue up to the code
	$(PY) -m locales

requirements: .venv/bin/uv ## pin what pyproject.toml asks for; what is pinned stays, unless its file was deleted
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --extra postgres --group dev -c requirements.txt -o requirements-dev.txt

clean: ## remove .venv and caches; what the bot remembers (var) stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, for example: make PYTHON=python3.12 demo" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/bin/uv: .venv/bin/pip
	$(PY) -m pip install --quiet --disable-pip-version-check uv

# One .venv serves the demo and the tests: both files pin the same versions.
.venv/runtime.stamp: requirements.txt .venv/bin/pip
	$(INSTALL) requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/bin/pip
	$(INSTALL) requirements-dev.txt
	@touch $@
