"""Asking: one request after another for what each costs, then as many as two workers answer."""

import re
import shutil
import statistics
import subprocess
import time
import urllib.request
import zlib
from dataclasses import dataclass

import brotli

NGINX_BROTLI = 5  # what proxies use for pages made on the fly
SECONDS = 4


@dataclass
class Answer:
    queries: int
    database: float
    processor: float
    wall: float
    body: bytes


def ask(url, *, cold, cookie=""):
    """One request, as whom `cookie` says; raises `HTTPError` for anything but 200. Milliseconds throughout."""
    headers = {"Accept-Language": "en", **({"X-Bench-Cold": "1"} if cold else {}), **({"Cookie": cookie} if cookie else {})}
    started = time.perf_counter()
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=120) as response:
        body = response.read()
        wall = (time.perf_counter() - started) * 1000
        if response.url != url:
            raise RuntimeError(f"{url} leads to {response.url}: who asks is not signed in")
        queries, database, processor = response.headers["X-Bench"].split(";")
    return Answer(int(queries), float(database), float(processor), wall, body)


def measure(site, pages, *, rounds, cold, cookie=""):
    """{name: figures}; pages take turns, so that whatever else the machine does falls on all of them alike."""
    answers = {name: [] for name in pages}
    for path in pages.values():
        for _ in range(4):  # both workers have compiled their templates
            ask(site + path, cold=cold, cookie=cookie)
    for _ in range(rounds):
        for name, path in pages.items():
            answers[name].append(ask(site + path, cold=cold, cookie=cookie))
    return {name: figures(found) for name, found in answers.items()}


def figures(answers):
    walls = sorted(answer.wall for answer in answers)
    body = answers[-1].body
    return {
        "queries": max(answer.queries for answer in answers),
        "processor_ms": statistics.median(answer.processor for answer in answers),
        "database_ms": statistics.median(answer.database for answer in answers),
        "median_ms": statistics.median(walls),
        "p95_ms": walls[int(len(walls) * 0.95) - 1],
        "bytes": len(body),
        "brotli_bytes": len(brotli.compress(body, quality=NGINX_BROTLI)),
        "gzip_bytes": len(zlib.compress(body, 6)),
    }


def per_second(url):
    """Requests a second of eight clients for a few seconds, by wrk; None where there is none."""
    if not shutil.which("wrk"):
        return None
    said = subprocess.run(["wrk", "-t2", "-c8", f"-d{SECONDS}s", "--timeout", "30s", url], capture_output=True, text=True, check=True)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said.stdout)
    return float(found[1]) if found else None
