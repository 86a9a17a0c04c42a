"""Lighthouse on home, catalogue and project beside a bare page, pages taking turns; the median of each goes to standard output.

    npm install --prefix /tmp/lighthouse lighthouse@12.8.2
    DATABASE_URL=… LIGHTHOUSE=/tmp/lighthouse/node_modules/.bin/lighthouse python -m benchmarks.lighthouse

The portal runs as in the other benchmarks (production settings, gunicorn, static files collected) on the database DATABASE_URL
names, which is to hold the demo content. Each call of Lighthouse ends after two minutes; one whose trace Chromium lost
(NO_NAVSTART and the like, which say nothing of the page) is made again, at most twice.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from benchmarks import server
from tests.support.chromium import FLAGS, find

PAGES = {
    "bare": "/bench/cards/",  # no style, no script: only its performance says something
    "home": "/en/",
    "catalogue": "/en/projects/",
    "project": "/da/projects/varme-fra-koledisken-til-86-raekkehuse/",
}
KINDS = ("performance", "accessibility", "best-practices", "seo")
PATIENCE = 120  # seconds for one call
TRIES = 3


def report(url):
    """Lighthouse's report of a page; raises `RuntimeError` with its own words when it made none in three tries."""
    for _try in range(TRIES):
        with tempfile.TemporaryDirectory() as folder:
            done = call(url, folder)
            if done.returncode == 0:
                return json.loads((Path(folder) / "report.json").read_text())
    raise RuntimeError(done.stderr)


def call(url, folder):
    """One run of Lighthouse with a fresh profile; its report goes to `folder`."""
    flags = " ".join(["--headless", *FLAGS, f"--user-data-dir={folder}/profile"])
    command = [os.environ["LIGHTHOUSE"], url, "--quiet", "--output=json", f"--output-path={folder}/report.json", f"--chrome-flags={flags}"]
    chosen = [f"--only-categories={','.join(KINDS)}"]  # the mobile preset is Lighthouse's default
    environ = os.environ | {"CHROME_PATH": find()}
    return subprocess.run([*command, *chosen], env=environ, timeout=PATIENCE, capture_output=True, text=True)


def scores(url):
    """Points (0 to 100) by kind, and the names of the audits that cost points in any kind but performance."""
    result = report(url)
    return {kind: round(100 * (result["categories"][kind]["score"] or 0)) for kind in KINDS}, _faults(result)


def _faults(result):
    parts = [part for kind in KINDS[1:] for part in result["categories"][kind]["auditRefs"] if part["weight"]]
    return sorted({part["id"] for part in parts if result["audits"][part["id"]]["score"] == 0})


def run(base, rounds, pages):
    """{page: ([points of each round], {faults})}"""
    found = {name: ([], set()) for name in pages}
    for _round in range(rounds):
        for name in pages:
            points, faults = scores(base + PAGES[name])
            found[name][0].append(points)
            found[name][1].update(faults)
    return found


def table(found):
    """The medians as a Markdown table, with what cost points."""
    heads = ("page", "performance", "accessibility", "best practices", "SEO", "performance of each round", "faults")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, (rounds, faults) in found.items():
        medians = [f"{statistics.median(points[kind] for points in rounds):g}" for kind in KINDS]
        each = " ".join(str(points["performance"]) for points in rounds)
        lines.append(f"| {name} | {' | '.join(medians)} | {each} | {', '.join(sorted(faults)) or '–'} |")
    return "\n".join(lines)


def main():
    """Serve the portal unless `--base` names one that runs, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--base", help="a portal that runs already, with the benchmark's addresses")
    parser.add_argument("--pages", nargs="*", default=list(PAGES), choices=list(PAGES))
    chosen = parser.parse_args()
    if chosen.base:
        print(table(run(chosen.base, chosen.rounds, chosen.pages)))
        return
    with server.running(os.environ["DATABASE_URL"].rpartition("/")[2]) as base:
        print(table(run(base, chosen.rounds, chosen.pages)))


if __name__ == "__main__":
    main()
