"""Work that must not be done twice at once waits for its turn in the database."""

from contextlib import contextmanager
from zlib import crc32

from django.db import connection


@contextmanager
def one_at_a_time(name):
    """Hold PostgreSQL's advisory lock of this name; whoever comes second waits, and finds the work done.

    The lock is held on a connection of its own: loaders may close the usual one.
    """
    holder = connection.copy()
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [crc32(name.encode())])
        yield
    finally:
        holder.close()
