"""`run.py run`: web, worker and scheduler on the embedded database until Ctrl-C."""

import json
import os
import subprocess

from launcher import environment, locks, ports
from launcher.commands import django_environ, is_prepared, prepare, ready_database, seeded_marker
from launcher.errors import Stop, say
from launcher.processes import Programs

WEB_SECONDS = 60


def lock(place):
    return place.data / "run.lock"


def running(place):
    """Returns what a running portal wrote about itself (pid, url), or None."""
    if locks.free(lock(place)):
        return None
    try:
        return json.loads((place.data / "run.json").read_text())
    except (OSError, ValueError):
        return None


def run(place, _arguments=()):
    """Starts the portal and stays until a signal comes; a second start only says where the first one is."""
    mine = locks.take(lock(place), wait=False)
    if mine is None:
        seen = running(place) or {}
        say(f"The portal is already running at {seen.get('url') or 'an address it will print in a moment'}")
        return 0
    try:
        return start(place)
    finally:
        (place.data / "run.json").unlink(missing_ok=True)
        os.close(mine)


def note(place, url=None):
    """Writes down who runs and where, for a second start and for `stop`."""
    (place.data / "run.json").write_text(json.dumps({"pid": os.getpid(), "url": url}))


def start(place):
    """Prepares everything, then serves."""
    note(place)
    environment.ensure(place)
    with ready_database(place, django_environ(place, "portal.settings.dev")) as environ:
        marker = seeded_marker(place, environ)
        if not marker.exists():
            prepare(place, environ, "--demo")
            marker.write_text(sign_ins(place, environ), encoding="utf-8")
        elif not is_prepared(place):
            prepare(place, environ)
        port = ports.choose(wanted_port())
        if port != wanted_port():
            say(f"Port {wanted_port()} is taken; using {port}.")
        environ["SITE_URL"] = f"http://localhost:{port}"
        serve(place, environ, port)
    return 0


def wanted_port():
    """Returns the port asked for by PORT, else 8000."""
    text = os.environ.get("PORT") or str(ports.FIRST)
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise Stop(f"PORT is {text!r}: give a number from 1024 to 65535.")
    return int(text)


def serve(place, environ, port):
    """Runs the programs and prints the address once it answers; Ctrl-C is the usual end."""
    url = f"http://localhost:{port}"
    programs = Programs(environ, place.project)
    try:
        programs.start("web", [place.python, "manage.py", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{port}"])
        programs.start("worker", worker(place))
        if not ports.wait_for(f"http://127.0.0.1:{port}/healthz", WEB_SECONDS, programs.ended):
            raise Stop("The portal does not answer; the lines above say why.")
        note(place, url)
        say(banner(place, environ, url))
        programs.watch()
    except KeyboardInterrupt:
        say("Ending …")
    finally:
        programs.stop()


def worker(place):
    """Returns the command line of the worker, which is the scheduler too: one machine needs no second process."""
    argv = [
        place.python,
        "-m",
        "celery",
        "--app",
        "portal",
        "worker",
        "--pool",
        "threads",
        "--concurrency",
        "4",
        "--beat",
    ]
    return [
        *argv,
        "--schedule",
        place.data / "celerybeat-schedule",
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    ]


def sign_ins(place, environ):
    """Asks the portal once how to sign in to the demo."""
    argv = [place.python, "manage.py", "demo_sign_ins"]
    return subprocess.run(argv, cwd=place.project, env=environ, capture_output=True, encoding="utf-8").stdout


def banner(place, environ, url):
    """Returns what a person needs to know once the portal answers."""
    lines = [f"The portal is ready at {url}", "", seeded_marker(place, environ).read_text(encoding="utf-8").rstrip()]
    lines += [f"Mails land in {place.data / 'mail'} and can be read at {url}/dev/mail/", "Ctrl-C ends everything."]
    rule = "─" * 72
    return "\n".join(["", rule, *lines, rule, ""])
