"""`python -m benchmarks.digest`: what planning, composing and sending cost, beside the limit of the same run.

Needs DATABASE_URL as `benchmarks.run` does. Writes benchmarks/results/digest.md.
"""

import argparse
import os
import sys

from benchmarks.digest.run import add_options, bench

if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        sys.exit("DATABASE_URL is missing: name a PostgreSQL server on which databases may be made.")
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    bench(**vars(parser.parse_args()))
