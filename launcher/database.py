"""Holds an embedded PostgreSQL for the length of a block, and makes the portal's database in it."""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

from launcher import cluster as clusters
from launcher import locks
from launcher.errors import Stop

START_SECONDS = 120
END_SECONDS = 40
KEEPER = Path(__file__).with_name("keeper.py")


def psql(cluster, sql, database="postgres"):
    """Runs one statement; returns (exit status, output without decoration)."""
    argv = [cluster.programs / "psql", "-X", "-A", "-t", "-q", "-h", cluster.sockets, "-U", "postgres", "-d", database]
    done = subprocess.run([*argv, "-c", sql], capture_output=True, encoding="utf-8", env=clusters.bare() | {"PGCLIENTENCODING": "UTF8"})
    return done.returncode, done.stdout.strip() or done.stderr.strip()


@contextlib.contextmanager
def held(cluster):
    """Yields when the server answers; it stays up for the block at least. Raises Stop when it cannot start."""
    keeper = None
    try:
        with locks.held(cluster.users_lock, shared=True):
            with locks.held(clusters.beside(cluster.folder, "setup.lock")):
                clusters.ensure_created(cluster)
                clusters.make_socket_folder(cluster)
                keeper = start_keeper(cluster)
                wait_for_answer(cluster, keeper)
            yield cluster
    finally:
        wait_for_end(cluster, keeper)


def wait_for_end(cluster, keeper):
    """Waits for the server's end when this was its last user, so that nothing is left when the prompt returns."""
    deadline = time.monotonic() + END_SECONDS
    while not locks.free(cluster.keeper_lock) and time.monotonic() < deadline:
        if not locks.free(cluster.users_lock) and locks.free(cluster.users_lock, shared=True):
            return  # somebody else goes on using it; the keeper in its last second would refuse a shared lock too
        time.sleep(0.05)
    if keeper:
        keeper.wait(END_SECONDS)


def start_keeper(cluster):
    """Starts the keeper out of reach of this terminal's Ctrl-C; it leaves by itself when there is one already."""
    with open(cluster.log, "ab") as log:
        return subprocess.Popen(
            [
                sys.executable,
                str(KEEPER),
                str(cluster.folder),
                str(cluster.programs),
                "lossy" if cluster.lossy else "safe",
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def wait_for_answer(cluster, keeper):
    """Waits until the server answers; raises Stop with PostgreSQL's own reason when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while psql(cluster, "SELECT 1") != (0, "1"):
        if keeper.poll():
            raise Stop(clusters.broken(cluster, last_complaint(cluster)))
        if time.monotonic() > deadline:
            raise Stop(f"PostgreSQL did not answer within {START_SECONDS} s; its log is {cluster.log}.")
        time.sleep(0.1)


def last_complaint(cluster):
    """Returns the last fatal line of the server's log."""
    with open(cluster.log, "rb") as log:
        log.seek(max(0, cluster.log.stat().st_size - 20_000))
        lines = log.read().decode("utf-8", "replace").splitlines()
    for line in reversed(lines):
        for mark in ("FATAL:", "PANIC:", "could not", "No space left"):
            if mark in line:
                return line[line.index(mark) :].removeprefix("FATAL:").removeprefix("PANIC:").strip()
    return f"see {cluster.log}"


def ensure_database(cluster, name):
    """Makes the database when it is missing; returns whether it was made. Raises Stop when it would sort out Æ wrongly."""
    created = False
    if psql(cluster, f"SELECT count(*) FROM pg_database WHERE datname = '{name}'")[1] != "1":
        made = psql(
            cluster,
            f"CREATE DATABASE {name} LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0 ENCODING 'UTF8'",
        )
        created = made[0] == 0
        if not created:
            raise Stop(f"The database {name} could not be made: {made[1]}")
    if psql(cluster, "SELECT lower('ÆØÅÄÖ') = 'æøåäö'", name)[1] != "t":
        raise Stop(f"The database {name} does not know æøåäö: run 'python3 run.py reset' and start again.")
    return created
