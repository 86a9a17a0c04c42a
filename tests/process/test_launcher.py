"""`make run` and its odd cases, with real processes. The tests of this file share one home and run in order."""

import os
import pty
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.process.conftest import ROOT, lend_environment, wait_until_nothing_is_left, without_demo
from tests.support.servers import free_port

pytestmark = pytest.mark.process


def fetch(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.status, answer.read().decode()


def address(launched):
    return launched.wait_for("The portal is ready at").split()[-1]


def one_sentence(launched, seconds=60):
    """Returns what a failed start said, which is one line on top of the progress it made."""
    assert launched.finish(seconds) == 1
    assert "Traceback" not in launched.output
    return launched.lines[-1]


def test_a_first_start_with_an_empty_environment(launch, home):
    assert launch("manage", "check").finish() == 0  # makes the database
    without_demo(home)
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        first = launch("run", PORT=str(port))
        url = address(first)
        assert first.wait_for(f"Port {port} is taken; using ")
    assert fetch(f"{url}/healthz") == (200, "ok\n")
    assert fetch(f"{url}/readyz")[1].count('"ok"') == 6
    second = launch("run")
    assert (second.finish(), second.output) == (0, f"The portal is already running at {url}")
    assert only_loopback(url)
    mail_lands(launch, url)
    worker_works(launch, first)
    assert first.end(signal.SIGINT) == 0
    assert wait_until_nothing_is_left(home) == []


def only_loopback(url):
    """Tells whether the port listens on 127.0.0.1 and nowhere else."""
    port = f"{int(url.rsplit(':', 1)[1]):04X}"
    tables = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    lines = [line.split() for line in tables.splitlines() if "local_address" not in line]
    return {words[1] for words in lines if words[3] == "0A" and words[1].endswith(f":{port}")} == {f"0100007F:{port}"}


def mail_lands(launch, url):
    code = "from django.core.mail import send_mail; send_mail('Ny læring fra Køge', 'Hej', None, ['a@example.org'])"
    assert launch("manage", "shell", "--no-imports", "-c", code).finish() == 0
    assert "Ny læring fra Køge" in fetch(f"{url}/dev/mail/")[1]


def worker_works(launch, first):
    code = "from portal.celery import app; app.tasks['celery.backend_cleanup'].delay()"
    assert launch("manage", "shell", "--no-imports", "-c", code).finish() == 0
    first.wait_for("celery.backend_cleanup", 30)


def test_a_second_start_needs_no_network(launch, home):
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "PIP_INDEX_URL", "UV_INDEX_URL"), "http://127.0.0.1:1")
    begun = time.monotonic()
    second = launch("run", **nowhere)
    address(second)
    assert time.monotonic() - begun < 90  # below 10 s on a quiet machine; this one may run anything beside it
    assert "nstalling" not in second.output
    stop = launch("stop")
    assert (stop.finish(), stop.output) == (0, "The portal has ended.")
    assert second.finish() == 0
    assert wait_until_nothing_is_left(home) == []


def test_stop_without_a_portal(launch):
    stop = launch("stop")
    assert (stop.finish(), stop.output) == (0, "The portal is not running.")


def test_a_killed_launcher_leaves_nothing_behind(launch, home):
    launched = launch("run")
    address(launched)
    launched.end(signal.SIGKILL)
    assert wait_until_nothing_is_left(home) == []


def test_a_closed_terminal_ends_everything(home):
    environ = {"PATH": os.environ["PATH"], "HOME": "/tmp", "PORTAL_HOME": str(home), "PORT": str(free_port())}
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # ignored where the tests themselves were started with nohup
        os.execve(sys.executable, [sys.executable, str(ROOT / "run.py")], environ)
    seen = b""
    while b"Ctrl-C ends everything" not in seen:
        seen += os.read(terminal, 4096)
    os.close(terminal)
    os.waitpid(child, 0)
    assert wait_until_nothing_is_left(home) == []


def test_manage_alone_starts_and_ends_the_database(launch, home):
    launched = launch("manage", "shell", "--no-imports", "-c", "from taxonomy.models import Theme; print(Theme.objects.count())")
    assert (launched.finish(), launched.lines[-1]) == (0, "14")
    assert wait_until_nothing_is_left(home, 5) == []


@pytest.mark.parametrize("damage", ["postgres/global/pg_control", "postgres/PG_VERSION", "postgres/pg_wal"])
def test_a_damaged_data_folder_is_one_sentence(launch, home, damage):
    path, aside = home / "data" / damage, home / "data" / "aside"
    path.rename(aside)
    sentence = one_sentence(launch("run"))
    if path.exists():
        path.unlink()
    aside.rename(path)
    assert re.match(rf"The database folder {home}/data/postgres is damaged \(.+\): .* 'python3 run.py reset'", sentence)
    assert wait_until_nothing_is_left(home) == []


def test_reset_deletes_the_data_and_keeps_the_environment(launch, home):
    reset = launch("reset")
    assert reset.finish() == 0
    assert [path.name for path in home.iterdir()] == ["venv"]


def test_a_full_disk_before_the_installation_is_one_sentence(launch, small_disk):
    disk = small_disk("8m")
    sentence = one_sentence(launch("run", where=disk / "home"))
    assert re.match(r"The disk is full: .* has \d+ MB left and 900 MB are needed; make room", sentence)


def test_a_full_disk_at_the_first_database_is_one_sentence(launch, small_disk):
    disk = small_disk("16m")
    lend_environment(disk / "home")
    sentence = one_sentence(launch("run", where=disk / "home"))
    assert re.match(r"The database could not be created in .*: the disk is full; make room", sentence)


def test_a_read_only_folder_is_one_sentence(launch, small_disk):
    disk = small_disk("1m", "ro")
    sentence = one_sentence(launch("run", where=disk / "home"))
    assert sentence == (f"Cannot write to {disk}/home/data (Read-only file system): set PORTAL_HOME to a folder of yours and start again.")


def test_parent_folders_keep_their_permissions(open_folder):
    assert [oct(folder.stat().st_mode)[-3:] for folder in (open_folder, ROOT)] == ["755", oct(ROOT.stat().st_mode)[-3:]]


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_one_sentence(port):
    from launcher import portal
    from launcher.errors import Stop

    os.environ["PORT"] = port
    try:
        with pytest.raises(Stop, match=f"PORT is '{port}': give a number"):
            portal.wanted_port()
    finally:
        del os.environ["PORT"]


def test_make_calls_the_launcher():
    argv = ["make", "--no-print-directory", "-n", "run", "stop", "reset", "test"]
    done = subprocess.run(argv, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True)
    assert done.stdout.splitlines() == [f"python3 run.py {name} " for name in ("run", "stop", "reset", "test")]
