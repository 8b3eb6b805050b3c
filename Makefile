# One-line aliases of scripts/dev.py, which also runs without make (Windows).
PYTHON ?= python3
DEV = $(PYTHON) scripts/dev.py

.PHONY: serve test test-full lint check watch fmt build bundle bench bench-search export zensical

serve:
	@$(DEV) serve
test:
	@$(DEV) test
test-full:
	@$(DEV) test-full
lint:
	@$(DEV) lint
check:
	@$(DEV) check
watch:
	@$(DEV) check --watch
fmt:
	@$(DEV) fmt
build:
	@$(DEV) build
bundle:
	@$(DEV) bundle
bench:
	@$(DEV) bench build
bench-search:
	@$(DEV) bench search
export:
	@$(DEV) export api
zensical:
	@$(DEV) zensical
