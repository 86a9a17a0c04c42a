"""What one answer cost: queries, milliseconds in the database, processor milliseconds of the worker. Told in a header.

A sync worker answers one request at a time, so that the processor time of the process is the answer's own.
"""

import time

from django.core.cache import cache
from django.db import connection


class Measure:
    """Outermost middleware. With `X-Bench-Cold` the cache is emptied before the request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.headers.get("X-Bench-Cold"):
            cache.clear()
        queries = []

        def watch(execute, *arguments):
            started = time.perf_counter()
            try:
                return execute(*arguments)
            finally:
                queries.append(time.perf_counter() - started)

        started = time.process_time()
        with connection.execute_wrapper(watch):
            response = self.get_response(request)
        spent = time.process_time() - started
        response["X-Bench"] = f"{len(queries)};{sum(queries) * 1000:.2f};{spent * 1000:.2f}"
        return response
