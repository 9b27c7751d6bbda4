# Machtigingsportaal. `make help` tells what there is.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check fix bench security

BIN := .venv/bin

help: ## Deze lijst
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 20

demo: ## Het hele portaal op deze machine, met verzonnen mensen; Ctrl-C stopt het
	@scripts/bootstrap
	@exec $(BIN)/python -m portal.demo

demo-reset: ## De gegevens van de demo weggooien
	@scripts/demo-reset

test: ## Alle tests, ook in een echte browser (make test ARGS="tests/portal -k demo")
	@scripts/bootstrap test
	@exec $(BIN)/pytest -n 2 --dist worksteal $(ARGS)

check: ## Stijl, typen, lagen, migraties, gemaakte documentatie, veiligheid; verandert niets
	@scripts/bootstrap
	@scripts/check

fix: ## Herstellen wat vanzelf te herstellen is
	@scripts/bootstrap
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .
	$(BIN)/python scripts/generate_docs.py

bench: ## Hoe snel het is: medianen en verhoudingen
	@scripts/bootstrap
	@exec $(BIN)/python -m bench.run $(ARGS)

security: ## Hoe veilig het is, in cijfers (make security ARGS="static access" voor delen)
	@scripts/bootstrap security
	@exec $(BIN)/python -m security.run $(ARGS)
