import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from launcher import environment
from tests.support import kept, mailroom, missing, smtp
from tests.support.servers import free_port

ROOT = Path(__file__).resolve().parents[2]


class Launched:
    """A run.py in a process of its own, with as little environment as `env -i` leaves."""

    def __init__(self, home, *arguments, **environ):
        self.home = home
        given = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp"), "PORTAL_HOME": str(home)}
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "run.py", *arguments],
            env={**given, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=as_in_a_terminal,
        )
        self.lines = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    @property
    def output(self):
        return "\n".join(self.lines)

    def wait_for(self, text, seconds=180):
        """Waits for a line with this text and returns it; fails with everything that was printed."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for line in list(self.lines):
                if text in line:
                    return line
            if self.process.poll() is not None:
                self.reader.join(5)
                if text not in self.output:
                    break
            time.sleep(0.05)
        raise AssertionError(f"{text!r} was not printed:\n{self.output}")

    def end(self, number=signal.SIGINT):
        """Sends a signal; returns the exit status."""
        self.process.send_signal(number)
        return self.finish()

    def finish(self, seconds=120):
        """Waits for the end; returns the exit status."""
        status = self.process.wait(seconds)
        self.reader.join(5)
        return status


def as_in_a_terminal():
    """A shell's background job passes Ctrl-C on as ignored; somebody at a terminal has it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def left_behind(home):
    """Returns the command lines of processes that work in or for a folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(home) in words and int(folder.name) != os.getpid():
            found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [line for line in found if line and "pytest" not in line]


def wait_until_nothing_is_left(home, seconds=30):
    """Returns what still runs for a folder when the time is over."""
    deadline = time.monotonic() + seconds
    while left_behind(home) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left_behind(home)


def lend_environment(home):
    """Gives a home this run's environment, so that nothing is installed."""
    venv = home / "venv"
    venv.mkdir(parents=True)
    for name in ("bin", "lib", "pyvenv.cfg"):
        (venv / name).symlink_to(Path(sys.prefix) / name)
    wanted = {"requirements.txt": environment.digest(ROOT, "requirements.txt")}
    (venv / environment.STAMP).write_text(json.dumps(wanted))


@pytest.fixture(scope="module")
def open_folder():
    """A folder other accounts can enter, as PostgreSQL's must when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="portal-process-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def home(open_folder):
    """A home with an environment; its path is long, with blanks and letters beyond ASCII."""
    home = open_folder / "en lang sti med mellemrum og blåbærgrød" / ("x" * 60)
    lend_environment(home)
    return home


@pytest.fixture
def small_disk(open_folder):
    """Returns a function that mounts a small file system: (size, further options) → its folder."""
    mounted = []

    def mount(size, options="rw"):
        folder = Path(tempfile.mkdtemp(prefix="disk-", dir=open_folder))
        argv = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755,{options}", "tmpfs", folder]
        if os.geteuid() != 0 or subprocess.run(argv, capture_output=True).returncode != 0:
            missing.leave_out("the right to mount a small disk")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def launch(home):
    """Returns a function that starts run.py in the home; what still runs at the end is ended."""
    started = []

    def start(*arguments, where=home, **environ):
        environ.setdefault("PORT", str(free_port()))
        started.append(Launched(where, *arguments, **environ))
        return started[-1]

    yield start
    for launched in started:
        if launched.process.poll() is None:
            launched.end(signal.SIGTERM)


def without_demo(home):
    """Marks the demo content as seeded: these tests need none and it takes its time."""
    import hashlib

    from launcher.cluster import Cluster

    url = Cluster(home / "data" / "postgres", Path()).url("portal")
    (home / "data").mkdir(parents=True, exist_ok=True)
    (home / "data" / f"seeded-{hashlib.sha256(url.encode()).hexdigest()[:12]}").touch()


@pytest.fixture
def sink():
    with smtp.sink() as running:
        yield running


@pytest.fixture
def room(redis_server, sink, tmp_path):
    running = mailroom.Mailroom(redis_server, sink, tmp_path)
    yield running
    running.close()
    running.broker.control.purge()


@pytest.fixture
def another_room(sink, tmp_path):
    """Returns a function that makes a room with another broker or other settings; its workers end with the test."""
    made = []

    def make(redis_url, *settings):
        made.append(mailroom.Mailroom(redis_url, sink, tmp_path, *settings))
        return made[-1]

    yield make
    for room in made:
        room.close()


@pytest.fixture
def keep(request):
    """Returns a function that prints a ledger and, in the long run, keeps it: those of the digest in a file of their own."""
    name = "soak-digest" if "digest" in request.path.name else "soak-mail"

    def say(text):
        print(f"\n{text}")  # noqa: T201 - the ledger is to be read
        if request.config.getoption("--soak"):
            kept.keep(name, text)

    return say
