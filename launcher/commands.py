"""The commands of run.py. Each returns an exit status."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys

from launcher import cluster as clusters
from launcher import database, environment, folders, locks
from launcher.errors import Stop, say

HELP = """python3 run.py [command]      (make run, make stop, make reset and make test call these)

  run               starts the portal on http://localhost:8000 (default; PORT=8080 for another port)
  stop              ends it
  reset             ends it and deletes its data: database, mails, uploaded files
  test [args]       runs the test suite; the arguments go to pytest
  manage [args]     runs manage.py in the project's own environment and database
  where             prints the folder of the development tools (ruff, djlint, pytest)
  help              shows this

DATABASE_URL and REDIS_URL use servers of your own; PORTAL_HOME is the folder for environment and data."""
NAME = "portal"
ALONE = ("-n", "--pdb", "--co")  # arguments of pytest that rule out two workers
# Commands of manage.py that have no use for tables.
PLAIN = {"help", "check", "check_translations", "makemigrations", "migrate", "prepare", "collectstatic"}
CHANGING = {"migrate", "flush", "shell", "dbshell"}  # after these the next start looks at everything again


def django_environ(place, settings):
    """Returns the environment variables of the portal's own processes."""
    return {
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        "DJANGO_RUNSERVER_HIDE_WARNING": "true",
        "DJANGO_SETTINGS_MODULE": settings,
        "DATA_DIR": str(place.data),
        **os.environ,
    }


@contextlib.contextmanager
def ready_database(place, environ):
    """Yields the portal's environment with a database that answers: the caller's, or the embedded one, kept for the block."""
    if environ.get("DATABASE_URL"):
        yield environ
        return
    cluster = clusters.Cluster(place.data / "postgres", clusters.programs(place))
    with database.held(cluster):
        if database.ensure_database(cluster, NAME):
            for stale in [prepared_marker(place), *place.data.glob("seeded-*")]:
                stale.unlink(missing_ok=True)
        yield {**environ, "DATABASE_URL": cluster.url(NAME)}


def prepare(place, environ, *options):
    """Migrates and loads reference data; with --demo also the demo content."""
    argv = [place.python, "manage.py", "prepare", *options]
    if subprocess.call(argv, cwd=place.project, env=environ):
        raise Stop("The database could not be prepared; the lines above say why.")
    prepared_marker(place).write_text(sources(place.project))


def prepared_marker(place):
    """Returns the file that says with which sources the embedded database was prepared last."""
    return place.data / "prepared"


def is_prepared(place):
    """Tells whether the embedded database was prepared with the very sources that are here now."""
    marker = prepared_marker(place)
    return "DATABASE_URL" not in os.environ and marker.exists() and marker.read_text() == sources(place.project)


def sources(project):
    """Returns a fingerprint of what migrations, reference data and their loaders are made of."""
    total = hashlib.sha256()
    for app in sorted(path.parent for path in project.glob("*/apps.py")):
        for path in sorted(app.rglob("*")):
            if path.suffix in (".py", ".csv", ".json", ".toml") and "__pycache__" not in path.parts:
                total.update(bytes(path.relative_to(project)) + b"\0" + path.read_bytes())
    return total.hexdigest()


def seeded_marker(place, environ):
    """Returns the file that says that a database has had its demo content; it holds the demo sign-ins."""
    return place.data / f"seeded-{hashlib.sha256(environ['DATABASE_URL'].encode()).hexdigest()[:12]}"


def manage(place, arguments):
    """Runs any manage.py command; a fresh embedded database is migrated and gets its reference data first."""
    environment.ensure(place)
    with ready_database(place, django_environ(place, "portal.settings.dev")) as environ:
        name = (arguments or ["help"])[0]
        fresh = "DATABASE_URL" not in os.environ and not prepared_marker(place).exists()
        if fresh and name not in PLAIN:
            prepare(place, environ)
        if name in CHANGING and prepared_marker(place).exists():
            prepared_marker(place).write_text("look again")
        return subprocess.call([place.python, "manage.py", *arguments], cwd=place.project, env=environ)


def where(place, _arguments):
    """Prints the folder of the development tools: ruff, pytest and the like."""
    environment.ensure(place, "requirements-dev.txt")
    say(place.python.parent)
    return 0


def test(place, arguments):
    """Runs the test suite on a cluster of its own, beside a running portal too."""
    environment.ensure(place, "requirements-dev.txt")
    environ = django_environ(place, "portal.settings.test") | {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    parallel = [] if any(argument.startswith(ALONE) for argument in arguments) else ["-n", "2", "--dist", "loadfile"]
    argv = [place.python, "-m", "pytest", *parallel, *arguments]
    with test_database(place, environ) as environ:
        return subprocess.call(argv, cwd=place.project, env=environ)


@contextlib.contextmanager
def test_database(place, environ):
    """Yields the environment of the tests; their cluster holds nothing of value and is made anew when it is damaged."""
    if environ.get("DATABASE_URL"):
        yield environ
        return
    cluster = clusters.Cluster(place.data / "test-postgres", clusters.programs(place), lossy=True)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(database.held(cluster))
        except Stop:
            shutil.rmtree(cluster.folder, ignore_errors=True)
            stack.enter_context(database.held(cluster))
        yield {**environ, "DATABASE_URL": cluster.url("postgres")}


def stop(place, _arguments=()):
    """Ends a running portal and waits for its end."""
    from launcher import portal

    seen = portal.running(place)
    if not seen:
        say("The portal is not running.")
        return 0
    os.kill(seen["pid"], signal.SIGTERM)
    locks.wait_until_free(portal.lock(place), 60, f"The portal (process {seen['pid']}) did not end within 60 s.")
    say("The portal has ended.")
    return 0


def reset(place, _arguments=()):
    """Ends the portal and deletes its data; the environment stays."""
    stop(place)
    users = place.data / "postgres.users.lock"
    if users.exists():
        locks.wait_until_free(users, 10, "The database is in use by another command: let it end and start again.")
    shutil.rmtree(place.data)
    say(f"Deleted {place.data}: the next start begins afresh.")
    return 0


def interrupt(*_):
    """Turns a request to end into the exception that Ctrl-C raises."""
    raise KeyboardInterrupt


def main(arguments):
    """Runs the command named first; returns the exit status. Errors for people are one sentence on the error stream."""
    from launcher import portal

    commands = {"run": portal.run, "stop": stop, "reset": reset, "test": test, "manage": manage, "where": where}
    name, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    if name not in commands:
        say(HELP)
        return 0 if name in ("help", "-h", "--help") else 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, interrupt)
    if os.geteuid() == 0:
        os.umask(0o022)
    try:
        place = folders.locate()
        if place.note and name in ("run", "test"):
            say(place.note)
        return commands[name](place, rest)
    except Stop as error:
        print(error, file=sys.stderr, flush=True)
    except OSError as error:
        print(environment.explain([str(error)], "The launcher cannot go on"), file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        say("\nEnded.")
        return 130
    return 1
