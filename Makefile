# The commands are in run.py, which needs Python's standard library only; see README.md.
PYTHON ?= python3

.PHONY: run stop reset test help
run stop reset test help:
	@$(PYTHON) run.py $@ $(ARGS)
