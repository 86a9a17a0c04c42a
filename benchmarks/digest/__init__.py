"""What the weekly digest costs: `python -m benchmarks.digest`; see benchmarks/README.md."""
