"""`make bench`, or `python -m benchmarks.run`: the pages a visitor reads most, at three sizes, beside bare views of the same run.

Then the digest (benchmarks/digest).

Needs DATABASE_URL of a PostgreSQL server on which databases may be made. Results are written to benchmarks/results/.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import client, report, server
from benchmarks.digest import run as digest

RESULTS = Path(__file__).resolve().parent / "results"
PAGES = {
    "ok": "/bench/ok/",
    "bare cards": "/bench/cards/",
    "list": "/en/projects/",
    "one filter": "/en/projects/?theme=energy",
    "broad filter": "/en/projects/?country=DK",
    "three filters": "/en/projects/?theme=energy&phase=operation&country=SE",
    "search": "/en/projects/?q=sensor",
    "search, two words": "/en/projects/?q=light+sensor+-bus",
    "search everything": "/en/search/?q=sensor",
    "map": "/en/projects/map/",
    "map data": "/en/projects/map/data/",
    "feed": "/en/projects/feed/",
}


def detail_of(database):
    """The address of the newest project's page."""
    code = "from projects.models import Project; print(Project.objects.filter(state='published', visibility='public').first().slug)"
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code]
    said = subprocess.run(command, cwd=server.ROOT, env=server.environment(database), capture_output=True, text=True, check=True)
    return f"/en/projects/{said.stdout.split()[-1]}/"


def plans(database, pages):
    """How PostgreSQL answers each statement of the portal's pages."""
    paths = [path for path in pages.values() if not path.startswith("/bench/")]
    command = [sys.executable, "-m", "benchmarks.plans", *paths]
    said = subprocess.run(command, cwd=server.ROOT, env=server.environment(database), capture_output=True, text=True, check=True)
    return said.stdout


def at_size(size, rounds, keep):
    """Every figure for one size."""
    database, seconds = server.prepare(size, keep)
    pages = PAGES | {"detail": detail_of(database)}
    with server.running(database) as address, server.scheduler(database):
        cold = client.measure(address, pages, rounds=rounds, cold=True)
        warm = client.measure(address, pages, rounds=max(5, rounds // 4), cold=False)
        speed = {name: client.per_second(address + path) for name, path in pages.items()}
    (RESULTS / f"plans-{size}.txt").write_text(plans(database, pages))
    return {"projects": size, "seeded_in_s": seconds, "cold": cold, "cached": warm, "per_second": speed}


def add_options(parser):
    """The options of `make bench`."""
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of projects")
    parser.add_argument("--rounds", type=int, default=40, help="requests of each page, one after another")
    parser.add_argument("--fresh", action="store_true", help="make the databases anew")
    parser.add_argument("--parts", default="pages,digest", help="what is measured")


def bench(*, parts, **options):
    """Measure each of the parts."""
    if not os.environ.get("DATABASE_URL"):
        sys.exit("DATABASE_URL is missing: name a PostgreSQL server on which databases may be made.")
    if "pages" in parts:
        pages(**options)
    if "digest" in parts:
        digest.bench()


def pages(*, sizes, rounds, fresh):
    """Measure, write the results and print the report."""
    RESULTS.mkdir(exist_ok=True)
    run = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"), "python": platform.python_version(), "processors": os.cpu_count(),
        "load": os.getloadavg(), "sizes": [at_size(int(size), rounds, not fresh) for size in sizes.split(",")],
    }  # fmt: skip
    (RESULTS / "latest.json").write_text(json.dumps(run, indent=1) + "\n")
    text = report.markdown(run)
    (RESULTS / "latest.md").write_text(text)
    print(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    bench(**vars(parser.parse_args()))
