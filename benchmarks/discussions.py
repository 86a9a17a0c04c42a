"""`python -m benchmarks.discussions`: a discussion of 100 and of 5,000 posts, beside bare views of the same posts in the same run.

Needs DATABASE_URL as `benchmarks.run` does, and makes a database of 100 projects. Writes benchmarks/results/discussions.md.
"""

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

from benchmarks import client, server
from benchmarks.run import RESULTS

PROJECTS = 100  # enough for the bare cards; a discussion does not grow with them


def talk(database):
    """The addresses, and the session of a member who reads them."""
    command = [sys.executable, "-m", "benchmarks.talk"]
    said = subprocess.run(command, cwd=server.ROOT, env=server.environment(database), capture_output=True, text=True, check=True)
    return json.loads(said.stdout.splitlines()[-1])


def rows(figures):
    for name, one in figures.items():
        beside = figures.get(f"{name}, bare") or figures["bare cards"]
        yield (name, one["queries"], f"{one['processor_ms']:.1f}", f"{one['processor_ms'] / beside['processor_ms']:.2f}",
               f"{one['processor_ms'] / figures['bare cards']['processor_ms']:.2f}", f"{one['database_ms']:.1f}",
               f"{one['median_ms']:.1f}", f"{one['p95_ms']:.1f}", f"{one['brotli_bytes'] / 1000:.1f}")  # fmt: skip


def bench(rounds):
    database, _seconds = server.prepare(PROJECTS)
    said = talk(database)
    pages = {"ok": "/bench/ok/", "bare cards": "/bench/cards/", **said["paths"]}
    with server.running(database) as address:
        figures = client.measure(address, pages, rounds=rounds, cold=True, cookie=f"sessionid={said['session']}")
    head = ("page", "queries", "processor ms", "× bare", "× bare cards", "database ms", "median ms", "p95 ms", "KB brotli")
    table = "\n".join("| " + " | ".join(map(str, line)) + " |" for line in (head, ["---"] * len(head), *rows(figures)))
    text = (
        f"# What a discussion costs\n\n{datetime.now(UTC).isoformat(timespec='seconds')} · load {os.getloadavg()[0]:.1f} · signed in, "
        f"the cache emptied before every request, {rounds} rounds.\n\nThe page shows thirty posts from the first unread one on, with "
        "the frame of the group around them. “bare” is plain Django: the same thirty posts from the same table, without a frame, "
        f"Markdown, names of roles, buttons or what is unread.\n\n{table}\n"
    )
    (RESULTS / "discussions.md").write_text(text)
    print(text)


if __name__ == "__main__":
    if not os.environ.get("DATABASE_URL"):
        sys.exit("DATABASE_URL is missing: name a PostgreSQL server on which databases may be made.")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="requests of each page, one after another")
    bench(parser.parse_args().rounds)
