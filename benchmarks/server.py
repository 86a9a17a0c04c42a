"""A database of a size, and the portal on it as in production: gunicorn with two sync workers."""

import contextlib
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import environ
import psycopg2

ROOT = Path(__file__).resolve().parents[1]
PORT = 8791
PATIENCE = 60
SECRET_KEY = secrets.token_urlsafe(60)  # one for all processes of a run: they read each other's sessions


def address_of(database):
    """DATABASE_URL with another database."""
    head, question, options = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rpartition('/')[0]}/{database}{question}{options}"


def connect(database):
    """A connection that commits by itself; also to a server that is reached through a socket's folder."""
    values = environ.Env.db_url_config(address_of(database))
    link = psycopg2.connect(
        dbname=values["NAME"], user=values["USER"], password=values["PASSWORD"], host=values["HOST"], port=values["PORT"] or None
    )
    link.autocommit = True
    return link


def environment(database):
    """Production's variables, with plain HTTP on the own machine."""
    return os.environ | {
        "DATABASE_URL": address_of(database),
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "EMAIL_URL": "smtp://localhost:2525",
        "ALLAUTH_TRUSTED_PROXY_COUNT": "0",
        "REDIS_URL": "",
        "DATA_DIR": str(Path(tempfile.gettempdir()) / "portal-bench"),
        "STATIC_ROOT": str(Path(tempfile.gettempdir()) / "portal-bench" / "static"),
        "PYTHONPATH": str(ROOT),
    }


def manage(database, *arguments):
    """Run a command of manage.py; its output goes where ours goes."""
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(database), check=True)


def prepare(size, keep=True):
    """The name of a database with so many demo projects; one that is there already is used again. Returns (name, seconds)."""
    name = f"portal_bench_{size}"
    with contextlib.closing(connect("postgres")) as link, link.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            if keep:
                return name, None
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    started = time.monotonic()
    manage(name, "migrate", "--verbosity", "0")
    manage(name, "load_reference")
    manage(name, "seed_demo", "--projects", str(size), "--members", "100")
    return name, time.monotonic() - started


@contextlib.contextmanager
def running(database):
    """The portal on this database; yields its address."""
    manage(database, "collectstatic", "--noinput", "--verbosity", "0")
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--workers", "2", "--bind", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT, env=environment(database))
    try:
        await_answer(f"http://localhost:{PORT}/bench/ok/", server)
        yield f"http://localhost:{PORT}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def await_answer(url, server):
    """Return when `url` answers; raises `RuntimeError` when the server ends or says nothing for a minute."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"The server does not answer at {url}")


#: What the scheduler has a worker do: the kept numbers are fresh, as they are in an installation.
_SCHEDULER = """
import time
from projects.counts import refresh_counts
while True:
    refresh_counts()
    time.sleep(30)
"""


@contextlib.contextmanager
def scheduler(database):
    """The periodic work that pages rely on, in a process of its own."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", _SCHEDULER]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment(database))
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=PATIENCE)
