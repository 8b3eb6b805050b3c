# One-line aliases of scripts/dev.py, which also runs without make (Windows).
PYTHON ?= python3
DEV = $(PYTHON) scripts/dev.py

.PHONY: serve test test-full check build bundle bench bench-search export

serve:
	@$(DEV) serve
test:
	@$(DEV) test
test-full:
	@$(DEV) test-full
check:
	@$(DEV) check
build:
	@$(DEV) build
bundle:
	@$(DEV) bundle
bench:
	@$(DEV) bench search
bench-search:
	@$(DEV) bench search
export:
	@$(DEV) export api
