"""Changes to the code that some test must notice; `python -m tests.mutants` makes them (see there)."""
