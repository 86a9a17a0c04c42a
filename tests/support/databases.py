"""Databases of the test run. One template is migrated and gets its reference data; everybody else clones it.

The template is kept between runs and known by a fingerprint of the sources it was made from.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connections

PROJECT = Path(__file__).resolve().parents[2]
LOCK = 7_204_116
SOURCES = ("*/migrations/*.py", "*/reference/**/*", "portal/demo/**/*", "*/reference.py", "*/models.py", "*/actions.py")
SINGLE = ("requirements.txt", "portal/settings/base.py", "projects/indexing.py", "common/search.py")


def name(part):
    """Returns a database name of this run; two people on one server have two names in DATABASE_URL."""
    return f"test_{original_name()}_{part}"[:63]


def original_name():
    return os.environ.setdefault("PORTAL_TEST_BASE", settings.DATABASES["default"]["NAME"])


def url(database):
    """Returns DATABASE_URL with another database in it."""
    head, _, tail = os.environ["DATABASE_URL"].partition("?")
    return head.rpartition("/")[0] + "/" + database + ("?" + tail if tail else "")


@contextlib.contextmanager
def server():
    """Yields a cursor outside of transactions on the server's maintenance database."""
    values = settings.DATABASES["default"]
    link = psycopg2.connect(
        dbname="postgres",
        user=values["USER"],
        password=values["PASSWORD"],
        host=values["HOST"],
        port=values["PORT"] or None,
        **values.get("OPTIONS", {}),
    )
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()


def drop(cursor, database):
    cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def clone(source, database):
    """Makes a database like `source`; below a second."""
    with server() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [LOCK])
        drop(cursor, database)
        cursor.execute(f'CREATE DATABASE "{database}" TEMPLATE "{source}"')


def fingerprint():
    """Returns a hash of what the template is made from."""
    files = {path for pattern in SOURCES for path in PROJECT.glob(pattern) if path.is_file()}
    files |= {PROJECT / path for path in SINGLE}
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def ensure_template(kind, *options):
    """Returns the name of a template database, made with `manage.py prepare OPTIONS` unless an equal one is there."""
    database = name(kind)
    mark = fingerprint()
    with server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s AND NOT datistemplate",
            [database],
        )
        if cursor.fetchone() != (mark,):
            make_template(cursor, database, *options)
            cursor.execute(f"""COMMENT ON DATABASE "{database}" IS '{mark}'""")
    return database


def make_template(cursor, database, *options):
    """Makes the template anew in a process of its own, which leaves no caches in this one."""
    drop(cursor, database)
    cursor.execute("SHOW server_version_num")
    builtin = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'" if int(cursor.fetchone()[0]) >= 170_000 else "LOCALE 'C.UTF-8'"
    cursor.execute(f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8' {builtin}")
    environ = {**os.environ, "DATABASE_URL": url(database), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    argv = [sys.executable, "manage.py", "prepare", *options]
    done = subprocess.run(argv, cwd=PROJECT, env=environ, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The test database could not be prepared:\n{done.stdout}\n{done.stderr}")


def use(database):
    """Points Django's connection, and those of threads to come, at a database; returns the one before."""
    connections["default"].close()
    values = connections.settings["default"]
    before, values["NAME"] = values["NAME"], database
    return before


@contextlib.contextmanager
def in_use(source, database):
    """Uses a clone of a template for a block and drops it afterwards."""
    clone(source, database)
    before = use(database)
    try:
        yield database
    finally:
        use(before)
        with server() as cursor:
            drop(cursor, database)
