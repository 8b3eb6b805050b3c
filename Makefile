# One-line aliases of scripts/dev.py, which also runs without make (Windows).
PYTHON ?= python3
DEV = $(PYTHON) scripts/dev.py

.PHONY: serve test test-full check build bundle bench bench-search bench-build export fmt zensical

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
	@$(DEV) bench
bench-search:
	@$(DEV) bench search
bench-build:
	@$(DEV) bench build
export:
	@$(DEV) export
fmt:
	@$(DEV) fmt
zensical:
	@$(DEV) zensical
