"""What `run.py` does, with Python's standard library only: environment, embedded PostgreSQL, processes."""
