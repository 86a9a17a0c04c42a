# The commands are in run.py, which needs Python's standard library only; see README.md.
PYTHON ?= python3

.PHONY: run stop reset test help bench soak
run stop reset test help:
	@$(PYTHON) run.py $@ $(ARGS)

bench:
	@$(PYTHON) run.py manage bench $(ARGS)

# The long cases with their full numbers; what they print is kept in benchmarks/results.
soak:
	@$(PYTHON) run.py test --soak -n 0 -s tests/process/test_mailroom.py tests/process/test_digests.py tests/workinggroups/test_at_once.py $(ARGS)
