"""The figures of a run as tables, beside what was promised."""

#: Processor time against the bare cards of the same run (issue 2, acceptance 3; cases.md).
AGAINST_BARE = {
    "list": 2.0, "one filter": 2.0, "broad filter": 2.0, "three filters": 2.0, "detail": 1.5, "search": 2.5, "search, two words": 2.5,
    "search everything": 2.5,
}  # fmt: skip
#: Median time at the largest size against the one before.
GROWTH = {"list": 1.5, "detail": 1.5}
MOST_QUERIES = 12
MOST_FILTER_MS = 250
FILTERS = ("one filter", "broad filter", "three filters")
MOST_BYTES = 100_000
_COLUMNS = (
    "page", "queries", "processor ms", "× bare", "database ms", "median ms", "p95 ms", "KB brotli", "requests/s",
    "cached: processor ms", "cached: median ms",
)  # fmt: skip


def markdown(run):
    """The whole report."""
    parts = [
        "# What pages cost\n",
        f"{run['at']} · Python {run['python']} · {run['processors']} processors, load {run['load'][0]:.1f} at the end · "
        "gunicorn with 2 sync workers on production settings; the database, the workers and the client share the machine.\n",
        "Cold: the cache is emptied before every request. Cached: it is not. "
        "“bare cards” shows 24 projects with plain Django and no frame.\n",
    ]
    for size in run["sizes"]:
        parts.append(f"## {size['projects']:,} projects\n")
        parts.append(table(_COLUMNS, [_row(size, name) for name in size["cold"]]))
    parts += ["## Promises\n", table(("promise", "measured", "kept"), list(_promises(run["sizes"])))]
    return "\n".join(parts)


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def _row(size, name):
    cold, cached = size["cold"][name], size["cached"][name]
    bare = size["cold"]["bare cards"]["processor_ms"]
    speed = size["per_second"][name]
    return (
        name, cold["queries"], f"{cold['processor_ms']:.1f}", f"{cold['processor_ms'] / bare:.2f}", f"{cold['database_ms']:.1f}",
        f"{cold['median_ms']:.1f}", f"{cold['p95_ms']:.1f}", f"{cold['brotli_bytes'] / 1000:.1f}", f"{speed:.0f}" if speed else "–",
        f"{cached['processor_ms']:.1f}", f"{cached['median_ms']:.1f}",
    )  # fmt: skip


def _promises(sizes):
    for size in sizes:
        of = f"at {size['projects']:,}"
        cold = size["cold"]
        bare = cold["bare cards"]["processor_ms"]
        for name, most in AGAINST_BARE.items():
            yield _promise(f"{name}: processor ≤ {most} × bare cards {of}", cold[name]["processor_ms"] / bare, most)
        portal = [figures for name, figures in cold.items() if name not in ("ok", "bare cards")]
        yield _promise(f"queries ≤ {MOST_QUERIES} {of}", max(figures["queries"] for figures in portal), MOST_QUERIES)
        yield _promise(f"KB ≤ {MOST_BYTES // 1000} {of}", max(figures["brotli_bytes"] for figures in portal) / 1000, MOST_BYTES / 1000)
    largest = sizes[-1]
    for name in FILTERS:
        words = f"{name}: ≤ {MOST_FILTER_MS} ms in the database at {largest['projects']:,}"
        yield _promise(words, largest["cold"][name]["database_ms"], MOST_FILTER_MS)
    if len(sizes) > 1:
        before = sizes[-2]
        for name, most in GROWTH.items():
            ratio = largest["cold"][name]["median_ms"] / before["cold"][name]["median_ms"]
            yield _promise(f"{name}: median ≤ {most} × from {before['projects']:,} to {largest['projects']:,}", ratio, most)


def _promise(words, measured, most):
    return words, f"{measured:.2f}", "yes" if measured <= most else "**no**"
