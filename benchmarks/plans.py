"""How PostgreSQL answers each statement of a page: run with `manage.py shell`-like settings, prints EXPLAIN (ANALYZE, BUFFERS)."""

import sys

import django

django.setup()

from django.core.cache import cache  # noqa: E402 - settings first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

WIDTH = 220


def explain(path, out):
    """Write the plan of every SELECT of a page."""
    client = Client(headers={"host": "localhost"})
    client.get(path)
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    out.write(f"\n{'=' * 20} {path}: {len(seen)} queries\n")
    for query in seen.captured_queries:
        if not query["sql"].lstrip("( ").upper().startswith(("SELECT", "WITH")):
            continue
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"].replace("%", "%%"), [])
            plan = [row[0][:WIDTH] for row in cursor.fetchall()]
        out.write(f"\n--- {' '.join(query['sql'].split())[:WIDTH]}\n" + "\n".join(plan) + "\n")


if __name__ == "__main__":
    for path in sys.argv[1:]:
        explain(path, sys.stdout)
