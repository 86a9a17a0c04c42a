# The commands are in run.py, which needs Python's standard library only; see README.md.
PYTHON ?= python3

.PHONY: run stop reset test help bench
run stop reset test help:
	@$(PYTHON) run.py $@ $(ARGS)

bench:
	@$(PYTHON) run.py manage bench $(ARGS)
